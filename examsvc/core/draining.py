"""What a page is sent goes out by a task that lives only as long as there is something to send.

Engine.IO keeps a task for each page that waits for messages: with ten thousand pages that is a quarter of the memory.
Here a queue starts one when it gets a message, and it ends when the queue is empty.
"""

import inspect
from collections.abc import Callable
from typing import Any, Final

WRITER: Final = ("engineio.socket", "writer")
Start = Callable[[Callable[[], None]], Any]


def drained_queue(queue_class: type[Any]) -> type[Any]:  # noqa: C901 (one class)
    """Return a per-client send queue over `queue_class` that sends by itself, in order, once it knows the websocket."""

    class DrainedQueue(queue_class):  # type: ignore[misc]
        _websocket: Any = None
        _start: Start | None = None
        _task: Any = None
        _has_ended = False

        def send_over(self, websocket: Any, start: Start) -> None:
            """Send over the websocket from now on, also what waits already."""
            self._websocket, self._start = websocket, start
            self._drain()

        def put(self, item: Any, *args: Any, **kwargs: Any) -> None:
            """Queue the item and see that it is sent; None is the end, and nothing is kept after it."""
            if not self._has_ended:
                super().put(item, *args, **kwargs)
                self._drain()

        def wait_until_sent(self) -> None:
            """Wait until what was put in is sent, or cannot be."""
            if self._task is not None:
                self._task.join()

        def _drain(self) -> None:
            if self._start and self._task is None and not self.empty():
                self._task = self._start(self._send_all)

        def _send_all(self) -> None:
            try:
                while (packet := self._next()) is not None:
                    self._websocket.send(packet.encode())
            except Exception:  # noqa: BLE001 (whoever reads the connection finds out, and why)
                self._has_ended = True
            if self._has_ended:
                while not self.empty():
                    self._next()
                self._websocket.close()
            self._task = None

        def _next(self) -> Any:
            """Return the next packet, or None when there is none, or no more to come."""
            if self.empty():
                return None
            packet = self.get(block=False)
            self.task_done()
            self._has_ended = self._has_ended or packet is None
            return packet

    return DrainedQueue


class _Sending:
    """Stands where a task that waits for messages would."""

    def __init__(self, queue: Any) -> None:
        self._queue = queue

    def join(self) -> None:
        """Wait until everything is sent."""
        self._queue.wait_until_sent()


def install(engine: Any) -> None:
    """Have this Engine.IO server's queues, which must be drained ones, send by themselves."""
    start: Callable[..., Any] = engine.start_background_task

    def start_unless_writer(target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if (getattr(target, "__module__", ""), getattr(target, "__name__", "")) != WRITER:
            return start(target, *args, **kwargs)
        page = inspect.getclosurevars(target).nonlocals
        page["self"].queue.send_over(page["ws"], start)
        return _Sending(page["self"].queue)

    engine.start_background_task = start_unless_writer
