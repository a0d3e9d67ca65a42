"""A bank's items as files hold them, each in the version that is in force."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import blobs
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.registry.models import KnowledgePoint, WorkTask
from questionbank import content
from questionbank.interchange import writing
from questionbank.interchange.model import Format, Medium, Problem, ReadItem
from questionbank.kinds import Difficulty, ItemType
from questionbank.lifecycle import ItemState
from questionbank.models import Item, ItemBank, ItemVersion
from questionbank.secrecy import exporting

IN_FORCE = (ItemState.APPROVED, ItemState.RELEASED)
A_BATCH = 200


def take_out(db: Session, bank_id: UUID, into: Format, target: Path, *, by: Identity, now: datetime) -> list[Problem]:
    """Write the bank's items to the path and return what the format could not carry.

    Raises NotFound, what `secrecy.exporting.permit` raises, and Refused for a format that is not written.
    """
    exporting.permit(db, bank_id, by=by, now=now)
    return writing.write(items(db, bank_id), into, target)


def carried(db: Session, bank_id: UUID, into: Format, target: Path) -> list[Problem]:
    """Return what the format could not carry; what is written to the path is for nobody. Raises NotFound, Refused."""
    get(db, ItemBank, bank_id)
    return writing.write(items(db, bank_id), into, target)


def items(db: Session, bank_id: UUID) -> Iterator[ReadItem]:
    """Yield the latest approved or released version of every item, by work task, knowledge point and code."""
    latest = (
        select(ItemVersion.item_id, func.max(ItemVersion.number).label("number"))
        .where(ItemVersion.state.in_(IN_FORCE))
        .group_by(ItemVersion.item_id)
        .subquery()
    )
    query = (
        select(ItemVersion)
        .join(latest, (latest.c.item_id == ItemVersion.item_id) & (latest.c.number == ItemVersion.number))
        .join(Item, Item.id == ItemVersion.item_id)
        .join(KnowledgePoint, KnowledgePoint.id == ItemVersion.knowledge_point_id)
        .join(WorkTask, WorkTask.id == KnowledgePoint.work_task_id)
        .where(Item.bank_id == bank_id)
        .order_by(WorkTask.number, KnowledgePoint.number, Item.code)
        .options(joinedload(ItemVersion.item), joinedload(ItemVersion.knowledge_point))
    )
    # By parts of known rows: a cursor of the server would need a transaction, which whoever only reads has not.
    ids = db.scalars(query.with_only_columns(ItemVersion.id)).all()
    for start in range(0, len(ids), A_BATCH):
        for version in db.scalars(query.where(ItemVersion.id.in_(ids[start : start + A_BATCH]))).all():
            time.sleep(0)  # under gevent the other connections get their turn
            yield _read(version)


def _read(version: ItemVersion) -> ReadItem:
    point = version.knowledge_point
    return ReadItem(
        where=version.item.code,
        type=ItemType(version.type),
        content=version.content,
        key=version.key,
        explanation=version.explanation,
        code=version.item.code,
        external_id=version.item.external_id or "",
        difficulty=Difficulty(version.difficulty),
        work_task=str(point.work_task.number),
        knowledge_point=f"{point.work_task.number}.{point.number}",
        tags=tuple(version.tags),
        media=tuple(_media(version.content)),
        extras=version.item.source_extras or {},
    )


def _media(shown: dict[str, Any]) -> Iterator[Medium]:
    entries = {entry["digest"]: entry for _, entry in content.files(shown)}
    for digest, entry in entries.items():
        yield Medium(digest, entry["media_type"], blobs.get(digest))
