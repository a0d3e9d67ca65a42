"""Keeping files with a bank, finding them, and the check that an item shows none but its bank's."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, blobs
from examsvc.core.db import get_locked, only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from questionbank import content
from questionbank.errors import BadItem
from questionbank.media.files import MediumFile, prepared
from questionbank.models import ItemBank, ItemMedium

LONGEST_NAME = 200


def keep(db: Session, bank_id: UUID, name: str, data: bytes, *, by: Identity, now: datetime) -> ItemMedium:
    """Keep a file with the bank and return it; the same file again changes nothing.

    The digest is that of the bytes as they are kept, which for a picture may be others than were sent.
    Raises NotFound, TooLarge, BadMedium.
    """
    file = prepared(data, name=name)
    bank = get_locked(db, ItemBank, bank_id)
    digest = blobs.put(file.data)
    held = only(db, ItemMedium, bank_id=bank.id, digest=digest)
    return held or _add(db, bank, digest, name, file, by=by, now=now)


def _add(
    db: Session, bank: ItemBank, digest: str, name: str, file: MediumFile, *, by: Identity, now: datetime
) -> ItemMedium:
    medium = ItemMedium(
        bank_id=bank.id,
        digest=digest,
        kind=file.kind,
        media_type=file.media_type,
        width=file.width,
        height=file.height,
        bytes=len(file.data),
        name="".join(char for char in name if char.isprintable())[:LONGEST_NAME],
        created_at=now,
    )
    db.add(medium)
    db.flush()
    audit.append(db, f"bank:{bank.id}", "medium.kept", by=by, now=now, digest=digest, name=medium.name)
    return medium


def medium(db: Session, bank_id: UUID, digest: str) -> ItemMedium:
    """Return a file of the bank; raises NotFound."""
    held = only(db, ItemMedium, bank_id=bank_id, digest=digest)
    if held is None:
        raise NotFound(thing="medium")
    return held


def check_held(db: Session, bank_id: UUID, item_content: dict[str, Any]) -> None:
    """Raise BadItem unless the bank holds every file that a sound content shows, as the content describes it."""
    named = list(content.files(item_content))
    if not named:
        return
    digests = {entry["digest"] for _, entry in named}
    query = select(ItemMedium).where(ItemMedium.bank_id == bank_id, ItemMedium.digest.in_(digests))
    held = {one.digest: one for one in db.scalars(query)}
    for field, entry in named:
        if entry["digest"] not in held:
            raise BadItem(field=field, fault="media_missing", reason="the bank does not hold a file that it shows")
        _check_described(field, entry, held[entry["digest"]])


def _check_described(field: str, entry: dict[str, Any], held: ItemMedium) -> None:
    """A hotspot's picture has no kind, and media have no width and height: what is not said is not wrong."""
    facts = {"kind": held.kind, "media_type": held.media_type, "width": held.width, "height": held.height}
    if any(entry.get(name, fact) != fact for name, fact in facts.items()) or _is_no_picture(entry, held):
        raise BadItem(field=field, fault="media_differs", reason="a file is described otherwise than the bank holds it")


def _is_no_picture(entry: dict[str, Any], held: ItemMedium) -> bool:
    return "kind" not in entry and held.kind != content.MediaKind.PICTURE
