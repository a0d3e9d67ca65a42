"""A candidate's log-in: ticket 准考证 and a proof. The digits are compared without a slow hash, for the start storm."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from examsvc.accounts import passwords
from examsvc.accounts.errors import WrongCredentials
from examsvc.accounts.models import Account, AccountState
from examsvc.delivery import identity_numbers
from examsvc.delivery.errors import NotLetIn
from examsvc.delivery.models import Candidate, Enrolment, Sitting
from examsvc.delivery.states import SittingState

_HOLDER = (
    select(Account, Candidate.identity_sealed, Sitting.state, Sitting.turned_away_at)
    .join(Candidate, Candidate.account_id == Account.id)
    .join(Enrolment, Enrolment.candidate_id == Candidate.id)
    .join(Sitting, Sitting.enrolment_id == Enrolment.id)
    .where(Enrolment.ticket_number == bindparam("ticket_number"))
    .options(joinedload(Account.held_roles))
)


def prove_ticket(db: Session, ticket_number: str, proof: str) -> Account:
    """Return the account of the ticket's holder; `proof` is the last six of the identity number, or the password.

    Raises WrongCredentials, which does not say what was wrong, and NotLetIn for whoever was turned away at the door
    with this ticket: said only to whom it belongs. A password is verified only where one was set: an
    unknown ticket never costs a slow hash.
    """
    found = db.execute(_HOLDER, {"ticket_number": ticket_number}).unique().one_or_none()
    if found is None:
        raise WrongCredentials
    account, identity_sealed, state, turned_away_at = found
    if account.state != AccountState.ACTIVE or not _proves(proof, account, identity_sealed):
        raise WrongCredentials
    if turned_away_at is not None and state == SittingState.EXPECTED:
        raise NotLetIn
    return account


def _proves(proof: str, account: Account, identity_sealed: bytes) -> bool:
    if len(proof.strip()) <= identity_numbers.LAST_DIGITS:
        return identity_numbers.ends_with(identity_sealed, proof)
    return account.password_hash is not None and passwords.matches(proof, account.password_hash)
