"""The sealed paper: fetched while waiting, opened by the key that comes over the line, or is asked for."""

import asyncio
import base64
import json
import math
import random
from contextlib import suppress
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from examsvc.core import canonical
from examsvc.rehearsal.client.browser import Browser, Refused, Unreachable

SPREAD_SECONDS: Final = 3.0
ASKS_WITHIN_SECONDS: Final = 3.0
NONCE_BYTES: Final = 12
NO_PRELOAD: Final = frozenset({"preload_not_open", "not_found", "not_opened", "steps_missing", "not_started"})


class Preload:
    """One candidate's sealed paper; where none is to be had, or no key, the paper is read in the clear as ever."""

    def __init__(self, browser: Browser, path: str, rng: random.Random) -> None:
        self._browser, self._path, self._rng = browser, path, rng
        self._sitting_id = path.rpartition("/")[2]
        self._sealed = b""
        self._paper_digest = ""
        self._keys: asyncio.Future[dict[str, Any]] | None = None
        self._told_within_seconds = 0.0
        self._claims_after, self._claims_within = 0.0, 0.0

    async def fetch(self) -> None:
        """Fetch the sealed paper at some moment of the waiting."""
        self._keys = asyncio.get_running_loop().create_future()
        await asyncio.sleep(self._rng.uniform(0, SPREAD_SECONDS))
        with suppress(Refused, Unreachable):
            told = await self._call("preload", "preload")
            self._sealed = await self._call("sealed paper", "sealed-paper")
            self._paper_digest = told["paper_digest"]
            self._told_within_seconds = told["told_within_ms"] / 1000

    def take_keys(self, told: Any) -> None:
        """Take what the line says at the start."""
        if self._keys and not self._keys.done() and isinstance(told, dict):
            self._claims_after, self._claims_within = told["claim_after_ms"] / 1000, told["claim_within_ms"] / 1000
            self._keys.set_result(told)

    async def opened(self) -> dict[str, Any] | None:
        """Return the paper once its key is here; None when it has to be read in the clear."""
        if not self._sealed or not self._keys:
            return None
        keys = await self._heard(self._keys) or await self._asked()
        if keys is None:
            return None
        bound_to = canonical.encode({"sitting_id": self._sitting_id, "paper_digest": self._paper_digest, "v": 1})
        nonce, body, self._sealed = self._sealed[:NONCE_BYTES], self._sealed[NONCE_BYTES:], b""
        try:
            text = AESGCM(_bytes(keys["paper_key"])).decrypt(nonce, body, bound_to)
        except InvalidTag:
            self._browser.measures.failed("sealed paper", "does_not_open")
            return None
        paper: dict[str, Any] = json.loads(text)
        return paper

    def claim_delay(self) -> float:
        """Return after how many seconds to claim: some moment, rather early than late, as the page draws it."""
        return self._claims_after + self._claims_within * (1 - math.sqrt(1 - self._rng.random()))

    async def _heard(self, keys: asyncio.Future[dict[str, Any]]) -> dict[str, Any] | None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._told_within_seconds):
                return await asyncio.shield(keys)
        return None

    async def _asked(self) -> dict[str, Any] | None:
        await asyncio.sleep(self._rng.uniform(0, ASKS_WITHIN_SECONDS))
        with suppress(Refused, Unreachable):
            keys: dict[str, Any] = await self._call("paper key", "paper-key")
            self._claims_within = keys["claim_within_ms"] / 1000
            return keys
        return None

    async def _call(self, operation: str, tail: str) -> Any:
        return await self._browser.call(operation, "GET", f"{self._path}/{tail}", expected=NO_PRELOAD)


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
