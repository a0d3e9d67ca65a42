"""By what versions are found (`searching`) and known to be alike (`likeness`), written at once or a little later.

What describes a version are a hundred small rows. Of many versions that come in together they are not written in the
transaction that brings them in: on SQLite that would keep every other writer waiting ten times as long. What is still
to be described is a row, and is done in slices, right after the commit or by a sweep.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Select, Table, delete, select
from sqlalchemy.orm import Session

from examsvc.core import bulk, sweeps
from examsvc.core.db import Database, after_commit, database_of
from examsvc.core.sweeps import Sweep
from questionbank import searching
from questionbank.likeness import duplicates
from questionbank.models import ItemVersion, UndescribedVersion

A_SLICE = 200
"""So many versions are described in one transaction, which takes half a second; with fewer, SQLite would write every
page of the index again and again."""


def describe(db: Session, version: ItemVersion) -> None:
    """Describe the version by what it says now."""
    db.flush()
    db.execute(delete(UndescribedVersion).where(UndescribedVersion.version_id == version.id))
    searching.describe(db, version)
    duplicates.describe(db, version)


def later(db: Session, version_ids: Iterable[UUID]) -> None:
    """Leave versions that were just inserted to be described after the transaction."""
    bulk.insert_rows(db, cast("Table", UndescribedVersion.__table__), [(key,) for key in version_ids])


def soon(db: Session) -> None:
    """Describe what is left as soon as the transaction is committed."""
    database = database_of(db)
    after_commit(db, lambda: _describe_left(database))


def _describe_left(database: Database) -> None:
    sweeps.run(database, (SWEEP,))


def _due(db: Session, _now: datetime) -> Sequence[UUID]:
    """Return the first version of each slice of what is left."""
    return db.scalars(_left()).all()[::A_SLICE]


def _settle(db: Session, first: UUID, _now: datetime) -> None:
    """Describe a slice that begins with this version; what somebody else is about to describe is left to them."""
    slice_ = _left().where(UndescribedVersion.version_id >= first).limit(A_SLICE)
    keys = db.scalars(slice_.with_for_update(skip_locked=True)).all()
    versions = db.scalars(select(ItemVersion).where(ItemVersion.id.in_(keys))).all()
    searching.describe_new(db, versions)
    duplicates.describe_new(db, versions)
    db.execute(delete(UndescribedVersion).where(UndescribedVersion.version_id.in_(keys)))


def _left() -> Select[UUID]:
    return select(UndescribedVersion.version_id).order_by(UndescribedVersion.version_id)


SWEEP = Sweep("describe versions", _due, _settle, can_wait=True)
