"""A candidate's journal: responses stay in it until a receipt names them, and are sent again under the same numbers."""

from typing import Any, Final

from examsvc.rehearsal.client.browser import Browser, Refused
from examsvc.rehearsal.client.device import Device
from examsvc.rehearsal.client.weather import Weather
from examsvc.rehearsal.history import Notebook

AFTER_THE_END: Final = frozenset({"sitting_closed", "sitting_over"})
OUT_OF_ORDER: Final = frozenset({"seq_gap"})

Entry = dict[str, Any]


class Journal:
    """The responses of one epoch."""

    def __init__(self, browser: Browser, path: str, notebook: Notebook, device: Device, epoch: int) -> None:
        self._browser, self._path, self._notebook, self._device = browser, path, notebook, device
        self._epoch = epoch
        self._waiting: list[Entry] = []
        self._seq = 0
        self.is_closed = False

    def write(self, item_ref: str, answer: Any) -> None:
        """Write a response down."""
        self._seq += 1
        self._notebook.note_sent(self._epoch, self._seq, item_ref, answer)
        at = self._device.now().isoformat()
        entry = {"seq": self._seq, "item_ref": item_ref, "answer": answer, "flagged": False, "client_at": at}
        self._waiting.append(entry)

    async def send(self, weather: Weather) -> None:
        """Send what waits; in bad weather the last first, or nothing until there is more. Raises what `call` raises."""
        if weather.reorders():
            if len(self._waiting) > 1:
                await self._put(self._waiting[-1:], expected=AFTER_THE_END | OUT_OF_ORDER)
            return
        await self.flush()

    async def flush(self) -> None:
        """Send everything that waits; raises what `call` raises.

        It begins where the last receipt ends: a gap is the service's failure here, and the page sends on all the same.
        """
        if self._waiting and not self.is_closed:
            await self._put(list(self._waiting), expected=AFTER_THE_END)

    async def _put(self, entries: list[Entry], *, expected: frozenset[str]) -> None:
        body = {"epoch": self._epoch, "entries": entries}
        try:
            receipt = await self._browser.call("save", "PUT", f"{self._path}/responses", body, expected=expected)
        except Refused as refused:
            if refused.code not in AFTER_THE_END | OUT_OF_ORDER:
                raise
            self.is_closed = refused.code in AFTER_THE_END
            return
        seq = receipt["acknowledged_seq"]
        self._notebook.note_receipt(receipt["epoch"], seq, receipt["chain_head"])
        self._waiting = [entry for entry in self._waiting if entry["seq"] > seq]

    async def hand_in(self) -> dict[str, Any]:
        """Send what waits and hand in; return the sitting as it is then. Raises what `call` raises."""
        await self.flush()
        last = self._waiting[0]["seq"] - 1 if self._waiting else self._seq
        body = {"epoch": self._epoch, "last_seq": last}
        view: dict[str, Any] = await self._browser.call("hand in", "POST", f"{self._path}/hand-in", body)
        return view
