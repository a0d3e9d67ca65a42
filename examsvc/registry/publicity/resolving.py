"""The centre answers objections, by somebody whom they do not concern."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core import audit, states
from examsvc.core.audit import AuditEntry
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Affiliation, Case
from examsvc.registry.cases.states import OVER, CaseState
from examsvc.registry.models import Organisation
from examsvc.registry.publicity import ending
from examsvc.registry.publicity.errors import CannotReturn, HandlerConcerned
from examsvc.registry.publicity.models import NoticeCase, Objection
from examsvc.registry.publicity.states import BEFORE, DURING, Against, Consequence, ObjectionState

_CONCLUSIONS = (
    *(CaseState.MATERIALS_CHECKED, CaseState.EXPERT_REVIEWED, CaseState.CITY_PASSED, CaseState.SELECTED),
    *(CaseState.DEVELOPING, CaseState.SCHEME_ASSESSED),
)
CONCLUDING = (*(f"case.{state.lower()}" for state in _CONCLUSIONS), "application.eligibility")
"""The entries of a case's history with which the centre concluded a check or a review, or admitted who is doubtful."""


def is_concerned(db: Session, objection: Objection, by: Identity) -> bool:
    """Return whether the person is complained about, belongs to a party of the case, or decided what is objected to."""
    if by.account_id is None or objection.concerned_id == by.account_id:
        return True
    is_against_centre = objection.against == Against.CENTRE
    return _belongs(db, objection, by) or (is_against_centre and _has_concluded(db, objection, by))


def _has_concluded(db: Session, objection: Objection, by: Identity) -> bool:
    mine = select(AuditEntry.id).where(AuditEntry.stream == objection.audit_stream, AuditEntry.actor == by.actor)
    return db.scalar(mine.where(AuditEntry.action.in_(CONCLUDING)).limit(1)) is not None


def _belongs(db: Session, objection: Objection, by: Identity) -> bool:
    own, case = db.get(Affiliation, by.account_id), get(db, Case, objection.case_id)
    if own is None:
        return False
    organisation = db.get(Organisation, own.organisation_id) if own.organisation_id else None
    is_of_organisation = organisation is not None and organisation.credit_code == case.credit_code
    return is_of_organisation or own.department_id == case.department_id


def name_concerned(
    db: Session, objection_id: UUID, account_id: UUID | None, *, by: Identity, now: datetime
) -> Objection:
    """Enter whom at the centre the objection is about, or nobody; raises HandlerConcerned, IllegalTransition."""
    objection = get_locked(db, Objection, objection_id)
    objection.lifecycle.check(objection.state, ObjectionState.DISMISSED)
    if is_concerned(db, objection, by):
        raise HandlerConcerned
    objection.concerned_id = get(db, Account, account_id).id if account_id else None
    about = {"reference": objection.reference, "concerned": objection.concerned_id}
    audit.append(db, objection.audit_stream, "objection.concerned_named", by=by, now=now, **about)
    return objection


def dismiss(db: Session, objection_id: UUID, version: int, answer: str, *, by: Identity, now: datetime) -> Objection:
    """Answer that the objection is not founded; a scheme whose notice is over goes on after the last one.

    Raises HandlerConcerned, CaseMovedOn, IllegalTransition.
    """
    objection, case = _take(db, objection_id, version, by=by, now=now)
    _answer(db, objection, ObjectionState.DISMISSED, answer, by=by, now=now)
    ending.publicise_scheme(db, case, by=by, now=now)
    return objection


def uphold(
    db: Session,
    objection_id: UUID,
    version: int,
    answer: str,
    consequence: Consequence,
    *,
    by: Identity,
    now: datetime,
) -> Objection:
    """Answer that the objection is founded; its case is rejected, or waits for a new notice.

    Raises HandlerConcerned, CannotReturn, CaseMovedOn, IllegalTransition.
    """
    objection, case = _take(db, objection_id, version, by=by, now=now)
    target = CaseState.REJECTED
    kind = objection.notice.kind
    if consequence == Consequence.RETURNED:
        if case.state != DURING[kind]:
            raise CannotReturn
        target = BEFORE[kind]
    _answer(db, objection, ObjectionState.UPHELD, answer, by=by, now=now)
    _leave(db, objection, now)
    if case.state not in OVER:  # it may have been withdrawn, or another objection upheld
        cases.advance(db, case, target, by=by, now=now, reason=answer, objection=objection.reference)
    return objection


def _take(db: Session, objection_id: UUID, version: int, *, by: Identity, now: datetime) -> tuple[Objection, Case]:
    """Return the objection and its case, locked; a notice that is over has ended before."""
    case_id = get(db, Objection, objection_id).case_id
    seen = cases.find(db, case_id, by=by).version
    ending.settle_case(db, case_id, now)
    case = get(db, Case, case_id)
    # Who saw the case before its notice ended saw what decides here; only other changes are conflicts.
    case = cases.take(db, case_id, case.version if version == seen else version, by=by)
    objection = get_locked(db, Objection, objection_id)
    if is_concerned(db, objection, by):
        raise HandlerConcerned
    return objection, case


def _answer(
    db: Session, objection: Objection, state: ObjectionState, answer: str, *, by: Identity, now: datetime
) -> None:
    objection.answer, objection.handler_id, objection.resolved_at = answer, by.account_id, now
    states.move(db, objection, state, by=by, now=now, reference=objection.reference)


def _leave(db: Session, objection: Objection, now: datetime) -> None:
    place = db.get_one(NoticeCase, (objection.notice_id, objection.case_id))
    place.left_at = place.left_at or now
