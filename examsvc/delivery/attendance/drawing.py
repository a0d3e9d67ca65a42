"""The draw of a station at the door of a practical room, kept with what chose it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, sealing
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery.attendance import stations
from examsvc.delivery.errors import NoStationFree
from examsvc.delivery.models import Enrolment, SessionRoom, Sitting, StationDraw
from examsvc.registry.applications.kinds import RoomKind

PURPOSE = "station-draw"


def draw(db: Session, sitting: Sitting, *, by: Identity, now: datetime) -> StationDraw | None:
    """Return the station that the candidate of a locked sitting drew, drawing it the first time.

    None outside practical rooms. The seed comes from the service's key, the room and the sitting: nobody knows it
    before, and nobody draws again by undoing a check-in. Whoever was moved out of the room since has given theirs up.
    Raises NoStationFree.
    """
    use = sitting.enrolment.session_room
    if use is None or use.room.kind != RoomKind.PRACTICAL or by.account_id is None:
        return None
    get_locked(db, SessionRoom, use.id)  # two tablets draw one after the other
    known = db.get(StationDraw, (sitting.id, use.id))
    if known is None:
        _free_left(db, use, by=by, now=now)
    return known or _draw(db, sitting, use, by=by, now=now)


def _free_left(db: Session, use: SessionRoom, *, by: Identity, now: datetime) -> None:
    """Free the stations of those who sit in the room no more; what they drew stays in the audit log."""
    sits_elsewhere = Enrolment.session_room_id.is_distinct_from(use.id)
    query = select(StationDraw).join(Sitting, Sitting.id == StationDraw.sitting_id).join(Sitting.enrolment)
    query = query.where(StationDraw.session_room_id == use.id, sits_elsewhere).order_by(StationDraw.station)
    for left in db.scalars(query).all():
        db.delete(left)
        told = {"room": use.id, "sitting": left.sitting_id, "station": left.station}
        audit.append(db, use.exam_session.audit_stream, "room.station_freed", by=by, now=now, **told)
    db.flush()


def _draw(db: Session, sitting: Sitting, use: SessionRoom, *, by: Identity, now: datetime) -> StationDraw:
    taken = set(db.scalars(select(StationDraw.station).filter_by(session_room_id=use.id)))
    left = stations.free(use.capacity, taken)
    if not left:
        raise NoStationFree(room=use.name)
    seed = sealing.sealer().mac(PURPOSE, use.id.bytes + sitting.id.bytes)
    drawn = StationDraw(
        sitting_id=sitting.id,
        session_room_id=use.id,
        station=stations.drawn(seed, left),
        free=left,
        seed=seed,
        by_account_id=by.account_id,
        drawn_at=now,
    )
    db.add(drawn)
    detail = {"room": use.id, "station": drawn.station, "free": left, "seed": seed}
    audit.append(db, sitting.audit_stream, "sitting.station_drawn", by=by, now=now, **detail)
    return drawn
