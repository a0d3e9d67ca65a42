"""What is noticed in a sitting: recorded once, told to the wall after the commit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import ids
from examsvc.core.db import after_commit
from examsvc.core.identity import Identity
from examsvc.delivery import finding
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import CameraRule
from proctoring import live
from proctoring.errors import CameraOff, SittingEnded, TooManyEvents
from proctoring.models import ProctorEvent
from proctoring.states import EventKind

TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Noticed:
    """Something the candidate's page noticed; `client_at` is its own clock."""

    kind: EventKind
    client_at: datetime | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def report(db: Session, sitting_id: UUID, noticed: Sequence[Noticed], *, by: Identity, now: datetime) -> None:
    """Record what the caller's own page noticed, all or nothing; raises NotFound, SittingEnded, TooManyEvents."""
    sitting = finding.own(db, sitting_id, by=by)
    if sitting.state.is_over:
        raise SittingEnded
    if not live.may_report(sitting_id, len(noticed), now):
        raise TooManyEvents
    for place, each in enumerate(noticed):
        record(db, sitting, each, now=now + place * TICK)  # they keep their order


def notice(db: Session, sitting_id: UUID, kind: EventKind, *, at: datetime, **detail: Any) -> None:
    """Record what the server itself noticed at `at`, unless the sitting is over, or gone with its rehearsal."""
    sitting = db.get(Sitting, sitting_id)
    if sitting is not None and not sitting.state.is_over:
        record(db, sitting, Noticed(kind, None, detail), now=at)


@dataclass(frozen=True)
class Recorded:
    """An event that is recorded, or will be with the commit, and what walls are told with it."""

    exam_session_id: UUID
    event: ProctorEvent
    is_alert: bool


def record(db: Session, sitting: Sitting, noticed: Noticed, *, now: datetime) -> ProctorEvent:
    """Record one event and return it; walls hear of it after the commit."""
    recorded = add(db, sitting, noticed, now=now)
    after_commit(db, lambda: tell(recorded))
    return recorded.event


def tell(recorded: Recorded) -> None:
    """Have walls hear of an event that is committed."""
    live.event_recorded(recorded.exam_session_id, recorded.event, is_alert=recorded.is_alert)


def add(db: Session, sitting: Sitting, noticed: Noticed, *, now: datetime) -> Recorded:
    """Record one event, of which the caller tells the walls once it is committed."""
    event = ProctorEvent(
        id=ids.new_id(),
        sitting_id=sitting.id,
        kind=noticed.kind,
        at=now,
        client_at=noticed.client_at,
        detail=noticed.detail,
    )
    db.add(event)
    is_running = sitting.opened_at is not None
    return Recorded(sitting.enrolment.exam_session_id, event, is_alert=is_running and event.kind.is_alert)


def check_camera(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return the caller's own sitting if its camera may send frames; raises NotFound, SittingEnded, CameraOff."""
    sitting = finding.own(db, sitting_id, by=by)
    if sitting.state.is_over:
        raise SittingEnded
    if sitting.enrolment.exam_session.camera_rule == CameraRule.OFF:
        raise CameraOff
    return sitting
