"""How a greenlet waits for PostgreSQL.

psycopg asks the patched `select` for every step of a statement, and each time all other greenlets run before it goes
on, although the socket had been ready. Here it waits only when there is something to wait for; and where many wait for
what one connection is asked, the process itself waits a little for its answer, before others run.
"""

import select
from collections.abc import Callable, Generator
from typing import Any, TypeVar, cast

from psycopg import OperationalError, waiting
from psycopg.waiting import Ready, Wait

from examsvc.core import pressure

Result = TypeVar("Result")
Steps = Generator[Any, Any, Result]
_READ, _WRITE = int(Wait.R), int(Wait.W)  # libev has the same numbers


def install() -> None:
    """Have every connection of this process wait like this; called once, under gevent."""
    from gevent import get_hub, monkey  # noqa: PLC0415 (only under gevent)

    waiting.wait = _waiting(waiting.wait, monkey.get_original("select", "poll"), get_hub)


def stay_with(fileno: int) -> None:
    """Have the process wait for answers on this socket, while it is behind; to be used where many wait for them.

    A greenlet that gives its turn away gets it back after all that became ready meanwhile: with a thousand pages
    coming in, a hundred times as long as the database takes.
    """
    _stays_with.add(fileno)


def leave(fileno: int) -> None:
    """No longer do so: the number may soon be another connection's."""
    _stays_with.discard(fileno)


_stays_with: set[int] = set()


def _waiting(usual: Callable[..., Any], new_poll: Callable[[], Any], get_hub: Callable[[], Any]) -> Callable[..., Any]:
    def ready(fileno: int, wanted: int, milliseconds: int = 0) -> int:
        """Return what the socket is ready for within the time; an error or an end is there to be read."""
        poll = new_poll()
        poll.register(fileno, (select.POLLIN if wanted & _READ else 0) | (select.POLLOUT if wanted & _WRITE else 0))
        events = next((events for _, events in poll.poll(milliseconds)), 0)
        if events & select.POLLNVAL:
            raise OperationalError("connection socket closed")
        to_read = Ready.R if events & ~select.POLLOUT and wanted & _READ else 0
        return to_read | (Ready.W if events & ~select.POLLIN and wanted & _WRITE else 0)

    def wait_for(fileno: int, wanted: int) -> int:
        """Return what the socket is ready for; others run until it is, at once or after a little patience."""
        if told := ready(fileno, wanted, pressure.patience_milliseconds() if fileno in _stays_with else 0):
            return told
        hub = get_hub()
        watcher = hub.loop.io(fileno, wanted)
        try:
            hub.wait(watcher)
        finally:
            watcher.close()
        return ready(fileno, wanted)

    def wait(steps: Steps[Result], fileno: int, interval: float = 0.0, timeout: float | None = None) -> Result:
        """Run psycopg's steps on the socket to their end and return what they return."""
        if timeout is not None:
            result: Result = usual(steps, fileno, interval, timeout)
            return result
        try:
            wanted = next(steps)
            while True:
                wanted = steps.send(wait_for(fileno, wanted))
        except StopIteration as end:
            return cast("Result", end.value)

    return wait
