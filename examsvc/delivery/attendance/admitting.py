"""Checking candidates in at the door 签到, turning them away, undoing it. Who may do it is checked by proctoring.

Both 准考证 and document are shown, and a person whom the photo does not show does not enter (domain.md 2.3).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery import checking_in, clocks, finding, finishing
from examsvc.delivery.attendance import drawing
from examsvc.delivery.attendance.states import DoorEvent, Grounds
from examsvc.delivery.errors import EnteredAlready, NotCheckedIn, SittingOver
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.models import DoorRecord, Sitting
from examsvc.delivery.states import ExamSessionState


@dataclass(frozen=True)
class TurnedAway:
    """Why somebody is not let in, and what they showed, if anything."""

    grounds: Grounds
    note: str = ""
    document_type: DocumentType | None = None


def check_in(db: Session, sitting_id: UUID, document: DocumentType, *, by: Identity, now: datetime) -> Sitting:
    """Record that the candidate came and is the person on the document shown, and return the sitting.

    From then on nobody is late or absent. In a practical room a station is drawn. A repeat changes nothing. Raises
    NotFound, SittingOver, EntryClosed, NoStationFree.
    """
    sitting = _locked(db, sitting_id, now)
    if sitting.checked_in_at is not None:
        return sitting
    checking_in.check_enterable(clocks.timing_of(sitting, now).phase)
    sitting.checked_in_at, sitting.turned_away_at = now, None
    db.add(_record(sitting, DoorEvent.CHECKED_IN, by, now, document_type=document))
    audit.append(db, sitting.audit_stream, "sitting.checked_in", by=by, now=now, document=document)
    drawing.draw(db, sitting, by=by, now=now)
    return sitting


def turn_away(db: Session, sitting_id: UUID, why: TurnedAway, *, by: Identity, now: datetime) -> Sitting:
    """Record why somebody is not let in, and return the sitting; who comes back in order is checked in all the same.

    A check-in is void then, and the sitting is closed to the candidate. A repeat changes nothing.
    Raises NotFound, SittingOver, EnteredAlready.
    """
    sitting = _locked(db, sitting_id, now)
    _check_outside(sitting)
    if _is_repeat(last_record(db, sitting_id), why):
        return sitting
    sitting.checked_in_at, sitting.turned_away_at = None, now
    db.add(_record(sitting, DoorEvent.TURNED_AWAY, by, now, **vars(why)))
    audit.append(db, sitting.audit_stream, "sitting.turned_away", by=by, now=now, **vars(why))
    return sitting


def undo(db: Session, sitting_id: UUID, *, reason: str, by: Identity, now: datetime) -> Sitting:
    """Take a check-in or a turning-away back that was a mistake, and return the sitting; a drawn station stays drawn.

    Raises NotFound, SittingOver, EnteredAlready, NotCheckedIn.
    """
    sitting = _locked(db, sitting_id, now)
    _check_outside(sitting)
    undone = {name: at for name in ("checked_in_at", "turned_away_at") if (at := getattr(sitting, name))}
    if not undone:
        raise NotCheckedIn
    action = "sitting.check_in_undone" if "checked_in_at" in undone else "sitting.turning_away_undone"
    sitting.checked_in_at = sitting.turned_away_at = None
    db.add(_record(sitting, DoorEvent.UNDONE, by, now, note=reason))
    audit.append(db, sitting.audit_stream, action, by=by, now=now, reason=reason, **undone)
    return sitting


def last_record(db: Session, sitting_id: UUID) -> DoorRecord | None:
    """Return what last happened to the candidate at the door, or None."""
    query = select(DoorRecord).filter_by(sitting_id=sitting_id)
    return db.scalars(query.order_by(DoorRecord.at.desc(), DoorRecord.id.desc()).limit(1)).one_or_none()


def _locked(db: Session, sitting_id: UUID, now: datetime) -> Sitting:
    sitting = finding.locked(db, sitting_id)
    if sitting.enrolment.exam_session.state != ExamSessionState.PUBLISHED:
        raise SittingOver
    finishing.settle_locked(db, sitting, now=now)
    return sitting


def _check_outside(sitting: Sitting) -> None:
    if sitting.entered_at is not None:
        raise EnteredAlready
    if sitting.state.is_over:
        raise SittingOver


def _is_repeat(last: DoorRecord | None, why: TurnedAway) -> bool:
    return last is not None and (last.event, last.grounds, last.note, last.document_type) == (
        DoorEvent.TURNED_AWAY,
        why.grounds,
        why.note,
        why.document_type,
    )


def _record(
    sitting: Sitting,
    event: DoorEvent,
    by: Identity,
    now: datetime,
    *,
    note: str = "",
    grounds: Grounds | None = None,
    document_type: DocumentType | None = None,
) -> DoorRecord:
    return DoorRecord(
        sitting_id=sitting.id,
        event=event,
        document_type=document_type,
        grounds=grounds,
        note=note,
        by_account_id=by.account_id,
        at=now,
    )
