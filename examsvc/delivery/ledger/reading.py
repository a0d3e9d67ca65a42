"""The time ledger as the office reads it: outages of an exam session with their credits."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from examsvc.accounts.models import Account
from examsvc.core.db import get
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom, Sitting, by_seat


def ledger(db: Session, exam_session_id: UUID) -> list[dict[str, Any]]:
    """Return the outages that the exam session has credits of, the latest first, each with its credits by seat.

    Raises NotFound.
    """
    get(db, ExamSession, exam_session_id)
    query = (
        select(TimeCredit, Account.display_name)
        .join(TimeCredit.sitting)
        .join(Sitting.enrolment)
        .join(Enrolment.candidate)
        .outerjoin(Account, Account.id == TimeCredit.decided_by_id)
        .where(Enrolment.exam_session_id == exam_session_id)
        .options(
            joinedload(TimeCredit.outage, innerjoin=True).joinedload(Outage.session_room).joinedload(SessionRoom.room),
            contains_eager(TimeCredit.sitting).contains_eager(Sitting.enrolment).contains_eager(Enrolment.candidate),
            contains_eager(TimeCredit.sitting)
            .contains_eager(Sitting.enrolment)
            .joinedload(Enrolment.session_room)
            .joinedload(SessionRoom.room),
            contains_eager(TimeCredit.sitting).defer(Sitting.arrangement),
        )
        .order_by(*by_seat())
    )
    rows: dict[UUID, tuple[Outage, list[dict[str, Any]]]] = {}
    for credit, decider in db.execute(query):
        rows.setdefault(credit.outage_id, (credit.outage, []))[1].append(_credit(credit, decider))
    latest_first = sorted(rows.values(), key=lambda row: row[0].from_at, reverse=True)
    return [_outage(outage, credits_) for outage, credits_ in latest_first]


def _outage(outage: Outage, credits_: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("id", "cause", "from_at", "to_at", "noted_at", "note")
    room = outage.session_room.name if outage.session_room else None
    return {**{name: getattr(outage, name) for name in names}, "room": room, "credits": credits_}


def _credit(credit: TimeCredit, decider: str | None) -> dict[str, Any]:
    sitting, enrolment = credit.sitting, credit.sitting.enrolment
    return {
        "id": credit.id,
        "sitting_id": sitting.id,
        "seat": enrolment.seat_label,
        "name": enrolment.candidate.name,
        "sitting_state": sitting.state,
        "extra_seconds": sitting.extra_seconds,
        "seconds": credit.seconds,
        "state": credit.state,
        "decided_by": decider,
        "decided_at": credit.decided_at,
        "reason": credit.reason,
        "lapsed_because": credit.lapsed_because,
    }
