"""Writing items: drafts, and new versions of what has been reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, get_locked, only
from examsvc.core.identity import Identity
from examsvc.registry.models import KnowledgePoint
from questionbank import content, searching
from questionbank.errors import BadItem, CodeTaken, ExternalIdTaken, ItemFrozen, NotTheAuthor
from questionbank.kinds import Bloom, Difficulty, Importance, ItemType
from questionbank.lifecycle import ItemState
from questionbank.likeness import duplicates
from questionbank.media import keeping
from questionbank.models import Item, ItemBank, ItemVersion


@dataclass(frozen=True)
class Wording:
    """What an author writes: the item and what is said of it (`METADATA`)."""

    type: ItemType
    difficulty: Difficulty
    knowledge_point_id: UUID
    content: dict[str, Any]
    key: dict[str, Any]
    explanation: str
    importance: Importance | None = None
    bloom: Bloom | None = None
    tags: Sequence[str] = ()
    source: str = ""
    rights: str = ""


@dataclass(frozen=True)
class NewItem:
    """An item that the bank has not yet, by code or external id."""

    code: str
    wording: Wording
    external_id: str | None = None
    source_extras: Mapping[str, Any] | None = None


METADATA = ("difficulty", "knowledge_point_id", "importance", "bloom", "tags", "source", "rights")


def create_bank(db: Session, organisation_id: UUID, specification_id: UUID, name: str, *, now: datetime) -> ItemBank:
    """Create an empty bank for a specification and return it."""
    bank = ItemBank(organisation_id=organisation_id, specification_id=specification_id, name=name, created_at=now)
    db.add(bank)
    db.flush()
    return bank


def write_item(
    db: Session,
    bank_id: UUID,
    code: str,
    wording: Wording,
    *,
    external_id: str | None = None,
    source_extras: Mapping[str, Any] | None = None,
    by: Identity,
    now: datetime,
) -> ItemVersion:
    """Write a new item as a draft and return its first version; raises BadItem, CodeTaken, ExternalIdTaken."""
    _check(db, bank_id, wording)
    if only(db, Item, bank_id=bank_id, code=code):
        raise CodeTaken
    if external_id and only(db, Item, bank_id=bank_id, external_id=external_id):
        raise ExternalIdTaken
    extras = dict(source_extras) if source_extras else None
    item = Item(bank_id=bank_id, code=code, external_id=external_id or None, source_extras=extras)
    db.add(item)
    db.flush()
    return _add_version(db, item, 1, wording, by=by, now=now)


def write_items(db: Session, bank_id: UUID, items: Sequence[NewItem], *, by: Identity, now: datetime) -> None:
    """Write many new items as drafts, with a handful of statements for all; raises BadItem.

    That none of them is in the bank is for the caller to know; the database refuses the second of a code.
    """
    bank = get(db, ItemBank, bank_id)
    points = [get(db, KnowledgePoint, key) for key in {item.wording.knowledge_point_id for item in items}]
    for item in items:
        _check(db, bank_id, item.wording)  # asks for no row again while `bank` and `points` are held
    del points
    versions = [_first_version(bank, item, by=by, now=now) for item in items]
    db.add_all(versions)
    db.flush()
    searching.describe_new(db, versions)
    duplicates.describe_new(db, versions)
    firsts = [(version.audit_stream, {"version": version.number}) for version in versions]
    audit.begin(db, firsts, "item.written", by=by, now=now)


def _first_version(bank: ItemBank, new: NewItem, *, by: Identity, now: datetime) -> ItemVersion:
    extras = dict(new.source_extras) if new.source_extras else None
    item = Item(bank=bank, code=new.code, external_id=new.external_id or None, source_extras=extras)
    version = ItemVersion(item=item, number=1, state=ItemState.DRAFT, author_id=by.account_id, created_at=now)
    _put(version, new.wording)
    return version


def write_version(db: Session, item_id: UUID, wording: Wording, *, by: Identity, now: datetime) -> ItemVersion:
    """Write the next version of an item as a draft; raises BadItem, and ItemFrozen while a draft is under way."""
    item = get_locked(db, Item, item_id)
    _check(db, item.bank_id, wording)
    latest = item.versions[-1]
    if latest.state in (ItemState.DRAFT, ItemState.IN_REVIEW):
        raise ItemFrozen
    return _add_version(db, item, latest.number + 1, wording, by=by, now=now)


def revise_draft(db: Session, version_id: UUID, wording: Wording, *, by: Identity, now: datetime) -> ItemVersion:
    """Change a draft; raises BadItem, ItemFrozen, NotTheAuthor."""
    version = get_locked(db, ItemVersion, version_id)
    if version.state != ItemState.DRAFT:
        raise ItemFrozen
    if version.author_id != by.account_id:
        raise NotTheAuthor
    _check(db, version.item.bank_id, wording)
    _put(version, wording)
    _describe(db, version)
    audit.append(db, version.audit_stream, "item.revised", by=by, now=now, version=version.number)
    return version


def _add_version(db: Session, item: Item, number: int, wording: Wording, *, by: Identity, now: datetime) -> ItemVersion:
    version = ItemVersion(item=item, number=number, state=ItemState.DRAFT, author_id=by.account_id, created_at=now)
    _put(version, wording)
    db.add(version)
    _describe(db, version)
    audit.append(db, version.audit_stream, "item.written", by=by, now=now, version=number)
    return version


def _describe(db: Session, version: ItemVersion) -> None:
    searching.describe(db, version)
    duplicates.describe(db, version)


def _put(version: ItemVersion, wording: Wording) -> None:
    version.type = wording.type
    for name in METADATA:
        setattr(version, name, getattr(wording, name))
    version.tags = list(dict.fromkeys(wording.tags))
    version.content, version.key = content.lettered(wording.type, wording.content, wording.key)
    version.explanation = wording.explanation


def _check(db: Session, bank_id: UUID, wording: Wording) -> None:
    content.check_draft(wording.type, wording.content, wording.key)
    keeping.check_held(db, bank_id, wording.content)
    point = get(db, KnowledgePoint, wording.knowledge_point_id)
    if point.work_task.specification_id != get(db, ItemBank, bank_id).specification_id:
        reason = "the knowledge point belongs to another specification"
        raise BadItem(field="knowledge_point_id", fault="foreign_point", reason=reason)
