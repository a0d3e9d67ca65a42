"""Approving the paper plan 组卷方案 of an exam session: by a second person, on the digest of what was shown.

The plan is what everybody sits and what they are allowed; name, place and window are arranged around it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, canonical
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery.errors import OwnPaperPlan, PaperPlanMovedOn, PaperPlanNotApproved, SessionNotDraft
from examsvc.delivery.models import ExamSession
from examsvc.delivery.states import ExamSessionState

PAPER_PLAN = (
    "filing_id",
    "paper_id",
    "draw_id",
    "shuffle_questions",
    "shuffle_options",
    "minutes",
    "clock_rule",
    "camera_rule",
    "late_entry_minutes",
    "late_extends_time",
    "login_absent_minutes",
    "earliest_hand_in_minutes",
    "last_minutes_consent",
    "grace_seconds",
    "navigation",
    "calculator_allowed",
    "accept_offline",
    "safe_browser_needed",
)
"""The fields that are approved together; a change of any of them takes the approval back."""


def digest_of(exam_session: ExamSession) -> str:
    """Return the digest of the paper plan as it stands."""
    return canonical.digest({name: _plain(getattr(exam_session, name)) for name in PAPER_PLAN})


def is_approved(exam_session: ExamSession) -> bool:
    """Return whether the paper plan as it stands was approved."""
    return exam_session.plan_digest is not None and exam_session.plan_digest == digest_of(exam_session)


def check(exam_session: ExamSession) -> None:
    """Raise PaperPlanNotApproved unless the plan is approved; of a rehearsal nothing counts, so it needs nobody."""
    if not exam_session.is_rehearsal and not is_approved(exam_session):
        raise PaperPlanNotApproved


def approve(db: Session, exam_session_id: UUID, digest: str, *, by: Identity, now: datetime) -> ExamSession:
    """Approve a draft's paper plan whose digest was shown, and return the exam session; a repeat changes nothing.

    Raises NotFound, SessionNotDraft, OwnPaperPlan for who last changed the plan, PaperPlanMovedOn.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if exam_session.state != ExamSessionState.DRAFT:
        raise SessionNotDraft(state=exam_session.state)
    if by.account_id in (None, exam_session.plan_changed_by_id):
        raise OwnPaperPlan
    if digest != digest_of(exam_session):
        raise PaperPlanMovedOn
    if not is_approved(exam_session):
        exam_session.plan_approved_by_id, exam_session.plan_approved_at = by.account_id, now
        exam_session.plan_digest = digest
        audit.append(db, exam_session.audit_stream, "paper_plan.approved", by=by, now=now, digest=digest)
    return exam_session


def note_change(db: Session, exam_session: ExamSession, *, by: Identity, now: datetime) -> None:
    """Write down who changed the paper plan of a draft, and take the approval back if there was one."""
    exam_session.plan_changed_by_id = by.account_id
    if exam_session.plan_digest is None:
        return
    detail = {"digest": exam_session.plan_digest, "approved_by": exam_session.plan_approved_by_id}
    exam_session.plan_approved_by_id = exam_session.plan_approved_at = exam_session.plan_digest = None
    audit.append(db, exam_session.audit_stream, "paper_plan.approval_taken_back", by=by, now=now, **detail)


def described(exam_session: ExamSession) -> dict[str, Any]:
    """Return how the paper plan stands: its digest, who last changed it, and who approved it when, if anybody did."""
    drawn = exam_session.paper or exam_session.draw
    changed_by, approved_by = exam_session.plan_changed_by, exam_session.plan_approved_by
    holds = approved_by is not None and is_approved(exam_session)
    return {
        "digest": digest_of(exam_session),
        "paper": drawn.blueprint.name if drawn else None,
        "changed_by_id": exam_session.plan_changed_by_id,
        "changed_by": changed_by.display_name if changed_by else None,
        "approved_by": approved_by.display_name if approved_by and holds else None,
        "approved_at": exam_session.plan_approved_at if holds else None,
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, StrEnum) else value
