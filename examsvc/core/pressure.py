"""How far this process is behind. Who is not in yet waits outside, so that those who sit are answered in time."""

import random
from typing import Final

from examsvc.core.errors import Overloaded

MOST_LAG_SECONDS: Final = 1.0
RETRY_AFTER_SECONDS: Final = (3, 12)

_lag_seconds = 0.0


def note(lag_seconds: float) -> None:
    """Note how late the last round of the process's loop came; said about every second."""
    global _lag_seconds  # noqa: PLW0603 (the process has one loop)
    _lag_seconds = lag_seconds


def check_room() -> None:
    """Raise Overloaded, with a time to come again that is another for each, while the process is behind."""
    if _lag_seconds > MOST_LAG_SECONDS:
        raise Overloaded(retry_after=random.randint(*RETRY_AFTER_SECONDS))  # noqa: S311 (spreads, hides nothing)
