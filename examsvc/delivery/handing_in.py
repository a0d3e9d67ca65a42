"""Handing in: judged by when it arrives, or by when it was made without a network, as far as that is believed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, finding, machines, made_offline, reaching, responding
from examsvc.delivery.errors import (
    ConsentMissing,
    EpochSuperseded,
    HandInUnproven,
    NotOpened,
    NotStarted,
    OnBreak,
    ResponsesMissing,
    SittingOver,
    SittingPaused,
    TooEarly,
)
from examsvc.delivery.finishing import finish, settle_locked
from examsvc.delivery.made_offline import Heard, Written
from examsvc.delivery.models import Sitting
from examsvc.delivery.safe_browser import gate
from examsvc.delivery.states import FinishReason, SittingState
from examsvc.delivery.timing import Phase, Timing

RECOGNISED = "sitting.hand_in_recognised"


def hand_in(
    db: Session,
    sitting_id: UUID,
    *,
    epoch: int,
    last_seq: int,
    made_at: datetime | None = None,
    by: Identity,
    now: datetime,
) -> Sitting:
    """Hand in the caller's sitting and return it; once it is handed in, a repeat changes nothing.

    `made_at` is when the candidate did it, by the page's clock: it goes on record. Where handing in is not allowed
    any more when it arrives it decides, if it is believed; it never moves the end.

    Raises NotFound, SittingOver, NotOpened, SittingPaused, OnBreak, EpochSuperseded, ResponsesMissing, NotStarted
    while a moved start hides the paper, TooEarly, ConsentMissing, HandInUnproven.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    settle_locked(db, sitting, now=now)
    if sitting.state == SittingState.HANDED_IN:
        if made_at is not None:
            recognise(db, sitting, made_at, epoch=epoch, last_seq=last_seq, by=by, now=now)
        return sitting
    timing = clocks.timing_of(sitting, now)
    _check_running(sitting, timing)
    _check_complete(sitting, epoch, last_seq, by)
    is_by_made_at = _check_allowed(db, sitting, timing, made_at, now)
    at = min(now, timing.closes_at) if timing.closes_at else now
    told = {"made_at": made_at, "allowed_by_made_at": is_by_made_at} if made_at else {}
    finish(db, sitting, SittingState.HANDED_IN, FinishReason.BY_CANDIDATE, at=at, by=by, now=now, **told)
    return sitting


def recognise(
    db: Session, sitting: Sitting, made_at: datetime, *, epoch: int, last_seq: int, by: Identity, now: datetime
) -> None:
    """Record that the candidate had handed in a locked sitting before time ended it, if all of it is believed.

    Everything that its page wrote was stored in time; the end stays where it is.
    """
    if sitting.finish_reason != FinishReason.TIME_UP or sitting.finished_at is None or made_at > sitting.finished_at:
        return
    try:
        _check_complete(sitting, epoch, last_seq, by)
    except (EpochSuperseded, ResponsesMissing):
        return
    allowed = _refusal(clocks.timing_of_made(sitting, made_at, now), made_at) is None
    if allowed and _is_believed(db, sitting, made_at, now):
        sitting.finish_reason = FinishReason.BY_CANDIDATE
        audit.append(db, sitting.audit_stream, RECOGNISED, by=by, now=now, made_at=made_at)


def _check_running(sitting: Sitting, timing: Timing) -> None:
    if sitting.state == SittingState.EXPECTED:
        raise NotOpened
    if sitting.state == SittingState.PAUSED:
        raise SittingPaused
    if sitting.state != SittingState.IN_PROGRESS:
        raise SittingOver
    if timing.phase == Phase.ON_BREAK:
        raise OnBreak


def _check_complete(sitting: Sitting, epoch: int, last_seq: int, by: Identity) -> None:
    if epoch != sitting.epoch:
        raise EpochSuperseded
    gate.check_answering(sitting, login_id=by.login_id)
    if last_seq > sitting.last_seq:
        raise ResponsesMissing(acknowledged_seq=sitting.last_seq)


def _check_allowed(db: Session, sitting: Sitting, timing: Timing, made_at: datetime | None, now: datetime) -> bool:
    """Return whether it is allowed only because of when it was made; raises why it is not at all."""
    refusal = _hidden(sitting, timing) or _refusal(timing, now)
    if refusal is None:
        return False
    if made_at is None or made_at > now:
        raise refusal
    if _refusal(clocks.timing_of_made(sitting, made_at, now), made_at) is not None:
        raise refusal
    if not _is_believed(db, sitting, made_at, now):
        raise HandInUnproven
    return True


def _hidden(sitting: Sitting, timing: Timing) -> NotStarted | None:
    """Return what keeps everybody from handing in while a moved start hides the paper again."""
    starts_at = sitting.enrolment.exam_session.starts_at
    return NotStarted(starts_at=starts_at.isoformat()) if timing.phase == Phase.WAITING else None


def _refusal(timing: Timing, at: datetime) -> TooEarly | ConsentMissing | None:
    """Return what keeps the candidate from handing in at that instant."""
    earliest_at = timing.earliest_hand_in_at
    if earliest_at is not None and at < earliest_at:
        return TooEarly(earliest_hand_in_at=earliest_at.isoformat())
    return ConsentMissing() if timing.needs_consent(at) else None


def _is_believed(db: Session, sitting: Sitting, made_at: datetime, now: datetime) -> bool:
    if not sitting.enrolment.exam_session.accept_offline or sitting.entered_at is None:
        return False
    log = responding.log(db, sitting.id)
    claim = machines.last_claim(db, sitting)
    written = [Written(row.client_at, row.received_at) for row in log]
    reached = reaching.spans(db, sitting, since=made_at, now=now)
    heard = Heard(sitting.entered_at, written, claim.at if claim else None, reached)
    return made_offline.is_believed(made_at, heard, now=now)
