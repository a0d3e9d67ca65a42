"""How much of an outage a sitting lost: pure. A second is given back once at most, and none that did not run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, order=True)
class Span:
    """The time from an instant up to another, which no longer belongs to it; empty when it ends before it begins."""

    from_at: datetime
    to_at: datetime

    @property
    def is_empty(self) -> bool:
        return self.to_at <= self.from_at

    def met(self, other: "Span") -> "Span":
        """Return what both have in common; it may be empty."""
        return Span(max(self.from_at, other.from_at), min(self.to_at, other.to_at))


@dataclass(frozen=True)
class Running:
    """When a sitting's clock ran: from the begin to the end, but for its stops (pauses, and the time it was shut)."""

    span: Span
    stops: Sequence[Span] = ()


def lost(outage: Span, running: Running, credited: Iterable[Span] = ()) -> list[Span]:
    """Return what of the outage the sitting lost, in order: its clock ran, and nothing of it was credited before."""
    return without(within([outage], [running.span]), [*running.stops, *credited])


def within(spans: Iterable[Span], kept: Iterable[Span]) -> list[Span]:
    """Return what of `spans` lies in any of `kept`, in order and without overlaps."""
    bounds = list(kept)
    return united(span.met(bound) for span in spans for bound in bounds)


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what of `spans` lies in none of `taken`, in order and without overlaps."""
    left = united(spans)
    for hole in united(taken):
        left = [part for span in left for part in _around(span, hole)]
    return left


def united(spans: Iterable[Span]) -> list[Span]:
    """Return the same time in order, with what overlaps or touches as one and without what is empty."""
    found: list[Span] = []
    for span in sorted(span for span in spans if not span.is_empty):
        if found and span.from_at <= found[-1].to_at:
            found[-1] = Span(found[-1].from_at, max(found[-1].to_at, span.to_at))
        else:
            found.append(span)
    return found


def whole_seconds(spans: Iterable[Span]) -> int:
    """Return how long the spans are together; a broken second is given back whole."""
    length = sum((span.to_at - span.from_at for span in united(spans)), timedelta())
    return -(-length // SECOND)


def _around(span: Span, hole: Span) -> list[Span]:
    parts = (Span(span.from_at, min(span.to_at, hole.from_at)), Span(max(span.from_at, hole.to_at), span.to_at))
    return [part for part in parts if not part.is_empty]
