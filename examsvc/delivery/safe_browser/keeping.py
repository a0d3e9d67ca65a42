"""The office's side: the keys that are let in, and all that is to be told about them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, get_locked, only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession
from examsvc.delivery.safe_browser import challenging, settings_files, settling
from examsvc.delivery.safe_browser.models import SafeBrowserKey
from examsvc.delivery.safe_browser.settings_files import Making
from examsvc.delivery.safe_browser.states import KeyKind
from examsvc.delivery.states import ExamSessionState


def overview(db: Session, exam_session_id: UUID, *, public_url: str) -> dict[str, Any]:
    """Return what is asked for, the keys that are let in, and the password to leave; raises NotFound."""
    exam_session = get(db, ExamSession, exam_session_id)
    making = settling.making_of(exam_session, public_url)
    accepted = challenging.accepted_keys(db, exam_session, public_url)
    query = select(SafeBrowserKey).filter_by(exam_session_id=exam_session_id)
    return {
        "is_needed": exam_session.safe_browser_needed,
        "asked_kind": challenging.asked_kind(accepted),
        "own_config_key": settings_files.key_of(making),
        "public_url": public_url,
        "quit_password": making.quit_password,
        "keys": list(db.scalars(query.order_by(SafeBrowserKey.added_at, SafeBrowserKey.id))),
    }


def add_key(
    db: Session, exam_session_id: UUID, kind: KeyKind, key: str, label: str, *, by: Identity, now: datetime
) -> None:
    """Let a key in from now on, also while the exam runs; one that is let in already stays. Raises NotFound."""
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if only(db, SafeBrowserKey, exam_session_id=exam_session_id, kind=kind, key=key.lower()):
        return
    known = SafeBrowserKey(exam_session_id=exam_session_id, kind=kind, key=key.lower(), label=label, added_at=now)
    db.add(known)
    stream = exam_session.audit_stream
    audit.append(db, stream, "safe_browser.key_added", by=by, now=now, kind=kind, label=label, key=known.key)


def drop_key(db: Session, exam_session_id: UUID, key_id: UUID, *, by: Identity, now: datetime) -> None:
    """Let a key in no more; who is in stays in until the next claim. Raises NotFound."""
    exam_session = get_locked(db, ExamSession, exam_session_id)
    known = db.get(SafeBrowserKey, key_id)
    if known is None or known.exam_session_id != exam_session_id:
        raise NotFound(thing="key")
    db.delete(known)
    stream = exam_session.audit_stream
    audit.append(db, stream, "safe_browser.key_dropped", by=by, now=now, kind=known.kind, label=known.label)


def making(db: Session, exam_session_id: UUID, *, public_url: str) -> Making:
    """Return what an exam session's settings are made from; raises NotFound."""
    return settling.making_of(get(db, ExamSession, exam_session_id), public_url)


def published_making(db: Session, exam_session_id: UUID, *, public_url: str) -> Making:
    """Return the same for anybody; raises NotFound unless it is published and needs Safe Exam Browser."""
    exam_session = db.get(ExamSession, exam_session_id)
    if exam_session is None or exam_session.state != ExamSessionState.PUBLISHED or not exam_session.safe_browser_needed:
        raise NotFound(thing="exam session")
    return settling.making_of(exam_session, public_url)
