"""Turns refusals and bad requests into `{code, detail, …}`; never a trace, never a half answer."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from flask_smorest import Api
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from examsvc.core import outages
from examsvc.core.db import is_collision
from examsvc.core.errors import Conflict, Overloaded, Refusal, TooLarge
from examsvc.core.web.headers import logged_path

log = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 5


class RefusingApi(Api):
    """flask-smorest's Api, answering every HTTP error in the one shape."""

    def handle_http_exception(self, error: HTTPException) -> Any:
        return answer_http_error(error)


def register(app: Flask) -> None:
    """Register the handlers on the app."""
    app.register_error_handler(Refusal, answer_refusal)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(IntegrityError, answer_collision)
    app.register_error_handler(NoConnection, answer_overload)
    app.register_error_handler(DBAPIError, answer_outage)
    app.register_error_handler(OSError, answer_outage)
    app.register_error_handler(Exception, answer_fault)


def answer_refusal(refusal: Refusal) -> Response | tuple[str, int]:
    """Return the refusal as data, or as a page to a person who asked for one."""
    return _answer(refusal.status, refusal.answer())


def answer_http_error(error: HTTPException) -> Response | tuple[str, int]:
    """Return a framework error (no route, bad JSON, failed validation) in the same shape."""
    if error.response is not None:  # a redirect or a ready answer
        return error.response  # type: ignore[return-value]
    if isinstance(error, RequestEntityTooLarge):
        return answer_refusal(TooLarge(limit=request.max_content_length))
    status = error.code or 500
    messages = getattr(error, "data", {}).get("messages", {})
    if messages:
        body = {"code": "invalid", "detail": "Some fields are not valid.", "errors": dict(_paths(messages))}
        return _answer(status, body)
    name = HTTPStatus(status).name.lower()
    return _answer(status, {"code": name, "detail": error.description or HTTPStatus(status).phrase})


def answer_collision(error: IntegrityError) -> Response | tuple[str, int]:
    """Answer the second of two who wrote the same thing at once; every other broken constraint is a fault."""
    return answer_refusal(Conflict()) if is_collision(error) else answer_fault(error)


def answer_overload(_waited: NoConnection) -> Response | tuple[str, int]:
    """Answer who waited in vain for a connection to the database; a page asks again by itself."""
    log.warning("no connection to the database was free", extra={"path": logged_path()})
    return answer_refusal(Overloaded(retry_after=RETRY_AFTER_SECONDS))


def answer_outage(fault: DBAPIError | OSError) -> Response | tuple[str, int]:
    """Answer who met a database or a disk that is gone or full; a page asks again by itself."""
    refusal = outages.refusal_of(fault)
    if refusal is None:
        return answer_fault(fault)
    log.error("what is stored cannot be reached", exc_info=fault, extra={"path": logged_path()})
    return answer_refusal(refusal)


def answer_fault(fault: Exception) -> Response | tuple[str, int]:
    """Log an unforeseen fault with its trace and answer without any of it."""
    log.error("fault", exc_info=fault, extra={"method": request.method, "path": logged_path()})
    return answer_http_error(InternalServerError("Something went wrong here; the fault is in the log."))


def _answer(status: int, body: dict[str, Any]) -> Response | tuple[str, int]:
    if _wants_page():
        return render_template("web/refusal.html", status=status, refusal=body), status
    answer = jsonify(body)
    answer.status_code = status
    if "retry_after" in body:
        answer.headers["Retry-After"] = str(body["retry_after"])
    return answer


def _wants_page() -> bool:
    return not request.path.startswith("/api/") and request.accept_mimetypes.accept_html


def _paths(messages: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Flatten marshmallow's nested messages into `field.0.field` paths; the outermost key says where it was sent."""
    if not isinstance(messages, dict):
        yield path or "_", [str(text) for text in (messages if isinstance(messages, list) else [messages])]
        return
    for key, value in messages.items():
        yield from _paths(value, f"{path}.{_shown(key)}" if path else str(key))


def _shown(key: object) -> str:
    """Return a key that a client chose as text that can be sent: half a surrogate pair has no UTF-8."""
    return str(key).encode(errors="backslashreplace").decode()
