"""Reading who is on paper, and a sheet as it is typed in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core.db import only
from examsvc.core.identity import Identity
from examsvc.delivery import enrolling, responding
from examsvc.delivery.models import Enrolment, Sitting
from examsvc.delivery.on_paper import places, putting, sheet_codes, storing, typing_in
from examsvc.delivery.on_paper.double_entry import Difference
from examsvc.delivery.on_paper.errors import NotOnPaper, SheetOfAnother
from examsvc.delivery.on_paper.models import OnPaper, Transcript
from examsvc.delivery.on_paper.states import PaperState


def listing(db: Session, exam_session_id: UUID, *, by: Identity, now: datetime) -> list[dict[str, Any]]:
    """Return everybody enrolled by seat: who is on paper and how far that is, and who may be put there."""
    people = enrolling.enrolments_of(db, exam_session_id)
    ids = [one.sitting.id for one in people]
    rows = {row.sitting_id: row for row in db.scalars(select(OnPaper).where(OnPaper.sitting_id.in_(ids)))}
    typists = _typists(db, ids)
    return [_listed(one, rows.get(one.sitting.id), typists.get(one.sitting.id, []), by, now) for one in people]


def found(db: Session, exam_session_id: UUID, code: str) -> tuple[Enrolment, int]:
    """Return whose sheet was scanned, and its page; raises ForeignSheet, SheetOfAnother."""
    sheet = sheet_codes.read(code)
    enrolment = only(db, Enrolment, ticket_number=sheet.ticket_number)
    if enrolment is None or enrolment.exam_session_id != exam_session_id:
        raise SheetOfAnother(ticket_number=sheet.ticket_number)
    return enrolment, sheet.page


def sheet(db: Session, exam_session_id: UUID, enrolment_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return a candidate's sheet to type in, with what was printed as answered; nothing of another's copy.

    Raises NotFound, NotOnPaper.
    """
    enrolment = enrolling.enrolment_in(db, exam_session_id, enrolment_id)
    sitting, row = enrolment.sitting, known(db, enrolment.sitting)
    typists = _typists(db, [sitting.id]).get(sitting.id, [])
    bounds = storing.bounds_of(sitting, row, now)
    printed = {one.item_ref: one.answer for one in responding.latest(db, sitting.id)}
    return {
        **_listed(enrolment, row, typists, by, now),
        "closes_at": bounds.closes_at,
        "questions": places.questions(db, sitting),
        "printed": printed if row.state != PaperState.STORED else {},
    }


def differences(
    db: Session, exam_session_id: UUID, enrolment_id: UUID, *, by: Identity, now: datetime
) -> dict[str, Any]:
    """Return where the copies of a sheet differ, both copies of that, and what came late; raises NotFound, NotOnPaper.

    Before both are typed in nobody sees any of them.
    """
    enrolment = enrolling.enrolment_in(db, exam_session_id, enrolment_id)
    row = known(db, enrolment.sitting)
    if row.state != PaperState.DIFFERING:
        raise NotOnPaper
    compared = typing_in.compared(db, enrolment.sitting, row, now=now)
    shown = {question["ref"]: question for question in places.questions(db, enrolment.sitting)}
    listed = sheet(db, exam_session_id, enrolment_id, by=by, now=now)
    return {
        **{name: value for name, value in listed.items() if name not in ("questions", "printed")},
        "first": vars(compared.first.times),
        "second": vars(compared.second.times),
        "times": compared.differences.times,
        "differences": [_told(one, shown[one.item_ref]) for one in compared.differences.questions],
    }


def known(db: Session, sitting: Sitting) -> OnPaper:
    """Return what is known of the sitting on paper; raises NotOnPaper."""
    row = db.get(OnPaper, sitting.id)
    if row is None or row.state == PaperState.WITHDRAWN:
        raise NotOnPaper
    return row


def _told(one: Difference, question: Mapping[str, Any]) -> dict[str, Any]:
    late = vars(one.late) if one.late else None
    return {"question": question, "first": one.first, "second": one.second, "late": late}


def _typists(db: Session, sitting_ids: Sequence[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    query = (
        select(Transcript.sitting_id, Transcript.account_id, Account.display_name)
        .join(Account, Account.id == Transcript.account_id)
        .where(Transcript.sitting_id.in_(sitting_ids))
        .order_by(Transcript.number)
    )
    typists: dict[UUID, list[tuple[UUID, str]]] = {}
    for sitting_id, account_id, name in db.execute(query):
        typists.setdefault(sitting_id, []).append((account_id, name))
    return typists


def _listed(
    enrolment: Enrolment, row: OnPaper | None, typists: Sequence[tuple[UUID, str]], by: Identity, now: datetime
) -> dict[str, Any]:
    sitting = enrolment.sitting
    is_open = row is not None and row.state in typing_in.OPEN and not sitting.state.is_over
    return {
        "enrolment_id": enrolment.id,
        "name": enrolment.candidate.name,
        "ticket_number": enrolment.ticket_number,
        "seat_label": enrolment.seat_label,
        "room": enrolment.room,
        "state": sitting.state,
        "paper": row.state if row is not None else None,
        "since": row.since if row is not None else None,
        "left_seconds": row.left_seconds if row is not None else None,
        "typists": [name for _, name in typists],
        "printable": putting.may_be_put(sitting, now) and sitting.paper_id is not None,
        "may_type": is_open and by.account_id not in {account_id for account_id, _ in typists},
        "stored_count": row.stored_count if row is not None else 0,
    }
