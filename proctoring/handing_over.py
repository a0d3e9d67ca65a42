"""A seat's hand-over from the wall: the code for another machine, and how far it has got."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import signals
from examsvc.delivery.handover import handing, spares
from examsvc.delivery.handover.models import HandOver, SpareMachine
from examsvc.delivery.handover.spares import Naming
from examsvc.delivery.machines import Machine
from examsvc.delivery.models import Sitting
from proctoring import membership, posts, silences, watching
from proctoring.board import Facts
from proctoring.online import FOUND_LOST_WITHIN
from proctoring.states import EventKind
from proctoring.watching import Noticed


@dataclass(frozen=True)
class Wish:
    """Why a candidate is to change machines, and the most seconds that are given back for it."""

    reason: str
    most_seconds: int


def make(
    db: Session, exam_session_id: UUID, sitting_id: UUID, wish: Wish, facts: Facts, *, by: Identity, now: datetime
) -> tuple[HandOver, str]:
    """Make a code for a sitting to act on and return the hand-over and the code.

    Raises NotFound, NotYourRoom, SittingOver.
    """
    _check_belongs(posts.sitting_to_act_on(db, sitting_id, by=by), exam_session_id)
    return handing.make(
        db,
        sitting_id,
        reason=wish.reason,
        seen_at=last_seen(facts, silences.last_heard(db, sitting_id), now),
        most_seconds=wish.most_seconds,
        by=by,
        now=now,
    )


def spare(db: Session, exam_session_id: UUID, code: str, *, by: Identity, now: datetime) -> SpareMachine:
    """Return the machine that shows the code, to a proctor of the exam session; raises NotFound, SpareCodeWrong."""
    membership.watched_session(db, exam_session_id, by=by)
    return spares.waiting(db, code, now=now)


def give_spare(
    db: Session,
    exam_session_id: UUID,
    sitting_id: UUID,
    code: str,
    wish: Wish,
    facts: Facts,
    *,
    by: Identity,
    now: datetime,
) -> HandOver:
    """Let a watched sitting go on at the machine that shows the code.

    Raises NotFound, NotYourRoom, SittingOver, SpareCodeWrong.
    """
    _check_belongs(posts.sitting_to_act_on(db, sitting_id, by=by), exam_session_id)
    seen_at = last_seen(facts, silences.last_heard(db, sitting_id), now)
    naming = Naming(sitting_id, wish.reason, seen_at, wish.most_seconds)
    return spares.give(db, code, naming, by=by, now=now)


def last_seen(facts: Facts, heard_at: datetime | None, now: datetime) -> datetime | None:
    """Return the last sign of the machine that the candidate sits at, or None.

    A line that stands may be dead for so long before it is found lost: it proves nothing of the time just before.
    """
    stood_at = now - FOUND_LOST_WITHIN if facts.is_connected else None
    signs = (facts.since, facts.frame_at, stood_at, heard_at)
    return max((at for at in signs if at is not None), default=None)


def newest(db: Session, exam_session_id: UUID, sitting_id: UUID, *, by: Identity) -> HandOver:
    """Return a watched sitting's latest hand-over; raises NotFound."""
    _check_belongs(membership.watched_sitting(db, sitting_id, by=by), exam_session_id)
    found = handing.newest(db, sitting_id)
    if found is None:
        raise NotFound(thing="hand-over")
    return found


def subscribe() -> None:
    """Hear of answers that were taken over without a hand-over; saying it twice connects once."""
    signals.sitting_claimed_elsewhere.connect(_note, weak=False)


def _note(sitting: Sitting, *, db: Session, now: datetime, machine: Machine) -> None:
    watching.record(db, sitting, _noticed(machine), now=now)


def _noticed(machine: Machine) -> Noticed:
    detail: dict[str, Any] = {"address": machine.address, "browser": machine.browser}
    return Noticed(EventKind.CLAIMED_ELSEWHERE, None, detail)


def _check_belongs(sitting: Sitting, exam_session_id: UUID) -> None:
    if sitting.enrolment.exam_session_id != exam_session_id:
        raise NotFound(thing="sitting")
