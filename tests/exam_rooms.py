"""Rooms for tests' exam sessions: entered and used through the service's own verbs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get, only
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession, SessionRoom
from examsvc.delivery.rooms import using
from examsvc.delivery.rooms.using import RoomUse
from examsvc.registry.applications.kinds import RoomKind
from examsvc.registry.applications.models import Centre, Room
from examsvc.registry.applications.registers import CentreEntry, RoomEntry
from examsvc.registry.centres import keeping

SITE = CentreEntry("外滩考核点", "黄浦区", "上海市黄浦区中山东一路 1 号")


def add_room(db: Session, organisation_id: UUID, name: str, *, by: Identity, now: datetime, **columns: Any) -> Room:
    """Enter a computer room of 30 seats with video equipment at the organisation's site, unless told otherwise."""
    act: dict[str, Any] = {"by": by, "now": now}
    site = only(db, Centre, organisation_id=organisation_id, name=SITE.name)
    site = site or keeping.add_centre(db, organisation_id, SITE, **act)
    entry = {"kind": RoomKind.COMPUTER, "seats": 30, "has_video": True, "equipment": "", **columns}
    return keeping.add_room(db, site.id, RoomEntry(name, **entry), **act)


def give_room(
    db: Session, exam_session: ExamSession | UUID, *, seats: int = 90, by: Identity, now: datetime, **columns: Any
) -> SessionRoom:
    """Give the exam session a room of its own, all of whose seats it uses, named after the session's code."""
    found = exam_session if isinstance(exam_session, ExamSession) else get(db, ExamSession, exam_session)
    number = len(using.rooms_of(db, found.id)) + 1
    name = f"{found.code} 第{number}考场"
    room = add_room(db, found.filing.organisation_id, name, seats=seats, by=by, now=now, **columns)
    return using.use_room(db, found.id, RoomUse(room.id, seats), by=by, now=now)
