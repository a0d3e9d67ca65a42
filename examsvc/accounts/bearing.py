"""Logins looked up many at a time, for who writes for many at once, by the rules of `service.find_identity`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, select

from examsvc.accounts.models import Account, AccountRole, AccountState, Login
from examsvc.accounts.roles import Role
from examsvc.core.errors import NotAllowed, NotLoggedIn


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who holds a token, not revoked, of an active account; `role` is None when they do not hold the one asked for."""

    login_id: UUID
    account_id: UUID
    expires_at: datetime
    role: str | None


def token_digest(token: str) -> str:
    """Return what is stored of a login's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def checked_bearer(bearer: Bearer | None, now: datetime) -> Bearer:
    """Return the bearer; raises NotLoggedIn unless the login is open at `now`, NotAllowed without the role."""
    if bearer is None or bearer.expires_at <= now:
        raise NotLoggedIn
    if bearer.role is None:
        raise NotAllowed
    return bearer


_BEARERS = (
    select(Login.token_digest, Login.id, Login.account_id, Login.expires_at, AccountRole.role)
    .join(Account, Login.account_id == Account.id)
    .outerjoin(AccountRole, and_(AccountRole.account_id == Account.id, AccountRole.role == bindparam("role")))
    .where(
        Login.token_digest.in_(bindparam("digests", expanding=True)),
        Login.revoked_at.is_(None),
        Account.state == AccountState.ACTIVE,
    )
)


def bearers(connection: Connection, digests: Sequence[str], role: Role) -> dict[str, Bearer]:
    """Return who bears the tokens with these digests, by digest."""
    rows = connection.execute(_BEARERS, {"digests": digests, "role": role})
    return {row.token_digest: Bearer(row.id, row.account_id, row.expires_at, row.role) for row in rows}
