"""Decisions, and the certificates issued on them."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certificates.states import (
    CERTIFICATE_LIFECYCLE,
    DECISION_LIFECYCLE,
    CertificateState,
    DecisionOutcome,
    DecisionState,
)
from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, one_of
from scoring.models import Result


class Decision(Base):
    """认定, by somebody who did not examine the candidate (ISO/IEC 17024 §9.3)."""

    __tablename__ = "decisions"
    __table_args__ = (one_of("state", DecisionState), one_of("outcome", DecisionOutcome))
    lifecycle: ClassVar = DECISION_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"), unique=True)
    outcome: Mapped[DecisionOutcome] = mapped_column(String(20))
    state: Mapped[DecisionState] = mapped_column(String(20), default=DecisionState.DECIDED, index=True)
    note: Mapped[str] = mapped_column(Text)
    result_digest: Mapped[str] = mapped_column(String(64))
    decided_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime]
    result: Mapped[Result] = relationship()
    decided_by: Mapped[Account] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"result:{self.result_id}"


class Certificate(Base):
    """专项职业能力证书. `record` is the canonical record (RFC 8785) with its nonce; `digest` binds every face of it.

    `holder_index` is the blind index of name and identity number together, by which the public query finds it.
    """

    __tablename__ = "certificates"
    __table_args__ = (one_of("state", CertificateState),)
    lifecycle: ClassVar = CERTIFICATE_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    holder_name: Mapped[str] = mapped_column(String(80))
    holder_index: Mapped[str] = mapped_column(String(64))
    issued_on: Mapped[date]
    state: Mapped[CertificateState] = mapped_column(String(20), default=CertificateState.VALID)
    record: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    pdf_digest: Mapped[str] = mapped_column(String(64))
    png_digest: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime]
    decision: Mapped[Decision] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"certificate:{self.id}"
