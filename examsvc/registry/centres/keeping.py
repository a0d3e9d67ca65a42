"""Sites and rooms after the application: entered, changed, closed, opened again.

A new site is before its district bureau like one of an application (C10); rooms need nobody's word.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.applications.models import Centre, Room
from examsvc.registry.applications.registers import CentreEntry, RoomEntry
from examsvc.registry.cases import service as cases
from examsvc.registry.centres.errors import CentreNameTaken, RoomNameTaken
from examsvc.registry.models import Organisation


def add_centre(db: Session, organisation_id: UUID, entry: CentreEntry, *, by: Identity, now: datetime) -> Centre:
    """Enter a site that waits for its district, and return it; raises NotFound, CentreNameTaken."""
    get_locked(db, Organisation, organisation_id)  # two sites of one name are not entered at once
    _check_own(db, organisation_id, by)
    taken = select(Centre.id).filter_by(organisation_id=organisation_id, name=entry.name, removed_at=None)
    if db.scalar(taken):
        raise CentreNameTaken
    centre = Centre(organisation_id=organisation_id, **vars(entry))
    db.add(centre)
    db.flush()
    audit.append(db, centre.audit_stream, "centre.entered", by=by, now=now, name=entry.name)
    return centre


def add_room(db: Session, centre_id: UUID, entry: RoomEntry, *, by: Identity, now: datetime) -> Room:
    """Enter a room of a site and return it; raises NotFound, RoomNameTaken."""
    centre = _own(db, centre_id, by)
    room = Room(centre=centre, **vars(entry))
    _check_name(db, centre, entry.name, room)
    db.add(room)
    return _noted(db, room, "room.entered", by=by, now=now)


def change_room(db: Session, room_id: UUID, entry: RoomEntry, *, by: Identity, now: datetime) -> Room:
    """Replace what is known of a room and return it; raises NotFound, RoomNameTaken.

    Seats that exam sessions use already stay used; publication looks at the room anew.
    """
    room = _own_room(db, room_id, by)
    _check_name(db, room.centre, entry.name, room)
    for name, value in vars(entry).items():
        setattr(room, name, value)
    return _noted(db, room, "room.entered", by=by, now=now)


def close_room(db: Session, room_id: UUID, *, by: Identity, now: datetime) -> Room:
    """Take a room out of use and return it: no exam session is published in it any more. Raises NotFound."""
    room = _own_room(db, room_id, by)
    room.removed_at = room.removed_at or now
    return _noted(db, room, "room.removed", by=by, now=now)


def open_room(db: Session, room_id: UUID, *, by: Identity, now: datetime) -> Room:
    """Take a closed room into use again and return it; raises NotFound, RoomNameTaken."""
    room = _own_room(db, room_id, by)
    _check_name(db, room.centre, room.name, room)
    room.removed_at = None
    return _noted(db, room, "room.reopened", by=by, now=now)


def all_centres(db: Session, *, by: Identity) -> list[Centre]:
    """Return the sites that the person may keep, by organisation and name."""
    query = select(Centre).join(Centre.organisation).where(Centre.removed_at.is_(None))
    own = _only_organisation(db, by)
    if own is not None:
        query = query.where(Centre.organisation_id == own)
    query = query.options(contains_eager(Centre.organisation)).order_by(Organisation.name, Centre.name, Centre.id)
    return list(db.scalars(query))


def rooms_of(db: Session, centre_ids: list[UUID]) -> list[Room]:
    """Return the rooms of the sites, closed ones too, by name."""
    return list(db.scalars(select(Room).where(Room.centre_id.in_(centre_ids)).order_by(Room.name, Room.id)))


def _noted(db: Session, room: Room, action: str, *, by: Identity, now: datetime) -> Room:
    """Write the change into the site's history and count it."""
    db.flush()
    detail: dict[str, Any] = {"room": room.id, "name": room.name, "seats": room.seats, "has_video": room.has_video}
    audit.append(db, room.centre.audit_stream, action, by=by, now=now, **detail)
    room.centre.version += 1
    return room


def _check_name(db: Session, centre: Centre, name: str, room: Room) -> None:
    with db.no_autoflush:
        query = select(Room.id).filter_by(centre_id=centre.id, name=name, removed_at=None)
        if any(found != room.id for found in db.scalars(query)):
            raise RoomNameTaken


def _own_room(db: Session, room_id: UUID, by: Identity) -> Room:
    room = get(db, Room, room_id)
    _own(db, room.centre_id, by)
    return get_locked(db, Room, room_id)


def _own(db: Session, centre_id: UUID, by: Identity) -> Centre:
    """Return the site locked, unless it is gone or another organisation's: then raise NotFound."""
    centre = get_locked(db, Centre, centre_id)
    if centre.removed_at:
        raise NotFound(thing="centre")
    _check_own(db, centre.organisation_id, by)
    return centre


def _check_own(db: Session, organisation_id: UUID, by: Identity) -> None:
    if _only_organisation(db, by) not in (None, organisation_id):
        raise NotFound(thing="organisation")


def _only_organisation(db: Session, by: Identity) -> UUID | None:
    """Return the organisation whose sites alone the person keeps, or None for an office of all."""
    affiliation = cases.affiliation(db, by)
    return affiliation.organisation_id if affiliation else None
