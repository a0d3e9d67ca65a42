"""When a room was silent as a whole: pure. One may have pulled a plug; half of a room has lost its network."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from examsvc.delivery.ledger.crediting import Span, united, without

LEAST_TOGETHER = 2
LEAST_LASTING = timedelta(seconds=15)
Silences = Mapping[UUID, Sequence[Span]]


def of_room(silences: Silences, *, present: int, explained: Iterable[Span] = ()) -> list[Span]:
    """Return when half of those present or more, and two at least, were silent together for a while.

    `explained` is time whose reason is known already, such as an outage of the service.
    """
    together = united(_parts(silences, needed_of(present)))
    return [span for span in without(together, explained) if span.to_at - span.from_at >= LEAST_LASTING]


def needed_of(present: int) -> int:
    """Return how many of those present must be silent together, so that it is the room."""
    return max(LEAST_TOGETHER, -(-present // 2))


def _parts(silences: Silences, needed: int) -> Iterable[Span]:
    """Return the parts between two changes in which so many were silent."""
    changes: dict[datetime, int] = {}
    for spans in silences.values():
        for span in united(spans):
            changes[span.from_at] = changes.get(span.from_at, 0) + 1
            changes[span.to_at] = changes.get(span.to_at, 0) - 1
    silent, since = 0, None
    for at in sorted(changes):
        if silent >= needed and since is not None:
            yield Span(since, at)
        silent, since = silent + changes[at], at


def gaps(span: Span, heard: Iterable[datetime], least: timedelta) -> list[Span]:
    """Return the parts of the span between two instants at which something was heard, where they last so long."""
    bounds = [span.from_at, *sorted(heard), span.to_at]
    return [gap for gap in map(Span, bounds, bounds[1:]) if gap.to_at - gap.from_at >= least]
