"""What makes results void, as it is stored."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.models import Result, ResultVoid
from scoring.states import ResultState


def standing(db: Session, result_ids: Collection[UUID]) -> list[ResultVoid]:
    """Return what makes these results void now, oldest first."""
    query = select(ResultVoid).where(ResultVoid.result_id.in_(result_ids), ResultVoid.restored_at.is_(None))
    return list(db.scalars(query.order_by(ResultVoid.voided_at, ResultVoid.ruling_id)))


def before(db: Session, result: Result) -> dict[str, Any]:
    """Return how a void result stood before the first of the rulings that make it so."""
    query = select(ResultVoid).filter_by(result_id=result.id).order_by(ResultVoid.voided_at.desc())
    return next(each.was for each in db.scalars(query) if each.was["state"] != ResultState.VOID)


def is_settled(db: Session, result: Result) -> bool:
    """Return whether the result is published, or was when it became void: its evidence does not change any more."""
    if result.state != ResultState.VOID:
        return result.state == ResultState.PUBLISHED
    return bool(before(db, result)["state"] == ResultState.PUBLISHED)
