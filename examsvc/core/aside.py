"""Work in a thread beside those who wait for it: under gevent a real one, which no greenlet holds up.

A greenlet that talks to a database waits after each of its answers for its turn among all that are ready meanwhile. A
thread waits for the processor only, and where the database answers quickly that is a hundredth of it.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, Generic, TypeVar

Order = TypeVar("Order")
_END: Final = object()


class Aside(Generic[Order]):
    """Gives what is put in to `work`, in the order of arrival and up to `most` together; `work` never raises.

    `gathers` says for how many seconds to wait for more before the work on what is there.
    """

    def __init__(
        self, work: Callable[[list[Order]], None], *, most: int, gathers: Callable[[], float] = lambda: 0.0
    ) -> None:
        self._work, self._most, self._gathers = work, most, gathers
        self._sleep: Any = _real("time", "sleep")
        self._inbox: Any = _real("queue", "SimpleQueue")()
        self._starting: Any = _real("_thread", "allocate_lock")()
        self._running: Any = _real("_thread", "allocate_lock")()
        self._back: Callable[[Callable[[], None]], object] = _here

    def put(self, order: Order) -> None:
        """Have the order worked on; never waits."""
        self._inbox.put(order)
        with self._starting:
            if not self._running.locked():
                self._running.acquire()
                self._back = _way_back()
                _real("_thread", "start_new_thread")(self._keep_working, ())

    def tell(self, news: Callable[[], None]) -> None:
        """Call `news` where those are who wait; to be used by `work`."""
        self._back(news)

    def close(self) -> None:
        """Wait until what was put in is done, and end the thread; a later order begins another."""
        with self._starting:
            if self._running.locked():
                self._inbox.put(_END)
                self._running.acquire()
                self._running.release()

    def _keep_working(self) -> None:
        try:
            while (order := self._inbox.get()) is not _END:
                together, is_last = self._with_others(order)
                self._work(together)
                if is_last:
                    return
        finally:
            self._running.release()

    def _with_others(self, order: Order) -> tuple[list[Order], bool]:
        """Return the order with all that wait by now, and whether the end waits after them."""
        together = [order]
        if (seconds := self._gathers()) > 0:
            self._sleep(seconds)
        while len(together) < self._most and not self._inbox.empty():
            order = self._inbox.get()
            if order is _END:
                return together, True
            together.append(order)
        return together, False


def _here(news: Callable[[], None]) -> None:
    news()


def _way_back() -> Callable[[Callable[[], None]], object]:
    if not _is_patched():
        return _here
    back: Callable[[Callable[[], None]], object] = sys.modules["gevent"].get_hub().loop.run_callback_threadsafe
    return back


def _is_patched() -> bool:
    monkey = sys.modules.get("gevent.monkey")
    return bool(monkey and monkey.is_module_patched("threading"))


def _real(module: str, name: str) -> Any:
    """Return what the module has under the name, as it is without gevent."""
    if _is_patched():
        return sys.modules["gevent.monkey"].get_original(module, name)
    return getattr(import_module(module), name)
