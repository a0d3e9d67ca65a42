"""Planning exam sessions: created and changed as drafts, published when nothing is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, contains_eager

from examsvc.core import audit, states
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import approving, clocks, conditions, dealing, filed_days, overlapping, paper_plans, signals
from examsvc.delivery.accommodations import settling
from examsvc.delivery.errors import BadWindow, NotReadyToPublish, SessionCodeTaken, SessionNotDraft, SittingsRunning
from examsvc.delivery.instants import Window
from examsvc.delivery.models import Enrolment, ExamSession, Sitting, by_seat
from examsvc.delivery.rooms import readiness
from examsvc.delivery.staffing import lawfulness
from examsvc.delivery.states import CameraRule, ClockRule, ExamSessionState, NavigationRule, SittingState

LONGEST_WINDOW = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class SessionPlan:
    """What the office decides about an exam session, with either one paper or a draw of forms.

    `session_rules` says where the defaults come from, which are those of theory; a test keeps both alike. The
    conditions of application 申报条件, of which there are none unless the office writes some, are no rule of the room
    and not approved with the papers.
    """

    code: str
    title: str
    place: str
    filing_id: UUID
    paper_id: UUID | None = None
    draw_id: UUID | None = None
    shuffle_questions: bool = True
    shuffle_options: bool = True
    starts_at: datetime
    ends_at: datetime
    minutes: int
    clock_rule: ClockRule = ClockRule.COMMON
    camera_rule: CameraRule = CameraRule.OPTIONAL
    late_entry_minutes: int = 30
    late_extends_time: bool = False
    login_absent_minutes: int = 30
    earliest_hand_in_minutes: int | None = 30
    last_minutes_consent: int = 10
    grace_seconds: int = 15
    navigation: NavigationRule = NavigationRule.FREE
    calculator_allowed: bool = False
    accept_offline: bool = True
    safe_browser_needed: bool = False
    application_conditions: list[str] = field(default_factory=list)


def create_session(db: Session, plan: SessionPlan, *, by: Identity, now: datetime) -> ExamSession:
    """Create a draft and return it.

    Raises BadWindow, NotFiled (F01), SessionCodeTaken, NotFound, and what `paper_plans.check` raises.
    """
    _check(db, plan)
    exam_session = ExamSession(**vars(plan), plan_changed_by_id=by.account_id, created_at=now)
    db.add(exam_session)
    _flush(db)
    audit.append(db, exam_session.audit_stream, "exam_session.created", by=by, now=now, code=plan.code)
    return exam_session


def change_session(
    db: Session, exam_session_id: UUID, changes: Mapping[str, Any], *, by: Identity, now: datetime
) -> ExamSession:
    """Change a draft and return it; papers are given when it is published.

    A change of its paper plan takes the approval back.
    Raises SessionNotDraft, ConditionStated, CandidateSitsElsewhere for the new window, and what `create_session`
    raises.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if exam_session.state != ExamSessionState.DRAFT:
        raise SessionNotDraft(state=exam_session.state)
    before = SessionPlan(**{one.name: getattr(exam_session, one.name) for one in fields(SessionPlan)})
    plan = replace(before, **changes)
    _check(db, plan)
    conditions.check_change(db, exam_session, plan.application_conditions)
    changed = sorted(name for name, value in vars(plan).items() if value != getattr(before, name))
    if not set(approving.PAPER_PLAN).isdisjoint(changed):
        approving.note_change(db, exam_session, by=by, now=now)
    seated = [refusal.answer() for refusal in overlapping.conflicts(db, exam_session)]
    for name, value in vars(plan).items():
        setattr(exam_session, name, value)
    _flush(db)
    if not {"starts_at", "ends_at"}.isdisjoint(changed):
        overlapping.check_everybody(db, exam_session, known=seated)
    if (plan.paper_id, plan.draw_id) != (before.paper_id, before.draw_id):
        db.expire(exam_session, ["draw", "paper"])
        signals.paper_changed.send(exam_session, db=db, now=now)
    if plan.minutes != before.minutes:  # an accommodation may be a share of them
        settling.settle(db, exam_session, None, by=by, now=now)
    audit.append(db, exam_session.audit_stream, "exam_session.changed", by=by, now=now, fields=changed)
    return exam_session


