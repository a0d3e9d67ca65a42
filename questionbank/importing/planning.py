"""What taking a read item over into a bank would do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from examsvc.core import canonical
from examsvc.registry.models import SchemeSpecification, WorkTask
from questionbank import content
from questionbank.authoring import Wording
from questionbank.importing import files
from questionbank.importing.kinds import Outcome
from questionbank.importing.placing import Places, Point
from questionbank.interchange.model import ReadItem
from questionbank.kinds import Difficulty, ItemType
from questionbank.lifecycle import ItemState
from questionbank.models import Item, ItemBank, ItemVersion

CODE_DIGITS = 12
MOST_OF_CODE, MOST_OF_EXTERNAL_ID = 40, 120


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
    return item.code.strip() or f"I-{_digest(item)[:CODE_DIGITS]}"


def _digest(item: ReadItem) -> str:
    return canonical.digest({"type": item.type, "content": dict(item.content), "key": dict(item.key)})


class Known:
    """Which items of a batch the bank has already: by external id, then by code."""

    def __init__(self, db: Session, bank_id: UUID, batch: Sequence[ReadItem]):
        codes = [code_of(item) for item in batch]
        externals = [item.external_id for item in batch if item.external_id]
        query = select(Item).where(Item.bank_id == bank_id, or_(Item.code.in_(codes), Item.external_id.in_(externals)))
        found = list(db.scalars(query.options(selectinload(Item.versions))))
        self._by_code = {item.code: item for item in found}
        self._by_external = {item.external_id: item for item in found if item.external_id}

    def find(self, item: ReadItem) -> Item | None:
        """Return the bank's item that this one is, None when it is new."""
        return self._by_external.get(item.external_id) or self._by_code.get(code_of(item))


def plan(item: ReadItem, where: Places, known: Known) -> Plan:
    """Return what becomes of the item; raises BadItem, and what `files.kept` raises."""
    code = code_of(item)
    if len(code) > MOST_OF_CODE or len(item.external_id) > MOST_OF_EXTERNAL_ID:
        return Plan(item, Outcome.REFUSED, code, fault="code_too_long")
    point = where.find(item.work_task, item.knowledge_point)
    if point is None:
        return Plan(item, Outcome.REFUSED, code, fault="knowledge_point_unknown")
    wording, existing = _wording(item, point), known.find(item)
    if existing is None:
        return Plan(item, Outcome.NEW, code, wording=wording)
    return _against(existing, Plan(item, Outcome.CHANGED, code, wording=wording, existing_id=existing.id))


def _against(existing: Item, planned: Plan) -> Plan:
    latest = existing.versions[-1]
    if planned.wording is not None and _says(latest) == _says(planned.wording):
        return Plan(planned.item, Outcome.SAME, existing.code, existing_id=existing.id)
    if latest.state in (ItemState.DRAFT, ItemState.IN_REVIEW):
        return Plan(planned.item, Outcome.REFUSED, existing.code, fault="item_frozen", existing_id=existing.id)
    return planned


def _wording(item: ReadItem, point: UUID) -> Wording:
    content.check_draft(item.type, item.content, item.key)
    described = files.described(item.content, files.kept(item))
    content.check_draft(item.type, described, item.key)  # a picture may have another size than the file said
    shown, key = content.lettered_as_read(item.type, described, item.key)
    return Wording(
        type=item.type,
        difficulty=item.difficulty or Difficulty.MEDIUM,
        knowledge_point_id=point,
        content=shown,
        key=key,
        explanation=item.explanation,
        tags=item.tags,
    )


def _says(one: ItemVersion | Wording) -> str:
    """Return a digest of what is asked and what is right, whatever the letters under which options are kept."""
    shown, key = content.lettered_as_read(ItemType(one.type), one.content, one.key)
    return canonical.digest({"type": one.type, "content": shown, "key": key, "explanation": one.explanation})
