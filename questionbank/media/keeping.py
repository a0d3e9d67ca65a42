"""Keeping files with a bank, finding them, and the check that an item shows none but its bank's."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
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
from questionbank.content import MediaKind
from questionbank.errors import BadItem
from questionbank.media.files import prepared
from questionbank.models import ItemBank, ItemMedium

LONGEST_NAME = 200


@dataclass(frozen=True)
class Stored:
    """A file whose bytes are stored and that no bank needs to hold yet; `bytes` is how many they are."""

    digest: str
    kind: MediaKind
    media_type: str
    width: int | None
    height: int | None
    bytes: int
    name: str


def digest_of(data: bytes) -> str:
    """Return the digest under which `blobs.put` would store the bytes."""
    return hashlib.sha256(data).hexdigest()


def stored(name: str, data: bytes, put: Callable[[bytes], str] = blobs.put) -> Stored:
    """Store a file, or do with its bytes what `put` does, and return it; raises TooLarge, BadMedium.

    The digest is that of the bytes as they are kept, which for a picture may be others than were sent.
    """
    file = prepared(data, name=name)
    shown = "".join(char for char in name if char.isprintable())[:LONGEST_NAME]
    size = len(file.data)
    return Stored(put(file.data), file.kind, file.media_type, file.width, file.height, size, shown)


def keep(db: Session, bank_id: UUID, name: str, data: bytes, *, by: Identity, now: datetime) -> ItemMedium:
    """Keep a file with the bank and return it; the same file again changes nothing.

    Raises NotFound, TooLarge, BadMedium.
    """
    file = stored(name, data)
    bank = get_locked(db, ItemBank, bank_id)
    return only(db, ItemMedium, bank_id=bank.id, digest=file.digest) or _add(db, bank, file, by=by, now=now)


def keep_all(db: Session, bank_id: UUID, files: Iterable[Stored], *, by: Identity, now: datetime) -> None:
    """Keep files that are stored with the bank, those that it holds already unchanged; raises NotFound."""
    wanted = {file.digest: file for file in files}
    if not wanted:
        return
    bank = get_locked(db, ItemBank, bank_id)
    query = select(ItemMedium.digest).where(ItemMedium.bank_id == bank_id, ItemMedium.digest.in_(wanted))
    held = set(db.scalars(query))
    for file in wanted.values():
        if file.digest not in held:
            _add(db, bank, file, by=by, now=now)


def _add(db: Session, bank: ItemBank, file: Stored, *, by: Identity, now: datetime) -> ItemMedium:
    medium = ItemMedium(bank_id=bank.id, created_at=now, **asdict(file))
    db.add(medium)
    db.flush()
    audit.append(db, f"bank:{bank.id}", "medium.kept", by=by, now=now, digest=file.digest, name=medium.name)
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
