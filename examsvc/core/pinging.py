"""All pings of one Engine.IO server from one task, and one that finds who does not answer them.

A task for each ping of each page would cost memory for each. Engine.IO's own search for the silent wakes for every page
by itself, which with ten thousand pages took an eighth of a processor.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from engineio.packet import PING, Packet

from examsvc.core import pressure, ticks

LOOKS_EVERY_SECONDS: Final = 1.0
BEHIND_SECONDS: Final = 0.005
EARLY_SECONDS: Final = 3.0
ENOUGH: Final = 50
"""So many are pinged at once, or who is left EARLY_SECONDS later: answers that come together wake the process once."""
CHECKS_EVERY_SECONDS: Final = 2.0
PATIENCE_WHILE_BEHIND_SECONDS: Final = 120
SENDS_PING: Final = "_send_ping"
FINDS_SILENT: Final = "_service_task"

log = logging.getLogger(__name__)


class Pinger:
    """Stands before the server's `start_background_task` and does the work of two kinds of tasks itself."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._patience = engine.ping_timeout
        self._start: Callable[..., Any] = engine.start_background_task
        self._due: deque[tuple[float, Any]] = deque()  # every page waits equally long: who came first is due first
        self._is_running = False
        engine.start_background_task = self.start

    def start(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Start the task, unless it would sleep and then ping, which is done in its time, or look for the silent."""
        name = getattr(target, "__name__", "")
        if name == FINDS_SILENT:
            return self._start(self._keep_checking)
        if name != SENDS_PING:
            return self._start(target, *args, **kwargs)
        self.await_ping(target.__self__, time.monotonic())  # type: ignore[attr-defined]
        if not self._is_running:
            self._is_running = True
            self._start(self._keep_pinging)
        return None

    def await_ping(self, page: Any, now: float) -> None:
        """Have the page pinged when its interval is about over."""
        self._due.append((now + self._engine.ping_interval - EARLY_SECONDS, page))

    def _keep_pinging(self) -> None:
        while True:
            # Behind the process's rounds, whose lateness tells how busy it is.
            self._engine.sleep(ticks.until_next(LOOKS_EVERY_SECONDS) + BEHIND_SECONDS)
            self.ping(time.monotonic())

    def ping(self, now: float) -> None:
        """Ping who is due, unless they are few and may still wait for others."""
        last = self._due[min(ENOUGH, len(self._due)) - 1][0] if self._due else now
        if last > now and self._due[0][0] + EARLY_SECONDS > now:
            return
        while self._due and self._due[0][0] <= now:
            _ping(self._due.popleft()[1])

    def _keep_checking(self) -> None:
        while True:
            self._engine.sleep(ticks.until_next(CHECKS_EVERY_SECONDS))
            self.look()

    def look(self) -> None:
        """Check all, unless the process is behind: what they answered may still wait to be read, also when we send."""
        is_behind = pressure.is_high()
        self._engine.ping_timeout = PATIENCE_WHILE_BEHIND_SECONDS if is_behind else self._patience
        if not is_behind:
            self.check()

    def check(self) -> None:
        """End the lines of those who have not answered their ping in time, and forget those that are closed."""
        for sid, page in list(self._engine.sockets.items()):
            if page.last_ping is not None or page.closed:
                self._settle(sid, page)

    def _settle(self, sid: str, page: Any) -> None:
        try:
            if page.closed:
                self._engine.sockets.pop(sid, None)
            elif not page.closing:
                page.check_ping_timeout()
        except Exception:
            log.exception("a page could not be checked")


def _ping(page: Any) -> None:
    if page.closing or page.closed:
        return
    try:
        page.last_ping = time.time()
        page.send(Packet(PING))
    except Exception:
        log.exception("a page could not be pinged")
