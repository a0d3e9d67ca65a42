"""Letting items into the pools, and taking them out: released by a second person, retired, compromised."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from questionbank import signals
from questionbank.errors import OwnRelease
from questionbank.lifecycle import ItemState
from questionbank.models import ItemVersion


def release(db: Session, version_id: UUID, *, by: Identity, now: datetime) -> ItemVersion:
    """Release an approved version, which retires its predecessors; raises OwnRelease, IllegalTransition.

    From now on it is drawn; papers drawn before keep what they were drawn with.
    """
    version = get_locked(db, ItemVersion, version_id)
    if by.account_id in (version.author_id, version.reviewer_id if version.is_secret else None):
        raise OwnRelease
    version.releaser_id = by.account_id
    states.move(db, version, ItemState.RELEASED, by=by, now=now, version=version.number)
    for older in version.item.versions:
        if older is not version and older.state in (ItemState.APPROVED, ItemState.RELEASED):
            states.move(db, older, ItemState.RETIRED, by=by, now=now, version=older.number)
    return version


def retire(db: Session, version_id: UUID, *, reason: str, by: Identity, now: datetime) -> ItemVersion:
    """Take a version out of use; raises IllegalTransition."""
    return _end(db, version_id, ItemState.RETIRED, reason=reason, by=by, now=now)


def compromise(db: Session, version_id: UUID, *, reason: str, by: Identity, now: datetime) -> ItemVersion:
    """Put on record that a version became known outside: it is drawn no longer; raises IllegalTransition."""
    version = _end(db, version_id, ItemState.COMPROMISED, reason=reason, by=by, now=now)
    signals.version_compromised.send(version, db=db, by=by, now=now)
    return version


def _end(db: Session, version_id: UUID, state: ItemState, *, reason: str, by: Identity, now: datetime) -> ItemVersion:
    version = get_locked(db, ItemVersion, version_id)
    states.move(db, version, state, by=by, now=now, version=version.number, reason=reason)
    return version
