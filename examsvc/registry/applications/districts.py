"""The district bureau's desk: the sites in its district, and its word on each (A07, C10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from examsvc.accounts.roles import Role
from examsvc.core import blobs, states
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.applications.errors import CentreChanged, DateInFuture
from examsvc.registry.applications.models import Centre, CentreRecommendation, CentreState, Room
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Affiliation, Case, CaseReader
from examsvc.registry.cases.uploads import Upload

DEFAULT_LIMIT, MOST = 50, 100


@dataclass(frozen=True)
class Page:
    """Lines in the order of entry; `next` is the cursor of the page after, or None."""

    items: Sequence[dict[str, Any]]
    next: str | None


def centres(db: Session, *, by: Identity, state: CentreState | None, after: UUID | None, limit: int) -> Page:
    """Return the sites in the person's own district, oldest first, in one query."""
    own = select(Affiliation.district).where(Affiliation.account_id == by.account_id).scalar_subquery()
    live = (Room.centre_id == Centre.id, Room.removed_at.is_(None))
    counts = (
        select(func.count()).where(*live).scalar_subquery(),
        select(func.coalesce(func.sum(Room.seats), 0)).where(*live).scalar_subquery(),
        select(func.count()).where(*live, Room.has_video).scalar_subquery(),
    )
    query = (
        select(Centre, *counts)
        .options(joinedload(Centre.organisation))
        .where(Centre.district == own, Centre.removed_at.is_(None))
        .order_by(Centre.id)
        .limit(limit + 1)
    )
    query = query.where(Centre.id > after) if after else query
    query = query.where(Centre.state == state) if state else query
    rows = db.execute(query).all()
    lines = [_line(centre, rooms, seats, with_video) for centre, rooms, seats, with_video in rows[:limit]]
    return Page(lines, str(lines[-1]["id"]) if len(rows) > limit else None)


def _line(centre: Centre, rooms: int, seats: int, with_video: int) -> dict[str, Any]:
    return {
        "id": centre.id,
        "version": centre.version,
        "name": centre.name,
        "district": centre.district,
        "address": centre.address,
        "state": centre.state,
        "organisation_name": centre.organisation.name,
        "credit_code": centre.organisation.credit_code,
        "room_count": rooms,
        "seat_count": int(seats),
        "video_room_count": with_video,
    }


def centre(db: Session, centre_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return a site in the person's district with its rooms and everything that was said of it; raises NotFound."""
    found = _loaded(db, centre_id)
    if found.district != cases.own_district(db, by):
        raise NotFound(thing="centre")
    return view(found)


def view(found: Centre) -> dict[str, Any]:
    """Return the site as a page shows it, the latest word first."""
    seats, with_video = sum(room.seats for room in found.rooms), sum(room.has_video for room in found.rooms)
    line = _line(found, len(found.rooms), seats, with_video)
    return {**line, "rooms": found.rooms, "recommendations": found.recommendations[::-1]}


def recommend(
    db: Session, centre_id: UUID, version: int, decided_on: date, upload: Upload, *, by: Identity, now: datetime
) -> dict[str, Any]:
    """Record the district's recommendation with its date and document: 140号 二(二)3 (C10).

    Raises NotFound outside the district, CentreChanged, DateInFuture, IllegalTransition.
    """
    found = _take(db, centre_id, version, by=by)
    if decided_on > shanghai_date(now):
        raise DateInFuture
    paper = {
        "document_name": upload.file_name,
        "document_type": upload.media_type,
        "document_digest": blobs.put(upload.data),
    }
    _say(db, found, CentreState.RECOMMENDED, by=by, now=now, decided_on=decided_on, **paper)
    return view(_loaded(db, centre_id))


def refuse(db: Session, centre_id: UUID, version: int, reason: str, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Record that the district does not recommend the site, and why; raises as `recommend` does."""
    found = _take(db, centre_id, version, by=by)
    _say(db, found, CentreState.REFUSED, by=by, now=now, decided_on=shanghai_date(now), reason=reason)
    return view(_loaded(db, centre_id))


@dataclass(frozen=True)
class Paper:
    """A recommendation's document."""

    name: str
    media_type: str
    data: bytes


def document(db: Session, centre_id: UUID, recommendation_id: UUID, *, by: Identity) -> Paper:
    """Return the document of a recommendation to those who may see the site; raises NotFound."""
    said = get(db, CentreRecommendation, recommendation_id)
    if said.centre_id != centre_id or said.document_digest is None or not _may_see(db, said.centre, by):
        raise NotFound(thing="file")
    return Paper(said.document_name or "", said.document_type or "", blobs.get(said.document_digest))


def _may_see(db: Session, found: Centre, by: Identity) -> bool:
    if by.has(Role.REGISTRAR, Role.BUREAU):
        return True
    place = cases.affiliation(db, by)
    if place and (place.organisation_id == found.organisation_id or place.district == found.district):
        return True
    # An expert reads what belongs to a case of the organisation that a task opened.
    query = select(Case.id).join(CaseReader, CaseReader.case_id == Case.id)
    task = query.where(CaseReader.account_id == by.account_id, Case.organisation_id == found.organisation_id)
    return db.scalar(task.limit(1)) is not None


def _take(db: Session, centre_id: UUID, version: int, *, by: Identity) -> Centre:
    district = cases.own_district(db, by)
    found = get_locked(db, Centre, centre_id)
    if found.district != district or found.removed_at:
        raise NotFound(thing="centre")
    if found.version != version:
        raise CentreChanged(version=found.version)
    return found


def _say(db: Session, found: Centre, outcome: CentreState, *, by: Identity, now: datetime, **what: Any) -> None:
    said = CentreRecommendation(centre_id=found.id, district=found.district, outcome=outcome, recorded_at=now, **what)
    db.add(said)
    db.flush()
    states.move(db, found, outcome, by=by, now=now, recommendation=said.id)
    found.version += 1
    db.flush()


def _loaded(db: Session, centre_id: UUID) -> Centre:
    query = (
        select(Centre)
        .where(Centre.id == centre_id, Centre.removed_at.is_(None))
        .options(joinedload(Centre.organisation), selectinload(Centre.rooms), selectinload(Centre.recommendations))
        .execution_options(populate_existing=True)
    )
    found = db.scalar(query)
    if found is None:
        raise NotFound(thing="centre")
    return found
