"""A page's line to the proctors: Socket.IO over Engine.IO 4, websocket only, opened again when it goes."""

import asyncio
import json
import random
from collections.abc import Callable
from typing import Any, Final

from examsvc.rehearsal.client.http import Address
from examsvc.rehearsal.client.websocket import Websocket
from examsvc.rehearsal.measuring import Measures

PATH: Final = "/socket.io/?EIO=4&transport=websocket"
NAMESPACE: Final = "/candidate"
OPENED, PINGED, MESSAGE = "0", "2", "4"
PONG: Final = "3"
CONNECT, EVENT, ACK, REFUSED = "40", "42", "43", "44"
OPENS_WITHIN_SECONDS = 20.0
ANSWERS_WITHIN_SECONDS = 8.0
AGAIN_AFTER_SECONDS, AGAIN_AT_MOST_SECONDS = 3.0, 30.0


class Line:
    """`auth` is what the page connects with; `heard` is called with the name and the value of what the server says."""

    __slots__ = (
        "_acks",
        "_address",
        "_auth",
        "_cookie",
        "_failures",
        "_heard",
        "_is_closed",
        "_is_hindered",
        "_measures",
        "_next",
        "_ready",
        "_ws",
        "is_connected",
    )

    def __init__(
        self, address: Address, cookie: str, auth: dict[str, str], measures: Measures, heard: Callable[[str, Any], None]
    ) -> None:
        self._address, self._cookie, self._measures, self._heard = address, cookie, measures, heard
        self._auth = json.dumps(auth)
        self._ws: Websocket | None = None
        self._ready: asyncio.Future[None] | None = None
        self._acks: dict[int, asyncio.Future[Any]] = {}
        self._next = self._failures = 0
        self._is_closed = self._is_hindered = self.is_connected = False

    async def open(self) -> None:
        """Connect; a line that cannot be had is tried again in the background, as a page does."""
        began, ready = self._measures.now(), asyncio.get_running_loop().create_future()
        websocket = Websocket(self._received, self._lost)
        self._ready, self._ws = ready, websocket
        try:
            async with asyncio.timeout(OPENS_WITHIN_SECONDS):
                await websocket.open(self._address, PATH, self._cookie)
                await ready
        except (OSError, TimeoutError):
            self._measures.failed("connect", "no_line")
            self._ws = None
            websocket.cut()
            self._open_again()
        except asyncio.CancelledError:
            websocket.cut()
            raise
        else:
            self.is_connected, self._failures, self._is_hindered = True, 0, False
            self._measures.took("connect", began)
            if self._is_closed:
                websocket.cut()

    def close(self) -> None:
        """Hang up for good."""
        self._is_closed = True
        if self._ws:
            self._ws.cut()

    def cut(self) -> None:
        """Lose the connection to the simulated network; it is opened again."""
        self._is_hindered = True
        if self._ws:
            self._ws.cut()

    async def tell(self, name: str, value: Any) -> Any:
        """Tell the server something and return its answer; raises TimeoutError."""
        return await self._ask(name, json.dumps([name, value], ensure_ascii=False), None)

    async def send_frame(self, meta: dict[str, Any], jpeg: bytes) -> Any:
        """Send a camera frame and return the answer; raises TimeoutError."""
        return await self._ask("frame", json.dumps(["frame", meta, {"_placeholder": True, "num": 0}]), jpeg)

    async def _ask(self, name: str, text: str, attachment: bytes | None) -> Any:
        if not self.is_connected or self._ws is None:
            raise TimeoutError
        began, number = self._measures.now(), self._next
        self._next += 1
        answer = self._acks[number] = asyncio.get_running_loop().create_future()
        kind = EVENT if attachment is None else "451-"
        self._ws.send_text(f"{kind}{NAMESPACE},{number}{text}")
        if attachment is not None:
            self._ws.send_binary(attachment)
        try:
            async with asyncio.timeout(ANSWERS_WITHIN_SECONDS):
                answered = await answer
        except TimeoutError:
            self._blame()(name, "no_answer")
            raise
        finally:
            self._acks.pop(number, None)
        self._measures.took(name, began)
        return answered

    def _received(self, packet: str) -> None:
        if packet == PINGED:
            if self._ws:
                self._ws.send_text(PONG)
        elif packet.startswith(OPENED):
            if self._ws:
                self._ws.send_text(f"{CONNECT}{NAMESPACE},{self._auth}")
        elif packet.startswith(MESSAGE):
            self._message(packet[:2], packet.partition(",")[2])

    def _message(self, kind: str, rest: str) -> None:
        if kind == CONNECT and self._ready and not self._ready.done():
            self._ready.set_result(None)
        elif kind == REFUSED and self._ready and not self._ready.done():
            self._ready.set_exception(ConnectionRefusedError(rest))
        elif kind == EVENT:
            name, *values = json.loads(rest[rest.index("[") :])
            self._heard(name, values[0] if values else None)
        elif kind == ACK:
            number, _, values_text = rest.partition("[")
            found = self._acks.get(int(number))
            if found and not found.done():
                found.set_result(next(iter(json.loads("[" + values_text)), None))

    def _lost(self) -> None:
        if self.is_connected and not self._is_closed:
            self._blame()("line", "lost")
            self._open_again()
        elif self._ready and not self._ready.done():
            self._ready.set_exception(ConnectionResetError("the line was lost"))
        self.is_connected = False

    def _blame(self) -> Callable[[str, str], None]:
        """Return what counts a loss: as the simulated network's from its cut until the line is open again."""
        return self._measures.hindered if self._is_hindered else self._measures.failed

    def _open_again(self) -> None:
        if not self._is_closed:
            grown = AGAIN_AFTER_SECONDS * 2**self._failures * random.uniform(0.5, 1.5)  # noqa: S311 (spreads)
            delay = min(AGAIN_AT_MOST_SECONDS, grown)  # in this order, as socket.io-client does
            self._failures = min(self._failures + 1, 10)
            asyncio.get_running_loop().call_later(delay, self._try_again)

    def _try_again(self) -> None:
        if not self._is_closed:
            task = asyncio.ensure_future(self.open())
            task.add_done_callback(lambda done: done.exception())
