"""The clock of a candidate's machine, which may be wrong and may be set while the exam runs.

It is only written beside what the page sends: a page waits by the service's time and a clock that nobody can set.
"""

from datetime import datetime, timedelta

from examsvc.core import clock


class Device:
    """One machine; `ahead` is by how much its clock is wrong."""

    __slots__ = ("ahead",)

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """Return the time that the machine shows."""
        return clock.now() + self.ahead
