"""A candidate's own sitting: seeing it, reading its paper."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer

from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import (
    checking_in,
    clocks,
    finding,
    finishing,
    identity_numbers,
    paper_forms,
    paper_texts,
    reading_right,
)
from examsvc.delivery.errors import NotOpened, OnBreak, SittingOver, SittingPaused
from examsvc.delivery.machines import Machine
from examsvc.delivery.models import Candidate, Enrolment, ExamSession, SessionRoom, Sitting
from examsvc.delivery.receipts import final
from examsvc.delivery.rescue import keys as rescue_keys
from examsvc.delivery.safe_browser import gate
from examsvc.delivery.sealed import seals
from examsvc.delivery.states import ExamSessionState, SittingState
from examsvc.delivery.timing import Phase, Timing


def own_sittings(db: Session, *, by: Identity) -> list[Sitting]:
    """Return the caller's sittings by start; none of drafts."""
    query = (
        select(Sitting)
        .join(Sitting.enrolment)
        .join(Enrolment.exam_session)
        .join(Enrolment.candidate)
        .where(Candidate.account_id == by.account_id, ExamSession.state != ExamSessionState.DRAFT)
        .order_by(ExamSession.starts_at, ExamSession.code)
        .options(
            contains_eager(Sitting.enrolment).contains_eager(Enrolment.exam_session),
            contains_eager(Sitting.enrolment).joinedload(Enrolment.session_room).joinedload(SessionRoom.room),
            defer(Sitting.arrangement),
        )
    )
    return list(db.scalars(query))


def describe(db: Session, sitting: Sitting, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return the sitting as its candidate may see it; instants only, the client reckons what is left."""
    timing = clocks.timing_of(sitting, now)
    enrolment = sitting.enrolment
    return {
        "sitting_id": sitting.id,
        "state": sitting.state,
        "phase": _shown_phase(sitting, timing.phase),
        "starts_at": enrolment.exam_session.starts_at,
        "entry_closes_at": timing.entry_closes_at,
        "absent_at": clocks.absent_at(sitting),
        "closes_at": timing.closes_at,
        "minutes": enrolment.exam_session.minutes,
        "extra_seconds": sitting.more_seconds,
        "earliest_hand_in_at": timing.earliest_hand_in_at,
        "earliest_hand_in_minutes": clocks.earliest_hand_in_minutes(sitting, now),
        "consent_from": timing.consent_from,
        "break_ends_at": timing.break_ends_at,
        "break_seconds_left": int(timing.break_left.total_seconds()),
        "display": {"text_size": sitting.text_size, "high_contrast": sitting.high_contrast},
        "exam_session": enrolment.exam_session,
        "candidate": _person(enrolment.candidate),
        "ticket_number": enrolment.ticket_number,
        "seat_number": enrolment.seat_number,
        "seat_label": enrolment.seat_label,
        "room": enrolment.room,
        "steps": _steps(sitting),
        "entered_at": sitting.entered_at,
        "preload_opens_at": seals.opens_at(enrolment.exam_session.starts_at),
        "safe_browser": gate.state(sitting, by=by),
        "question_count": paper_forms.count_of(db, sitting.paper_id),
        "answered_count": sitting.answered_count,
        "epoch": sitting.epoch,
        "turned_away_at": sitting.turned_away_at,
        "on_paper_at": sitting.on_paper_at,
        "finished_at": sitting.finished_at,
        "finish_reason": sitting.finish_reason,
        "rescue_key": rescue_keys.public_text(enrolment.exam_session_id),
        "receipt": final.final_receipt(db, sitting),
    }


def _shown_phase(sitting: Sitting, phase: Phase) -> Phase:
    """Return the phase; whom the clock does not call absent after an outage is too late until people decide."""
    is_published = sitting.enrolment.exam_session.state == ExamSessionState.PUBLISHED
    is_left = sitting.state == SittingState.EXPECTED and is_published and finishing.never_came(sitting)
    return Phase.TOO_LATE if phase == Phase.OVER and is_left else phase


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


def paper(db: Session, sitting_id: UUID, machine: Machine, *, by: Identity, now: datetime) -> bytes:
    """Return the paper in the candidate's own stored order as JSON, points in hundredths, without anything of a key.

    Raises NotFound, SittingOver, NotStarted, NotOpened, SittingPaused, OnBreak, SafeBrowserNeeded,
    PaperClaimedElsewhere.
    """
    sitting = finding.own(db, sitting_id, by=by)
    _check_readable(sitting, clocks.timing_of(sitting, now))
    gate.check_reading(sitting, by=by)
    reading_right.check(sitting, machine, by=by, now=now)
    return paper_texts.text_of(db, sitting)


def medium_type(db: Session, sitting_id: UUID, digest: str, *, by: Identity, now: datetime) -> str:
    """Return the media type of a file that the candidate's own paper shows, while the paper may be read.

    Raises NotFound, also for a file of another paper, and what `paper` raises but for PaperClaimedElsewhere.
    """
    sitting = finding.own(db, sitting_id, by=by)
    _check_readable(sitting, clocks.timing_of(sitting, now))
    gate.check_reading(sitting, by=by)
    media_type = paper_forms.files_of(db, sitting.paper_id).get(digest)
    if media_type is None:
        raise NotFound(thing="medium")
    return media_type


def _check_readable(sitting: Sitting, timing: Timing) -> None:
    if timing.phase == Phase.OVER:
        raise SittingOver
    checking_in.check_started(sitting, timing.phase)
    if timing.phase == Phase.PAUSED:
        raise SittingPaused
    if timing.phase == Phase.ON_BREAK:
        raise OnBreak
    if sitting.state != SittingState.IN_PROGRESS:
        raise NotOpened


def own_photo_digest(db: Session, sitting_id: UUID, *, by: Identity) -> str | None:
    """Return the digest of the caller's own photo, or None without one; raises NotFound."""
    return finding.own(db, sitting_id, by=by).enrolment.candidate.photo_digest
