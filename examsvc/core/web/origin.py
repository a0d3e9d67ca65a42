"""Writes are taken from our own pages only (the first of two guards against cross-site requests)."""

from urllib.parse import urlsplit

from flask import Flask, request

from examsvc.core.errors import Refusal

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ForeignOrigin(Refusal):
    code = "foreign_origin"
    status = 403
    detail = "This request did not come from a page of this service."


def register(app: Flask) -> None:
    """Refuse writes that another site's page sent."""
    app.before_request(_check)


def _check() -> None:
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin is not None and _host(origin) != request.host:
        raise ForeignOrigin
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise ForeignOrigin


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # half an IPv6 address, say
        return None
