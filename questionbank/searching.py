"""Full-text search over items by an index of our own, the same on every database."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, false, insert, select
from sqlalchemy.orm import Session

from examsvc.registry.desks import grams
from questionbank import texts
from questionbank.models import ItemGram, ItemVersion

LONGEST = 48
MOST_GRAMS = 6


def describe(db: Session, version: ItemVersion) -> None:
    """Make the version found by what it says now; of a secret bank by its code and tags alone."""
    db.flush()
    db.execute(delete(ItemGram).where(ItemGram.version_id == version.id))
    found = grams_of(version.item.code, {} if version.is_secret else version.content, version.tags)
    db.execute(insert(ItemGram), [{"gram": gram, "version_id": version.id} for gram in sorted(found)])


def grams_of(code: str, content: Mapping[str, Any], tags: Sequence[str]) -> set[str]:
    """Return what a version is found by: its code, every text that a candidate may see, its tags. Pure."""
    return {*grams.of_texts([code, *texts.of(content)]), *map(tag_gram, tags)}


def tag_gram(tag: str) -> str:
    """Return the gram of a tag: whole, however it was typed."""
    return f"#{grams.normal(tag)}"[:LONGEST]


def containing(typed: str) -> Iterator[ColumnElement[bool]]:
    """Yield the SQL conditions for the versions that hold what was typed; signs alone are held by none.

    Of a long text MOST_GRAMS parts count, whole words and codes first: each costs the database a join to plan.
    """
    found = grams.of_query(typed)
    if typed and not found:
        yield false()
    telling = sorted(found, key=lambda gram: (-len(gram), gram))[:MOST_GRAMS]
    yield from (_found_by(gram) for gram in telling)


def tagged(tag: str) -> ColumnElement[bool]:
    """Return the SQL condition for the versions that carry the tag."""
    return _found_by(tag_gram(tag))


def _found_by(gram: str) -> ColumnElement[bool]:
    return select(ItemGram.gram).where(ItemGram.version_id == ItemVersion.id, ItemGram.gram == gram).exists()
