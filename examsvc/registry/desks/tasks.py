"""What waits for experts and district bureaus: not whole cases, but something in them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.accounts.roles import Role
from examsvc.core.identity import Identity
from examsvc.registry.applications.models import Centre, CentreState
from examsvc.registry.cases.models import Affiliation, Case
from examsvc.registry.reviews import opining
from examsvc.registry.reviews.models import Panellist, Review

MOST_TASKS = 50


class TaskKind(StrEnum):
    OPINION = "OPINION"  # an expert's, on a panel
    CENTRE = "CENTRE"  # 考核点, waits for the recommendation of its district


def of(db: Session, *, by: Identity) -> list[dict[str, Any]]:
    """Return the tasks that wait for the person, the oldest first, in one query for each role."""
    found: list[dict[str, Any]] = []
    if by.has(Role.EXPERT):
        found += _opinions(db, by)
    if by.has(Role.DISTRICT):
        found += _centres(db, by)
    return found


def _opinions(db: Session, by: Identity) -> Iterator[dict[str, Any]]:
    pending = (Panellist.account_id == by.account_id, Panellist.opinion.is_(None), Panellist.stood_down_at.is_(None))
    query = select(Case.id, Case.scheme_name, Panellist.appointed_at).select_from(Panellist)
    query = query.join(Review, Review.id == Panellist.review_id).join(Case, Case.id == Review.case_id)
    query = query.where(*pending, *opining.under_way()).order_by(Panellist.appointed_at, Panellist.id)
    for case_id, name, since_at in db.execute(query.limit(MOST_TASKS)):
        yield {"kind": TaskKind.OPINION, "case_id": case_id, "name": name, "since_at": since_at}


def _centres(db: Session, by: Identity) -> Iterator[dict[str, Any]]:
    own = select(Affiliation.district).where(Affiliation.account_id == by.account_id)
    proposed = (Centre.state == CentreState.PROPOSED, Centre.removed_at.is_(None), Centre.district.in_(own))
    query = select(Centre).options(joinedload(Centre.organisation)).where(*proposed).order_by(Centre.id)
    for centre in db.scalars(query.limit(MOST_TASKS)):
        name = f"{centre.organisation.name} · {centre.name}"
        yield {"kind": TaskKind.CENTRE, "case_id": None, "name": name, "since_at": None}
