"""The log of responses: append-only, sequence-checked and hash-chained; a repeat changes nothing.

`save_responses` stores one batch in the caller's transaction. Candidates' pages go through `saving`, which stores the
batches of many together, by the same rules.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import Select, func, insert, select, tuple_
from sqlalchemy.orm import Session

from examsvc.core.db import after_commit
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, finding, navigation, paper_forms, signals
from examsvc.delivery.models import Response, Sitting
from examsvc.delivery.questions import PaperForm
from examsvc.delivery.safe_browser import gate
from examsvc.delivery.saving import answered, chains, rules
from examsvc.delivery.saving.entries import Entry
from examsvc.delivery.states import NavigationRule


def save_responses(
    db: Session, sitting_id: UUID, *, epoch: int, entries: Sequence[Entry], by: Identity, now: datetime
) -> Sitting:
    """Store what is new of a batch, all or nothing, and return the sitting; `now` is when the batch arrived.

    Raises NotFound, SittingClosed, EpochSuperseded, SeqGap, SeqConflict, UnknownQuestion, BadAnswer,
    and QuestionLeft where nobody goes back.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    accepts_until = clocks.timing_of(sitting, now).accepts_until
    rules.check_open(sitting.state, sitting.finish_reason, accepts_until, now)
    rules.check_epoch(sitting, epoch)
    gate.check_answering(sitting, login_id=by.login_id)
    by_seq = rules.numbered(entries)
    _check_repeats(db, sitting, [entry for entry in by_seq.values() if entry.seq <= sitting.last_seq])
    fresh = rules.following(by_seq, sitting.last_seq)
    form = paper_forms.of_sitting(db, sitting)
    rules.check_answers(form, fresh)
    if fresh and sitting.enrolment.exam_session.navigation != NavigationRule.FREE:
        sitting.reached = navigation.reached(_kept_together(sitting, form), sitting.reached, fresh)
    if fresh:
        _append(db, sitting, fresh, now)
        after_commit(db, partial(signals.sitting_progressed.send, sitting, now=now))
        if sitting.state.is_over:  # it arrived in time, but others were served first: value it afresh
            signals.sitting_finished.send(sitting, db=db, now=now)
    return sitting


def _kept_together(sitting: Sitting, form: PaperForm) -> list[list[str]]:
    refs = [place["ref"] for place in sitting.arrangement]
    if sitting.enrolment.exam_session.navigation == NavigationRule.SEQUENTIAL:
        return [[ref] for ref in refs]
    return navigation.sections({ref: form[ref].type for ref in refs})


def _check_repeats(db: Session, sitting: Sitting, repeats: Sequence[Entry]) -> None:
    if not repeats:
        return
    seqs = [entry.seq for entry in repeats]
    query = select(Response).filter_by(sitting_id=sitting.id, epoch=sitting.epoch).where(Response.seq.in_(seqs))
    rules.check_repeats(repeats, {response.seq: response for response in db.scalars(query)})


def append_in_new_epoch(db: Session, sitting: Sitting, entries: Sequence[Entry], now: datetime) -> None:
    """Append entries numbered from 1 to a locked sitting under an epoch of their own, which fences every page.

    A page that only late answers have fenced goes on by itself (`claiming.going_on`).
    """
    sitting.epoch, sitting.last_seq = sitting.epoch + 1, 0
    _append(db, sitting, entries, now)


def _append(db: Session, sitting: Sitting, entries: Sequence[Entry], arrived_at: datetime) -> None:
    rows = chains.linked(sitting.chain_head, sitting.id, sitting.epoch, entries, arrived_at)
    known = answered.of(sitting)
    if known is None:
        known = answered.after(set(), latest(db, sitting.id))
    answered.write_down(sitting, answered.after(known, entries))
    db.execute(insert(Response), rows)
    sitting.chain_head, sitting.last_seq = rows[-1]["chain"], entries[-1].seq
    db.flush()


_ORDER = (Response.epoch, Response.seq)
_NEWEST = (Response.epoch.desc(), Response.seq.desc())
_KEY = tuple_(Response.sitting_id, *_ORDER)


def log(db: Session, sitting_id: UUID) -> list[Response]:
    """Return all responses of the sitting in the order of their chain."""
    query = select(Response).filter_by(sitting_id=sitting_id).order_by(*_ORDER)
    return list(db.scalars(query))


def latest(db: Session, sitting_id: UUID) -> list[Response]:
    """Return the last response to each question, cleared ones too, in the order they were given."""
    return list(db.scalars(select(Response).where(_KEY.in_(last_keys([sitting_id]))).order_by(*_ORDER)))


def last_keys(sitting_ids: Sequence[UUID]) -> Select[tuple[UUID, int, int]]:
    """Return what selects the keys (sitting, epoch, seq) of the last response to each question.

    Only they, so that no more answers are read than there are questions: a long text is in the log a thousand times.
    """
    age = func.row_number().over(partition_by=(Response.sitting_id, Response.item_ref), order_by=_NEWEST)
    by_age = (
        select(Response.sitting_id, *_ORDER, age.label("age")).where(Response.sitting_id.in_(sitting_ids)).subquery()
    )
    return select(by_age.c.sitting_id, by_age.c.epoch, by_age.c.seq).where(by_age.c.age == 1)
