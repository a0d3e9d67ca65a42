"""A candidate's log-in: ticket 准考证 and a proof. The digits are compared without a slow hash, for the start storm."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.accounts import passwords
from examsvc.accounts.errors import WrongCredentials
from examsvc.accounts.models import Account, AccountState
from examsvc.core.db import get
from examsvc.delivery import identity_numbers
from examsvc.delivery.models import Enrolment


def prove_ticket(db: Session, ticket_number: str, proof: str) -> UUID:
    """Return the account of the ticket's holder; `proof` is the last six of the identity number, or the password.

    Raises WrongCredentials, which does not say what was wrong. A password is verified only where one was set: an
    unknown ticket never costs a slow hash.
    """
    query = select(Enrolment).filter_by(ticket_number=ticket_number).options(joinedload(Enrolment.candidate))
    enrolment = db.scalars(query).one_or_none()
    if enrolment is None:
        raise WrongCredentials
    account = get(db, Account, enrolment.candidate.account_id)
    if account.state != AccountState.ACTIVE or not _proves(proof, account, enrolment):
        raise WrongCredentials
    return account.id


def _proves(proof: str, account: Account, enrolment: Enrolment) -> bool:
    if len(proof.strip()) <= identity_numbers.LAST_DIGITS:
        return identity_numbers.ends_with(enrolment.candidate.identity_sealed, proof)
    return account.password_hash is not None and passwords.matches(proof, account.password_hash)
