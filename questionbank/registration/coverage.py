"""What a registered bank holds against its specification, and how many papers it yields."""

from collections import Counter, defaultdict
from collections.abc import Hashable
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, selectinload

from examsvc.core.db import get
from examsvc.registry.models import KnowledgePoint, SchemeSpecification, WorkTask
from questionbank.lifecycle import ItemState
from questionbank.likeness import enemies
from questionbank.models import Blueprint, Item, ItemVersion
from questionbank.registration import yields
from questionbank.registration.models import BankVersion, BankVersionItem

Supply = defaultdict[yields.Stratum, Counter[Hashable]]


def report(db: Session, bank_version_id: UUID) -> dict[str, Any]:
    """Return for every work task and knowledge point what the version still has released, by type and difficulty.

    And for every blueprint of the bank how many papers it yields that share no question, or at most; raises NotFound.
    """
    found = get(db, BankVersion, bank_version_id)
    db.refresh(found, ["bank", "filing"])  # a page shows them after the session is closed
    counts = _counts(db, bank_version_id)
    points = selectinload(SchemeSpecification.work_tasks).selectinload(WorkTask.knowledge_points)
    tasks = db.get_one(SchemeSpecification, found.bank.specification_id, options=[points]).work_tasks
    supply, apart = _supply(db, found)
    return {
        "registered": found,
        "work_tasks": [_task(task, counts) for task in tasks],
        "blueprints": [_blueprint(one, supply, apart) for one in _blueprints(db, found.bank_id)],
    }


def _counts(db: Session, bank_version_id: UUID) -> list[Row[Any]]:
    columns = (
        ItemVersion.knowledge_point_id,
        WorkTask.number.label("work_task"),
        ItemVersion.type,
        ItemVersion.difficulty,
    )
    query = _released(select(*columns, func.count().label("number")), bank_version_id)
    return list(db.execute(query.group_by(*columns).order_by(ItemVersion.type, ItemVersion.difficulty)))


def _released(query: Select[*tuple[Any, ...]], bank_version_id: UUID) -> Select[*tuple[Any, ...]]:
    """Return the query for what the version holds that is still released."""
    return (
        query.join(BankVersionItem, BankVersionItem.item_version_id == ItemVersion.id)
        .join(KnowledgePoint, KnowledgePoint.id == ItemVersion.knowledge_point_id)
        .join(WorkTask, WorkTask.id == KnowledgePoint.work_task_id)
        .where(BankVersionItem.bank_version_id == bank_version_id, ItemVersion.state == ItemState.RELEASED)
    )


def _supply(db: Session, found: BankVersion) -> tuple[Supply, bool]:
    """Return what is left of each stratum by family, and whether pairs of enemies are among it."""
    query = _released(select(WorkTask.number, ItemVersion.type, Item.id, Item.family).join(ItemVersion.item), found.id)
    supply: Supply = defaultdict(Counter)
    items = set()
    for work_task, kind, item_id, family in db.execute(query):
        supply[work_task, str(kind)][family or item_id] += 1
        items.add(item_id)
    return supply, any({pair.item_id, pair.other_id} <= items for pair in enemies.pairs(db, found.bank_id))


def _task(task: WorkTask, counts: list[Row[Any]]) -> dict[str, Any]:
    points = [_point(point, counts) for point in task.knowledge_points]
    return {
        "number": task.number,
        "name": task.name,
        "items": sum(p["items"] for p in points),
        "knowledge_points": points,
    }


def _point(point: KnowledgePoint, counts: list[Row[Any]]) -> dict[str, Any]:
    cells = [
        {"type": str(row.type), "difficulty": str(row.difficulty), "count": row.number}
        for row in counts
        if row.knowledge_point_id == point.id
    ]
    return {"number": point.number, "text": point.text, "items": sum(cell["count"] for cell in cells), "cells": cells}


def _blueprints(db: Session, bank_id: UUID) -> list[Blueprint]:
    return list(db.scalars(select(Blueprint).filter_by(bank_id=bank_id).order_by(Blueprint.created_at, Blueprint.id)))


def _blueprint(blueprint: Blueprint, supply: Supply, apart: bool) -> dict[str, Any]:
    asked = yields.demand(blueprint.rows)
    scarce = yields.scarcest(asked, supply)
    return {
        "blueprint_id": blueprint.id,
        "name": blueprint.name,
        "papers": yields.disjoint_papers(asked, supply),
        "is_exact": not apart and not blueprint.rules and yields.is_parted(asked, supply),
        "scarcest": {"work_task": scarce[0], "type": scarce[1]} if scarce else None,
    }
