"""How an organisation comes in: its account from the centre, its application, and its leave."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.accounts import service as accounts
from examsvc.accounts.roles import Role
from examsvc.core.db import only
from examsvc.core.identity import Identity
from examsvc.registry import service as registry
from examsvc.registry.applications import holding
from examsvc.registry.applications.errors import NotYetOpen, TooLateToWithdraw
from examsvc.registry.applications.models import Application
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Affiliation, Case
from examsvc.registry.cases.states import OPEN_TO_ORGANISATION, OVER, CaseState
from examsvc.registry.models import Organisation, OrganisationKind

PASSWORD_BYTES = 12
WITHDRAWABLE = OPEN_TO_ORGANISATION - OVER - {CaseState.PUBLICITY, CaseState.PUBLICISED}


@dataclass(frozen=True)
class NewAccount:
    """What the centre enters for an organisation that has no account here yet."""

    kind: OrganisationKind
    district: str
    address: str
    username: str
    display_name: str


@dataclass(frozen=True)
class OpenedAccount:
    """An account with the password that is shown to the centre this once."""

    case_id: UUID
    version: int
    organisation_id: UUID
    username: str
    initial_password: str


def open_account(
    db: Session, case_id: UUID, version: int, wanted: NewAccount, *, by: Identity, now: datetime
) -> OpenedAccount:
    """Register the organisation that the case names, if it is new, and open an office account in it.

    Raises NotYetOpen before the scheme was publicised, UsernameTaken, BadCreditCode.
    """
    case = cases.take(db, case_id, version, by=by)
    if case.state not in WITHDRAWABLE:
        raise NotYetOpen(state=str(case.state))
    organisation = _organisation(db, case, wanted, by=by, now=now)
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    account = accounts.create_account(
        db, wanted.username, wanted.display_name, [Role.OFFICE], password=password, by=by, now=now
    )
    db.add(Affiliation(account_id=account.id, organisation_id=organisation.id))
    holding.note(db, case, "organisation.account_opened", by=by, now=now, account=account.id)
    return OpenedAccount(case.id, case.version, organisation.id, wanted.username, password)


def _organisation(db: Session, case: Case, wanted: NewAccount, *, by: Identity, now: datetime) -> Organisation:
    known = only(db, Organisation, credit_code=case.credit_code)
    if known is not None:
        return known
    # A code that fails the check of GB 32100 but was proven by a document is entered as it is.
    register = registry.register_proven if case.credit_code_proven else registry.register_organisation
    where = {"district": wanted.district, "address": wanted.address}
    return register(db, case.organisation_name, case.credit_code, wanted.kind, **where, by=by, now=now)


def begin(db: Session, case_id: UUID, version: int, *, by: Identity, now: datetime) -> Application:
    """Begin the application of the caller's organisation; the case gets the organisation and its district.

    Raises IllegalTransition unless the scheme was publicised (沪人社职〔2025〕140号 三(一)3: 立项评估通过后).
    """
    case = holding.take_own(db, case_id, version, by=by)
    organisation = cases.own_organisation(db, by)
    cases.advance(db, case, CaseState.APPLYING, by=by, now=now)
    case.organisation_id, case.district = organisation.id, organisation.district
    application = Application(
        case=case, case_id=case.id, organisation=organisation, district=organisation.district, answers={}
    )
    db.add(application)
    db.flush()
    return application


def withdraw(db: Session, case_id: UUID, version: int, reason: str, *, by: Identity, now: datetime) -> Case:
    """Withdraw the case for the organisation; raises TooLateToWithdraw once its public notice has begun."""
    case = holding.take_own(db, case_id, version, by=by)
    if case.state not in WITHDRAWABLE:
        raise TooLateToWithdraw
    cases.advance(db, case, CaseState.WITHDRAWN, by=by, now=now, reason=reason, side="organisation")
    return case
