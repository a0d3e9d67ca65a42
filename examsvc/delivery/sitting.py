"""A candidate's own sitting: seeing it, claiming it, reading its paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer

from examsvc.core import audit, canonical, states
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import checking_in, finding, identity_numbers, laying_out, paper_forms, responding, signals
from examsvc.delivery.errors import NotOpened, NotStarted, OnBreak, SittingOver, SittingPaused, StepsMissing
from examsvc.delivery.models import Candidate, Enrolment, ExamSession, Response, Sitting
from examsvc.delivery.states import ExamSessionState, SittingState
from examsvc.delivery.timing import Phase, Timing


@dataclass(frozen=True)
class Claim:
    """The right to answer: an epoch that fences all others, and what is stored so far."""

    sitting: Sitting
    answers: list[Response]


def own_sittings(db: Session, *, by: Identity) -> list[Sitting]:
    """Return the caller's sittings by start; none of drafts."""
    query = (
        select(Sitting)
        .join(Sitting.enrolment)
        .join(Enrolment.exam_session)
        .join(Enrolment.candidate)
        .where(Candidate.account_id == by.account_id, ExamSession.state != ExamSessionState.DRAFT)
        .order_by(ExamSession.starts_at, ExamSession.code)
        .options(contains_eager(Sitting.enrolment).contains_eager(Enrolment.exam_session), defer(Sitting.arrangement))
    )
    return list(db.scalars(query))


def describe(db: Session, sitting: Sitting, *, now: datetime) -> dict[str, Any]:
    """Return the sitting as its candidate may see it; instants only, the client reckons what is left."""
    timing = finding.timing_of(sitting, now)
    enrolment = sitting.enrolment
    return {
        "sitting_id": sitting.id,
        "state": sitting.state,
        "phase": timing.phase,
        "starts_at": enrolment.exam_session.starts_at,
        "entry_closes_at": timing.entry_closes_at,
        "closes_at": timing.closes_at,
        "minutes": enrolment.exam_session.minutes,
        "extra_seconds": sitting.accommodation_seconds + sitting.extra_seconds,
        "earliest_hand_in_at": timing.earliest_hand_in_at,
        "consent_from": timing.consent_from,
        "break_ends_at": timing.break_ends_at,
        "break_seconds_left": int(timing.break_left.total_seconds()),
        "display": {"text_size": sitting.text_size, "high_contrast": sitting.high_contrast},
        "exam_session": enrolment.exam_session,
        "candidate": _person(enrolment.candidate),
        "ticket_number": enrolment.ticket_number,
        "seat_number": enrolment.seat_number,
        "steps": _steps(sitting),
        "question_count": len(paper_forms.of_sitting(db, sitting)),
        "answered_count": sitting.answered_count,
        "epoch": sitting.epoch,
        "finished_at": sitting.finished_at,
        "finish_reason": sitting.finish_reason,
    }


def _person(candidate: Candidate) -> dict[str, Any]:
    number = identity_numbers.unseal(candidate.identity_sealed)
    return {
        "name": candidate.name,
        "identity_masked": identity_numbers.masked(number),
        "has_photo": candidate.photo_digest is not None,
    }


def _steps(sitting: Sitting) -> dict[str, datetime | None]:
    return {
        "identity_confirmed_at": sitting.identity_confirmed_at,
        "undertaking_signed_at": sitting.undertaking_signed_at,
        "system_checked_at": checking_in.system_checked_at(sitting),
    }


def claim(db: Session, sitting_id: UUID, *, by: Identity, now: datetime) -> Claim:
    """Take the sitting over: raise its epoch, which fences every other page; the first one opens the paper.

    Raises NotFound, SittingOver, EntryClosed, NotStarted, StepsMissing.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    timing = finding.timing_of(sitting, now)
    checking_in.check_enterable(timing.phase)
    if timing.phase == Phase.WAITING:
        raise NotStarted(starts_at=sitting.enrolment.exam_session.starts_at.isoformat())
    _check_steps(sitting)
    if sitting.state == SittingState.EXPECTED:
        _open(db, sitting, by=by, now=now)
    sitting.epoch, sitting.last_seq = sitting.epoch + 1, 0
    audit.append(db, sitting.audit_stream, "sitting.claimed", by=by, now=now, epoch=sitting.epoch)
    db.flush()
    return Claim(sitting, responding.latest(db, sitting.id))


def _check_steps(sitting: Sitting) -> None:
    missing = checking_in.missing_steps(sitting)
    if missing:
        raise StepsMissing(missing=missing)


def _open(db: Session, sitting: Sitting, *, by: Identity, now: datetime) -> None:
    # Shared, so that the exam session is not cancelled in the same moment and nobody waits for another candidate.
    db.refresh(sitting.enrolment.exam_session, with_for_update={"read": True})
    if sitting.enrolment.exam_session.state != ExamSessionState.PUBLISHED:
        raise SittingOver
    sitting.opened_at = now
    finding.reset_clock(sitting, now)
    seen = {"paper": sitting.paper_id, "arrangement": canonical.digest(sitting.arrangement)}
    states.move(db, sitting, SittingState.IN_PROGRESS, by=by, now=now, opened_at=now, **seen)
    db.flush()
    signals.sitting_opened.send(sitting, db=db, now=now)


def paper(db: Session, sitting_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return the paper in the candidate's own stored order, points in hundredths, without anything of a key.

    Raises NotFound, SittingOver, NotStarted, NotOpened, SittingPaused, OnBreak.
    """
    sitting = finding.own(db, sitting_id, by=by)
    _check_readable(sitting, finding.timing_of(sitting, now))
    form = paper_forms.of_sitting(db, sitting)
    return {
        "title": sitting.enrolment.exam_session.title,
        "total_points": sum(question.points for question in form.values()),
        "sections": laying_out.laid_out(form, sitting.arrangement),
    }


def medium_type(db: Session, sitting_id: UUID, digest: str, *, by: Identity, now: datetime) -> str:
    """Return the media type of a file that the candidate's own paper shows, while the paper may be read.

    Raises NotFound, also for a file of another paper, and what `paper` raises.
    """
    sitting = finding.own(db, sitting_id, by=by)
    _check_readable(sitting, finding.timing_of(sitting, now))
    for question in paper_forms.of_sitting(db, sitting).values():
        if digest in question.files:
            return question.files[digest]
    raise NotFound(thing="medium")


def _check_readable(sitting: Sitting, timing: Timing) -> None:
    if timing.phase == Phase.OVER:
        raise SittingOver
    if timing.phase == Phase.WAITING:
        raise NotStarted(starts_at=sitting.enrolment.exam_session.starts_at.isoformat())
    if timing.phase == Phase.PAUSED:
        raise SittingPaused
    if timing.phase == Phase.ON_BREAK:
        raise OnBreak
    if sitting.state != SittingState.IN_PROGRESS:
        raise NotOpened


def own_photo_digest(db: Session, sitting_id: UUID, *, by: Identity) -> str | None:
    """Return the digest of the caller's own photo, or None without one; raises NotFound."""
    return finding.own(db, sitting_id, by=by).enrolment.candidate.photo_digest
