"""When a room was silent as a whole: pure. One may have pulled a plug; half of a room has lost its network."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from examsvc.delivery.ledger.crediting import Span, united, without

LEAST_TOGETHER = 2
LEAST_LASTING = timedelta(seconds=15)
RETURNS_WITHIN = timedelta(seconds=10)
"""Within so long of the first thing that a page sends, its line is back too."""
Silences = Mapping[UUID, Sequence[Span]]
Present = Mapping[UUID, datetime | None]
"""Until when each sat there; None of who still does."""


def of_room(silences: Silences, *, present: Present, explained: Iterable[Span] = ()) -> list[Span]:
    """Return when half of those present by then or more, and two at least, were silent together for a while.

    Who has finished is neither silent nor present any more. `explained` is time whose reason is known already, such as
    an outage of the service.
    """
    seated = [_until(spans, present[sitting_id]) for sitting_id, spans in silences.items()]
    together = united(_parts(seated, [at for at in present.values() if at is not None], len(present)))
    return [span for span in without(together, explained) if span.to_at - span.from_at >= LEAST_LASTING]


def needed_of(present: int) -> int:
    """Return how many of those present must be silent together, so that it is the room."""
    return max(LEAST_TOGETHER, -(-present // 2))


def _until(spans: Iterable[Span], at: datetime | None) -> list[Span]:
    return united(spans if at is None else (Span(span.from_at, min(span.to_at, at)) for span in spans))


def _parts(silences: Iterable[Sequence[Span]], left: Sequence[datetime], present: int) -> Iterable[Span]:
    """Return the parts between two changes in which so many were silent of those who had not left."""
    changes: Counter[datetime] = Counter()
    for span in chain.from_iterable(silences):
        changes[span.from_at] += 1
        changes[span.to_at] -= 1
    leaving, silent, since = Counter(left), 0, None
    for at in sorted(changes.keys() | leaving.keys()):
        if since is not None and silent >= needed_of(present):
            yield Span(since, at)
        silent, present, since = silent + changes[at], present - leaving[at], at


def gaps(span: Span, heard: Iterable[datetime], least: timedelta) -> list[Span]:
    """Return the parts of the span between two instants at which something was heard, where they last so long."""
    bounds = [span.from_at, *sorted(heard), span.to_at]
    return [gap for gap in map(Span, bounds, bounds[1:]) if gap.to_at - gap.from_at >= least]


def after_last_sign(silence: Span, heard: Iterable[datetime]) -> Span:
    """Return the end of a silence in which nothing was heard; what came just before the line was back has ended it."""
    returning_at = silence.to_at - RETURNS_WITHIN
    signs = list(heard)
    before = [at for at in signs if at < returning_at]
    back = [at for at in signs if at >= returning_at]
    return Span(max(before, default=silence.from_at), min(back, default=silence.to_at))
