"""All pings of one Engine.IO server from one task: a task for each ping of each page would cost memory for each."""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from engineio.packet import PING, Packet

LOOKS_EVERY_SECONDS: Final = 0.25
SENDS_PING: Final = "_send_ping"

log = logging.getLogger(__name__)


class Pinger:
    """Stands before the server's `start_background_task` and keeps those tasks that would sleep and then ping."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._start: Callable[..., Any] = engine.start_background_task
        self._due: deque[tuple[float, Any]] = deque()  # every page waits equally long: who came first is due first
        self._is_running = False
        engine.start_background_task = self.start

    def start(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Start the task, unless it is a ping: that is sent in its time."""
        if getattr(target, "__name__", "") != SENDS_PING:
            return self._start(target, *args, **kwargs)
        self._due.append((time.monotonic() + self._engine.ping_interval, target.__self__))  # type: ignore[attr-defined]
        if not self._is_running:
            self._is_running = True
            self._start(self._keep_pinging)
        return None

    def _keep_pinging(self) -> None:
        while True:
            self._engine.sleep(LOOKS_EVERY_SECONDS)
            now = time.monotonic()
            while self._due and self._due[0][0] <= now:
                _ping(self._due.popleft()[1])


def _ping(page: Any) -> None:
    if page.closing or page.closed:
        return
    try:
        page.last_ping = time.time()
        page.send(Packet(PING))
    except Exception:
        log.exception("a page could not be pinged")
