"""Items in versions, practical tasks with criteria, blueprints, and the papers drawn from them."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column, query_expression, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, one_of
from examsvc.registry.models import KnowledgePoint, Organisation, SchemeSpecification, WorkTask
from questionbank.content.media import MediaKind
from questionbank.errors import ItemFrozen
from questionbank.kinds import Bloom, CriterionKind, Difficulty, DrawKind, Importance, ItemType
from questionbank.lifecycle import ITEM_LIFECYCLE, ItemState
from questionbank.secrecy.columns import SecretDict, SecretJson, SecretText, kept_under


class ItemBank(Base):
    """The items an organisation keeps for one specification.

    wrapped_key: of a secret bank, its data key as the master key wrapped it; what its items say is encrypted under it.
    """

    __tablename__ = "item_banks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    specification_id: Mapped[UUID] = mapped_column(ForeignKey("scheme_specifications.id"))
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    wrapped_key: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[Organisation] = relationship()
    specification: Mapped[SchemeSpecification] = relationship()

    @property
    def is_secret(self) -> bool:
        return self.wrapped_key is not None


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


class ItemGram(Base):
    """What a version is found by: pairs of characters, beginnings of words and codes, and `#` with a whole tag."""

    __tablename__ = "item_grams"
    __table_args__ = ({"sqlite_with_rowid": False},)  # its key is all of it: SQLite need not keep it twice

    gram: Mapped[str] = mapped_column(String(48), primary_key=True)
    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("item_versions.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class UndescribedVersion(Base):
    """待建检索词的试题版本: what came in with many others is found by nothing yet (`questionbank.describing`)."""

    __tablename__ = "undescribed_versions"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("item_versions.id", ondelete="CASCADE"), primary_key=True)


class ItemMedium(Base):
    """试题素材: a file that items of the bank may show; its bytes are the blob with this digest.

    Width and height are pixels, of pictures alone.
    """

    __tablename__ = "item_media"
    __table_args__ = (one_of("kind", MediaKind),)

    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[MediaKind] = mapped_column(String(10))
    media_type: Mapped[str] = mapped_column(String(80))
    width: Mapped[int | None]
    height: Mapped[int | None]
    bytes: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class PracticalTask(Base):
    """操作技能试题: the candidate's brief 考核准备通知单 and the criteria it is scored by."""

    __tablename__ = "practical_tasks"
    __table_args__ = (UniqueConstraint("bank_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"))
    work_task_id: Mapped[UUID] = mapped_column(ForeignKey("work_tasks.id"))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    brief: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    created_at: Mapped[datetime]
    work_task: Mapped[WorkTask] = relationship()
    criteria: Mapped[list["Criterion"]] = relationship(order_by="Criterion.number", cascade="all, delete-orphan")


