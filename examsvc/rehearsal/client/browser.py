"""A candidate's browser: one kept connection, the login cookie, the CSRF token, and the weather on the way."""

import asyncio
import json
from typing import Any, Final

from examsvc.rehearsal.client.http import Address, Answer, Broken, Connection
from examsvc.rehearsal.client.weather import Fate, Weather
from examsvc.rehearsal.measuring import Measures

TIMEOUT_SECONDS: Final = 30.0
FAILED: Final = 400


class Unreachable(Exception):
    """No answer came; whether the request was taken is not known."""


class Lost(Broken):
    """The simulated network lost the request or its answer: nobody's failure."""


class Refused(Exception):
    """The service answered, and not with what was asked for."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(f"{status} {answer.get('code')}")
        self.status, self.answer = status, answer
        self.code = str(answer.get("code", status))

    @property
    def is_transient(self) -> bool:
        """Whether the same request may go well later."""
        return self.status in (408, 425, 429, 500, 502, 503, 504)


class Browser:
    """`call` measures what goes well, and counts what does not unless it is `expected`.

    What `can_wait` may be asked to come again.
    """

    __slots__ = ("_address", "_connection", "_host", "_one_request", "_weather", "cookie", "csrf_token", "measures")

    def __init__(self, address: Address, measures: Measures, weather: Weather) -> None:
        self._address, self.measures, self._weather = address, measures, weather
        self._host = f" HTTP/1.1\r\nHost: {address.host}:{address.port}\r\n"
        self._connection: Connection | None = None
        self._one_request = asyncio.Lock()
        self.cookie = self.csrf_token = ""

    async def call(
        self,
        operation: str,
        method: str,
        path: str,
        value: Any = None,
        *,
        expected: frozenset[str] = frozenset(),
        can_wait: bool = False,
    ) -> Any:
        """Return the JSON that is answered, or the bytes; raises Unreachable, Refused."""
        async with self._one_request:
            began = self.measures.now()
            try:
                answer = await self._through(self._request(method, path, value, "X-Can-Wait: 1\r\n" * can_wait))
            except (OSError, TimeoutError) as error:
                self.close()
                count = self.measures.hindered if isinstance(error, Lost) else self.measures.failed
                count(operation, "unreachable")
                raise Unreachable(f"{operation}: {error!r}") from error
        if answer.status >= FAILED:
            refused = Refused(answer.status, _json(answer))
            if refused.code not in expected and not (can_wait and refused.code == "overloaded"):
                self.measures.failed(operation, refused.code)
            raise refused
        self.measures.took(operation, began)
        if not self.cookie:
            self.cookie = answer.header(b"set-cookie").split(b";", 1)[0].decode()
        return _json(answer) if b"application/json" in answer.head else answer.body

    def close(self) -> None:
        """Drop the connection."""
        if self._connection:
            self._connection.cut()
            self._connection = None

    def _request(self, method: str, path: str, value: Any, marks: str) -> bytes:
        head = f"{method} {path}{self._host}Cookie: {self.cookie}\r\nX-CSRF-Token: {self.csrf_token}\r\n{marks}"
        if value is None:
            return f"{head}\r\n".encode()
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    async def _through(self, request: bytes) -> Answer:
        """Send the request through the weather."""
        fate = self._weather.fate()
        if fate == Fate.LOST_THERE:
            raise Lost("on its way")
        if fate == Fate.LATE:
            await asyncio.sleep(self._weather.delay())
        answer = await self._sent(request)
        if fate == Fate.TWICE:
            answer = await self._sent(request)
        if fate == Fate.LOST_BACK:
            raise Lost("its answer")
        return answer

    async def _sent(self, request: bytes) -> Answer:
        """Send over the kept connection, or a new one if the server has closed that; as browsers do, once."""
        kept = self._connection
        if kept and kept.is_open:
            try:
                return await _answered(kept.send(request))
            except Broken:
                self._connection = None
        self._connection = await Connection.open(self._address)
        return await _answered(self._connection.send(request))


async def _answered(coming: asyncio.Future[Answer]) -> Answer:
    async with asyncio.timeout(TIMEOUT_SECONDS):
        return await coming


def _json(answer: Answer) -> dict[str, Any]:
    try:
        value = json.loads(answer.body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
