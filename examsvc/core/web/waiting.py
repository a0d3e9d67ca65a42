"""What can wait, waits while the process is behind: before the framework, which costs several times as much.

A page marks what it asks for again and again and does not need now. While its line is down that is every 20 seconds:
thousands of such pages would keep the process from ever letting their lines in again.
"""

import json
from typing import Any, Final

from flask import Flask

from examsvc.core import pressure
from examsvc.core.ids import new_id
from examsvc.core.web.headers import JSON_HEADERS, log

CAN_WAIT: Final = "X-Can-Wait"
_MARK: Final = "HTTP_" + CAN_WAIT.upper().replace("-", "_")


def register(app: Flask) -> None:
    """Refuse requests that can wait while the process is behind."""
    app.wsgi_app = _keeping_waiting(app.wsgi_app)  # type: ignore[method-assign]


def _keeping_waiting(application: Any) -> Any:
    def ask(environ: dict[str, Any], start_response: Any) -> Any:
        if _MARK not in environ or not pressure.is_high():
            return application(environ, start_response)
        return _sent_away(environ, start_response)

    return ask


def _sent_away(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    answer, request_id = pressure.overloaded().answer(), str(new_id())
    body = json.dumps(answer).encode()
    own = {"Retry-After": answer["retry_after"], "Content-Length": len(body), "X-Request-Id": request_id}
    start_response("503 Service Unavailable", [*JSON_HEADERS, *((name, str(value)) for name, value in own.items())])
    told = {"request_id": request_id}
    log.info("%s %s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"], 503, extra=told)
    return [body]
