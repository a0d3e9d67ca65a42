"""Where people belong: entered by the centre or on the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.accounts.models import Account, AccountRole, AccountState
from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.db import get, only
from examsvc.core.identity import Identity
from examsvc.registry.cases.models import Affiliation, Department
from examsvc.registry.desks.errors import NoSuchPlace
from examsvc.registry.models import Organisation


@dataclass(frozen=True)
class Place:
    """A department by its name, an organisation by its credit code, a district by its name; all may be empty."""

    department: str | None = None
    credit_code: str | None = None
    district: str | None = None


def departments(db: Session) -> list[Department]:
    """Return every department by name."""
    return list(db.scalars(select(Department).order_by(Department.name)))


def add_department(db: Session, name: str, *, by: Identity, now: datetime) -> Department:
    """Return the department of this name, entered now if it is new."""
    known = only(db, Department, name=name)
    if known is not None:
        return known
    department = Department(name=name, created_at=now)
    db.add(department)
    db.flush()
    audit.append(db, f"department:{department.id}", "department.entered", by=by, now=now, name=name)
    return department


def affiliate(db: Session, account_id: UUID, place: Place, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Enter where a person belongs, in place of what was entered before; raises NotFound, NoSuchPlace."""
    account = get(db, Account, account_id)
    department = _department(db, place.department)
    organisation = _organisation(db, place.credit_code)
    found = db.get(Affiliation, account_id)
    if found is not None:
        db.delete(found)
        db.flush()
    if department or organisation or place.district:
        ids = {"department_id": department and department.id, "organisation_id": organisation and organisation.id}
        db.add(Affiliation(account_id=account_id, district=place.district, **ids))
    audit.append(db, account.audit_stream, "account.affiliated", by=by, now=now, **vars(place))
    return view(db, account_id)


def overview(db: Session) -> dict[str, Any]:
    """Return the active staff and the places they may belong to, as the AffiliationOverview schema shows it."""
    places = joinedload(Affiliation.department), joinedload(Affiliation.organisation)
    found = {one.account_id: one for one in db.scalars(select(Affiliation).options(*places))}
    return {
        "people": [{**_line(one, found.get(one.id)), "roles": sorted(one.roles)} for one in _staff(db)],
        "departments": departments(db),
        "organisations": db.scalars(select(Organisation).order_by(Organisation.name)).all(),
    }


def _staff(db: Session) -> Sequence[Account]:
    is_staff = Account.held_roles.any(AccountRole.role != Role.CANDIDATE)
    query = select(Account).where(is_staff, Account.state == AccountState.ACTIVE)
    return db.scalars(query.order_by(Account.username)).all()


def view(db: Session, account_id: UUID) -> dict[str, Any]:
    """Return where the person belongs as the AffiliationView schema shows it; raises NotFound."""
    return _line(get(db, Account, account_id), db.get(Affiliation, account_id))


def _line(account: Account, found: Affiliation | None) -> dict[str, Any]:
    organisation = found.organisation if found else None
    return {
        "account_id": account.id,
        "username": account.username,
        "name": account.display_name,
        "department": found.department.name if found and found.department else None,
        "credit_code": organisation.credit_code if organisation else None,
        "organisation": organisation.name if organisation else None,
        "district": found.district if found else None,
    }


def _department(db: Session, name: str | None) -> Department | None:
    found = only(db, Department, name=name) if name else None
    if name and found is None:
        raise NoSuchPlace(place="department")
    return found


def _organisation(db: Session, credit_code: str | None) -> Organisation | None:
    found = only(db, Organisation, credit_code=credit_code) if credit_code else None
    if credit_code and found is None:
        raise NoSuchPlace(place="organisation")
    return found
