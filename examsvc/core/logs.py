"""Structured logs: one JSON object a line on standard error, with the request's id."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

from flask import g, has_request_context

from examsvc.core import outages

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """Writes time, level, logger, message, request id and the record's extra fields.

    A fault comes with its trace; an outage, which everybody meets at once and again and again, in one line.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context() and "request_id" in g:
            line["request_id"] = g.request_id
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            line |= _told(record.exc_info[1], "".join(traceback.format_exception(*record.exc_info)))
        return json.dumps(line, ensure_ascii=False, default=str)


def _told(fault: BaseException | None, trace: str) -> dict[str, str]:
    if fault is None or not outages.is_outage(fault):
        return {"trace": trace}
    cause = outages.cause_of(fault)
    return {"outage": f"{type(cause).__name__}: {str(cause).partition(chr(10))[0]}"}


def configure(level: str) -> None:
    """Send all logs of the process through one JSON handler."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("engineio", "socketio", "geventwebsocket", "alembic"):
        logging.getLogger(noisy).setLevel("WARNING")
