"""Accounts, their roles, and their open logins."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.roles import Role
from examsvc.core import ids
from examsvc.core.db import Base, one_of
from examsvc.core.states import Lifecycle


class AccountState(StrEnum):
    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"


ACCOUNT_LIFECYCLE = Lifecycle(
    "account",
    {AccountState.ACTIVE: {AccountState.DISABLED}, AccountState.DISABLED: {AccountState.ACTIVE}},
)


class Account(Base):
    """Somebody who can log in. Without a `password_hash` only another proof (a ticket) opens a login."""

    __tablename__ = "accounts"
    __table_args__ = (one_of("state", AccountState),)
    lifecycle: ClassVar = ACCOUNT_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    state: Mapped[AccountState] = mapped_column(String(20), default=AccountState.ACTIVE)
    created_at: Mapped[datetime]
    held_roles: Mapped[list["AccountRole"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(held.role for held in self.held_roles)

    @property
    def audit_stream(self) -> str:
        return f"account:{self.id}"


class AccountRole(Base):
    __tablename__ = "account_roles"
    __table_args__ = (one_of("role", Role),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(String(40), primary_key=True)


class Login(Base):
    """An open login. Only the digest of its token is stored; revoking it closes it everywhere at once.

    `is_moved`: it was revoked because its owner was given another machine.
    """

    __tablename__ = "logins"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    is_moved: Mapped[bool] = mapped_column(default=False)
    user_agent: Mapped[str] = mapped_column(String(200))
    account: Mapped[Account] = relationship(lazy="joined")
