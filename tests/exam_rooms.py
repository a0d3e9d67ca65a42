"""Rooms for tests' exam sessions, entered and used through the service's own verbs, and who serves in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.accounts.models import Account, AccountRole
from examsvc.accounts.roles import Role
from examsvc.core.db import get, only
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession, InnerSupervisorAssignment, ProctorAssignment, SessionRoom
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
    """Give the exam session a staffed room of its own, all of whose seats it uses, named after the session's code."""
    found = exam_session if isinstance(exam_session, ExamSession) else get(db, ExamSession, exam_session)
    number = len(using.rooms_of(db, found.id)) + 1
    name = f"{found.code} 第{number}考场"
    room = add_room(db, found.filing.organisation_id, name, seats=seats, by=by, now=now, **columns)
    used = using.use_room(db, found.id, RoomUse(room.id, seats), by=by, now=now)
    give_staff(db, used, now=now)
    return used


def give_staff(db: Session, use: SessionRoom, *, proctors: int = 2, now: datetime) -> None:
    """Let so many people of no other room proctor in it, and somebody supervise this exam session only.

    Written as rows, for every test needs them.
    """
    session_id = use.exam_session_id
    for number in range(1, proctors + 1):
        proctor = _hire(db, f"door-{session_id}-{use.number}-{number}", Role.PROCTOR, now)
        db.add(ProctorAssignment(exam_session_id=session_id, account_id=proctor.id, session_room_id=use.id))
    if only(db, InnerSupervisorAssignment, exam_session_id=session_id) is None:
        supervisor = _hire(db, f"door-supervisor-{session_id}", Role.QUALITY_SUPERVISOR, now)
        db.add(InnerSupervisorAssignment(exam_session_id=session_id, account_id=supervisor.id))
    db.flush()


def _hire(db: Session, username: str, role: Role, now: datetime) -> Account:
    account = Account(username=username, display_name=username, created_at=now, held_roles=[AccountRole(role=role)])
    db.add(account)
    db.flush()
    return account
