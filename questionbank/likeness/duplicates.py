"""Items of a bank that say the same, or nearly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, delete, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from examsvc.core import bulk
from examsvc.core.db import get
from examsvc.core.sealing import sealer
from questionbank import browsing, fingerprints
from questionbank.likeness.models import ItemBand
from questionbank.models import Item, ItemBank, ItemVersion

ALIKE = 0.7
MOST_CANDIDATES, MOST_PAIRS, CROWD = 50, 200, 40


@dataclass(frozen=True)
class Likeness:
    """A version that is like another one; `similarity` is the share of trigrams they have in common."""

    version: ItemVersion
    similarity: float
    is_same: bool


@dataclass(frozen=True)
class Written:
    """A version that was just written, and what it is like."""

    version: ItemVersion
    duplicates: Sequence[Likeness]


@dataclass(frozen=True)
class Pair:
    """Two items that are alike, by code."""

    one: ItemVersion
    other: ItemVersion
    similarity: float
    is_same: bool


def describe(db: Session, version: ItemVersion) -> None:
    """File the version by what it says now."""
    db.flush()
    db.execute(delete(ItemBand).where(ItemBand.version_id == version.id))
    describe_new(db, [version])


def describe_new(db: Session, versions: Iterable[ItemVersion]) -> None:
    """File versions that were just written and flushed."""
    rows = sorted((version.bank_id, band, version.id) for version in versions for band in _bands(version))
    bulk.insert_rows(db, cast("Table", ItemBand.__table__), rows)


def of_version(db: Session, version: ItemVersion) -> list[Likeness]:
    """Return the versions in use of other items of the bank that are like this one, the most alike first."""
    shared = (
        select(ItemBand.version_id)
        .where(ItemBand.bank_id == version.item.bank_id, ItemBand.band.in_(_bands(version)))
        .group_by(ItemBand.version_id)
        .order_by(func.count().desc())
        .limit(MOST_CANDIDATES)
    )
    query = _in_use().where(ItemVersion.id.in_(shared), ItemVersion.item_id != version.item_id)
    found = (Likeness(other, *_measured(version, other)) for other in db.scalars(query))
    return sorted((one for one in found if _counts(one)), key=lambda one: (-one.similarity, one.version.item.code))


def warned(db: Session, version_id: UUID) -> Written:
    """Return a version that was just written with the items that are like it; raises NotFound."""
    version = browsing.version(db, version_id)
    return Written(version, of_version(db, version))


def in_bank(db: Session, bank_id: UUID) -> list[Pair]:
    """Return the pairs of items of a bank that are alike, the most alike first, not more than MOST_PAIRS."""
    get(db, ItemBank, bank_id)
    ids = list(_candidates(db, bank_id))
    versions = {version.id: version for version in _loaded(db, {key for pair in ids for key in pair})}
    found = (
        Pair(versions[one], versions[other], *_measured(versions[one], versions[other]))
        for one, other in ids
        if one in versions and other in versions
    )
    pairs = sorted((pair for pair in found if _counts(pair)), key=lambda pair: (-pair.similarity, pair.one.item.code))
    return pairs[:MOST_PAIRS]


def _bands(version: ItemVersion) -> list[int]:
    """Return what the version is filed under; of a secret bank it tells nothing without the master key."""
    key = sealer().key(f"bank.likeness:{version.bank_id}") if version.is_secret else b""
    return fingerprints.bands(version.content, key)


def _candidates(db: Session, bank_id: UUID) -> Iterator[tuple[UUID, UUID]]:
    """Yield pairs of versions of different items by how many bands they share; a band with a crowd tells nothing."""
    crowd = select(ItemBand.band).where(ItemBand.bank_id == bank_id).group_by(ItemBand.band)
    telling = crowd.having(func.count().between(2, CROWD))
    one, other = aliased(ItemBand), aliased(ItemBand)
    mine, its = aliased(ItemVersion), aliased(ItemVersion)
    query = (
        select(one.version_id, other.version_id)
        .join(other, (other.bank_id == one.bank_id) & (other.band == one.band) & (other.version_id > one.version_id))
        .join(mine, mine.id == one.version_id)
        .join(its, its.id == other.version_id)
        .where(one.bank_id == bank_id, one.band.in_(telling), mine.item_id != its.item_id)
        .where(mine.state.not_in(browsing.OUT_OF_USE), its.state.not_in(browsing.OUT_OF_USE))
        .group_by(one.version_id, other.version_id)
        .order_by(func.count().desc(), one.version_id, other.version_id)
        .limit(2 * MOST_PAIRS)
    )
    yield from ((left, right) for left, right in db.execute(query))


def _loaded(db: Session, ids: Iterable[UUID]) -> Sequence[ItemVersion]:
    return db.scalars(_in_use().where(ItemVersion.id.in_(list(ids)))).all()


def _in_use() -> Any:
    query = select(ItemVersion).join(Item).where(ItemVersion.state.not_in(browsing.OUT_OF_USE))
    return query.options(joinedload(ItemVersion.item))


def _measured(one: ItemVersion, other: ItemVersion) -> tuple[float, bool]:
    same = fingerprints.same(one.content) == fingerprints.same(other.content)
    share = fingerprints.similarity(fingerprints.trigrams(one.content), fingerprints.trigrams(other.content))
    return round(share, 3), same


def _counts(found: Likeness | Pair) -> bool:
    return found.is_same or found.similarity >= ALIKE
