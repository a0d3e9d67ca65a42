"""Do the numbers of a sitting agree: acknowledged, stored, written? Pure.

What counts as acknowledged is what our own signature says on a receipt that the page showed, and what the page says it
was told. Stored are the rows of its own epochs; what the office took over stands apart, no page wrote it there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

NOT_STORED: Final = -1
"""On paper, and not stored yet."""


class Difference(StrEnum):
    """LOST: acknowledged, and not stored. ALTERED: the chain is not the one we signed. Both must never be.

    UNDELIVERED: the page wrote lines that are not among the responses (late, or superseded by another page).
    UNREPORTED: the page never told its counts. ON_PAPER: lines written by hand, stored from a sheet; PAPER_OPEN:
    the sheet is not stored yet.
    """

    LOST = "LOST"
    ALTERED = "ALTERED"
    UNDELIVERED = "UNDELIVERED"
    UNREPORTED = "UNREPORTED"
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

    `on_paper` are the lines stored from a sheet, None for who was never on paper, NOT_STORED before they are.
    """

    stored: Mapping[int, int]
    told: Mapping[int, Told] = field(default_factory=dict)
    heads: Mapping[int, str] = field(default_factory=dict)
    late: int = 0
    taken_over: int = 0
    on_paper: int | None = None

    @property
    def acknowledged(self) -> int:
        return sum(_acknowledged(told) for told in self.told.values())

    @property
    def written(self) -> int:
        return sum(told.written for told in self.told.values())

    @property
    def stored_lines(self) -> int:
        return sum(self.stored.values())

    @property
    def lost(self) -> int:
        """Return how many acknowledged lines are not stored; it must be 0."""
        return sum(max(0, _acknowledged(told) - self.stored.get(epoch, 0)) for epoch, told in self.told.items())


@dataclass(frozen=True)
class Found:
    """A difference of one epoch; 0 for the whole sitting."""

    kind: Difference
    epoch: int
    written: int = 0
    acknowledged: int = 0
    stored: int = 0


def differences(counted: Counted) -> list[Found]:
    """Return where the numbers of a sitting that was opened do not agree; nothing when they do."""
    by_hand = list(_by_hand(counted))
    if not counted.told:
        return [Found(Difference.UNREPORTED, 0, stored=counted.stored_lines), *by_hand]
    return [
        found for epoch, told in sorted(counted.told.items()) for found in _of_epoch(counted, epoch, told)
    ] + by_hand


def _by_hand(counted: Counted) -> Iterable[Found]:
    if counted.on_paper == NOT_STORED:
        yield Found(Difference.PAPER_OPEN, 0)
    elif counted.on_paper is not None:
        yield Found(Difference.ON_PAPER, 0, stored=counted.on_paper)


def _of_epoch(counted: Counted, epoch: int, told: Told) -> Iterable[Found]:
    stored, acknowledged = counted.stored.get(epoch, 0), _acknowledged(told)
    numbers = {"written": told.written, "acknowledged": acknowledged, "stored": stored}
    if acknowledged > stored:
        yield Found(Difference.LOST, epoch, **numbers)
    elif told.signed_seq and counted.heads.get(epoch) != told.signed_head:
        yield Found(Difference.ALTERED, epoch, **numbers)
    if told.written > max(stored, acknowledged):
        yield Found(Difference.UNDELIVERED, epoch, **numbers)


def _acknowledged(told: Told) -> int:
    return max(told.acknowledged, told.signed_seq or 0)


@dataclass(frozen=True)
class Sum:
    """The numbers of a room, or of all."""

    room: str
    opened: int
    reported: int
    acknowledged: int
    stored: int
    written: int
    taken_over: int
    late: int
    lost: int
    on_paper: int = 0


def summed(room: str, sittings: Sequence[Counted]) -> Sum:
    """Return the sums of the sittings that were opened."""
    return Sum(
        room=room,
        opened=len(sittings),
        reported=sum(bool(one.told) for one in sittings),
        acknowledged=sum(one.acknowledged for one in sittings),
        stored=sum(one.stored_lines for one in sittings),
        written=sum(one.written for one in sittings),
        taken_over=sum(one.taken_over for one in sittings),
        late=sum(one.late for one in sittings),
        lost=sum(one.lost for one in sittings),
        on_paper=sum(max(0, one.on_paper or 0) for one in sittings),
    )
