"""Do the numbers of a sitting agree: acknowledged, stored, written? Pure.

What counts as acknowledged is what our own signature says on a receipt that the page showed, and what the page says it
was told as far as it is stored: a page's word proves no loss. Stored are the rows of its own epochs; what the office
took over stands apart, no page wrote it there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

NOT_STORED: Final = -1
"""On paper, and not stored yet."""


class Difference(StrEnum):
    """LOST: acknowledged over our signature, and not stored. ALTERED: the chain is not the one we signed. Both must
    never be. UNPROVEN: the page says that it was told of more lines than are stored, and no signature says so.

    UNDELIVERED: the page wrote lines that are not among the responses (late, or superseded by another page).
    UNREPORTED: no page told its counts of the epoch, or of any. BEYOND_REPORT: more is stored than the page told.
    HANDED_OVER: one of these two, of a page that a hand-over shut out before it could tell. UNCONFIRMED: stored, and
    the page has not learned of it. TAKEN_OVER: late lines that the office took over. ON_PAPER: lines written by hand,
    stored from a sheet; PAPER_OPEN: the sheet is not stored yet.
    """

    LOST = "LOST"
    ALTERED = "ALTERED"
    UNPROVEN = "UNPROVEN"
    UNDELIVERED = "UNDELIVERED"
    UNREPORTED = "UNREPORTED"
    BEYOND_REPORT = "BEYOND_REPORT"
    HANDED_OVER = "HANDED_OVER"
    UNCONFIRMED = "UNCONFIRMED"
    TAKEN_OVER = "TAKEN_OVER"
    ON_PAPER = "ON_PAPER"
    PAPER_OPEN = "PAPER_OPEN"


@dataclass(frozen=True)
class Told:
    """What the page of an epoch told. `signed_seq` and `signed_head` are from a receipt that bears our signature."""

    written: int
    acknowledged: int
    signed_seq: int | None = None
    signed_head: str | None = None


@dataclass(frozen=True)
class Counted:
    """The numbers of one sitting, by epoch. `heads` are the stored chain's values where receipts point to.

    `handed_over` are the epochs of pages that a hand-over shut out. `on_paper` are the lines stored from a sheet, None
    for who was never on paper, NOT_STORED before they are.
    """

    stored: Mapping[int, int]
    told: Mapping[int, Told] = field(default_factory=dict)
    heads: Mapping[int, str] = field(default_factory=dict)
    late: int = 0
    taken_over: int = 0
    on_paper: int | None = None
    handed_over: Collection[int] = ()

    @property
    def acknowledged(self) -> int:
        return sum(_acknowledged(told, self.stored.get(epoch, 0)) for epoch, told in self.told.items())

    @property
    def unproven(self) -> int:
        """Return how many more lines pages say were acknowledged than are stored or stand on a receipt of ours."""
        return sum(_unproven(told, self.stored.get(epoch, 0)) for epoch, told in self.told.items())

    @property
    def written(self) -> int:
        return sum(told.written for told in self.told.values())

    @property
    def stored_lines(self) -> int:
        return sum(self.stored.values())

    @property
    def lost(self) -> int:
        """Return how many lines that we acknowledged over our signature are not stored; it must be 0."""
        return sum(max(0, (told.signed_seq or 0) - self.stored.get(epoch, 0)) for epoch, told in self.told.items())


@dataclass(frozen=True)
class Found:
    """A difference of one epoch; 0 for the whole sitting. Of an UNPROVEN one `acknowledged` is what the page says."""

    kind: Difference
    epoch: int
    written: int = 0
    acknowledged: int = 0
    stored: int = 0


def differences(counted: Counted) -> list[Found]:
    """Return where the numbers of a sitting that was opened do not agree, and what no page wrote; nothing otherwise.

    Every epoch whose three numbers are not equal is among them.
    """
    epochs = sorted({*counted.stored, *counted.told})
    found = [one for epoch in epochs for one in _of_epoch(counted, epoch)] + list(_of_no_page(counted))
    return found if found or counted.told else [Found(Difference.UNREPORTED, 0)]


def _of_epoch(counted: Counted, epoch: int) -> Iterable[Found]:
    stored, told = counted.stored.get(epoch, 0), counted.told.get(epoch)
    if told is None:
        yield Found(_unheard(counted, epoch, Difference.UNREPORTED), epoch, stored=stored)
        return
    acknowledged = _acknowledged(told, stored)
    numbers = {"written": told.written, "acknowledged": acknowledged, "stored": stored}
    if acknowledged > stored:
        yield Found(Difference.LOST, epoch, **numbers)
    elif told.signed_seq and counted.heads.get(epoch) != told.signed_head:
        yield Found(Difference.ALTERED, epoch, **numbers)
    if _unproven(told, stored):
        yield Found(Difference.UNPROVEN, epoch, **{**numbers, "acknowledged": told.acknowledged})
    if told.written > max(stored, acknowledged, told.acknowledged):
        yield Found(Difference.UNDELIVERED, epoch, **numbers)
    elif stored > told.written:
        yield Found(_unheard(counted, epoch, Difference.BEYOND_REPORT), epoch, **numbers)
    elif stored > acknowledged:
        yield Found(Difference.UNCONFIRMED, epoch, **numbers)


def _unheard(counted: Counted, epoch: int, kind: Difference) -> Difference:
    return Difference.HANDED_OVER if epoch in counted.handed_over else kind


def _of_no_page(counted: Counted) -> Iterable[Found]:
    if counted.taken_over:
        yield Found(Difference.TAKEN_OVER, 0, stored=counted.taken_over)
    if counted.on_paper == NOT_STORED:
        yield Found(Difference.PAPER_OPEN, 0)
    elif counted.on_paper is not None:
        yield Found(Difference.ON_PAPER, 0, stored=counted.on_paper)


def _acknowledged(told: Told, stored: int) -> int:
    return max(told.signed_seq or 0, min(told.acknowledged, stored))


def _unproven(told: Told, stored: int) -> int:
    return max(0, told.acknowledged - max(told.signed_seq or 0, stored))
