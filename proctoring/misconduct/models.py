"""Records of misconduct with their evidence, statements, signatures and rulings. Rows are added; none is deleted."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.models import Sitting
from examsvc.delivery.voiding import Subject
from proctoring.misconduct.classes import Consequence, MisconductClass
from proctoring.misconduct.states import MISCONDUCT_LIFECYCLE, EvidenceKind, MisconductState, Service, SignerKind


class MisconductRecord(Base):
    """违纪记录 of one sitting: the class, the facts, when and where. `subject` is the one that was sat, if one was."""

    __tablename__ = "misconduct_records"
    __table_args__ = (
        one_of("state", MisconductState),
        one_of("kind", MisconductClass),
        one_of("subject", Subject),
    )
    lifecycle: ClassVar = MISCONDUCT_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), index=True)
    state: Mapped[MisconductState] = mapped_column(EnumText(MisconductState), default=MisconductState.OPEN)
    kind: Mapped[MisconductClass] = mapped_column(EnumText(MisconductClass))
    subject: Mapped[Subject | None] = mapped_column(EnumText(Subject))
    facts: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120))
    happened_at: Mapped[datetime]
    opened_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[datetime]
    sitting: Mapped[Sitting] = relationship()
    opened_by: Mapped[Account] = relationship()
    evidence: Mapped[list["MisconductEvidence"]] = relationship(
        order_by="MisconductEvidence.linked_at, MisconductEvidence.id"
    )
    statements: Mapped[list["MisconductStatement"]] = relationship(
        order_by="MisconductStatement.given_at, MisconductStatement.id"
    )
    signatures: Mapped[list["MisconductSignature"]] = relationship(
        order_by="MisconductSignature.signed_at, MisconductSignature.id"
    )
    rulings: Mapped[list["MisconductRuling"]] = relationship(
        order_by="MisconductRuling.decided_at, MisconductRuling.id", back_populates="record"
    )

    @property
    def audit_stream(self) -> str:
        return f"misconduct:{self.id}"


class MisconductEvidence(Base):
    """A link to what proctoring holds of the sitting, or to a file of the record, with its digest: never a copy.

    The foreign keys hold what is linked: nothing of it can be deleted while the record names it.
    """

    __tablename__ = "misconduct_evidence"
    __table_args__ = (
        one_of("kind", EvidenceKind),
        CheckConstraint("(kind = 'SNAPSHOT') = (snapshot_id IS NOT NULL)", name="snapshot"),
        CheckConstraint("(kind = 'EVENT') = (event_id IS NOT NULL)", name="event"),
        CheckConstraint("(kind = 'INCIDENT') = (incident_id IS NOT NULL)", name="incident"),
        CheckConstraint("(kind = 'COMMAND') = (command_id IS NOT NULL)", name="command"),
        CheckConstraint("(kind = 'FILE') = (file_id IS NOT NULL)", name="file"),
        UniqueConstraint("record_id", "snapshot_id"),
        UniqueConstraint("record_id", "event_id"),
        UniqueConstraint("record_id", "incident_id"),
        UniqueConstraint("record_id", "command_id"),
        UniqueConstraint("record_id", "file_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("misconduct_records.id"))
    kind: Mapped[EvidenceKind] = mapped_column(EnumText(EvidenceKind))
    snapshot_id: Mapped[UUID | None] = mapped_column(ForeignKey("snapshots.id"), index=True)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("proctor_events.id"), index=True)
    incident_id: Mapped[UUID | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    command_id: Mapped[UUID | None] = mapped_column(ForeignKey("commands.id"), index=True)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("misconduct_files.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    linked_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    linked_at: Mapped[datetime]

    @property
    def linked_id(self) -> UUID:
        """Return the id of what is linked."""
        found = self.snapshot_id or self.event_id or self.incident_id or self.command_id or self.file_id
        assert found  # noqa: S101 (the CHECKs)
        return found


class MisconductStatement(Base):
    """陈述申辩: what the candidate says to it, as written down by one of the staff; or that they say nothing."""

    __tablename__ = "misconduct_statements"
    __table_args__ = (CheckConstraint("declined = (text = '')", name="declined_says_nothing"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("misconduct_records.id"), index=True)
    declined: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    given_at: Mapped[datetime]
    written_by: Mapped[Account] = relationship()


class MisconductSignature(Base):
    """签名 under the record as its `digest` names it: the candidate's, or a witness's that the candidate did not sign.

    `account_id` is who was logged in: the witness, or whoever held out the pad to the candidate.
    """

    __tablename__ = "misconduct_signatures"
    __table_args__ = (one_of("signer", SignerKind), UniqueConstraint("record_id", "account_id", "signer"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("misconduct_records.id"))
    signer: Mapped[SignerKind] = mapped_column(EnumText(SignerKind))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    signature: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime]
    account: Mapped[Account] = relationship()


class MisconductRuling(Base):
    """处理决定: what was decided on a record, why, and what remedy there is. One that was revoked stays, and says so.

    `hearing` says how what the candidate raised was checked. `remedy_until_on` is known once it is served 送达.
    """

    __tablename__ = "misconduct_rulings"
    __table_args__ = (
        one_of("consequence", Consequence),
        one_of("subject", Subject),
        one_of("service", Service),
        CheckConstraint("(consequence = 'SUBJECT_VOID') = (subject IS NOT NULL)", name="subject_is_named"),
        CheckConstraint("(served_on IS NULL) = (remedy_until_on IS NULL)", name="served_has_remedy"),
        CheckConstraint("(served_on IS NULL) = (service IS NULL)", name="served_has_way"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked_by_somebody"),
        CheckConstraint("(revoked_at IS NULL) = (revocation IS NULL)", name="revoked_has_reason"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("misconduct_records.id"), index=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    consequence: Mapped[Consequence] = mapped_column(EnumText(Consequence))
    subject: Mapped[Subject | None] = mapped_column(EnumText(Subject))
    grounds: Mapped[str] = mapped_column(Text)
    hearing: Mapped[str] = mapped_column(Text)
    remedy: Mapped[str] = mapped_column(Text)
    record_digest: Mapped[str] = mapped_column(String(64))
    decided_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime]
    served_on: Mapped[date | None]
    service: Mapped[Service | None] = mapped_column(EnumText(Service))
    remedy_until_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    revocation: Mapped[str | None] = mapped_column(Text)
    record: Mapped[MisconductRecord] = relationship(back_populates="rulings")
    decided_by: Mapped[Account] = relationship(foreign_keys=decided_by_id)
    revoked_by: Mapped[Account | None] = relationship(foreign_keys=revoked_by_id)
