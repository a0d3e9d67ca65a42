"""Full-text search over items by an index of our own, the same on every database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, delete, literal, select
from sqlalchemy.orm import Session, aliased

from examsvc.core import bulk
from examsvc.registry.desks import grams
from questionbank import texts
from questionbank.models import ItemGram, ItemVersion

LONGEST = 48
MOST_GRAMS = 6
NOTHING = "#"


def describe(db: Session, version: ItemVersion) -> None:
    """Make the version found by what it says now; of a secret bank by its code and tags alone."""
    db.flush()
    db.execute(delete(ItemGram).where(ItemGram.version_id == version.id))
    describe_new(db, [version])


def describe_new(db: Session, versions: Iterable[ItemVersion]) -> None:
    """Make versions found that were just written and flushed."""
    rows = sorted((gram, version.id) for version in versions for gram in _grams(version))
    bulk.insert_rows(db, cast("Table", ItemGram.__table__), rows)


def _grams(version: ItemVersion) -> set[str]:
    return grams_of(version.code, {} if version.is_secret else version.content, version.tags)


def grams_of(code: str, content: Mapping[str, Any], tags: Sequence[str]) -> set[str]:
    """Return what a version is found by: its code, every text that a candidate may see, its tags. Pure."""
    return {*grams.of_texts([code, *texts.of(content)]), *map(tag_gram, tags)}


def tag_gram(tag: str) -> str:
    """Return the gram of a tag: whole, however it was typed."""
    return f"#{grams.normal(tag)}"[:LONGEST]


def grams_typed(text: str, tag: str) -> list[str]:
    """Return what a version must hold to match what somebody typed, the most telling first; signs alone find nothing.

    Of a long text MOST_GRAMS parts count, whole words and codes before pairs of characters. Pure.
    """
    found = sorted(grams.of_query(text), key=lambda gram: (-len(gram), gram))[:MOST_GRAMS]
    typed = [*([tag_gram(tag)] if tag else []), *found]
    return typed or [NOTHING]


def first_hits(
    wanted: Sequence[str], conditions: Sequence[ColumnElement[bool]], *, most: int
) -> Select[UUID, str, int]:
    """Return the query for id, code and number of `most` versions that hold all grams and meet the conditions.

    One gram leads through its index in the order of ids, the others are looked up version by version: so the database
    stops when it has enough, however wrong it is about how rare a combination is.
    """
    leading, *others = wanted
    query = select(ItemVersion.id, ItemVersion.code, ItemVersion.number).join(
        ItemGram, ItemGram.version_id == ItemVersion.id
    )
    query = query.where(ItemGram.gram == leading, *conditions)
    query = query.where(*(_is_held(gram) for gram in others))
    return query.order_by(ItemGram.version_id).limit(most)


def _is_held(gram: str) -> ColumnElement[bool]:
    """Return the condition that what the leading gram found holds another gram too."""
    other = aliased(ItemGram)
    held = select(literal(1)).where(other.version_id == ItemGram.version_id, other.gram == gram)
    return held.correlate(ItemGram).scalar_subquery() == 1
