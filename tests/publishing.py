"""Publishing tests' exam sessions, whose paper plans the decision maker of the world approves first."""

from datetime import datetime
from uuid import UUID

from callers import Caller
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from examsvc.accounts.models import Account
from examsvc.core.db import get, only
from examsvc.core.identity import Identity
from examsvc.delivery import approving, planning
from examsvc.delivery.models import ExamSession

APPROVER = "decider"


def approve(db: Session, exam_session_id: UUID, *, now: datetime) -> ExamSession:
    """Approve the paper plan of a draft as it stands."""
    account = only(db, Account, username=APPROVER)
    assert account
    by = Identity(name=account.display_name, account_id=account.id, roles=account.roles)
    digest = approving.digest_of(get(db, ExamSession, exam_session_id))
    return approving.approve(db, exam_session_id, digest, by=by, now=now)


def publish(db: Session, exam_session_id: UUID, *, by: Identity, now: datetime) -> ExamSession:
    """Publish a draft whose paper plan is approved on the way."""
    approve(db, exam_session_id, now=now)
    return planning.publish_session(db, exam_session_id, by=by, now=now)


def approve_over_http(app: Flask, path: str, username: str = APPROVER) -> TestResponse:
    """Approve what is shown of the exam session at the path."""
    approver = Caller(app).log_in(username)
    return approver.post(f"{path}/paper-plan/approval", {"digest": approver.get(path).json["plan_approval"]["digest"]})
