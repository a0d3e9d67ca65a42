"""What the service acknowledged, against what it stored: the judge of every rehearsal. Pure.

A candidate's notebook has a line for each response sent and for each receipt. A response counts as acknowledged once a
receipt of its epoch names its seq or a later one. Nothing that was written may stay unacknowledged, not even what was
written at the last moment: it is sent at once, and has the grace after it (`RehearsalPlan.grace_seconds`) to arrive.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

Place = tuple[int, int]
"""Epoch and seq."""
MOST_FINDINGS = 50


class Stored(NamedTuple):
    """A response as the database has it."""

    epoch: int
    seq: int
    item_ref: str
    answer: Any
    chain: str


class Receipt(NamedTuple):
    epoch: int
    seq: int
    chain_head: str


@dataclass
class Notebook:
    """What one candidate sent and was told, in order."""

    sitting_id: UUID
    sent: dict[Place, bytes] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    handed_in_at: str | None = None

    def note_sent(self, epoch: int, seq: int, item_ref: str, answer: Any) -> None:
        """Note a response before it is sent."""
        self.sent[epoch, seq] = fingerprint(item_ref, answer)

    def note_claim(self, epoch: int) -> None:
        """Note that what was written in epoch 0, before the claim, is sent under this one."""
        self.sent = {(epoch if own == 0 else own, seq): said for (own, seq), said in self.sent.items()}

    def note_receipt(self, epoch: int, seq: int, chain_head: str) -> None:
        """Note a receipt; a repeat of the last one is one receipt."""
        receipt = Receipt(epoch, seq, chain_head)
        if not self.receipts or self.receipts[-1] != receipt:
            self.receipts.append(receipt)

    @property
    def acknowledged(self) -> set[Place]:
        """The places of the responses that were acknowledged."""
        furthest: dict[int, int] = {}
        for receipt in self.receipts:
            furthest[receipt.epoch] = max(receipt.seq, furthest.get(receipt.epoch, 0))
        return {(epoch, seq) for epoch, seq in self.sent if seq <= furthest.get(epoch, 0)}


@dataclass(frozen=True)
class Finding:
    """Something that the service said and did not keep. `fault`: LOST, ALTERED, CHAIN_DIFFERS, WENT_BACK, NOT_FINAL."""

    sitting_id: UUID
    fault: str
    epoch: int
    seq: int


@dataclass(frozen=True)
class Judgement:
    """`written` are all responses that candidates wrote down, whatever became of them.

    `lost` are acknowledged responses that are not stored as they were sent. It must be 0, and so must `unacknowledged`.
    """

    written: int
    acknowledged: int
    stored: int
    lost: int
    findings: Sequence[Finding]

    @property
    def unacknowledged(self) -> int:
        """How many of those written no receipt ever named."""
        return self.written - self.acknowledged


def fingerprint(item_ref: str, answer: Any) -> bytes:
    """Return what tells a response from any other to the same place."""
    text = json.dumps([item_ref, answer], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def judge(
    notebooks: Iterable[Notebook], stored: Mapping[UUID, Sequence[Stored]], final: Mapping[UUID, bool]
) -> Judgement:
    """Return how the notebooks and the database agree; `final` says which sittings are over there."""
    written = acknowledged = kept = 0
    findings: list[Finding] = []
    for notebook in notebooks:
        rows = {(row.epoch, row.seq): row for row in stored.get(notebook.sitting_id, ())}
        written += len(notebook.sent)
        acknowledged += len(notebook.acknowledged)
        kept += len(rows)
        findings += _findings(notebook, rows)
        if notebook.handed_in_at and not final.get(notebook.sitting_id):
            findings.append(Finding(notebook.sitting_id, "NOT_FINAL", 0, 0))
    lost = sum(finding.fault in ("LOST", "ALTERED") for finding in findings)
    return Judgement(written, acknowledged, kept, lost, findings[:MOST_FINDINGS])


def _findings(notebook: Notebook, rows: Mapping[Place, Stored]) -> Iterable[Finding]:
    for place in sorted(notebook.acknowledged):
        row = rows.get(place)
        if row is None:
            yield Finding(notebook.sitting_id, "LOST", *place)
        elif fingerprint(row.item_ref, row.answer) != notebook.sent[place]:
            yield Finding(notebook.sitting_id, "ALTERED", *place)
    before = (0, 0)
    for receipt in notebook.receipts:
        row = rows.get((receipt.epoch, receipt.seq))
        if row is not None and row.chain != receipt.chain_head:
            yield Finding(notebook.sitting_id, "CHAIN_DIFFERS", receipt.epoch, receipt.seq)
        if (receipt.epoch, receipt.seq) < before:
            yield Finding(notebook.sitting_id, "WENT_BACK", receipt.epoch, receipt.seq)
        before = (receipt.epoch, receipt.seq)
