"""How a greenlet waits for PostgreSQL.

psycopg asks the patched `select` for every step of a statement, and each time all other greenlets run before it goes
on, although the socket had been ready. Here it waits only when there is something to wait for. A real thread beside
the greenlets waits as threads do, and holds up none of them.
"""

import select
from collections.abc import Callable, Generator
from typing import Any, TypeVar, cast

from psycopg import OperationalError, waiting
from psycopg.waiting import Ready, Wait

Result = TypeVar("Result")
Steps = Generator[Any, Any, Result]
_READ, _WRITE = int(Wait.R), int(Wait.W)  # libev has the same numbers


def install() -> None:
    """Have every connection of this process wait like this; called once, under gevent."""
    from gevent import get_hub, monkey  # noqa: PLC0415 (only under gevent)

    this_thread = monkey.get_original("_thread", "get_ident")
    own = this_thread()
    new_poll = monkey.get_original("select", "poll")
    waiting.wait = _waiting(waiting.wait, new_poll, get_hub, is_aside=lambda: this_thread() != own)


def _waiting(
    usual: Callable[..., Any],
    new_poll: Callable[[], Any],
    get_hub: Callable[[], Any],
    *,
    is_aside: Callable[[], bool],
) -> Callable[..., Any]:
    def ready(fileno: int, wanted: int, milliseconds: int | None = 0) -> int:
        """Return what the socket is ready for within the time; an error or an end is there to be read."""
        poll = new_poll()
        poll.register(fileno, (select.POLLIN if wanted & _READ else 0) | (select.POLLOUT if wanted & _WRITE else 0))
        events = next((events for _, events in poll.poll(milliseconds)), 0)
        if events & select.POLLNVAL:
            raise OperationalError("connection socket closed")
        to_read = Ready.R if events & ~select.POLLOUT and wanted & _READ else 0
        return to_read | (Ready.W if events & ~select.POLLIN and wanted & _WRITE else 0)

    def wait_for(fileno: int, wanted: int) -> int:
        """Let others run until the socket is ready, and return what for."""
        if is_aside():
            return ready(fileno, wanted, None)
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
                wanted = steps.send(ready(fileno, wanted) or wait_for(fileno, wanted))
        except StopIteration as end:
            return cast("Result", end.value)

    return wait
