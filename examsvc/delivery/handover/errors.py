"""Refusals of hand-overs."""

from examsvc.core.errors import Refusal


class HandOverCodeWrong(Refusal):
    """One answer for a code that never was, that was used, replaced by another, or is too old."""

    code = "hand_over_code_wrong"
    status = 403
    detail = "This code is not valid (any more); the proctor makes a new one."


class SpareCodeWrong(Refusal):
    """One answer for a spare machine's code or secret that never was, that was used, or is too old."""

    code = "spare_code_wrong"
    status = 403
    detail = "The spare machine's code is not valid (any more); it shows a new one."


class TooManySpares(Refusal):
    code = "too_many_spares"
    status = 429
    detail = "Too many spare machines are waiting; log in by a code that the proctor makes."
