"""Taking responses: an append-only log, sequence-checked and hash-chained; a repeat changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from examsvc.core import canonical
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.delivery import answers, finding, navigation, paper_forms, signals
from examsvc.delivery.errors import EpochSuperseded, NotOpened, SeqConflict, SeqGap, SittingClosed, UnknownQuestion
from examsvc.delivery.models import CHAIN_START, Response, Sitting
from examsvc.delivery.questions import PaperForm
from examsvc.delivery.states import FinishReason, NavigationRule, SittingState


@dataclass(frozen=True)
class Entry:
    """One line as the candidate's page sends it; `seq` counts from 1 within an epoch."""

    seq: int
    item_ref: str
    answer: dict[str, Any] | None
    flagged: bool
    client_at: datetime

    def says_the_same_as(self, other: "Entry | Response") -> bool:
        """Return whether it is a repeat of `other`."""
        return (self.item_ref, self.answer, self.flagged) == (other.item_ref, other.answer, other.flagged)


def save_responses(
    db: Session, sitting_id: UUID, *, epoch: int, entries: Sequence[Entry], by: Identity, now: datetime
) -> Sitting:
    """Store what is new of a batch, all or nothing, and return the sitting; `now` is when the batch arrived.

    While a sitting is paused, what was under way is still taken: the client could hold it back anyway.
    Raises NotFound, SittingClosed, EpochSuperseded, SeqGap, SeqConflict, UnknownQuestion, BadAnswer,
    and QuestionLeft where nobody goes back.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    _check_open(sitting, now)
    if epoch != sitting.epoch:
        raise EpochSuperseded
    fresh = _fresh(db, sitting, entries)
    _check_answers(paper_forms.of_sitting(db, sitting), fresh)
    if fresh and sitting.enrolment.exam_session.navigation == NavigationRule.SEQUENTIAL:
        sitting.reached = navigation.reached(sitting.arrangement, sitting.reached, fresh)
    if fresh:
        _append(db, sitting, fresh, now)
        signals.sitting_progressed.send(sitting, db=db, now=now)
        if sitting.state.is_over:  # it arrived in time, but others were served first: value it afresh
            signals.sitting_finished.send(sitting, db=db, now=now)
    return sitting


def _check_open(sitting: Sitting, arrived_at: datetime) -> None:
    if sitting.state == SittingState.EXPECTED:
        raise NotOpened
    accepts_until = finding.timing_of(sitting, arrived_at).accepts_until
    if sitting.state == SittingState.PAUSED:
        return
    may_be_taken = sitting.state == SittingState.IN_PROGRESS or sitting.finish_reason == FinishReason.TIME_UP
    if not may_be_taken or accepts_until is None or arrived_at > accepts_until:
        raise SittingClosed


def _fresh(db: Session, sitting: Sitting, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that are not stored yet, in order and without a gap."""
    by_seq: dict[int, Entry] = {}
    for entry in entries:
        if not by_seq.setdefault(entry.seq, entry).says_the_same_as(entry):
            raise SeqConflict(seq=entry.seq)
    _check_repeats(db, sitting, [entry for entry in by_seq.values() if entry.seq <= sitting.last_seq])
    fresh = sorted((entry for entry in by_seq.values() if entry.seq > sitting.last_seq), key=lambda entry: entry.seq)
    if fresh and fresh[-1].seq != sitting.last_seq + len(fresh):
        raise SeqGap(expected=sitting.last_seq + 1)
    return fresh


def _check_repeats(db: Session, sitting: Sitting, repeats: Sequence[Entry]) -> None:
    if not repeats:
        return
    seqs = [entry.seq for entry in repeats]
    query = select(Response).filter_by(sitting_id=sitting.id, epoch=sitting.epoch).where(Response.seq.in_(seqs))
    stored = {response.seq: response for response in db.scalars(query)}
    for entry in repeats:
        if not entry.says_the_same_as(stored[entry.seq]):
            raise SeqConflict(seq=entry.seq)


def _check_answers(form: PaperForm, entries: Iterable[Entry]) -> None:
    for entry in entries:
        if entry.item_ref not in form:
            raise UnknownQuestion(item_ref=entry.item_ref, seq=entry.seq)
        answers.check(form[entry.item_ref], entry.answer, seq=entry.seq)


def _append(db: Session, sitting: Sitting, entries: Sequence[Entry], arrived_at: datetime) -> None:
    before = _answered(db, sitting, {entry.item_ref for entry in entries})
    after = before | {entry.item_ref: answers.is_answered(entry.answer) for entry in entries}
    head, rows = sitting.chain_head, []
    for entry in entries:
        row = {**vars(entry), "sitting_id": sitting.id, "epoch": sitting.epoch, "received_at": arrived_at}
        head = row["chain"] = link(head, row)
        rows.append(row)
    db.execute(insert(Response), rows)
    sitting.chain_head, sitting.last_seq = head, entries[-1].seq
    sitting.answered_count += sum(after.values()) - sum(before.values())
    db.flush()


def _answered(db: Session, sitting: Sitting, refs: Iterable[str]) -> dict[str, bool]:
    """Return for those of the questions that have a response whether the latest one says something."""
    query = (
        select(Response.item_ref, Response.answer)
        .where(Response.sitting_id == sitting.id, Response.item_ref.in_(refs))
        .order_by(Response.epoch, Response.seq)
    )
    return {ref: answers.is_answered(answer) for ref, answer in db.execute(query)}


CHAINED = ("sitting_id", "epoch", "seq", "item_ref", "answer", "flagged", "client_at", "received_at")


def link(previous: str, row: dict[str, Any]) -> str:
    """Return the chain value of a response: SHA-256 of the canonical JSON of the value before and the response."""
    return canonical.digest({"prev": previous, **{name: row[name] for name in CHAINED}})


def log(db: Session, sitting_id: UUID) -> list[Response]:
    """Return all responses of the sitting in the order of their chain."""
    query = select(Response).filter_by(sitting_id=sitting_id).order_by(Response.epoch, Response.seq)
    return list(db.scalars(query))


def latest(db: Session, sitting_id: UUID) -> list[Response]:
    """Return the last response to each question, cleared ones too, in the order they were given."""
    last = {response.item_ref: response for response in log(db, sitting_id)}
    return sorted(last.values(), key=lambda response: (response.epoch, response.seq))


@dataclass(frozen=True)
class ChainBreak:
    """The first place where a sitting's responses do not hold together."""

    epoch: int
    seq: int
    reason: str


def verify_chain(db: Session, sitting_id: UUID) -> ChainBreak | None:
    """Recompute the chain of the sitting's responses; return its first break, or None when it is whole.

    Raises NotFound.
    """
    sitting = get(db, Sitting, sitting_id)
    return _first_break(sitting, log(db, sitting_id))


def _first_break(sitting: Sitting, responses: Iterable[Response]) -> ChainBreak | None:
    head, epoch, seq = CHAIN_START, 0, 0
    for response in responses:
        expected = seq + 1 if response.epoch == epoch else 1
        epoch, seq = response.epoch, response.seq
        if seq != expected:
            return ChainBreak(epoch, seq, "a response is missing")
        head = link(head, {name: getattr(response, name) for name in CHAINED})
        if head != response.chain:
            return ChainBreak(epoch, seq, "a response was altered")
    if head != sitting.chain_head:
        return ChainBreak(epoch, seq, "the last responses are missing")
    return None
