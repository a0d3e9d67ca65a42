"""The door of a room on a proctor's tablet: only those who watch an exam session stand at its doors."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.attendance import absences, rolls, taking_back
from examsvc.delivery.handouts import ticket_codes
from examsvc.delivery.rooms import using
from proctoring import membership, posts

CODE_STARTS = "T1."


def doors(db: Session, exam_session_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return the watched exam session with its rooms, and the room the caller serves in; raises NotFound."""
    exam_session = membership.watched_session(db, exam_session_id, by=by)
    own = membership.assignment(db, exam_session_id, by=by)
    return {
        "exam_session": exam_session,
        "rooms": rolls.rooms(db, exam_session_id),
        "own_room_id": own.session_room_id if own else None,
    }


def roll(db: Session, exam_session_id: UUID, session_room_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return a room's roll, and whether the caller acts there and takes absences back; raises NotFound."""
    membership.watched_session(db, exam_session_id, by=by)
    may_act = posts.acts_in(db, exam_session_id, session_room_id, by=by)
    may_take_back = membership.is_chief(db, exam_session_id, by=by)
    seen = rolls.roll(db, exam_session_id, session_room_id, now=now)
    return seen | {"server_now": now, "may_act": may_act, "may_take_back": may_take_back}


def seat_of(db: Session, exam_session_id: UUID, session_room_id: UUID, text: str, *, by: Identity) -> UUID:
    """Return the sitting of a ticket that was scanned or typed.

    Raises NotFound, BadTicketCode, TicketUnknown, TicketWithdrawn, WrongRoom. What is typed stands on the ticket for
    everybody to read: it opens the card, and a person compares.
    """
    exam_session = membership.watched_session(db, exam_session_id, by=by)
    use = using.session_room_in(db, exam_session_id, session_room_id)
    text = text.strip()
    number = ticket_codes.read(text) if text.startswith(CODE_STARTS) else text.upper()
    return rolls.seat_of_ticket(db, exam_session, use, number)


def room_of(db: Session, exam_session_id: UUID, sitting_id: UUID, *, by: Identity) -> UUID:
    """Return the room in which a sitting has its seat, where the caller acts; raises NotFound, NotYourRoom."""
    sitting = posts.sitting_to_act_on(db, sitting_id, by=by)
    room_id = sitting.enrolment.session_room_id
    if sitting.enrolment.exam_session_id != exam_session_id or room_id is None:
        raise NotFound(thing="sitting")
    return room_id


def confirm_absent(
    db: Session,
    exam_session_id: UUID,
    session_room_id: UUID,
    sitting_ids: Collection[UUID],
    *,
    by: Identity,
    now: datetime,
) -> None:
    """Mark exactly these of a watched room absent; raises NotFound, NotYourRoom, AbsenceTooEarly, NotAbsent."""
    membership.watched_session(db, exam_session_id, by=by)
    posts.check(db, exam_session_id, session_room_id, by=by)
    absences.confirm(db, exam_session_id, session_room_id, sitting_ids, by=by, now=now)


def take_absence_back(
    db: Session, exam_session_id: UUID, sitting_id: UUID, *, reason: str, by: Identity, now: datetime
) -> None:
    """Expect an absent candidate again; raises NotAChief and what `taking_back.take_back` raises."""
    membership.check_chief(db, exam_session_id, by=by)
    room_of(db, exam_session_id, sitting_id, by=by)
    taking_back.take_back(db, sitting_id, reason=reason, by=by, now=now)