class Criterion(Base):
    """评分点. `values` are the permitted marks in hundredths: [{"value", "text"}], ascending.

    A deduction's values are what is taken off; a veto's one value is 0 and its mark is 1 when it applies.
    """

    __tablename__ = "criteria"
    __table_args__ = (
        UniqueConstraint("practical_task_id", "number"),
        one_of("kind", CriterionKind),
        CheckConstraint("most >= 0", name="most"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    practical_task_id: Mapped[UUID] = mapped_column(ForeignKey("practical_tasks.id"))
    number: Mapped[int]
    kind: Mapped[CriterionKind] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    guidance: Mapped[str] = mapped_column(Text)
    most: Mapped[int]
    values: Mapped[list[Any]]


class Blueprint(Base):
    """双向细目表: rows of {"work_task", "type", "count", "points"} (points in hundredths); they make 100 points.

    rules: cells, rules, time budget and policy as `assembly.reading` takes them; the rows then sum up the cells.
    """

    __tablename__ = "blueprints"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"))
    name: Mapped[str] = mapped_column(String(120))
    rows: Mapped[list[Any]]
    rules: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    bank: Mapped[ItemBank] = relationship()


class PaperDraw(Base):
    """组卷记录: how the papers of one draw came about, with all that it takes to draw them again.

    pool: `assembly.snapshots.snapshot` of what could be drawn; seen: version ids that were to be avoided;
    engine: the programs that drew. continues_id: the draw whose forms ran out and that this one adds to; its forms are
    numbered on from there, from `first_form`.
    """

    __tablename__ = "paper_draws"
    __table_args__ = (one_of("kind", DrawKind), CheckConstraint("count > 0", name="count"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    blueprint_id: Mapped[UUID] = mapped_column(ForeignKey("blueprints.id"), index=True)
    kind: Mapped[DrawKind] = mapped_column(String(20))
    count: Mapped[int]
    overlap: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    seen: Mapped[list[Any]]
    pool: Mapped[bytes] = mapped_column(deferred=True)
    pool_digest: Mapped[str] = mapped_column(String(64))
    rules_digest: Mapped[str] = mapped_column(String(64))
    engine: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    continues_id: Mapped[UUID | None] = mapped_column(ForeignKey("paper_draws.id"), index=True)
    first_form: Mapped[int] = mapped_column(default=1)
    blueprint: Mapped[Blueprint] = relationship()
    papers: Mapped[list["Paper"]] = relationship(order_by="Paper.form_number", back_populates="draw")

    @property
    def last_form(self) -> int:
        return self.first_form - 1 + self.count


class Paper(Base):
    """试卷: a stored draw. Seed and pool digest prove how it came about; it is never drawn again.

    bank_version_id: the registered version of the bank that was the pool, if there was one.
    form_number counts the papers of one draw, and of those that continue it, from 1: form A, B, C…, or one for each
    candidate.
    """

    __tablename__ = "papers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    blueprint_id: Mapped[UUID] = mapped_column(ForeignKey("blueprints.id"))
    draw_id: Mapped[UUID | None] = mapped_column(ForeignKey("paper_draws.id"), index=True)
    form_number: Mapped[int] = mapped_column(default=1)
    seed: Mapped[str] = mapped_column(String(64))
    pool_digest: Mapped[str] = mapped_column(String(64))
    bank_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("bank_versions.id"), index=True)
    created_at: Mapped[datetime]
    blueprint: Mapped[Blueprint] = relationship()
    draw: Mapped[PaperDraw | None] = relationship(back_populates="papers")
    items: Mapped[list["PaperItem"]] = relationship(order_by="PaperItem.position")
    practical_tasks: Mapped[list["PaperPracticalTask"]] = relationship(order_by="PaperPracticalTask.position")
    counted_items: Mapped[int | None] = query_expression()
    counted_practicals: Mapped[int | None] = query_expression()

    @property
    def question_count(self) -> int:
        """How many questions it has: counted by whoever loads many papers, else by loading its own."""
        return len(self.items) if self.counted_items is None else self.counted_items

    @property
    def practical_count(self) -> int:
        """How many practical tasks it has, likewise."""
        return len(self.practical_tasks) if self.counted_practicals is None else self.counted_practicals

    @property
    def audit_stream(self) -> str:
        return f"paper:{self.id}"


class PaperItem(Base):
    """One question of a paper, worth `points` hundredths; `ref` names it in answers.

    option_order: the ids of its options as the paper shows them; None where it has none or they are as written.
    """

    __tablename__ = "paper_items"
    __table_args__ = (UniqueConstraint("paper_id", "position"), CheckConstraint("points > 0", name="points"))

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("papers.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(String(8), primary_key=True)
    position: Mapped[int]
    item_version_id: Mapped[UUID] = mapped_column(ForeignKey("item_versions.id"), index=True)
    points: Mapped[int]
    option_order: Mapped[list[Any] | None] = mapped_column(default=None)
    item_version: Mapped[ItemVersion] = relationship()


class PaperPracticalTask(Base):
    """One practical task of a paper."""

    __tablename__ = "paper_practical_tasks"

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("papers.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    practical_task_id: Mapped[UUID] = mapped_column(ForeignKey("practical_tasks.id"))
    practical_task: Mapped[PracticalTask] = relationship()
