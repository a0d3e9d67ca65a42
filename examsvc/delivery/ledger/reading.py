"""The time ledger as people read it: outages of an exam session with their credits, and a candidate's own clock."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from examsvc.accounts.models import Account
from examsvc.core import audit
from examsvc.core.audit import AuditEntry
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.delivery import finding
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.ledger.states import Cause
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom, Sitting, by_seat

CLOCK_CHANGES = ("sitting.extended", "sitting.paused", "sitting.in_progress", "time_credit.given")


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
    }


def own_clock_changes(db: Session, sitting_id: UUID, *, by: Identity) -> list[dict[str, Any]]:
    """Return what changed the caller's own clock and why, oldest first; raises NotFound."""
    sitting = finding.own(db, sitting_id, by=by)
    return list(_clock_changes(audit.history(db, sitting.audit_stream)))


def _clock_changes(entries: Iterable[AuditEntry]) -> Iterable[dict[str, Any]]:
    for entry in entries:
        if entry.action in CLOCK_CHANGES and entry.detail.get("came_from") != "EXPECTED":
            yield {
                "at": entry.at,
                "kind": _kind(entry),
                "seconds": entry.detail.get("seconds"),
                "cause": Cause(entry.detail["cause"]) if "cause" in entry.detail else None,
                "from_at": _instant(entry.detail.get("from_at")),
                "to_at": _instant(entry.detail.get("to_at")),
                "reason": entry.detail.get("reason", ""),
            }


def _kind(entry: AuditEntry) -> str:
    if entry.action == "sitting.in_progress":
        return "RESUMED" if entry.detail["came_from"] == "PAUSED" else "REOPENED"
    return {"sitting.extended": "EXTENDED", "sitting.paused": "PAUSED", "time_credit.given": "CREDITED"}[entry.action]


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
