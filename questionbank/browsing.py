"""Reading the bank: banks, one item whole, the review queue, coverage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from examsvc.accounts.models import Account
from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.registry.models import KnowledgePoint, SchemeSpecification, WorkTask
from questionbank.lifecycle import ItemState
from questionbank.models import Item, ItemBank, ItemVersion

OUT_OF_USE = (ItemState.RETIRED, ItemState.COMPROMISED)


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


def review_queue(db: Session, *, by: Identity) -> list[ItemVersion]:
    """Return the versions that wait for a review by this person, oldest first: none that they wrote."""
    query = versions().where(ItemVersion.state == ItemState.IN_REVIEW, ItemVersion.author_id != by.account_id)
    return list(db.scalars(query.order_by(ItemVersion.created_at, ItemVersion.id).options(*version_options())))


def versions() -> Select[ItemVersion]:
    """Return the query for versions, to be narrowed."""
    return select(ItemVersion).join(ItemVersion.item).join(ItemVersion.knowledge_point).join(KnowledgePoint.work_task)


_PEOPLE = (ItemVersion.author, ItemVersion.reviewer, ItemVersion.releaser)


def version_options() -> Sequence[Any]:
    """Return what a list loads with each version."""
    point = joinedload(ItemVersion.knowledge_point, innerjoin=True).joinedload(KnowledgePoint.work_task, innerjoin=True)
    people = [joinedload(person).lazyload(Account.held_roles) for person in _PEOPLE]
    return joinedload(ItemVersion.item, innerjoin=True), point, *people


def item(db: Session, item_id: UUID) -> dict[str, Any]:
    """Return an item with its versions, newest first, and its history; raises NotFound."""
    found = get(db, Item, item_id)
    query = versions().where(ItemVersion.item_id == item_id).order_by(ItemVersion.number.desc())
    found_versions = list(db.scalars(query.options(*version_options())))
    return {"item": found, "versions": found_versions, "history": audit.history(db, f"item:{item_id}")}


def version(db: Session, version_id: UUID) -> ItemVersion:
    """Return one version; raises NotFound."""
    query = versions().where(ItemVersion.id == version_id).options(*version_options())
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
    return {**item(db, item_id), "server_now": now}


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
