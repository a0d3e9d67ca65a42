"""Refusals of sealed papers."""

from examsvc.core.errors import Refusal


class PreloadNotOpen(Refusal):
    code = "preload_not_open"
    detail = "Sealed papers are given out from {opens_at}."
