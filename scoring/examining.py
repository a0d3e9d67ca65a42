"""What an examiner sees: own exam sessions, own sheets. Candidates are seat numbers here, never names or photos.

Nothing in this module reads a sheet that is not the caller's.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.db import only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import dealing
from examsvc.delivery.models import Enrolment, ExaminerAssignment, ExamSession
from examsvc.delivery.states import ExamSessionState
from questionbank.models import PaperPracticalTask
from scoring import marking, sheets
from scoring.models import ScoreSheet
from scoring.sheets import SheetReading
from scoring.states import SheetState

SHOWN = (ExamSessionState.PUBLISHED, ExamSessionState.CLOSED)


def exam_sessions(db: Session, *, by: Identity, now: datetime) -> list[dict[str, Any]]:
    """Return the exam sessions the caller examines in, with how much is signed.

    What is not over comes first, the next one on top; then what is over, the latest on top.
    """
    query = (
        select(ExamSession)
        .join(ExaminerAssignment, ExaminerAssignment.exam_session_id == ExamSession.id)
        .where(ExaminerAssignment.account_id == by.account_id, ExamSession.state.in_(SHOWN))
        .order_by(ExamSession.starts_at)
    )
    counts, found = _counts(db, by), db.scalars(query).all()
    ahead = [one for one in found if one.ends_at > now]
    over = [one for one in reversed(found) if one.ends_at <= now]
    return [_session(one, *counts.get(one.id, (0, 0)), now=now) for one in ahead + over]


def own_sheets(db: Session, exam_session_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return the exam session with the caller's sheets by seat and task; raises NotFound where not assigned."""
    exam_session = _own_session(db, exam_session_id, by)
    query = (
        select(ScoreSheet)
        .join(Enrolment)
        .where(Enrolment.exam_session_id == exam_session_id, ScoreSheet.examiner_id == by.account_id)
        .options(sheets.with_task(), joinedload(ScoreSheet.enrolment))
    )
    numbers = _task_numbers(db, exam_session)
    found = sorted(db.scalars(query), key=lambda sheet: (sheet.enrolment.seat, numbers.get(sheet.practical_task_id, 0)))
    items = [_line(reading, numbers) for reading in sheets.read_all(db, found)]
    return {"exam_session": _brief(exam_session, now), "items": items}


def sheet_view(db: Session, sheet_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return one own sheet with its criteria, marks and what its devices have sent; raises NotFound."""
    sheet = sheets.own_sheet(db, sheet_id, by=by)
    exam_session = sheet.enrolment.exam_session
    _own_session(db, exam_session.id, by)
    task, reading = sheet.practical_task, sheets.read(db, sheet)
    return {
        **_line(reading, _task_numbers(db, exam_session)),
        "exam_session": _brief(exam_session, now),
        "work_task": {"number": task.work_task.number, "name": task.work_task.name},
        "brief": task.brief,
        "minutes": task.minutes,
        "criteria": task.criteria,
        "examiner_name": by.name,
        "devices": marking.acknowledged(db, sheet.id),
        "marks": marks_view(reading),
        "vetoed": bool(reading.score and reading.score.vetoed),
        "digest": reading.digest,
        "signed_at": sheet.signed_at,
        "signature": sheet.signature,
    }


def receipt_view(receipt: marking.MarkReceipt) -> dict[str, Any]:
    """Return what a tablet is told after sending marks."""
    reading = receipt.reading
    return {
        "acknowledged_seq": receipt.acknowledged_seq,
        "marks": marks_view(reading),
        "total": reading.score.total if reading.score else None,
        "digest": reading.digest,
    }


def marks_view(reading: SheetReading) -> list[dict[str, Any]]:
    """Return the marks that count, by criterion."""
    return [{"criterion": number, "value": mark.value, "note": mark.note} for number, mark in reading.marks.items()]


def _own_session(db: Session, exam_session_id: UUID, by: Identity) -> ExamSession:
    if not only(db, ExaminerAssignment, exam_session_id=exam_session_id, account_id=by.account_id):
        raise NotFound(thing="exam session")
    exam_session = db.get_one(ExamSession, exam_session_id)
    if exam_session.state not in SHOWN:
        raise NotFound(thing="exam session")
    return exam_session


def _counts(db: Session, by: Identity) -> dict[UUID, tuple[int, int]]:
    signed = func.count().filter(ScoreSheet.state == SheetState.SIGNED)
    query = (
        select(Enrolment.exam_session_id, func.count(), signed)
        .join(ScoreSheet)
        .where(ScoreSheet.examiner_id == by.account_id)
        .group_by(Enrolment.exam_session_id)
    )
    return {key: (total, done) for key, total, done in db.execute(query)}


def _task_numbers(db: Session, exam_session: ExamSession) -> dict[UUID, int]:
    query = select(PaperPracticalTask.practical_task_id, PaperPracticalTask.position)
    return dict(db.execute(query.filter_by(paper_id=dealing.pattern_id(db, exam_session))).all())


def _session(one: ExamSession, sheet_count: int, signed: int, *, now: datetime) -> dict[str, Any]:
    return {**_brief(one, now), "sheets": sheet_count, "signed": signed}


def _brief(one: ExamSession, now: datetime) -> dict[str, Any]:
    fields = ("id", "code", "title", "place", "starts_at", "ends_at", "state")
    return {**{name: getattr(one, name) for name in fields}, "is_open": marking.is_open(one, now)}


def _line(reading: SheetReading, numbers: dict[UUID, int]) -> dict[str, Any]:
    sheet = reading.sheet
    task = sheet.practical_task
    return {
        "sheet_id": sheet.id,
        "candidate_number": sheet.enrolment.seat_label,
        "practical_task": {"code": task.code, "title": task.title, "number": numbers.get(task.id, 0)},
        "state": sheet.state,
        "marked": len(task.criteria) - len(reading.unmarked),
        "criteria": len(task.criteria),
        "total": reading.score.total if reading.score else None,
    }
