"""A candidate's journal: responses stay in it until a receipt names them, and are sent again under the same numbers."""

import asyncio
from typing import Any, Final

from examsvc.rehearsal.client.browser import Browser, Refused
from examsvc.rehearsal.client.device import Device
from examsvc.rehearsal.client.weather import Weather
from examsvc.rehearsal.history import Notebook

UNCLAIMED: Final = 0
AFTER_THE_END: Final = frozenset({"sitting_closed", "sitting_over"})
OUT_OF_ORDER: Final = frozenset({"seq_gap"})

Entry = dict[str, Any]


class Journal:
    """The responses of one epoch. Before the sitting is claimed they are written down, and sent once it is."""

    def __init__(self, browser: Browser, path: str, notebook: Notebook, device: Device, epoch: int = UNCLAIMED) -> None:
        self._browser, self._path, self._notebook, self._device = browser, path, notebook, device
        self._epoch = epoch
        self._waiting: list[tuple[Entry, float]] = []  # and when it was written
        self._seq = 0
        self._sending = asyncio.Lock()
        self.is_closed = False

    def begin(self, epoch: int) -> None:
        """Number what waits under the epoch that was claimed."""
        self._notebook.note_claim(epoch)
        self._epoch = epoch

    def write(self, item_ref: str, answer: Any) -> None:
        """Write a response down."""
        self._seq += 1
        self._notebook.note_sent(self._epoch, self._seq, item_ref, answer)
        at = self._device.now().isoformat()
        entry = {"seq": self._seq, "item_ref": item_ref, "answer": answer, "flagged": False, "client_at": at}
        self._waiting.append((entry, self._browser.measures.now()))

    async def send(self, weather: Weather) -> None:
        """Send what waits; in bad weather the last first, or nothing until there is more. Raises what `call` raises."""
        if not weather.reorders():
            await self.flush()
            return
        async with self._sending:
            if len(self._waiting) > 1 and self._epoch != UNCLAIMED:
                await self._put(self._waiting[-1:], expected=AFTER_THE_END | OUT_OF_ORDER)

    async def flush(self) -> None:
        """Send everything that waits; raises what `call` raises.

        It begins where the last receipt ends: a gap is the service's failure here, and the page sends on all the same.
        """
        async with self._sending:
            if self._waiting and self._epoch != UNCLAIMED and not self.is_closed:
                await self._put(list(self._waiting), expected=AFTER_THE_END)

    async def _put(self, waiting: list[tuple[Entry, float]], *, expected: frozenset[str]) -> None:
        body = {"epoch": self._epoch, "entries": [entry for entry, _ in waiting]}
        try:
            receipt = await self._browser.call("save", "PUT", f"{self._path}/responses", body, expected=expected)
        except Refused as refused:
            if refused.code not in AFTER_THE_END | OUT_OF_ORDER:
                raise
            self.is_closed = refused.code in AFTER_THE_END
            return
        seq = receipt["acknowledged_seq"]
        self._notebook.note_receipt(receipt["epoch"], seq, receipt["chain_head"])
        for entry, written_at in self._waiting:
            if entry["seq"] <= seq:
                self._browser.measures.took("write to receipt", written_at)
        self._waiting = [(entry, at) for entry, at in self._waiting if entry["seq"] > seq]

    async def hand_in(self) -> dict[str, Any]:
        """Send what waits and hand in; return the sitting as it is then. Raises what `call` raises."""
        await self.flush()
        last = self._waiting[0][0]["seq"] - 1 if self._waiting else self._seq
        body = {"epoch": self._epoch, "last_seq": last}
        view: dict[str, Any] = await self._browser.call("hand in", "POST", f"{self._path}/hand-in", body)
        return view
