"""Writing items: drafts, and new versions of what has been reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, ids
from examsvc.core.db import get, get_locked, only
from examsvc.core.identity import Identity
from examsvc.registry.models import KnowledgePoint
from questionbank import content, describing
from questionbank.errors import BadItem, CodeTaken, ExternalIdTaken, ItemFrozen, NotTheAuthor
from questionbank.inserting import NewVersion, insert_drafts, insert_items
from questionbank.kinds import Bloom, Difficulty, Importance, ItemType
from questionbank.lifecycle import UNDER_WAY, ItemState
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


@dataclass(frozen=True)
class NextVersion:
    """What follows the latest version of an item, which is reviewed."""

    item_id: UUID
    code: str
    number: int
    wording: Wording


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
    new = NewItem(code, wording, external_id or None, source_extras or None)
    _check(db, bank_id, wording)
    if only(db, Item, bank_id=bank_id, code=code):
        raise CodeTaken
    if external_id and only(db, Item, bank_id=bank_id, external_id=external_id):
        raise ExternalIdTaken
    [version_id] = _write_new(db, bank_id, [new], by=by, now=now)
    return _described(db, version_id)


def write_items(db: Session, bank_id: UUID, items: Sequence[NewItem], *, by: Identity, now: datetime) -> None:
    """Write many new items as drafts, with a handful of statements for all; raises BadItem.

    That none of them is in the bank is for the caller to know; the database refuses the second of a code.
    They are found, and known to be alike, a little later: see `describing`.
    """
    _check_all(db, bank_id, [item.wording for item in items])
    describing.later(db, _write_new(db, bank_id, items, by=by, now=now))


def _write_new(db: Session, bank_id: UUID, items: Sequence[NewItem], *, by: Identity, now: datetime) -> list[UUID]:
    drafts = [NewVersion(ids.new_id(), item.code, 1, _columns(item.wording)) for item in items]
    rows = [_item_row(bank_id, draft.item_id, item) for draft, item in zip(drafts, items, strict=True)]
    insert_items(db, rows)
    written = insert_drafts(db, get(db, ItemBank, bank_id), drafts, by=by, now=now)
    firsts = [(draft.audit_stream, {"version": 1}) for draft in drafts]
    audit.begin(db, firsts, "item.written", by=by, now=now)
    return written


def _item_row(bank_id: UUID, item_id: UUID, new: NewItem) -> dict[str, Any]:
    told = {"code": new.code, "external_id": new.external_id or None}
    return {"id": item_id, "bank_id": bank_id, **told, "source_extras": new.source_extras or None}


def write_version(db: Session, item_id: UUID, wording: Wording, *, by: Identity, now: datetime) -> ItemVersion:
    """Write the next version of an item as a draft; raises BadItem, and ItemFrozen while a draft is under way."""
    item = get_locked(db, Item, item_id)
    _check(db, item.bank_id, wording)
    latest = item.versions[-1]
    if latest.state in UNDER_WAY:
        raise ItemFrozen
    draft = NewVersion(item_id, item.code, latest.number + 1, _columns(wording))
    [version_id] = _write_next(db, item.bank_id, [draft], by=by, now=now)
    db.expire(item, ["versions"])
    return _described(db, version_id)


def write_versions(db: Session, bank_id: UUID, versions: Sequence[NextVersion], *, by: Identity, now: datetime) -> None:
    """Write the next versions of many items as drafts, as `write_items` does; raises BadItem.

    That their items are locked and no draft is under way is for the caller to know.
    """
    _check_all(db, bank_id, [version.wording for version in versions])
    drafts = [NewVersion(one.item_id, one.code, one.number, _columns(one.wording)) for one in versions]
    describing.later(db, _write_next(db, bank_id, drafts, by=by, now=now))


def _write_next(db: Session, bank_id: UUID, drafts: Sequence[NewVersion], *, by: Identity, now: datetime) -> list[UUID]:
    written = insert_drafts(db, get(db, ItemBank, bank_id), drafts, by=by, now=now)
    nexts = [(draft.audit_stream, {"version": draft.number}) for draft in drafts]
    audit.append_each(db, nexts, "item.written", by=by, now=now)
    return written


def _described(db: Session, version_id: UUID) -> ItemVersion:
    version = get(db, ItemVersion, version_id)
    describing.describe(db, version)
    return version


def revise_draft(db: Session, version_id: UUID, wording: Wording, *, by: Identity, now: datetime) -> ItemVersion:
    """Change a draft; raises BadItem, ItemFrozen, NotTheAuthor."""
    version = get_locked(db, ItemVersion, version_id)
    if version.state != ItemState.DRAFT:
        raise ItemFrozen
    if version.author_id != by.account_id:
        raise NotTheAuthor
    _check(db, version.bank_id, wording)
    for name, value in _columns(wording).items():
        setattr(version, name, value)
    describing.describe(db, version)
    audit.append(db, version.audit_stream, "item.revised", by=by, now=now, version=version.number)
    return version


def _columns(wording: Wording) -> dict[str, Any]:
    """Return what a version stores of a wording."""
    shown, key = content.lettered(wording.type, wording.content, wording.key)
    said = {name: getattr(wording, name) for name in METADATA}
    stored = {"type": wording.type, "content": shown, "key": key, "explanation": wording.explanation}
    return {**said, **stored, "tags": list(dict.fromkeys(wording.tags))}


def _check_all(db: Session, bank_id: UUID, wordings: Sequence[Wording]) -> None:
    points = [get(db, KnowledgePoint, key) for key in {wording.knowledge_point_id for wording in wordings}]
    bank = get(db, ItemBank, bank_id)
    for wording in wordings:
        _check(db, bank_id, wording)  # asks for no row again while `bank` and `points` are held
    del bank, points


def _check(db: Session, bank_id: UUID, wording: Wording) -> None:
    content.check_draft(wording.type, wording.content, wording.key)
    keeping.check_held(db, bank_id, wording.content)
    point = get(db, KnowledgePoint, wording.knowledge_point_id)
    if point.work_task.specification_id != get(db, ItemBank, bank_id).specification_id:
        reason = "the knowledge point belongs to another specification"
        raise BadItem(field="knowledge_point_id", fault="foreign_point", reason=reason)
