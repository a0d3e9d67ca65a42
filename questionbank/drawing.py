"""Blueprints, and papers drawn from them and stored."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.registry.models import KnowledgePoint
from questionbank import usage
from questionbank.content import needs_marking
from questionbank.draw import PoolItem, Row, draw, pool_digest
from questionbank.errors import BadBlueprint
from questionbank.kinds import ItemType
from questionbank.models import (
    Blueprint,
    Item,
    ItemBank,
    ItemVersion,
    Paper,
    PaperItem,
    PaperPracticalTask,
    PracticalTask,
)
from questionbank.registration import registering

FULL_MARKS = 100_00


def add_blueprint(db: Session, bank_id: UUID, name: str, rows: Sequence[Row], *, now: datetime) -> Blueprint:
    """Add a blueprint and return it; raises BadBlueprint.

    Points make exactly 100, and each work task has its share of the theory part (附件3 考核比重).
    """
    bank = get(db, ItemBank, bank_id)
    if any(row.type.is_written for row in rows):
        raise BadBlueprint(reason="short answers are not marked by people yet")
    _check_points(bank, rows)
    blueprint = Blueprint(bank_id=bank_id, name=name, rows=[asdict(row) for row in rows], created_at=now)
    db.add(blueprint)
    db.flush()
    return blueprint


def _check_points(bank: ItemBank, rows: Sequence[Row]) -> None:
    theory = sum(task.theory_share for task in bank.specification.work_tasks)
    for task in bank.specification.work_tasks:
        points = sum(row.count * row.points for row in rows if row.work_task == task.number)
        if points * theory != FULL_MARKS * task.theory_share:
            raise BadBlueprint(reason=f"work task {task.number} has {points / 100:g} points, not its share of 100")


def pool(db: Session, bank_id: UUID) -> list[PoolItem]:
    """Return the versions that may be drawn: released, and in the registered version of the bank if there is one.

    Composites that people would have to mark are left out.
    """
    query = (
        select(ItemVersion)
        .join(Item)
        .where(Item.bank_id == bank_id, registering.drawable(db, bank_id))
        .options(joinedload(ItemVersion.knowledge_point).joinedload(KnowledgePoint.work_task))
    )
    return [
        PoolItem(
            version_id=version.id,
            work_task=version.knowledge_point.work_task.number,
            knowledge_point=version.knowledge_point.number,
            type=ItemType(version.type),
            difficulty=version.difficulty,
        )
        for version in db.scalars(query)
        if version.type != ItemType.COMPOSITE or not needs_marking(ItemType(version.type), version.content)
    ]


def rows_of(blueprint: Blueprint) -> list[Row]:
    """Return the blueprint's rows."""
    return [Row(**{**row, "type": ItemType(row["type"])}) for row in blueprint.rows]


def draw_paper(db: Session, blueprint_id: UUID, *, seed: str, by: Identity, now: datetime) -> Paper:
    """Draw and store a paper with all practical tasks of the bank; raises PoolTooSmall."""
    blueprint = get(db, Blueprint, blueprint_id)
    items = pool(db, blueprint.bank_id)
    drawn = draw(rows_of(blueprint), items, seed)
    registered = registering.in_force(db, blueprint.bank_id)
    practicals = db.scalars(select(PracticalTask).filter_by(bank_id=blueprint.bank_id).order_by(PracticalTask.code))
    paper = Paper(
        blueprint=blueprint,
        seed=seed,
        pool_digest=pool_digest(items),
        bank_version_id=registered.id if registered else None,
        created_at=now,
        items=[
            PaperItem(ref=f"q{number}", position=number, item_version_id=item.version_id, points=row.points)
            for number, (item, row) in enumerate(drawn, start=1)
        ],
        practical_tasks=[
            PaperPracticalTask(position=number, practical_task=task) for number, task in enumerate(practicals, start=1)
        ],
    )
    db.add(paper)
    db.flush()
    usage.count(db, [item.version_id for item, _ in drawn], now=now)
    audit.append(db, paper.audit_stream, "paper.drawn", by=by, now=now, seed=seed, pool=paper.pool_digest)
    return paper
