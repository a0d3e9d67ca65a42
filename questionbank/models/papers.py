"""Blueprints, draws, and the papers that came of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from examsvc.core import ids
from examsvc.core.db import Base, one_of
from questionbank.kinds import DrawKind
from questionbank.models.banks import ItemBank
from questionbank.models.items import ItemVersion
from questionbank.models.tasks import PracticalTask


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
