"""One round: many batches in one transaction. Each is judged alone; what is taken of all is stored together."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from examsvc.accounts.bearing import Bearer, checked_bearer, token_digest
from examsvc.core.errors import NotFound, Refusal
from examsvc.core.rounds import Alone
from examsvc.delivery.questions import PaperForm
from examsvc.delivery.safe_browser import gate
from examsvc.delivery.saving import answered, rules
from examsvc.delivery.saving.entries import Batch, Entry, Said
from examsvc.delivery.saving.holding import Found, Held, Key, Store
from examsvc.delivery.saving.standings import Standing
from examsvc.delivery.states import ExamSessionState, NavigationRule

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """How the sitting stood once the batch was stored. `is_new` unless all of it was stored before."""

    own: Any
    epoch: int
    last_seq: int
    chain_head: str
    answered_count: int
    closes_at: datetime | None
    is_new: bool


Outcome = Saved | Refusal | Alone
"""Alone when the batch cannot be judged here: its sitting is over, held by somebody else, or not there."""
Forms = Callable[[UUID], PaperForm]
"""Gives the questions of a paper."""


def run(store: Store, batches: Sequence[Batch], form: Forms) -> list[Outcome]:
    """Store what can be stored of the batches together and return what became of each, in their order."""
    with store.round() as held:
        digests = [token_digest(batch.token) for batch in batches]
        found = held.look_up(sorted(set(digests)), sorted({batch.sitting_id for batch in batches}))
        stored = _repeated(held, batches, found)
        _read_answered(held, found)
        outcomes = [
            _judged(form, batch, found.bearers.get(digest), found.standings.get(batch.sitting_id), stored)
            for batch, digest in zip(batches, digests, strict=True)
        ]
        moved = [standing for standing in found.standings.values() if standing.rows]
        if moved:
            held.store([row for standing in moved for row in standing.rows], moved)
    return outcomes


def _repeated(held: Held, batches: Sequence[Batch], found: Found) -> dict[Key, Said]:
    """Return what is stored already of what the batches hold."""
    keys = {
        (batch.sitting_id, batch.epoch, entry.seq)
        for batch in batches
        if (standing := found.standings.get(batch.sitting_id)) and standing.own.epoch == batch.epoch
        for entry in batch.entries
        if entry.seq <= standing.own.last_seq
    }
    return held.responses(sorted(keys)) if keys else {}


def _read_answered(held: Held, found: Found) -> None:
    """Read which questions are answered in the sittings that do not say it: those begun before they did."""
    unknown = {key: standing for key, standing in found.standings.items() if standing.answered is None}
    if not unknown:
        return
    said: dict[UUID, list[tuple[str, Any]]] = {key: [] for key in unknown}
    for sitting_id, item_ref, answer in held.latest(sorted(unknown)):
        said[sitting_id].append((item_ref, answer))
    for key, standing in unknown.items():
        standing.answered = answered.after(set(), said[key])


def _judged(
    form: Forms, batch: Batch, bearer: Bearer | None, standing: Standing | None, stored: dict[Key, Said]
) -> Outcome:
    try:
        known = checked_bearer(bearer, batch.arrived_at)
        fresh = _fresh(form, batch, _owned(standing, known), known, stored)
        if standing is None or (fresh and _needs_more(standing)):
            return Alone()
        if fresh:
            standing.take(fresh, batch.arrived_at)
        return _saved(standing, is_new=bool(fresh))
    except (Refusal, Alone) as outcome:
        return outcome
    except Exception as fault:
        log.exception("a batch could not be judged with others", extra={"fault": type(fault).__name__})
        return Alone()


def _needs_more(standing: Standing) -> bool:
    """Whether its lines are judged by what is not read here: a result to take back, or the order of its questions."""
    is_over: bool = standing.own.state.is_over
    return is_over or standing.own.enrolment.exam_session.navigation != NavigationRule.FREE


def _owned(standing: Standing | None, bearer: Bearer) -> Standing:
    if standing is None:
        raise Alone
    if standing.account_id != bearer.account_id:
        raise NotFound(thing="sitting")
    if standing.own.enrolment.exam_session.state == ExamSessionState.DRAFT:
        raise NotFound(thing="sitting")
    return standing


def _fresh(form: Forms, batch: Batch, standing: Standing, bearer: Bearer, stored: dict[Key, Said]) -> list[Entry]:
    own = standing.own
    accepts_until = standing.timing(batch.arrived_at).accepts_until
    rules.check_open(own.state, own.finish_reason, accepts_until, batch.arrived_at)
    rules.check_epoch(own, batch.epoch)
    gate.check_answering(own, login_id=bearer.login_id)
    by_seq = rules.numbered(batch.entries)
    repeats = [entry for seq, entry in by_seq.items() if seq <= own.last_seq]
    known = {entry.seq: _said(batch, entry.seq, standing, stored) for entry in repeats}
    rules.check_repeats(repeats, known)
    fresh = rules.following(by_seq, own.last_seq)
    rules.check_answers(form(own.paper_id) if own.paper_id else {}, fresh)
    return fresh


def _said(batch: Batch, seq: int, standing: Standing, stored: dict[Key, Said]) -> Said:
    return standing.said.get((batch.epoch, seq)) or stored[batch.sitting_id, batch.epoch, seq]


def _saved(standing: Standing, *, is_new: bool) -> Saved:
    own = standing.own
    return Saved(own, own.epoch, own.last_seq, own.chain_head, own.answered_count, own.closes_at, is_new)
