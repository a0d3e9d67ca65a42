"""What taking an item over into a bank would do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from examsvc.core import canonical
from examsvc.core.db import WRITERS_WAIT
from examsvc.registry.models import SchemeSpecification, WorkTask
from questionbank import content
from questionbank.importing.kinds import Outcome
from questionbank.importing.placing import Places, Point
from questionbank.importing.readying import Ready
from questionbank.kinds import ItemType
from questionbank.lifecycle import UNDER_WAY, ItemState
from questionbank.models import Item, ItemBank, ItemVersion


class Existing(NamedTuple):
    """An item that the bank has, with what its latest version says."""

    id: UUID
    code: str
    external_id: str | None
    number: int
    state: ItemState
    type: ItemType
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    explanation: str


@dataclass(frozen=True)
class Plan:
    """`code` is the bank's for an item that it has, `fault` the code of what keeps the item out."""

    ready: Ready
    outcome: Outcome
    code: str
    fault: str = ""
    existing: Existing | None = None


def places(db: Session, bank: ItemBank, default: UUID | None) -> Places:
    """Return the knowledge points that items of the bank can belong to."""
    tasks = selectinload(SchemeSpecification.work_tasks).selectinload(WorkTask.knowledge_points)
    specification = db.get_one(SchemeSpecification, bank.specification_id, options=[tasks])
    return Places(_points(specification), default)


def _points(specification: SchemeSpecification) -> Iterator[Point]:
    for task in specification.work_tasks:
        for point in task.knowledge_points:
            yield Point(point.id, task.number, task.name, point.number, point.text)


class Known:
    """Which items of a batch the bank has already: by external id, then by code. Locked if they are to be written."""

    def __init__(self, db: Session, bank_id: UUID, batch: Sequence[Ready], *, is_locked: bool):
        externals = [one.external_id for one in batch if one.external_id]
        is_meant = or_(Item.code.in_([one.code for one in batch]), Item.external_id.in_(externals))
        query = _latest().where(Item.bank_id == bank_id, is_meant)
        locked = query.with_for_update(of=Item, **WRITERS_WAIT) if is_locked else query
        found = [Existing._make(row) for row in db.execute(locked)]
        self._by_code = {item.code: item for item in found}
        self._by_external = {item.external_id: item for item in found if item.external_id}

    def find(self, one: Ready) -> Existing | None:
        """Return the bank's item that this one is, None when it is new."""
        return self._by_external.get(one.external_id) or self._by_code.get(one.code)


def _latest() -> Any:
    """Return the query for items with their latest version, in the order of Existing."""
    later = aliased(ItemVersion)
    last = select(func.max(later.number)).where(later.item_id == Item.id).correlate(Item).scalar_subquery()
    said = (ItemVersion.type, ItemVersion.content, ItemVersion.key, ItemVersion.explanation)
    columns = (Item.id, Item.code, Item.external_id, ItemVersion.number, ItemVersion.state, *said)
    return select(*columns).join(ItemVersion, ItemVersion.item_id == Item.id).where(ItemVersion.number == last)


def plan(one: Ready, known: Known) -> Plan:
    """Return what becomes of the item."""
    if one.fault:
        return Plan(one, Outcome.REFUSED, one.code, one.fault)
    existing = known.find(one)
    if existing is None:
        return Plan(one, Outcome.NEW, one.code)
    if _says_the_same(existing, one):
        return Plan(one, Outcome.SAME, existing.code, existing=existing)
    if existing.state in UNDER_WAY:
        return Plan(one, Outcome.REFUSED, existing.code, "item_frozen", existing)
    return Plan(one, Outcome.CHANGED, one.code, existing=existing)


def _says_the_same(existing: Existing, one: Ready) -> bool:
    """Whether both ask the same and take the same for right, whatever the letters under which options are kept."""
    new = one.wording
    return new is not None and _said(existing) == _said(new)


def _said(one: Any) -> tuple[str, Any, Any, str]:
    shown, key = content.lettered_as_read(ItemType(one.type), one.content, one.key)
    return str(one.type), canonical.plain(shown), canonical.plain(key), one.explanation
