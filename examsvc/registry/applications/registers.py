"""An organisation's registers as its application fills them: staff, sites, rooms."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.db import get_locked
from examsvc.core.errors import Invalid, NotFound
from examsvc.core.identity import Identity
from examsvc.registry.applications import holding
from examsvc.registry.applications.kinds import RoomKind, StaffKind
from examsvc.registry.applications.models import Application, Centre, CentreState, Room, StaffMember


@dataclass(frozen=True)
class StaffEntry:
    """A line of a roster; without `valid_to_on` the qualification holds for good."""

    kind: StaffKind
    name: str
    qualification: str
    certificate_number: str
    valid_from_on: date
    valid_to_on: date | None


@dataclass(frozen=True)
class CentreEntry:
    name: str
    district: str
    address: str


@dataclass(frozen=True)
class RoomEntry:
    name: str
    kind: RoomKind
    seats: int
    has_video: bool
    equipment: str


def put_staff(
    db: Session,
    case_id: UUID,
    version: int,
    entry: StaffEntry,
    *,
    member_id: UUID | None = None,
    by: Identity,
    now: datetime,
) -> Application:
    """Enter somebody into a roster, or replace the line `member_id`; raises Invalid, NotFound."""
    application = holding.take_open(db, case_id, version, by=by)
    if entry.valid_to_on and entry.valid_to_on < entry.valid_from_on:
        raise Invalid(errors={"json.valid_to_on": ["Must not be before the first day."]})
    if member_id is None:
        member = StaffMember(organisation_id=application.organisation_id, **vars(entry))
        db.add(member)
    else:
        member = _member(db, application, member_id)
        _replace(member, entry)
    db.flush()
    holding.note(db, application.case, "staff.entered", by=by, now=now, kind=str(entry.kind), member=member.id)
    return application


def remove_staff(
    db: Session, case_id: UUID, version: int, member_id: UUID, *, by: Identity, now: datetime
) -> Application:
    """Take a line out of its roster; raises NotFound."""
    application = holding.take_open(db, case_id, version, by=by)
    _member(db, application, member_id).removed_at = now
    holding.note(db, application.case, "staff.removed", by=by, now=now, member=member_id)
    return application


def put_centre(
    db: Session,
    case_id: UUID,
    version: int,
    entry: CentreEntry,
    *,
    centre_id: UUID | None = None,
    by: Identity,
    now: datetime,
) -> Application:
    """Enter a site, or replace one; a site that moves, or was refused, is before its district again (C10)."""
    application = holding.take_open(db, case_id, version, by=by)
    if centre_id is None:
        centre = Centre(organisation_id=application.organisation_id, **vars(entry))
        db.add(centre)
        db.flush()
    else:
        centre = _centre(db, application, centre_id)
        moved = (centre.district, centre.address) != (entry.district, entry.address)
        _replace(centre, entry)
        _propose_again(db, centre, by=by, now=now, moved=moved)
    holding.note(db, application.case, "centre.entered", by=by, now=now, centre=centre.id)
    return application


def remove_centre(
    db: Session, case_id: UUID, version: int, centre_id: UUID, *, by: Identity, now: datetime
) -> Application:
    """Take a site with its rooms out of the register; raises NotFound."""
    application = holding.take_open(db, case_id, version, by=by)
    centre = _centre(db, application, centre_id)
    centre.removed_at = now
    centre.version += 1
    holding.note(db, application.case, "centre.removed", by=by, now=now, centre=centre_id)
    return application


def put_room(
    db: Session,
    case_id: UUID,
    version: int,
    centre_id: UUID,
    entry: RoomEntry,
    *,
    room_id: UUID | None = None,
    by: Identity,
    now: datetime,
) -> Application:
    """Enter a room of a site, or replace one; raises NotFound."""
    application = holding.take_open(db, case_id, version, by=by)
    centre = _centre(db, application, centre_id)
    if room_id is None:
        room = Room(centre_id=centre.id, **vars(entry))
        db.add(room)
    else:
        room = _room(db, centre, room_id)
        _replace(room, entry)
    db.flush()
    _propose_again(db, centre, by=by, now=now, moved=False)
    holding.note(db, application.case, "room.entered", by=by, now=now, room=room.id)
    return application


def remove_room(
    db: Session, case_id: UUID, version: int, centre_id: UUID, room_id: UUID, *, by: Identity, now: datetime
) -> Application:
    """Take a room out of its site; raises NotFound."""
    application = holding.take_open(db, case_id, version, by=by)
    centre = _centre(db, application, centre_id)
    _room(db, centre, room_id).removed_at = now
    centre.version += 1
    holding.note(db, application.case, "room.removed", by=by, now=now, room=room_id)
    return application


def _propose_again(db: Session, centre: Centre, *, by: Identity, now: datetime, moved: bool) -> None:
    """Count the change of a site; what was recommended is the place, so only a move takes that back."""
    centre.version += 1
    if centre.state == CentreState.REFUSED or (moved and centre.state == CentreState.RECOMMENDED):
        states.move(db, centre, CentreState.PROPOSED, by=by, now=now)


def _replace(row: StaffMember | Centre | Room, entry: StaffEntry | CentreEntry | RoomEntry) -> None:
    for name, value in vars(entry).items():
        setattr(row, name, value)


def _member(db: Session, application: Application, member_id: UUID) -> StaffMember:
    member = get_locked(db, StaffMember, member_id)
    if member.organisation_id != application.organisation_id or member.removed_at:
        raise NotFound(thing="staff member")
    return member


def _centre(db: Session, application: Application, centre_id: UUID) -> Centre:
    centre = get_locked(db, Centre, centre_id)
    if centre.organisation_id != application.organisation_id or centre.removed_at:
        raise NotFound(thing="centre")
    return centre


def _room(db: Session, centre: Centre, room_id: UUID) -> Room:
    room = get_locked(db, Room, room_id)
    if room.centre_id != centre.id or room.removed_at:
        raise NotFound(thing="room")
    return room
