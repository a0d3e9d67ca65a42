"""The short way of an answer: past the web framework, which costs more than all that happens to the answer.

Only what a page of ours sends when all is well is answered here. Whatever is unusual (another form, a missing token,
a foreign origin, anything that is refused or fails) goes the long way, through `routes.sittings`, with its body and
its arrival unharmed: there it is refused in the same words as ever. Both ways save by the same service.
"""

import json
import logging
import re
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from flask import Flask

from examsvc.accounts.access import COOKIE, CSRF_HEADER, is_csrf_token
from examsvc.core import clock
from examsvc.core.ids import new_id
from examsvc.core.web import edge, headers
from examsvc.delivery.routes.arriving import believed
from examsvc.delivery.saving import reading
from examsvc.delivery.saving import service as saving
from examsvc.delivery.saving.acknowledging import Acknowledgement, acknowledgement
from examsvc.delivery.saving.entries import Batch

MOST_BYTES: Final = 256 * 1024
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_PATH: Final = re.compile(r"/api/sittings/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/responses", re.ASCII)
_TOKEN: Final = re.compile(rf"(?:^|; ?){COOKIE}=([A-Za-z0-9_-]+)(?:;|$)")
_CSRF: Final = "HTTP_" + CSRF_HEADER.upper().replace("-", "_")
_TERSE: Final = json.JSONEncoder(separators=(",", ":"))


class ShortWay:
    """Answers the ordinary `PUT …/responses`; everything else is the application's."""

    def __init__(self, app: Flask, long_way: Application) -> None:
        self._app, self._long_way = app, long_way

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = _PATH.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "PUT" else None
        if path is None or not _is_own(environ):
            return self._long_way(environ, start_response)
        began, arrived_at = time.perf_counter(), clock.now()
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        acknowledged = self._acknowledged(environ, UUID(path[1]), body, arrived_at)
        if acknowledged is None:
            environ["wsgi.input"] = BytesIO(body)
            environ[edge.ARRIVED_AT] = arrived_at
            return self._long_way(environ, start_response)
        return _answered(environ, start_response, _body(acknowledged), began)

    def _acknowledged(
        self, environ: Environ, sitting_id: UUID, body: bytes, arrived_at: datetime
    ) -> Acknowledgement | None:
        token, sent = _TOKEN.search(environ.get("HTTP_COOKIE", "")), reading.read(body)
        if sent is None or token is None or not is_csrf_token(environ.get(_CSRF, ""), token[1]):
            return None
        epoch, entries = sent
        batch = Batch(sitting_id, epoch, entries, token[1], believed(arrived_at, clock.now()))
        try:
            saved = saving.save(self._app.extensions["examsvc.database"], batch)
        except Exception:  # noqa: BLE001 (the long way meets it again, and knows how to answer and to log it)
            return None
        return acknowledgement(saved, at=clock.now())


def _is_own(environ: Environ) -> bool:
    """Return whether it is such a request as our own pages send, of a bounded length."""
    length, origin = environ.get("CONTENT_LENGTH") or "", environ.get("HTTP_ORIGIN")
    return (
        environ.get("CONTENT_TYPE") == "application/json"
        and length.isdecimal()
        and int(length) <= MOST_BYTES
        and not environ.get("QUERY_STRING")
        and "HTTP_X_REQUEST_ID" not in environ
        and environ.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin"
        and (origin is None or origin.partition("://")[2] == environ.get("HTTP_HOST"))
    )


def _body(told: Acknowledgement) -> bytes:
    closes_at = told.closes_at and told.closes_at.astimezone(UTC).isoformat()
    instants = {"closes_at": closes_at, "server_now": clock.now().isoformat()}
    return _TERSE.encode({**vars(told), **instants}).encode()


def _answered(environ: Environ, start_response: StartResponse, body: bytes, began: float) -> Iterable[bytes]:
    request_id = str(new_id())
    start_response("200 OK", [*headers.JSON_HEADERS, ("X-Request-Id", request_id), ("Content-Length", str(len(body)))])
    if headers.log.isEnabledFor(logging.INFO):
        took = round((time.perf_counter() - began) * 1000, 1)
        told = {"ms": took, "request_id": request_id}
        headers.log.info("%s %s %s", "PUT", environ["PATH_INFO"], 200, extra=told)
    return [body]
