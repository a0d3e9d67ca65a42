"""Letters about cases: to those whose turn it is, as soon as a case came into a state that waits for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account, AccountRole, AccountState
from examsvc.accounts.roles import Role
from examsvc.core.clock import SHANGHAI
from examsvc.core.db import only
from examsvc.core.identity import Identity
from examsvc.core.mail import posting
from examsvc.registry.cases.models import Affiliation, Case
from examsvc.registry.cases.signals import case_advanced, deadline_near
from examsvc.registry.cases.states import WAITS_FOR
from examsvc.registry.models import Filing, Organisation
from examsvc.registry.publicity.signals import filing_near_expiry


def subscribe() -> None:
    """Write letters when cases move on."""
    case_advanced.connect(_advanced)
    deadline_near.connect(_near)
    filing_near_expiry.connect(_expires)


def addressees(db: Session, case: Case, role: Role) -> list[Account]:
    """Return the people with an e-mail address for whom the case waits in this role."""
    query = select(Account).join(AccountRole).outerjoin(Affiliation, Affiliation.account_id == Account.id)
    active = (Account.state == AccountState.ACTIVE, Account.email.is_not(None), AccountRole.role == role)
    return list(db.scalars(query.where(*active, _reach(case, role)).order_by(Account.id)))


def write(db: Session, case: Case, to: Iterable[Account], about: str, *, now: datetime) -> None:
    """Write one letter about the case to each; nothing without an SMTP server."""
    due = f"期限：{case.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}（北京时间）\n" if case.due_at else ""
    text = (
        f"事项 {case.number}「{case.scheme_name}」：{about}。\n{due}"
        f"请登录系统办理：{posting.address_of(f'/office/cases/{case.id}')}\n\n本邮件由系统自动发出，请勿回复。\n"
    )
    for account in to:
        if account.email:
            posting.write(db, account.email, f"{about}：{case.number} {case.scheme_name}", text, now=now)


def _advanced(case: Case, *, db: Session, by: Identity, now: datetime, **_: Any) -> None:
    role = WAITS_FOR.get(case.state)
    if role is None or not posting.is_open():
        return
    others = [one for one in addressees(db, case, role) if one.id != by.account_id]
    write(db, case, others, "等待您办理", now=now)


def _near(case: Case, *, db: Session, days: int, now: datetime, **_: Any) -> None:
    role = WAITS_FOR.get(case.state)
    if role is not None and posting.is_open():
        write(db, case, addressees(db, case, role), f"距期限 {days} 天", now=now)


def _expires(filing: Filing, *, db: Session, days_before: int, now: datetime, **_: Any) -> None:
    """D13: a filing is valid for three years; the organisation and the centre are told before it ends."""
    case = only(db, Case, filing_id=filing.id) if posting.is_open() else None
    if case is not None:
        to = [*addressees(db, case, Role.OFFICE), *addressees(db, case, Role.REGISTRAR)]
        write(db, case, to, f"备案 {days_before} 天后到期", now=now)


def _reach(case: Case, role: Role) -> ColumnElement[bool]:
    if role == Role.RECOMMENDER:
        return Affiliation.department_id == case.department_id
    if role == Role.OFFICE:
        own = select(Organisation.id).where(Organisation.credit_code == case.credit_code)
        return Affiliation.organisation_id.in_(own)
    return true()
