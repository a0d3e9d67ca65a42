"""Correcting the name of a candidate that was entered wrongly; the identity number says that it is the same person."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts import service as accounts
from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import enrolling, finding, names, signals
from examsvc.delivery.errors import NameSigned
from examsvc.delivery.models import Candidate, Enrolment, Sitting
from examsvc.delivery.states import ExamSessionState


def correct_name(
    db: Session, exam_session_id: UUID, enrolment_id: UUID, name: str, *, reason: str, by: Identity, now: datetime
) -> Candidate:
    """Call the candidate by another name from now on, in all their exam sessions, and return them.

    What was signed or printed before keeps the old name. The same name changes nothing. Raises NotFound, BadName,
    NameNotDrawable; NameSigned while a sitting goes on whose undertaking is signed; NameCertified while a certificate
    stands in the old name.
    """
    name = names.checked(name)
    candidate_id = enrolling.enrolment_in(db, exam_session_id, enrolment_id).candidate_id
    sittings = _held(db, candidate_id)
    candidate = get_locked(db, Candidate, candidate_id)
    if name != candidate.name:
        _check_unsigned(sittings)
        before, candidate.name = candidate.name, name
        accounts.rename(db, candidate.account_id, name, by=by, now=now)
        _note(db, sittings, {"before": before, "after": name, "reason": reason}, by, now)
        signals.name_corrected.send(candidate, db=db, now=now)
    return candidate


def _held(db: Session, candidate_id: UUID) -> list[Sitting]:
    query = select(Sitting.id).join(Sitting.enrolment).where(Enrolment.candidate_id == candidate_id)
    return finding.all_locked(db, db.scalars(query).all())


def _check_unsigned(sittings: Iterable[Sitting]) -> None:
    """Raise NameSigned for a sitting that goes on under the name: it stands under what the candidate undertook."""
    for sitting in sittings:
        exam_session = sitting.enrolment.exam_session
        goes_on = exam_session.state == ExamSessionState.PUBLISHED and not sitting.state.is_over
        if goes_on and sitting.undertaking_signed_at is not None:
            raise NameSigned(exam_session=exam_session.code)


def _note(db: Session, sittings: Iterable[Sitting], detail: dict[str, str], by: Identity, now: datetime) -> None:
    """Put it on record in each exam session of the candidate, in the one order that never deadlocks."""
    enrolments = sorted((sitting.enrolment for sitting in sittings), key=lambda one: one.exam_session_id)
    for one in enrolments:
        stream = one.exam_session.audit_stream
        audit.append(db, stream, "candidate.name_corrected", by=by, now=now, enrolment=one.id, **detail)
