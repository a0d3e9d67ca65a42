"""Withdrawing an enrolment 撤销报名: a row too many in a list, or somebody who belongs in another exam session.

The rows go, so that seats, lists, reports and counts are right by themselves. What of them must never be used again
stays as a WithdrawnEnrolment: the ticket number, and the form that was given to nobody else.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import enrolling, finishing, signals
from examsvc.delivery.errors import EnrolmentStands, ReasonMissing
from examsvc.delivery.models import (
    Accommodation,
    AccommodationGroupMember,
    Enrolment,
    ExamSession,
    Sitting,
    UnsettledSitting,
    WithdrawnEnrolment,
)
from examsvc.delivery.states import ExamSessionState, SittingState

_TRACES: Final = (
    "checked_in_at",
    "turned_away_at",
    "expected_again_at",
    "identity_confirmed_at",
    "undertaking_signed_at",
    "system_check",
    "reader_login_id",
    "key_released_at",
    "opened_at",
    "seen_before_at",
    "on_paper_at",
)
"""What is None in a sitting of which nothing has happened."""


def withdraw(
    db: Session, exam_session_id: UUID, enrolment_id: UUID, *, reason: str, by: Identity, now: datetime
) -> WithdrawnEnrolment:
    """Withdraw an enrolment and return what stays of it; its seat is free, and the candidate may be enrolled again.

    Raises NotFound, also once it was withdrawn; EnrolmentClosed when nobody is enrolled any more; ReasonMissing
    without a reason after publication; EnrolmentStands once the candidate was seen or is absent, or anything refers to
    the sitting.
    """
    sitting = _held(db, exam_session_id, enrolment_id)
    exam_session = get_locked(db, ExamSession, exam_session_id)
    enrolling.check_open(exam_session, now)
    if exam_session.state != ExamSessionState.DRAFT and not reason:
        raise ReasonMissing
    if not _is_untouched(sitting, now):
        raise EnrolmentStands
    kept = _kept(sitting, reason, by, now)
    db.add(kept)
    _remove(db, sitting.enrolment, now)
    told = {
        "enrolment": enrolment_id,
        "sitting": kept.sitting_id,
        "ticket": kept.ticket_number,
        "seat": kept.seat_label,
    }
    audit.append(db, exam_session.audit_stream, "candidate.withdrawn", by=by, now=now, reason=reason, **told)
    return kept


def _held(db: Session, exam_session_id: UUID, enrolment_id: UUID) -> Sitting:
    """Return the enrolment's sitting, locked as its deletion asks; raises NotFound.

    Whoever is writing what refers to it is waited for before anything else is held, and holds the enrolment then.
    """
    query = select(Sitting).join(Sitting.enrolment)
    query = query.where(Enrolment.id == enrolment_id, Enrolment.exam_session_id == exam_session_id)
    locking = query.with_for_update(of=Sitting).execution_options(populate_existing=True)
    sitting = db.scalars(locking).one_or_none()
    if sitting is None:
        raise NotFound(thing="enrolment")
    return sitting


def _is_untouched(sitting: Sitting, now: datetime) -> bool:
    """Return whether the candidate is still expected and has left no trace; who is absent by now has failed to come."""
    if sitting.state != SittingState.EXPECTED or finishing.due_at(sitting, now) is not None:
        return False
    return all(getattr(sitting, trace) is None for trace in _TRACES)


def _kept(sitting: Sitting, reason: str, by: Identity, now: datetime) -> WithdrawnEnrolment:
    enrolment = sitting.enrolment
    return WithdrawnEnrolment(
        enrolment_id=enrolment.id,
        sitting_id=sitting.id,
        exam_session_id=enrolment.exam_session_id,
        candidate_id=enrolment.candidate_id,
        ticket_number=enrolment.ticket_number,
        seat_label=enrolment.seat_label,
        paper_id=sitting.paper_id if sitting.has_own_form else None,
        reason=reason,
        withdrawn_by_id=by.account_id,
        withdrawn_at=now,
    )


def _remove(db: Session, enrolment: Enrolment, now: datetime) -> None:
    """Delete the enrolment with what was only prepared for it; whatever else refers to it is evidence and holds it."""
    try:
        signals.enrolment_withdrawn.send(enrolment, db=db, now=now)
        db.execute(delete(UnsettledSitting).filter_by(sitting_id=enrolment.sitting.id))
        for model in (AccommodationGroupMember, Accommodation, Sitting):
            db.execute(delete(model).filter_by(enrolment_id=enrolment.id))
        db.execute(delete(Enrolment).filter_by(id=enrolment.id))
    except IntegrityError as error:  # later stages refer to sittings, too
        raise EnrolmentStands from error
