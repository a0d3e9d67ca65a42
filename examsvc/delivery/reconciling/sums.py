"""The numbers of many sittings together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from examsvc.delivery.reconciling.counting import Counted


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
    unproven: int = 0


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
        unproven=sum(one.unproven for one in sittings),
    )
