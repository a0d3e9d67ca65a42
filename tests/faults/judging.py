"""The judge of a rehearsal with a fault: what was acknowledged is kept, nobody ended twice, each credit has its cause.

Pure; `reading` gives it what is stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from examsvc.delivery.ledger import crediting
from examsvc.delivery.ledger.crediting import Span
from examsvc.rehearsal import history
from examsvc.rehearsal.history import Notebook, Stored

ENDS, REOPENS = "sitting.handed_in", "sitting.in_progress"
SLACK = timedelta(seconds=12)
"""A beat comes every 3 s and may wait; so long before a fault the last one may lie, and after it the first."""


@dataclass(frozen=True)
class Credit:
    """A credit and the outage that it stands for."""

    sitting_id: UUID
    outage: Span
    seconds: int
    spans: Sequence[Span]
    is_given: bool


@dataclass(frozen=True)
class Kept:
    """What the database holds of a rehearsal; the ends are the audit log's ends and reopenings of each sitting."""

    responses: Mapping[UUID, Sequence[Stored]]
    final: Mapping[UUID, bool]
    chain_breaks: Sequence[str]
    ends: Mapping[UUID, Sequence[str]]
    scored: AbstractSet[UUID]
    credits: Sequence[Credit]
    credited_seconds: Mapping[UUID, int]
    outages: Sequence[Span]


def findings(notebooks: Iterable[Notebook], kept: Kept, fault: Span) -> list[str]:
    """Return what is wrong, a line for each finding; `fault` is from its begin until the service was back."""
    judged = history.judge(notebooks, kept.responses, kept.final)
    return [
        *(f"{one.fault} {one.sitting_id} {one.epoch}:{one.seq}" for one in judged.findings),
        *kept.chain_breaks,
        *_ends(kept),
        *_credits(kept, Span(fault.from_at - SLACK, fault.to_at + SLACK)),
    ]


def _ends(kept: Kept) -> Iterable[str]:
    for sitting_id, actions in kept.ends.items():
        ended = False
        for action in actions:
            if action == ENDS and ended:
                yield f"HANDED_IN_TWICE {sitting_id}"
            ended = action == ENDS
        if kept.final.get(sitting_id) and not ended:
            yield f"NEVER_HANDED_IN {sitting_id}"
    for sitting_id, over in kept.final.items():
        if not over:
            yield f"STILL_OPEN {sitting_id}"
        if over != (sitting_id in kept.scored):
            yield f"SCORED_WRONGLY {sitting_id}"


def _credits(kept: Kept, fault: Span) -> Iterable[str]:
    for outage in kept.outages:
        if outage.from_at < fault.from_at or outage.to_at > fault.to_at:
            yield f"OUTAGE_WITHOUT_CAUSE {outage}"
    given: dict[UUID, int] = {}
    seen: dict[UUID, list[Span]] = {}
    for credit in kept.credits:
        beyond = crediting.without(credit.spans, [credit.outage])
        twice = crediting.within(credit.spans, seen.get(credit.sitting_id, []))
        if beyond or twice or credit.outage not in kept.outages:
            yield f"CREDIT_WITHOUT_CAUSE {credit}"
        if credit.seconds != crediting.whole_seconds(credit.spans):
            yield f"CREDIT_MISCOUNTED {credit}"
        seen.setdefault(credit.sitting_id, []).extend(credit.spans)
        given[credit.sitting_id] = given.get(credit.sitting_id, 0) + credit.seconds * credit.is_given
    for sitting_id, seconds in kept.credited_seconds.items():
        if seconds != given.get(sitting_id, 0):
            yield f"CLOCK_CHANGED_WITHOUT_CREDIT {sitting_id} {seconds}"
