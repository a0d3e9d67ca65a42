"""Reading the bank: banks, items with filters, one item whole, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from examsvc.accounts.models import Account
from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.registry.models import KnowledgePoint, SchemeSpecification, WorkTask
from questionbank import searching
from questionbank.kinds import Bloom, Difficulty, Importance, ItemType
from questionbank.lifecycle import ItemState
from questionbank.models import Item, ItemBank, ItemVersion

PAGE_SIZE = 50
OUT_OF_USE = (ItemState.RETIRED, ItemState.COMPROMISED)


@dataclass(frozen=True)
class ItemFilter:
    """Which versions a list shows; without a state, all that are not out of use."""

    state: ItemState | None = None
    type: ItemType | None = None
    difficulty: Difficulty | None = None
    work_task: int | None = None
    knowledge_point_id: UUID | None = None
    importance: Importance | None = None
    bloom: Bloom | None = None
    tag: str = ""
    text: str = ""


@dataclass(frozen=True)
class Page:
    """A page of a list and how many rows there are in all; pages count from 1."""

    items: Sequence[Any]
    total: int
    page: int
    page_size: int = PAGE_SIZE


def banks(db: Session) -> list[dict[str, Any]]:
    """Return every bank with how many versions it has in each state."""
    query = select(ItemBank).options(*_bank_options()).order_by(ItemBank.name)
    counts = db.execute(
        select(Item.bank_id, ItemVersion.state, func.count()).join(Item).group_by(Item.bank_id, ItemVersion.state)
    ).all()
    by_bank = {(bank_id, str(state)): number for bank_id, state, number in counts}
    return [
        {"bank": bank, "counts": {state: by_bank.get((bank.id, state), 0) for state in ItemState}}
        for bank in db.scalars(query)
    ]


def bank(db: Session, bank_id: UUID) -> ItemBank:
    """Return a bank with its specification's work tasks and knowledge points; raises NotFound."""
    tasks = selectinload(SchemeSpecification.work_tasks).selectinload(WorkTask.knowledge_points)
    query = (
        select(ItemBank)
        .where(ItemBank.id == bank_id)
        .options(*_bank_options(), joinedload(ItemBank.specification).options(tasks))
    )
    return db.scalars(query).one_or_none() or get(db, ItemBank, bank_id)


def _bank_options() -> Sequence[Any]:
    specification = joinedload(ItemBank.specification).joinedload(SchemeSpecification.scheme)
    return joinedload(ItemBank.organisation), specification


def items(db: Session, bank_id: UUID, wanted: ItemFilter, *, page: int) -> Page:
    """Return a page of the bank's versions by code, newest version first; raises NotFound for no such bank."""
    get(db, ItemBank, bank_id)
    query = _versions().where(Item.bank_id == bank_id, *_conditions(wanted))
    total = db.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = query.order_by(Item.code, ItemVersion.number.desc()).options(*_version_options())
    return Page(list(db.scalars(rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))), total, page)


def review_queue(db: Session, *, by: Identity) -> list[ItemVersion]:
    """Return the versions that wait for a review by this person, oldest first: none that they wrote."""
    query = _versions().where(ItemVersion.state == ItemState.IN_REVIEW, ItemVersion.author_id != by.account_id)
    return list(db.scalars(query.order_by(ItemVersion.created_at, ItemVersion.id).options(*_version_options())))


def _versions() -> Select[ItemVersion]:
    return select(ItemVersion).join(ItemVersion.item).join(ItemVersion.knowledge_point).join(KnowledgePoint.work_task)


_PEOPLE = (ItemVersion.author, ItemVersion.reviewer, ItemVersion.releaser)


def _version_options() -> Sequence[Any]:
    point = joinedload(ItemVersion.knowledge_point).joinedload(KnowledgePoint.work_task)
    people = [joinedload(person).lazyload(Account.held_roles) for person in _PEOPLE]
    return joinedload(ItemVersion.item), point, *people


def _conditions(wanted: ItemFilter) -> list[ColumnElement[bool]]:
    state = ItemVersion.state == wanted.state if wanted.state else ItemVersion.state.not_in(OUT_OF_USE)
    conditions: list[ColumnElement[bool]] = [state]
    named = ("type", "difficulty", "knowledge_point_id", "importance", "bloom")
    conditions += [getattr(ItemVersion, name) == getattr(wanted, name) for name in named if getattr(wanted, name)]
    if wanted.work_task:
        conditions.append(WorkTask.number == wanted.work_task)
    if wanted.tag:
        conditions.append(searching.tagged(wanted.tag))
    return [*conditions, *searching.containing(wanted.text)]


def item(db: Session, item_id: UUID) -> dict[str, Any]:
    """Return an item with its versions, newest first, and its history; raises NotFound."""
    found = get(db, Item, item_id)
    query = _versions().where(ItemVersion.item_id == item_id).order_by(ItemVersion.number.desc())
    versions = list(db.scalars(query.options(*_version_options())))
    return {"item": found, "versions": versions, "history": audit.history(db, f"item:{item_id}")}


def version(db: Session, version_id: UUID) -> ItemVersion:
    """Return one version; raises NotFound."""
    query = _versions().where(ItemVersion.id == version_id).options(*_version_options())
    return db.scalars(query).one_or_none() or get(db, ItemVersion, version_id)


def view_key(db: Session, version_id: UUID, *, by: Identity, now: datetime) -> ItemVersion:
    """Return a version for a reader of its key, and put on record who looked; raises NotFound."""
    found = version(db, version_id)
    audit.append(db, found.audit_stream, "item.viewed", by=by, now=now, version=found.number)
    return found


def view(db: Session, version_id: UUID, *, by: Identity, now: datetime) -> ItemVersion:
    """Return a version for whoever reads it; of a secret bank it is put on record. Raises NotFound."""
    found = version(db, version_id)
    if found.is_secret:
        audit.append(db, found.audit_stream, "item.read", by=by, now=now, version=found.number)
    return found


def view_item(db: Session, item_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return an item whole; of a secret bank it is put on record who looked. Raises NotFound."""
    found = get(db, Item, item_id)
    if found.bank.is_secret:
        audit.append(db, f"item:{item_id}", "item.read", by=by, now=now)
    return item(db, item_id)


def coverage(db: Session, bank_id: UUID) -> list[dict[str, Any]]:
    """Return how many released versions there are for each knowledge point, type and difficulty that has any."""
    get(db, ItemBank, bank_id)
    columns = (ItemVersion.knowledge_point_id, ItemVersion.type, ItemVersion.difficulty)
    query = (
        select(*columns, func.count())
        .join(Item)
        .where(Item.bank_id == bank_id, ItemVersion.state == ItemState.RELEASED)
        .group_by(*columns)
    )
    names = ("knowledge_point_id", "type", "difficulty", "count")
    return [dict(zip(names, row, strict=True)) for row in db.execute(query)]
