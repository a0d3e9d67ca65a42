"""Request ids, the access log, and the headers that keep a browser safe."""

import logging
import re
import time
from typing import Final

from flask import Flask, Response, g, request

from examsvc.core.ids import new_id
from examsvc.core.web import edge

log = logging.getLogger("examsvc.access")

_SOURCES: Final = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
CONTENT_SECURITY_POLICY: Final = "; ".join(f"{name} {sources}" for name, sources in _SOURCES.items())
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), fullscreen=(self), geolocation=(), microphone=()",
}
JSON_HEADERS: Final = [*HEADERS.items(), ("Cache-Control", "no-store"), ("Content-Type", "application/json")]
"""Of an answer of the interface that is given before the framework."""
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def register(app: Flask) -> None:
    """Stamp, name and log requests, and add the headers to their answers.

    What is answered before the framework (`waiting`, the short way of an answer) does so itself.
    """
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    edge.stamp_arrival()
    g.started = time.perf_counter()
    sent = request.headers.get("X-Request-Id", "")
    g.request_id = sent if _REQUEST_ID.fullmatch(sent) else str(new_id())


def _finish(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.path.startswith("/api/"):
        answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers["X-Request-Id"] = g.request_id
    took = round((time.perf_counter() - g.started) * 1000, 1)
    log.info("%s %s %s", request.method, logged_path(), answer.status_code, extra={"ms": took})
    return answer


def logged_path() -> str:
    """Return the path as it may be logged: without the query, which a person may have typed, and without a secret."""
    secret = (request.view_args or {}).get("secret")
    return request.path.replace(secret, "…") if secret else request.path
