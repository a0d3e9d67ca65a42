"""Releasing the keys of sealed papers: to one who asks, or to a whole room at the start."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, contains_eager, load_only

from examsvc.core import audit
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity, system
from examsvc.delivery import checking_in, clocks, finding, reading_right, withholding
from examsvc.delivery.errors import NotOpened, SittingPaused
from examsvc.delivery.machines import Machine
from examsvc.delivery.models import Enrolment, ExamSession, Sitting, by_seat
from examsvc.delivery.safe_browser import gate
from examsvc.delivery.sealed import beginning, keys, pacing
from examsvc.delivery.sealed.seals import Keys
from examsvc.delivery.states import ClockRule, ExamSessionState, SittingState
from examsvc.delivery.timing import Phase

START = system("start")
MILLISECOND: Final = timedelta(milliseconds=1)
UNSEEN: Final = {"synchronize_session": False}


@dataclass(frozen=True)
class Given:
    """Keys that a page asked for, and within which milliseconds it claims its sitting, as those do who were told."""

    keys: Keys
    claim_within_ms: int


def keys_for(db: Session, sitting_id: UUID, machine: Machine, *, by: Identity, now: datetime) -> Given:
    """Return the keys of the caller's own sealed paper; from then on the paper counts as entered.

    By a personal clock the paper must have been opened: else it could be read before the clock runs.
    Raises NotFound, SittingOver, EntryClosed, NotStarted, NotLetIn, StepsMissing, SafeBrowserNeeded, SittingPaused,
    NotOpened, PapersWithheld, PaperClaimedElsewhere.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    phase = clocks.timing_of(sitting, now).phase
    checking_in.check_enterable(phase)
    checking_in.check_started(sitting, phase)
    withholding.check(sitting)
    if phase == Phase.PAUSED:
        raise SittingPaused
    checking_in.check_let_in(sitting)
    checking_in.check_steps(sitting)
    gate.check_reading(sitting, by=by)
    reading_right.check(sitting, machine, by=by, now=now)
    _note(db, sitting, by, now)
    reading_right.given_keys(sitting, by=by)
    released = keys.released_to(sitting, phase)
    if released is None:
        raise NotFound(thing="paper")
    return Given(released, _within_ms(db, sitting, now))


def _within_ms(db: Session, sitting: Sitting, now: datetime) -> int:
    """Return over how long a first claim may be spread: as long as the claims of those who began with it still come."""
    if sitting.opened_at is not None:
        return 0
    exam_session = sitting.enrolment.exam_session
    candidates = beginning.together(db, exam_session.starts_at)
    return pacing.claim_still_within_ms(candidates, (now - exam_session.begins_at) // MILLISECOND)


def _note(db: Session, sitting: Sitting, by: Identity, now: datetime) -> None:
    if sitting.entered_at:
        return
    if sitting.enrolment.exam_session.clock_rule == ClockRule.PERSONAL:
        raise NotOpened
    sitting.key_released_at = now
    audit.append(db, sitting.audit_stream, "sitting.key_released", by=by, now=now)


@dataclass(frozen=True)
class Release:
    """The keys that one sitting's pages are told at the start."""

    sitting_id: UUID
    keys: Keys


def release(db: Session, exam_session_id: UUID, sitting_ids: Collection[UUID], *, now: datetime) -> list[Release]:
    """Return the keys of those of an exam session's sittings that wait for its common start, which has come, by seat.

    They count as entered from now on: their pages read the paper at once and claim it when it is their turn. Those that
    have entered and claimed nothing yet are told again: their page may have lost its line before it heard of it.
    """
    waiting = _waiting(db, exam_session_id, sitting_ids, now)
    sealed = {sitting.id: sealing.keys() for sitting in waiting if (sealing := keys.sealing_of(sitting))}
    if not sealed:
        return []
    exam_session: ExamSession = waiting[0].enrolment.exam_session
    entered = {sitting.id for sitting in waiting if sitting.entered_at}
    stamped = _stamped(db, sealed.keys() - entered, exam_session, now)
    if stamped:
        audit.append(db, exam_session.audit_stream, "exam_session.keys_released", by=START, now=now, count=len(stamped))
    told = entered | stamped
    return [Release(sitting_id, own) for sitting_id, own in sealed.items() if sitting_id in told]


def _stamped(db: Session, ids: AbstractSet[UUID], exam_session: ExamSession, now: datetime) -> set[UUID]:
    """Stamp those of the sittings that still wait, nobody having held them since they were read, and return them."""
    released_at = Sitting.key_released_at
    is_waiting = or_(released_at.is_(None), released_at < exam_session.starts_at)  # earlier: of a start that was moved
    query = update(Sitting).where(Sitting.id.in_(ids), Sitting.state == SittingState.EXPECTED, is_waiting)
    query = query.where(Sitting.turned_away_at.is_(None), Sitting.held_at.is_(None))
    stamping = query.values(key_released_at=now).returning(Sitting.id)
    return set(db.scalars(stamping, execution_options=UNSEEN))


# All that is asked of ten thousand in the seconds of a start; to load whole rows took longer than to tell the pages.
_ASKED = load_only(
    Sitting.enrolment_id,
    Sitting.state,
    Sitting.paper_id,
    Sitting.arrangement_digest,
    Sitting.opened_at,
    Sitting.key_released_at,
    Sitting.identity_confirmed_at,
    Sitting.undertaking_signed_at,
    Sitting.system_check,
    Sitting.safe_browser_waived_at,
    Sitting.safe_browser_login_id,
)
_OF_ENROLMENT = contains_eager(Sitting.enrolment)
_SESSION = Enrolment.exam_session


def _waiting(db: Session, exam_session_id: UUID, sitting_ids: Collection[UUID], now: datetime) -> list[Sitting]:
    query = (
        select(Sitting)
        .join(Sitting.enrolment)
        .join(Enrolment.exam_session)
        .where(
            Sitting.id.in_(sitting_ids),
            Sitting.state == SittingState.EXPECTED,
            Sitting.turned_away_at.is_(None),
            Sitting.held_at.is_(None),
            ExamSession.id == exam_session_id,
            ExamSession.state == ExamSessionState.PUBLISHED,
            ExamSession.clock_rule == ClockRule.COMMON,
            ExamSession.papers_withheld_at.is_(None),
            ExamSession.starts_at <= now,
        )
        .order_by(*by_seat())
        .options(_ASKED, _OF_ENROLMENT.load_only(Enrolment.exam_session_id), _OF_ENROLMENT.contains_eager(_SESSION))
    )
    return [each for each in db.scalars(query) if _is_ready(each)]


def _is_ready(sitting: Sitting) -> bool:
    return not checking_in.missing_steps(sitting) and gate.lets_keys_out(sitting)
