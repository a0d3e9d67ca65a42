"""Keeping what was measured of item versions, and reading it for a draw."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from questionbank.calibrations.models import ItemCalibration
from questionbank.models import ItemVersion


@dataclass(frozen=True)
class Measured:
    """The estimates of one version, as `ItemCalibration` keeps them."""

    version_id: UUID
    slope: float
    difficulty: float
    expected: float
    information: float


def keep(db: Session, measured: Iterable[Measured], *, model: str, people: int, now: datetime) -> int:
    """Keep the estimates in the place of earlier ones and return how many there are."""
    rows = [{**asdict(one), "model": model, "people": people, "calibrated_at": now} for one in measured]
    db.execute(delete(ItemCalibration).where(ItemCalibration.version_id.in_([row["version_id"] for row in rows])))
    if rows:
        db.execute(insert(ItemCalibration), rows)
    return len(rows)


def of_bank(db: Session, bank_id: UUID) -> dict[UUID, ItemCalibration]:
    """Return the estimates that there are, by version."""
    query = select(ItemCalibration).join(ItemVersion, ItemVersion.id == ItemCalibration.version_id)
    return {found.version_id: found for found in db.scalars(query.where(ItemVersion.bank_id == bank_id))}
