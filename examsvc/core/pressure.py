"""How far this process is behind. Who is not in yet waits outside, so that those who sit are answered in time."""

import random
from typing import Any, Final

from examsvc.core.errors import Overloaded

MOST_LAG_SECONDS: Final = 1.0
RETRY_AFTER_SECONDS: Final = (3, 12)
LITTLE_LAG_SECONDS: Final = 0.02
PATIENCE_MILLISECONDS: Final = 5
"""What an exchange with a database near by takes, and no page would notice."""
SOME_LAG_SECONDS: Final = 0.05
GATHERING_SECONDS: Final = 0.05

_lag_seconds = 0.0


def note(lag_seconds: float) -> None:
    """Note how late the last round of the process's loop came; said about every second."""
    global _lag_seconds  # noqa: PLW0603 (the process has one loop)
    _lag_seconds = lag_seconds


def is_high() -> bool:
    """Return whether the process is behind."""
    return _lag_seconds > MOST_LAG_SECONDS


def gathering_seconds() -> float:
    """Return for how long to wait for more, where many cost little more than one: not at all while there is time."""
    return GATHERING_SECONDS if _lag_seconds > SOME_LAG_SECONDS else 0.0


def patience_milliseconds() -> int:
    """Return for how long to wait for what many wait for, instead of letting others run: not at all without need."""
    return PATIENCE_MILLISECONDS if _lag_seconds > LITTLE_LAG_SECONDS else 0


def check_room() -> None:
    """Raise Overloaded, with a time to come again that is another for each, while the process is behind."""
    if is_high():
        raise overloaded()


def overloaded() -> Overloaded:
    """Return the refusal, with a time to come again that is another for each."""
    return Overloaded(retry_after=_retry_after())


def keeping_out(application: Any, path: str) -> Any:
    """Return the WSGI application, which is not asked for anything under `path` while the process is behind."""

    def ask(environ: dict[str, Any], start_response: Any) -> Any:
        if not is_high() or not environ.get("PATH_INFO", "").startswith(path):
            return application(environ, start_response)
        start_response("503 Service Unavailable", [("Retry-After", str(_retry_after())), ("Content-Length", "0")])
        return []

    return ask


def _retry_after() -> int:
    return random.randint(*RETRY_AFTER_SECONDS)  # noqa: S311 (spreads, hides nothing)
