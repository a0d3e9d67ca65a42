"""What every stage does with a case: find it, see whether one may read it, take it in hand, move it on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core import states
from examsvc.core.db import get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases.errors import CaseMovedOn, NoAffiliation
from examsvc.registry.cases.models import Affiliation, Case, CaseReader
from examsvc.registry.cases.signals import case_advanced
from examsvc.registry.cases.states import OPEN_TO_ORGANISATION, CaseState
from examsvc.registry.models import Organisation


def readable(by: Identity) -> ColumnElement[bool]:
    """Return the SQL condition for the cases that the person may read; needs no query of its own.

    The centre and the bureau read all but drafts; a department its own; an organisation its own once it takes part,
    also to read why it was rejected then; a district bureau those of its district (A07); others what a task in a case
    gave them.
    Nobody can switch a supervisor's reading off (C12): it follows from the role alone.
    """
    own = select(Affiliation).where(Affiliation.account_id == by.account_id)
    given = select(CaseReader.case_id).where(CaseReader.account_id == by.account_id)
    ways: list[ColumnElement[bool]] = [Case.id.in_(given)]
    if by.has(Role.REGISTRAR, Role.BUREAU):
        ways.append(Case.state != CaseState.DRAFT)
    if by.has(Role.RECOMMENDER):
        ways.append(Case.department_id.in_(own.with_only_columns(Affiliation.department_id)))
    if by.has(Role.OFFICE, Role.QUALITY_SUPERVISOR):
        codes = select(Organisation.credit_code).join(Affiliation).where(Affiliation.account_id == by.account_id)
        took_part = and_(Case.state == CaseState.REJECTED, Case.organisation_id.is_not(None))
        ways.append(and_(Case.state.in_(OPEN_TO_ORGANISATION) | took_part, Case.credit_code.in_(codes)))
    if by.has(Role.DISTRICT):
        ways.append(Case.district.in_(own.with_only_columns(Affiliation.district)))
    return or_(*ways) if by.account_id else false()


def find(db: Session, case_id: UUID, *, by: Identity) -> Case:
    """Return a case the person may read; raises NotFound, also when it is somebody else's."""
    case = db.scalar(select(Case).where(Case.id == case_id, readable(by)))
    if case is None:
        raise NotFound(thing="case")
    return case


def take(db: Session, case_id: UUID, version: int, *, by: Identity) -> Case:
    """Return the case locked, for somebody who saw it at `version`; raises NotFound, CaseMovedOn."""
    case = get_locked(db, Case, find(db, case_id, by=by).id)
    if case.version != version:
        raise CaseMovedOn(version=case.version, state=str(case.state))
    return case


def touch(case: Case) -> None:
    """Count a change of the case that leaves its state as it is."""
    case.version += 1


def advance(
    db: Session,
    case: Case,
    target: CaseState,
    *,
    by: Identity,
    now: datetime,
    due_at: datetime | None = None,
    **detail: Any,
) -> None:
    """Move a case on, stamped `now`, with the deadline of its new state; raises IllegalTransition."""
    came_from = case.state
    states.move(db, case, target, by=by, now=now, **detail)
    case.state_since_at, case.due_at = now, due_at
    touch(case)
    case_advanced.send(case, db=db, came_from=came_from, by=by, now=now)


def affiliation(db: Session, by: Identity) -> Affiliation | None:
    """Return where the person belongs, or None."""
    return db.get(Affiliation, by.account_id) if by.account_id else None


def own_department(db: Session, by: Identity) -> UUID:
    """Return the department of the person; raises NoAffiliation."""
    found = affiliation(db, by)
    if found is None or found.department_id is None:
        raise NoAffiliation(place="department")
    return found.department_id


def own_organisation(db: Session, by: Identity) -> Organisation:
    """Return the organisation of the person; raises NoAffiliation."""
    found = affiliation(db, by)
    if found is None or found.organisation is None:
        raise NoAffiliation(place="organisation")
    return found.organisation


def own_district(db: Session, by: Identity) -> str:
    """Return the district of the person; raises NoAffiliation."""
    found = affiliation(db, by)
    if found is None or found.district is None:
        raise NoAffiliation(place="district")
    return found.district
