"""The reconciliation of an exam session: read by room, with every difference by name, and signed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import canonical, signing
from examsvc.core.db import get
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.models.enrolments import by_seat
from examsvc.delivery.reconciling import gathering
from examsvc.delivery.reconciling.counting import Counted, Found, differences
from examsvc.delivery.reconciling.sums import Sum, summed

LABEL = "reconciliation"


@dataclass(frozen=True)
class Named:
    """A difference, and whose it is."""

    enrolment: Enrolment
    room: str
    found: Found


@dataclass(frozen=True)
class Reconciliation:
    """What an exam session's numbers are. `signature` is of the canonical JSON of `statement`."""

    exam_session: ExamSession
    made_at: datetime
    rooms: list[Sum]
    total: Sum
    differences: list[Named]

    @property
    def statement(self) -> dict[str, Any]:
        """Return what is signed."""
        return {
            "exam_session": self.exam_session.code,
            "made_at": self.made_at,
            "rooms": [vars(each) for each in self.rooms],
            "total": vars(self.total),
            "differences": [_stated(named) for named in self.differences],
        }

    @property
    def signature(self) -> str:
        return signing.sign(LABEL, canonical.encode(self.statement)).hex()

    @property
    def key_id(self) -> str:
        return signing.key_id(signing.public_key(LABEL))


def reconcile(db: Session, exam_session_id: UUID, *, now: datetime) -> Reconciliation:
    """Return the reconciliation as of `now`; raises NotFound."""
    exam_session = get(db, ExamSession, exam_session_id)
    enrolments = _opened(db, exam_session_id)
    counted = gathering.counted(db, exam_session_id, [enrolment.sitting.id for enrolment in enrolments])
    by_room: dict[str, list[Counted]] = defaultdict(list)
    named = []
    for enrolment in enrolments:
        own = counted[enrolment.sitting.id]
        by_room[room_of(enrolment)].append(own)
        named += [Named(enrolment, room_of(enrolment), found) for found in differences(own)]
    rooms = [summed(room, by_room[room]) for room in sorted(by_room)]
    return Reconciliation(exam_session, now, rooms, summed("", list(counted.values())), named)


def room_of(enrolment: Enrolment) -> str:
    """Return the room in which somebody sits: number and name, or the session's place where there are no rooms."""
    room = enrolment.session_room
    return f"{room.number:02} {room.name}" if room else enrolment.exam_session.place


def _opened(db: Session, exam_session_id: UUID) -> list[Enrolment]:
    was_opened = or_(Sitting.opened_at.is_not(None), Sitting.seen_before_at.is_not(None))
    query = (
        select(Enrolment)
        .join(Enrolment.sitting)
        .where(Enrolment.exam_session_id == exam_session_id, was_opened)
        .order_by(*by_seat())
        .options(
            joinedload(Enrolment.candidate),
            joinedload(Enrolment.session_room),
            joinedload(Enrolment.exam_session),
            joinedload(Enrolment.sitting).load_only(Sitting.id, Sitting.state),
        )
    )
    return list(db.scalars(query))


def _stated(named: Named) -> dict[str, Any]:
    return {"ticket_number": named.enrolment.ticket_number, "room": named.room, **vars(named.found)}
