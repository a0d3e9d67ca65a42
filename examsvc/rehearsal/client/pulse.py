"""What a page does beside the exam: looks at its sitting, asks for commands, tells events, sends frames."""

import asyncio
import random
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, Final

from examsvc.rehearsal.client.browser import Browser, Refused, Unreachable
from examsvc.rehearsal.client.device import Device
from examsvc.rehearsal.client.line import Line

ROUND_SECONDS: Final = (20.0, 24.0)
VIEW_ROUNDS, COMMANDS_ROUNDS = 54, 40
"""Every so many rounds a page asks while its line stands; without it in every round."""
AWAY_SECONDS: Final = (1.0, 4.0)


async def poll(browser: Browser, line: Line, path: str, rng: random.Random) -> None:
    """Look at the sitting again and again, as the page does: seldom while the line stands."""
    rounds = 0
    while True:
        await asyncio.sleep(rng.uniform(*ROUND_SECONDS))
        rounds += 1
        if not line.is_connected or rounds % VIEW_ROUNDS == 0:
            await _shrug(browser.call("view", "GET", path, can_wait=True))
        if not line.is_connected or rounds % COMMANDS_ROUNDS == 0:
            await _shrug(browser.call("commands", "GET", f"{path}/commands", can_wait=True))


async def tell_events(line: Line, device: Device, every: float, rng: random.Random) -> None:
    """Look away from the page now and then."""
    while True:
        await asyncio.sleep(rng.uniform(0.5, 1.5) * every)
        await _shrug(line.tell("event", _event("WINDOW_BLURRED", device)))
        await asyncio.sleep(rng.uniform(*AWAY_SECONDS))
        await _shrug(line.tell("event", _event("WINDOW_FOCUSED", device)))


async def send_frames(line: Line, device: Device, jpeg: bytes, every: float, rng: random.Random) -> None:
    """Send camera frames, at first somewhere within the interval; when the next one is due the service says."""
    seq, wait = 0, rng.uniform(0, every)
    while True:
        await asyncio.sleep(wait)
        wait = every
        with suppress(TimeoutError):
            seq += 1
            answer = await line.send_frame({"seq": seq, "taken_at": device.now().isoformat()}, _noisy(jpeg, rng))
            wait = max(every, answer.get("next_ms", 0) / 1000 if isinstance(answer, dict) else every)


def _noisy(jpeg: bytes, rng: random.Random) -> bytes:
    """Return the picture with a comment in it: no camera sends the same bytes twice."""
    return jpeg[:2] + b"\xff\xfe\x00\x0a" + rng.randbytes(8) + jpeg[2:]


def _event(kind: str, device: Device) -> dict[str, Any]:
    return {"kind": kind, "client_at": device.now().isoformat(), "detail": {}}


async def _shrug(request: Awaitable[Any]) -> None:
    """Await it; what goes wrong was counted, and the next time makes up for it."""
    with suppress(Refused, Unreachable, TimeoutError):
        await request
