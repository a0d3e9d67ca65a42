"""What becomes of lines that were not stored in time: one pure rule.

No time is believed from a client silently. What arrived before the end is in time whatever its line says. For the rest
only the page's clock speaks, set by the server's at the last contact and going on by itself: a policy of the exam
session (`accept_offline`) says whether it is believed, and it is never a proof, because whoever has the machine can
write the file.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from examsvc.core import canonical
from examsvc.delivery.rescue.states import Moment, Place

CLOCK_SLACK: Final = timedelta(seconds=2)
"""So much a page's clock may go back between two lines: it is set anew with each answer of the server."""


@dataclass(frozen=True)
class Line:
    """A line of a candidate's journal, with the epoch in which it was written."""

    epoch: int
    seq: int
    item_ref: str
    answer: dict[str, Any] | None
    flagged: bool
    client_at: datetime

    @property
    def place(self) -> tuple[int, int]:
        return self.epoch, self.seq

    @property
    def said(self) -> tuple[str, Any, bool]:
        """Return what it says, without when and where it was written."""
        return self.item_ref, self.answer, self.flagged

    @cached_property
    def digest(self) -> str:
        """Return what tells it from every other line of the sitting."""
        return canonical.digest({name: getattr(self, name) for name in _DIGESTED})


_DIGESTED: Final = ("epoch", "seq", "item_ref", "answer", "flagged", "client_at")


@dataclass(frozen=True)
class Known:
    """What the service holds: its responses in the order of the chain, the late lines taken over (by digest).

    `written` says where a page wrote what was taken over, by where it is stored; the rest was written there.
    """

    responses: Sequence[Line]
    taken: Collection[str] = ()
    written: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def stored(self) -> Mapping[tuple[int, int], Line]:
        return {line.place: line for line in self.responses}

    @cached_property
    def latest(self) -> Mapping[str, Line]:
        return {line.item_ref: line for line in self.responses}

    def is_later(self, line: Line) -> bool:
        """Return whether a line was written after the answer that stands."""
        latest = self.latest.get(line.item_ref)
        return latest is None or self.written.get(latest.place, latest.place) < line.place


@dataclass(frozen=True)
class Bounds:
    """The end, the last arrival that is in time without a question, and whether the page's clock is believed."""

    ends_at: datetime
    arrives_until: datetime
    believes_clock: bool


@dataclass(frozen=True)
class Weighed:
    """A line and what becomes of it."""

    line: Line
    place: Place
    moment: Moment

    @property
    def is_in_time(self) -> bool:
        return self.moment in (Moment.ARRIVED, Moment.BY_CLOCK)

    @property
    def takeable(self) -> bool:
        return self.is_takeable(with_superseded=False)

    def is_takeable(self, *, with_superseded: bool) -> bool:
        """Return whether it may be taken over; what later work superseded only by a decision to do so."""
        is_open = self.place == Place.NEW or (with_superseded and self.place == Place.SUPERSEDED)
        return is_open and self.is_in_time


def weigh(
    lines: Iterable[tuple[Line, datetime]], known: Known, bounds: Bounds, *, refused: Collection[str] = ()
) -> list[Weighed]:
    """Return each line, with when it arrived, weighed, in the order in which they were written.

    `refused` are the digests of lines that are no answers to questions of the paper.
    """
    ordered = sorted(lines, key=lambda each: (each[0].place, each[1]))
    going_back = _going_back([line for line, _ in ordered], known)
    return [
        Weighed(
            line,
            Place.REFUSED if line.digest in refused else _place(line, known),
            _moment(line, arrived_at, bounds, is_odd=line.digest in going_back),
        )
        for line, arrived_at in ordered
    ]


def _place(line: Line, known: Known) -> Place:
    stored, latest = known.stored.get(line.place), known.latest.get(line.item_ref)
    if line.digest in known.taken or (stored and stored.said == line.said):
        return Place.STORED
    if stored:
        return Place.OTHER_CONTENT
    if known.is_later(line):
        return Place.NEW
    return Place.STORED if latest and latest.said == line.said else Place.SUPERSEDED


def _moment(line: Line, arrived_at: datetime, bounds: Bounds, *, is_odd: bool) -> Moment:
    if arrived_at <= bounds.arrives_until:
        return Moment.ARRIVED
    if line.client_at > bounds.ends_at:
        return Moment.LATE
    if is_odd or line.client_at > arrived_at + CLOCK_SLACK or not bounds.believes_clock:
        return Moment.UNPROVEN
    return Moment.BY_CLOCK


def _going_back(ordered: Sequence[Line], known: Known) -> set[str]:
    """Return the lines that say an earlier time than one written before them in their epoch, sent or not."""
    written = {line.place: line.client_at for line in (*known.responses, *ordered)}
    odd_places, latest_at, epoch = set(), None, 0
    for place in sorted(written):
        if place[0] != epoch:
            epoch, latest_at = place[0], None
        if latest_at is not None and written[place] + CLOCK_SLACK < latest_at:
            odd_places.add(place)
        latest_at = max(written[place], latest_at or written[place])
    return {line.digest for line in ordered if line.place in odd_places}
