"""Conflicts of interest of experts: what follows from where they belong, and what they declared."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, only
from examsvc.core.identity import Identity
from examsvc.registry.cases.models import Affiliation, Case, Department
from examsvc.registry.errors import BadCreditCode
from examsvc.registry.models import Organisation
from examsvc.registry.recommending.fields import compact_code
from examsvc.registry.reviews.errors import UnknownDepartment
from examsvc.registry.reviews.models import ExpertInterest

CREDIT_CODE_LENGTH = 18


@dataclass(frozen=True)
class Interest:
    """Exactly one of the two is given."""

    credit_code: str | None
    department_id: UUID | None


def conflicts(db: Session, case: Case, account_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return why each of the accounts that must not judge the case must not: "affiliation" or "interest"."""
    declared = select(ExpertInterest.account_id).where(
        ExpertInterest.account_id.in_(account_ids),
        or_(ExpertInterest.credit_code == case.credit_code, ExpertInterest.department_id == case.department_id),
    )
    belonging = (
        select(Affiliation.account_id)
        .outerjoin(Organisation)
        .where(
            Affiliation.account_id.in_(account_ids),
            or_(Organisation.credit_code == case.credit_code, Affiliation.department_id == case.department_id),
        )
    )
    found = dict.fromkeys(db.scalars(declared), "interest")
    return {**found, **dict.fromkeys(db.scalars(belonging), "affiliation")}


def declare(db: Session, interest: Interest, what: str, *, by: Identity, now: datetime) -> ExpertInterest:
    """Record that the expert has to do with an organisation or department; saying it twice keeps the first entry.

    Raises UnknownDepartment, NotFound, BadCreditCode.
    """
    if (interest.credit_code is None) == (interest.department_id is None):
        raise UnknownDepartment
    if interest.department_id:
        get(db, Department, interest.department_id)
    code = compact_code(interest.credit_code) if interest.credit_code else None  # as cases have it, to be found
    if code is not None and len(code) != CREDIT_CODE_LENGTH:
        raise BadCreditCode
    object_ = {"credit_code": code, "department_id": interest.department_id}
    known = only(db, ExpertInterest, account_id=by.account_id, **object_)
    if known is not None:
        return known
    found = ExpertInterest(account_id=by.account_id, **object_, what=what, declared_at=now)
    db.add(found)
    db.flush()
    audit.append(db, f"account:{by.account_id}", "interest.declared", by=by, now=now, interest=found.id)
    return found


def own(db: Session, *, by: Identity) -> list[ExpertInterest]:
    """Return what the expert declared, oldest first."""
    mine = select(ExpertInterest).where(ExpertInterest.account_id == by.account_id)
    return list(db.scalars(mine.order_by(ExpertInterest.declared_at, ExpertInterest.id)))
