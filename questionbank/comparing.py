"""Two versions of an item beside each other, for those who may see what they compare."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from questionbank import authoring, browsing, differences
from questionbank.models import Item, ItemVersion


def compare(
    db: Session, item_id: UUID, start: int, end: int, *, with_key: bool, by: Identity, now: datetime
) -> dict[str, Any]:
    """Return what differs between two versions by number; raises NotFound.

    With the key, both looks at it are put on record; of a secret bank, every look.
    """
    versions = {version.number: version for version in get(db, Item, item_id).versions}
    if start not in versions or end not in versions:
        raise NotFound(thing="version of this item")
    look = browsing.view_key if with_key else browsing.view
    for number in (start, end):
        look(db, versions[number].id, by=by, now=now)
    before, after = (_told(versions[number], with_key=with_key) for number in (start, end))
    return {"start": start, "end": end, "with_key": with_key, "items": differences.between(before, after)}


def beside(db: Session, one_id: UUID, other_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return two versions of one bank and what of their contents differs, no keys; raises NotFound.

    Of a secret bank, both looks are put on record.
    """
    one, other = (browsing.view(db, version_id, by=by, now=now) for version_id in (one_id, other_id))
    if one.bank_id != other.bank_id:
        raise NotFound(thing="version of this bank")
    before, after = ({"type": str(version.type), "content": version.content} for version in (one, other))
    told = {"one": one, "other": other, "items": differences.between(before, after)}
    return {**told, "is_secret": one.is_secret, "server_now": now}


def _told(version: ItemVersion, *, with_key: bool) -> dict[str, Any]:
    point = version.knowledge_point
    told = {name: getattr(version, name) for name in authoring.METADATA if name != "knowledge_point_id"}
    told["knowledge_point"] = f"{point.work_task.number}.{point.number} {point.text}"
    secret = {"key": version.key, "explanation": version.explanation} if with_key else {}
    return {"type": str(version.type), "content": version.content, **secret, **told}
