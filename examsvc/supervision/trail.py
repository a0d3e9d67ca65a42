"""The audit trail of an exam session: its own stream, and those of whatever happened and was decided in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from certificates.models import Certificate, Decision
from examsvc.core import audit
from examsvc.core.audit import AuditEntry, Break
from examsvc.core.db import get
from examsvc.delivery.models import Enrolment, ExamSession, Sitting, WithdrawnEnrolment, by_seat, seat_label
from examsvc.delivery.states import SittingState
from proctoring.misconduct.models import MisconductRecord
from scoring.models import Result, ScoreSheet
from scoring.states import ResultState, SheetState

PAGE_SIZE = 100


@dataclass(frozen=True)
class Stream:
    """Whose stream it is (None: the session's own), and whether it must have entries by now."""

    seat_label: str | None
    has_begun: bool


@dataclass(frozen=True)
class Verification:
    """What a check of the chains found; `breaks` is empty when all of them are whole."""

    streams: int
    entries: int
    breaks: Sequence[Break]

    @property
    def whole(self) -> bool:
        return not self.breaks


def streams(db: Session, exam_session_id: UUID) -> dict[str, Stream]:
    """Return the session's streams by name, its own first, then by kind and seat; raises NotFound."""
    exam_session = get(db, ExamSession, exam_session_id)
    came, signed = Sitting.state != SittingState.EXPECTED, ScoreSheet.state == SheetState.SIGNED
    found = {exam_session.audit_stream: Stream(None, has_begun=True)}
    found |= _streams(db, exam_session_id, "sitting", Sitting.id, came, [Sitting])
    found |= _streams(db, exam_session_id, "score-sheet", ScoreSheet.id, signed, [ScoreSheet])
    found |= _streams(db, exam_session_id, "misconduct", MisconductRecord.id, true(), [Sitting, MisconductRecord])
    complete = Result.state != ResultState.INCOMPLETE
    found |= _streams(db, exam_session_id, "result", Result.id, complete, [Result])
    found |= _streams(db, exam_session_id, "certificate", Certificate.id, true(), [Result, Decision, Certificate])
    return found | _withdrawn(db, exam_session_id)


def _streams(
    db: Session, exam_session_id: UUID, prefix: str, key: Any, has_begun: ColumnElement[bool], path: Sequence[Any]
) -> dict[str, Stream]:
    room, seat = by_seat()
    query = select(key, room, seat, has_begun).select_from(Enrolment)
    for model in path:
        query = query.join(model)
    rows = db.execute(query.where(Enrolment.exam_session_id == exam_session_id).order_by(room, seat))
    return {
        f"{prefix}:{row_key}": Stream(seat_label(room_number or None, seat_number), has_begun=bool(begun))
        for row_key, room_number, seat_number, begun in rows
    }


def _withdrawn(db: Session, exam_session_id: UUID) -> dict[str, Stream]:
    """Return the streams of sittings whose enrolments were withdrawn; in most of them nothing was ever written."""
    query = select(WithdrawnEnrolment).filter_by(exam_session_id=exam_session_id)
    rows = db.scalars(query.order_by(WithdrawnEnrolment.withdrawn_at, WithdrawnEnrolment.enrolment_id))
    return {f"sitting:{one.sitting_id}": Stream(one.seat_label, has_begun=False) for one in rows}


def entries(db: Session, exam_session_id: UUID, *, before: UUID | None, stream: str | None) -> dict[str, Any]:
    """Return a page of the session's entries, newest first, those older than the entry `before` when it is given."""
    found = streams(db, exam_session_id)
    wanted = [name for name in found if stream in (None, name)]
    query = select(AuditEntry).where(AuditEntry.stream.in_(wanted), *_older_than(db, before))
    rows = list(db.scalars(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(PAGE_SIZE + 1)))
    lines = [{"entry": row, "seat_label": found[row.stream].seat_label} for row in rows[:PAGE_SIZE]]
    exam_session = get(db, ExamSession, exam_session_id)
    return {
        "exam_session": exam_session,
        "items": lines,
        "next": rows[PAGE_SIZE - 1].id if len(rows) > PAGE_SIZE else None,
    }


def _older_than(db: Session, before: UUID | None) -> list[ColumnElement[bool]]:
    if before is None:
        return []
    mark = get(db, AuditEntry, before)
    return [or_(AuditEntry.at < mark.at, and_(AuditEntry.at == mark.at, AuditEntry.id < mark.id))]


def verify(db: Session, exam_session_id: UUID) -> Verification:
    """Check every chain of the session, and that what has begun has a chain at all; raises NotFound."""
    expected = streams(db, exam_session_id)
    kept, breaks = {}, []
    for name, count, found in audit.verify_all(db, expected):
        kept[name] = count
        breaks += [found] if found else []
    missing = [name for name, stream in expected.items() if stream.has_begun and name not in kept]
    breaks += [Break(name, 0, "the stream is missing") for name in missing]
    return Verification(streams=len(kept), entries=sum(kept.values()), breaks=breaks)
