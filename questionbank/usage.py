"""How often a version was drawn, counted at every draw, and which papers hold it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from examsvc.core.db import get
from questionbank.models import ItemVersion, Paper, PaperItem

MOST_PAPERS = 200


def count(db: Session, drawn: Mapping[UUID, int], *, now: datetime) -> None:
    """Count so many more draws of each of the versions."""
    locked = select(ItemVersion.id).where(ItemVersion.id.in_(drawn)).order_by(ItemVersion.id)
    db.execute(locked.with_for_update(key_share=True))  # in one order, so that two draws do not deadlock
    for times in set(drawn.values()):
        alike = [version_id for version_id, number in drawn.items() if number == times]
        counted = {"drawn_count": ItemVersion.drawn_count + times, "last_drawn_at": now}
        db.execute(
            update(ItemVersion).where(ItemVersion.id.in_(alike)).values(counted),
            execution_options={"synchronize_session": False},
        )


def papers_with(db: Session, version_id: UUID) -> list[Paper]:
    """Return the papers that hold the version, the latest first, not more than MOST_PAPERS; raises NotFound."""
    get(db, ItemVersion, version_id)
    query = select(Paper).join(PaperItem, PaperItem.paper_id == Paper.id).where(PaperItem.item_version_id == version_id)
    order = (Paper.created_at.desc(), Paper.id.desc())
    return list(db.scalars(query.order_by(*order).limit(MOST_PAPERS).options(joinedload(Paper.blueprint))))
