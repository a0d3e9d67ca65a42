"""Verbs on accounts and logins."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from examsvc.accounts import passwords
from examsvc.accounts.bearing import token_digest
from examsvc.accounts.errors import BadEmail, UsernameTaken, WrongCredentials
from examsvc.accounts.models import Account, AccountRole, AccountState, Login
from examsvc.accounts.roles import Role
from examsvc.core import audit, states
from examsvc.core.db import get, only, only_locked
from examsvc.core.errors import NotAllowed, NotFound
from examsvc.core.identity import Identity
from examsvc.core.mail import addresses

LOGIN_LASTS = timedelta(hours=14)


def create_account(
    db: Session,
    username: str,
    display_name: str,
    roles: Iterable[Role],
    *,
    password: str | None,
    by: Identity,
    now: datetime,
) -> Account:
    """Create an account and return it; raises UsernameTaken, WeakPassword."""
    if only(db, Account, username=username):
        raise UsernameTaken
    account = Account(
        username=username,
        display_name=display_name,
        password_hash=passwords.hashed(password) if password is not None else None,
        created_at=now,
        held_roles=[AccountRole(role=role) for role in sorted(set(roles))],
    )
    db.add(account)
    db.flush()
    audit.append(db, account.audit_stream, "account.created", by=by, now=now, roles=sorted(account.roles))
    return account


def disable(db: Session, username: str, *, by: Identity, now: datetime) -> Account:
    """Let nobody in by this account any more, and close its open logins; raises NotFound, IllegalTransition."""
    account = _named(db, username)
    states.move(db, account, AccountState.DISABLED, by=by, now=now)
    db.execute(update(Login).filter_by(account_id=account.id, revoked_at=None).values(revoked_at=now))
    return account


def enable(db: Session, username: str, *, by: Identity, now: datetime) -> Account:
    """Let the owner of a disabled account log in again; raises NotFound, IllegalTransition."""
    account = _named(db, username)
    states.move(db, account, AccountState.ACTIVE, by=by, now=now)
    return account


def _named(db: Session, username: str) -> Account:
    account = only_locked(db, Account, username=username)
    if account is None:
        raise NotFound(thing="account")
    return account


def rename(db: Session, account_id: UUID, display_name: str, *, by: Identity, now: datetime) -> Account:
    """Call the account's owner otherwise from now on and return the account; raises NotFound."""
    account = get(db, Account, account_id)
    account.display_name = display_name
    # What the names were is put on record by whoever corrects them.
    audit.append(db, account.audit_stream, "account.renamed", by=by, now=now)
    return account


def set_email(db: Session, account_id: UUID | None, email: str | None, *, by: Identity, now: datetime) -> Account:
    """Enter where the person gets letters, or with None nowhere; raises NotFound, BadEmail."""
    account = get(db, Account, account_id)
    account.email = _address(email) if email else None
    # The address itself is the person's own and stays out of the log.
    audit.append(db, account.audit_stream, "account.email_set", by=by, now=now, given=account.email is not None)
    return account


def _address(text: str) -> str:
    try:
        return addresses.checked(text)
    except ValueError as error:
        raise BadEmail from error


def prove_password(db: Session, username: str, password: str) -> Account:
    """Return the active account with this name and password; raises WrongCredentials."""
    account = only(db, Account, username=username)
    right = passwords.matches(password, account.password_hash if account else None)
    if account is None or not right or account.state != AccountState.ACTIVE:
        raise WrongCredentials
    return account


def open_login(db: Session, account: Account, *, user_agent: str, now: datetime) -> tuple[Login, str]:
    """Open a login for an account whose owner has proven to be there; return it and its secret token."""
    token = secrets.token_urlsafe(32)
    login = Login(
        account=account,
        account_id=account.id,
        token_digest=token_digest(token),
        opened_at=now,
        expires_at=now + LOGIN_LASTS,
        user_agent=user_agent[:200],
    )
    db.add(login)
    db.flush()
    identity = identity_of(login)
    audit.append(db, account.audit_stream, "login.opened", by=identity, now=now, login=login.id)
    return login, token


_HOLDERS = (
    select(Login.id, Account.id, Account.display_name, AccountRole.role)
    .join(Account, Login.account_id == Account.id)
    .outerjoin(AccountRole, AccountRole.account_id == Account.id)
    .where(
        Login.token_digest == bindparam("digest"),
        Login.revoked_at.is_(None),
        Login.expires_at > bindparam("now"),
        Account.state == AccountState.ACTIVE,
    )
)


def find_identity(db: Session, token: str, *, now: datetime) -> Identity | None:
    """Return who holds the token, or None when it is unknown, expired, revoked or the account disabled.

    One query without objects: every request asks it.
    """
    rows = db.connection().execute(_HOLDERS, {"digest": token_digest(token), "now": now}).all()
    if not rows:
        return None
    login_id, account_id, name, _ = rows[0]
    roles = frozenset(role for *_, role in rows if role is not None)
    return Identity(name=name, account_id=account_id, login_id=login_id, roles=roles)


def identity_of(login: Login) -> Identity:
    """Return the identity a login gives."""
    account = login.account
    return Identity(name=account.display_name, account_id=account.id, login_id=login.id, roles=account.roles)


def asker(db: Session, account_id: UUID) -> Identity:
    """Return who the account is now, for work done later; raises NotFound, and NotAllowed when it is disabled."""
    account = get(db, Account, account_id)
    if account.state != AccountState.ACTIVE:
        raise NotAllowed
    return Identity(name=account.display_name, account_id=account.id, roles=account.roles)


def close_login(db: Session, *, by: Identity, now: datetime) -> None:
    """Revoke the caller's login."""
    login = db.get(Login, by.login_id) if by.login_id else None
    if login and not login.revoked_at:
        login.revoked_at = now
        audit.append(db, login.account.audit_stream, "login.closed", by=by, now=now, login=login.id)


def move_logins(db: Session, account: Account, *, now: datetime) -> None:
    """Revoke every login of the account, because its owner goes on at another machine."""
    open_ones = update(Login).filter_by(account_id=account.id, revoked_at=None)
    db.execute(open_ones.values(revoked_at=now, is_moved=True))


def is_moved(db: Session, token: str) -> bool:
    """Return whether the token's login was revoked because its owner goes on at another machine."""
    login = only(db, Login, token_digest=token_digest(token))
    return login is not None and login.is_moved


def holders(db: Session, role: Role) -> list[Account]:
    """Return the active accounts with the role, by name."""
    query = (
        select(Account)
        .join(AccountRole)
        .where(AccountRole.role == role, Account.state == AccountState.ACTIVE)
        .order_by(Account.username)
    )
    return list(db.scalars(query))
