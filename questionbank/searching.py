"""Full-text search over items by an index of our own, the same on every database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, delete, false, insert, select
from sqlalchemy.orm import Session

from examsvc.registry.desks import grams
from questionbank import texts
from questionbank.models import ItemGram, ItemVersion

LONGEST = 48


def describe(db: Session, version: ItemVersion) -> None:
    """Make the version found by what it says now; of a secret bank by its code and tags alone."""
    db.flush()
    db.execute(delete(ItemGram).where(ItemGram.version_id == version.id))
    describe_new(db, [version])


def describe_new(db: Session, versions: Iterable[ItemVersion]) -> None:
    """Make versions found that were just written and flushed."""
    rows = [{"gram": gram, "version_id": version.id} for version in versions for gram in sorted(_grams(version))]
    db.execute(insert(cast("Table", ItemGram.__table__)), rows)  # the table's: a hundred thousand rows need no objects


def _grams(version: ItemVersion) -> set[str]:
    return grams_of(version.item.code, {} if version.is_secret else version.content, version.tags)


def grams_of(code: str, content: Mapping[str, Any], tags: Sequence[str]) -> set[str]:
    """Return what a version is found by: its code, every text that a candidate may see, its tags. Pure."""
    return {*grams.of_texts([code, *texts.of(content)]), *map(tag_gram, tags)}


def tag_gram(tag: str) -> str:
    """Return the gram of a tag: whole, however it was typed."""
    return f"#{grams.normal(tag)}"[:LONGEST]


def containing(typed: str) -> Iterator[ColumnElement[bool]]:
    """Yield the SQL conditions for the versions that hold all of what was typed; signs alone are held by none."""
    found = grams.of_query(typed)
    if typed and not found:
        yield false()
    yield from (_found_by(gram) for gram in sorted(found))


def tagged(tag: str) -> ColumnElement[bool]:
    """Return the SQL condition for the versions that carry the tag."""
    return _found_by(tag_gram(tag))


def _found_by(gram: str) -> ColumnElement[bool]:
    return select(ItemGram.gram).where(ItemGram.version_id == ItemVersion.id, ItemGram.gram == gram).exists()
