"""What taking a read item over into a bank would do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from examsvc.core import canonical
from examsvc.registry.models import SchemeSpecification, WorkTask
from questionbank import content
from questionbank.authoring import Wording
from questionbank.importing import files
from questionbank.importing.kinds import Outcome
from questionbank.importing.placing import Places, Point
from questionbank.interchange.model import ReadItem
from questionbank.kinds import Difficulty
from questionbank.lifecycle import ItemState
from questionbank.models import Item, ItemBank, ItemVersion

CODE_DIGITS = 12
MOST_OF_CODE, MOST_OF_EXTERNAL_ID = 40, 120
SAID = ("type", "content", "key", "explanation")


@dataclass(frozen=True)
class Plan:
    """`fault` is the code of what keeps the item out; `wording` what would be written of one that comes in."""

    item: ReadItem
    outcome: Outcome
    code: str
    fault: str = ""
    wording: Wording | None = None
    existing_id: UUID | None = None


def places(db: Session, bank: ItemBank, default: UUID | None) -> Places:
    """Return the knowledge points that items of the bank can belong to."""
    tasks = selectinload(SchemeSpecification.work_tasks).selectinload(WorkTask.knowledge_points)
    specification = db.get_one(SchemeSpecification, bank.specification_id, options=[tasks])
    return Places(_points(specification), default)


def _points(specification: SchemeSpecification) -> Iterator[Point]:
    for task in specification.work_tasks:
        for point in task.knowledge_points:
            yield Point(point.id, task.number, task.name, point.number, point.text)


def code_of(item: ReadItem) -> str:
    """Return the code under which the item is known in the bank: its own, or one made from all that it says."""
    said = canonical.digest({"type": item.type, "content": dict(item.content), "key": dict(item.key)})
    return item.code.strip() or f"I-{said[:CODE_DIGITS]}"


def plan(db: Session, bank_id: UUID, item: ReadItem, where: Places) -> Plan:
    """Return what becomes of the item, which is known again by its external id, then by its code.

    Raises BadItem, and what `files.kept` raises.
    """
    code = code_of(item)
    if len(code) > MOST_OF_CODE or len(item.external_id) > MOST_OF_EXTERNAL_ID:
        return Plan(item, Outcome.REFUSED, code, fault="code_too_long")
    point = where.find(item.work_task, item.knowledge_point)
    if point is None:
        return Plan(item, Outcome.REFUSED, code, fault="knowledge_point_unknown")
    wording = _wording(item, point)
    existing = _existing(db, bank_id, item.external_id, code)
    if existing is None:
        return Plan(item, Outcome.NEW, code, wording=wording)
    return _against(existing, Plan(item, Outcome.CHANGED, code, wording=wording, existing_id=existing.id))


def _against(existing: Item, planned: Plan) -> Plan:
    latest = existing.versions[-1]
    if planned.wording is not None and _says(latest) == _says_so(planned.wording):
        return Plan(planned.item, Outcome.SAME, existing.code, existing_id=existing.id)
    if latest.state in (ItemState.DRAFT, ItemState.IN_REVIEW):
        return Plan(planned.item, Outcome.REFUSED, existing.code, fault="item_frozen", existing_id=existing.id)
    return planned


def _wording(item: ReadItem, point: UUID) -> Wording:
    shown, key = content.lettered(item.type, files.described(item.content, files.kept(item)), item.key)
    content.check(item.type, shown, key)
    return Wording(
        type=item.type,
        difficulty=item.difficulty or Difficulty.MEDIUM,
        knowledge_point_id=point,
        content=shown,
        key=key,
        explanation=item.explanation,
        tags=item.tags,
    )


def _existing(db: Session, bank_id: UUID, external_id: str, code: str) -> Item | None:
    query = select(Item).where(Item.bank_id == bank_id).options(joinedload(Item.versions))
    if external_id:
        known = db.scalars(query.where(Item.external_id == external_id)).unique().one_or_none()
        if known:
            return known
    return db.scalars(query.where(Item.code == code)).unique().one_or_none()


def _says(version: ItemVersion) -> str:
    return canonical.digest({name: getattr(version, name) for name in SAID})


def _says_so(wording: Any) -> str:
    return canonical.digest({name: getattr(wording, name) for name in SAID})
