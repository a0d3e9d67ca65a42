"""Reviewing items: somebody else than the author approves or sends back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from questionbank import content
from questionbank.errors import NotTheAuthor, OwnReview
from questionbank.lifecycle import ItemState
from questionbank.models import ItemVersion


def submit(db: Session, version_id: UUID, *, by: Identity, now: datetime) -> ItemVersion:
    """Hand a draft to review; raises NotTheAuthor, IllegalTransition, and BadItem when words are lacking."""
    version = get_locked(db, ItemVersion, version_id)
    if version.author_id != by.account_id:
        raise NotTheAuthor
    content.check(version.type, version.content, version.key)
    states.move(db, version, ItemState.IN_REVIEW, by=by, now=now, version=version.number)
    return version


def approve(db: Session, version_id: UUID, *, note: str = "", by: Identity, now: datetime) -> ItemVersion:
    """Approve a version, which is not drawn before it is released; raises OwnReview, IllegalTransition, BadItem."""
    version = _for_review(db, version_id, by=by)
    content.check(version.type, version.content, version.key)
    version.reviewer_id, version.review_note = by.account_id, note
    states.move(db, version, ItemState.APPROVED, by=by, now=now, version=version.number)
    return version


def send_back(db: Session, version_id: UUID, *, note: str, by: Identity, now: datetime) -> ItemVersion:
    """Return a version to its author with a note; raises OwnReview, IllegalTransition."""
    version = _for_review(db, version_id, by=by)
    version.reviewer_id, version.review_note = by.account_id, note
    states.move(db, version, ItemState.DRAFT, by=by, now=now, version=version.number, note=note)
    return version


def _for_review(db: Session, version_id: UUID, *, by: Identity) -> ItemVersion:
    version = get_locked(db, ItemVersion, version_id)
    if version.author_id == by.account_id:
        raise OwnReview
    return version
