"""How far a job is: counted by the work, written down by another thread, which brings back what was said meanwhile."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import TypeVar

from examsvc.core.jobs.errors import Cancelled, LeaseLost, Stopped
from examsvc.core.jobs.states import JobStep

Thing = TypeVar("Thing")


class Progress:
    """Counts within a step. The work says how far it is and is told to leave by Cancelled, Stopped, LeaseLost."""

    def __init__(self, stop: Event) -> None:
        self.step, self.done, self.total = JobStep.PREPARING, 0, 0
        self.cancelled, self.lost = Event(), Event()
        self._stop = stop

    def begin(self, total: int, step: JobStep = JobStep.PREPARING) -> None:
        """Begin to count to `total` in the step."""
        self.step, self.done, self.total = step, 0, total

    def advance(self, count: int = 1) -> None:
        """Count so many more; raises what makes the worker leave."""
        self.done += count
        self.check()

    def passing(self, things: Iterator[Thing], weigh: Callable[[Thing], int] = lambda _: 1) -> Iterator[Thing]:
        """Pass the things on and count each, once it is dealt with, by its weight."""
        for thing in things:
            yield thing
            self.advance(weigh(thing))

    def check(self) -> None:
        """Raise what makes the worker leave, if something does."""
        for event, left in ((self.cancelled, Cancelled), (self._stop, Stopped), (self.lost, LeaseLost)):
            if event.is_set():
                raise left