def _check(db: Session, plan: SessionPlan) -> None:
    _check_window(plan)
    window = Window(**{one.name: getattr(plan, one.name) for one in fields(Window)})
    filing = filed_days.check(db, plan.filing_id, window)
    paper_plans.check(db, plan.paper_id, plan.draw_id, filing)


def _check_window(plan: SessionPlan) -> None:
    length = plan.ends_at - plan.starts_at
    if length < timedelta(minutes=plan.minutes):
        raise BadWindow(reason="it is shorter than the paper")
    if length > LONGEST_WINDOW:
        raise BadWindow(reason="it is longer than two days")
    if plan.clock_rule == ClockRule.COMMON and length != timedelta(minutes=plan.minutes):
        raise BadWindow(reason="with a common clock it is exactly as long as the paper")


def _flush(db: Session) -> None:
    try:
        db.flush()
    except IntegrityError as error:  # the code is the only thing that can collide
        raise SessionCodeTaken from error


def publish_session(db: Session, exam_session_id: UUID, *, by: Identity, now: datetime) -> ExamSession:
    """Publish a draft and give everybody enrolled a paper.

    Raises NotReadyToPublish, NotFiled, CandidatesStateNoCondition, PaperPlanNotApproved, PaperCompromised,
    TooFewForms, CandidateSitsElsewhere, IllegalTransition, what `readiness.check` raises about rooms and seats, and
    `lawfulness.check` about the staff.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    exam_session.lifecycle.check(exam_session.state, ExamSessionState.PUBLISHED)
    sittings = _sittings(db, exam_session_id)
    if not sittings:
        raise NotReadyToPublish(reason="nobody is enrolled")
    if exam_session.ends_at <= now:
        raise NotReadyToPublish(reason="its window is over")
    filed_days.check(db, exam_session.filing_id, clocks.window_of(exam_session))
    conditions.check_stated(db, exam_session)
    readiness.check(db, exam_session)
    lawfulness.check(db, exam_session)
    overlapping.check_everybody(db, exam_session)
    approving.check(exam_session)
    paper_plans.refuse_compromised(db, exam_session.paper_id, exam_session.draw)
    dealing.give_papers(db, exam_session, sittings)
    states.move(db, exam_session, ExamSessionState.PUBLISHED, by=by, now=now)
    return exam_session


def cancel_session(db: Session, exam_session_id: UUID, *, reason: str, by: Identity, now: datetime) -> ExamSession:
    """Cancel a draft or a published session that nobody is sitting; raises SittingsRunning, IllegalTransition."""
    exam_session = get_locked(db, ExamSession, exam_session_id)
    exam_session.lifecycle.check(exam_session.state, ExamSessionState.CANCELLED)
    running = _count(db, exam_session_id, SittingState.IN_PROGRESS, SittingState.PAUSED)
    if running:
        raise SittingsRunning(count=running)
    states.move(db, exam_session, ExamSessionState.CANCELLED, by=by, now=now, reason=reason)
    return exam_session


def _sittings(db: Session, exam_session_id: UUID) -> Sequence[Sitting]:
    query = select(Sitting).join(Sitting.enrolment).where(Enrolment.exam_session_id == exam_session_id)
    return db.scalars(query.options(contains_eager(Sitting.enrolment)).order_by(*by_seat())).all()


def _count(db: Session, exam_session_id: UUID, *among: SittingState) -> int:
    query = select(func.count()).select_from(Sitting).join(Sitting.enrolment)
    query = query.where(Enrolment.exam_session_id == exam_session_id, Sitting.state.in_(among))
    return db.scalar(query) or 0
