"""Items in versions, whose wording stays as it is once it left its draft."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, one_of
from examsvc.registry.models import KnowledgePoint
from questionbank.errors import ItemFrozen
from questionbank.kinds import Bloom, Difficulty, Importance, ItemType
from questionbank.lifecycle import ITEM_LIFECYCLE, ItemState
from questionbank.models.banks import ItemBank
from questionbank.secrecy.columns import SecretDict, SecretJson, SecretText, kept_under


class Item(Base):
    """试题: what its versions have in common.

    external_id: what the system it was imported from calls it. source_extras: what was read there beyond our model.
    family: items of one family never stand in one paper.
    """

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("bank_id", "code"), UniqueConstraint("bank_id", "external_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"))
    code: Mapped[str] = mapped_column(String(40))
    external_id: Mapped[str | None] = mapped_column(String(120))
    source_extras: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    family: Mapped[str | None] = mapped_column(String(40))
    bank: Mapped[ItemBank] = relationship()
    versions: Mapped[list["ItemVersion"]] = relationship(order_by="ItemVersion.number", back_populates="item")


LISTED = (
    *("bank_id", "code", "number", "state", "type", "difficulty"),
    *("importance", "bloom", "knowledge_point_id", "drawn_count", "id"),
)


class ItemVersion(Base):
    """One wording of an item. `content` is what a candidate may see; `key` and `explanation` never leave the inside.

    Their shapes, by type, are those that `questionbank.content` checks.
    """

    __tablename__ = "item_versions"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        one_of("state", ItemState),
        one_of("type", ItemType),
        one_of("difficulty", Difficulty),
        one_of("importance", Importance),
        one_of("bloom", Bloom),
        CheckConstraint("reviewer_id IS NULL OR reviewer_id <> author_id", name="reviewer_is_not_author"),
        CheckConstraint("state <> 'APPROVED' OR reviewer_id IS NOT NULL", name="approved_has_reviewer"),
        CheckConstraint("state <> 'RELEASED' OR releaser_id IS NOT NULL", name="released_has_releaser"),
        CheckConstraint("releaser_id IS NULL OR releaser_id <> author_id", name="releaser_is_not_author"),
        # One index gives every list in its order and answers every filter without the rows.
        Index("ix_item_versions_listed", *LISTED),
    )
    lifecycle: ClassVar = ITEM_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"))
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"))
    code: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    type: Mapped[ItemType] = mapped_column(String(20))
    difficulty: Mapped[Difficulty] = mapped_column(String(10))
    knowledge_point_id: Mapped[UUID] = mapped_column(ForeignKey("knowledge_points.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(SecretJson("content"))
    key: Mapped[dict[str, Any]] = mapped_column(SecretJson("key"))
    explanation: Mapped[str] = mapped_column(SecretText("explanation"))
    importance: Mapped[Importance | None] = mapped_column(String(1))
    bloom: Mapped[Bloom | None] = mapped_column(String(12))
    tags: Mapped[list[Any]] = mapped_column(default=list)
    source: Mapped[str] = mapped_column(Text, default="")
    rights: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ItemState] = mapped_column(String(20), default=ItemState.DRAFT, index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    review_note: Mapped[str | None] = mapped_column(Text)
    releaser_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    drawn_count: Mapped[int] = mapped_column(default=0)
    last_drawn_at: Mapped[datetime | None]
    item: Mapped[Item] = relationship(back_populates="versions")
    knowledge_point: Mapped[KnowledgePoint] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    reviewer: Mapped[Account | None] = relationship(foreign_keys=[reviewer_id])
    releaser: Mapped[Account | None] = relationship(foreign_keys=[releaser_id])

    @property
    def audit_stream(self) -> str:
        return f"item:{self.item_id}"

    @property
    def listed_stem(self) -> str:
        """Return the stem as lists show it: of a secret bank nothing, for who looks is put on record."""
        return "" if self.is_secret else str(self.content.get("stem", ""))

    @property
    def is_secret(self) -> bool:
        """Whether the version is stored encrypted."""
        return isinstance(self.content, SecretDict)


SECRET = ("content", "key", "explanation")
"""What of a version is encrypted in a secret bank."""

WORDING = (
    *("type", "difficulty", "knowledge_point_id", "content", "key", "explanation"),
    *("importance", "bloom", "tags", "source", "rights"),
)


@event.listens_for(ItemVersion, "before_update")
def _refuse_rewording(_mapper: Mapper[ItemVersion], _connection: Connection, version: ItemVersion) -> None:
    """Raise ItemFrozen when the wording of what has left its draft is changed, whichever code does it."""
    changes = inspect(version).attrs
    was = changes.state.history.deleted or [version.state]
    if was[0] != ItemState.DRAFT and any(changes[name].history.has_changes() for name in WORDING):
        raise ItemFrozen


@event.listens_for(ItemVersion, "before_insert")
def _repeat_item(_mapper: Mapper[ItemVersion], _connection: Connection, version: ItemVersion) -> None:
    """Repeat what the item is listed by, which never changes."""
    version.bank_id, version.code = version.item.bank_id, version.item.code


@event.listens_for(ItemVersion, "before_insert")
@event.listens_for(ItemVersion, "before_update")
def _keep_secret(_mapper: Mapper[ItemVersion], _connection: Connection, version: ItemVersion) -> None:
    """Store what is written into a secret bank encrypted, whichever code writes it."""
    wrapped = version.item.bank.wrapped_key
    if wrapped is None:
        return
    for name in SECRET:
        value = getattr(version, name)
        if getattr(value, "wrapped", None) != wrapped:
            setattr(version, name, kept_under(value, wrapped))
