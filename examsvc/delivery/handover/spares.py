"""The other way round: a spare machine shows a code, a proctor reads it and says which candidate goes on there.

The code proves nothing: alone it does nothing but tell a proctor where that machine stands. The log-in goes to the page
that asked for the code and keeps the secret beside it, once, and only after a proctor has named the candidate.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Login
from examsvc.core import audit, sealing
from examsvc.core.db import get, only, only_locked
from examsvc.core.identity import Identity
from examsvc.delivery.handover import codes, handing
from examsvc.delivery.handover.errors import SpareCodeWrong, TooManySpares
from examsvc.delivery.handover.models import HandOver, SpareMachine
from examsvc.delivery.machines import Machine

MOST_WAITING = 2_000
MOST_AT_ADDRESS = 300
"""How many machines may wait at once, in all and behind one address, which may be a whole building's.

Anybody may ask for a code: so what that costs is bounded, and nobody alone takes it from all others.
"""
KEPT_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Naming:
    """Which candidate goes on at the spare machine, and why; the rest is what `handing.make` asks for."""

    sitting_id: UUID
    reason: str
    seen_at: datetime | None
    most_seconds: int


def show(db: Session, machine: Machine, *, now: datetime) -> tuple[SpareMachine, str, str]:
    """Give a machine that nobody sits at a code and return it with the code and the page's secret; neither is stored.

    Raises TooManySpares.
    """
    db.execute(
        delete(SpareMachine).where(SpareMachine.expires_at < now - KEPT_FOR, SpareMachine.hand_over_id.is_(None))
    )
    _check_room(db, machine, now)
    code, secret = codes.new_code(), secrets.token_urlsafe(32)
    spare = SpareMachine(
        code_mac=_mac(code),
        secret_digest=_digest(secret),
        address=machine.address,
        browser=machine.browser,
        shown_at=now,
        expires_at=now + codes.VALID_FOR,
    )
    db.add(spare)
    db.flush()
    return spare, code, secret


def _check_room(db: Session, machine: Machine, now: datetime) -> None:
    counts = select(func.count(), func.count(case((SpareMachine.address == machine.address, 1))))
    in_all, here = db.execute(counts.where(SpareMachine.expires_at > now)).one()
    if in_all >= MOST_WAITING or here >= MOST_AT_ADDRESS:
        raise TooManySpares


def waiting(db: Session, typed: str, *, now: datetime) -> SpareMachine:
    """Return the machine that shows the code and was given to nobody; raises SpareCodeWrong."""
    return _checked(only(db, SpareMachine, code_mac=_mac(codes.plain(typed))), now)


def give(db: Session, typed: str, naming: Naming, *, by: Identity, now: datetime) -> HandOver:
    """Let the candidate go on at the machine that shows the code, once, and return the hand-over.

    Who may is checked by proctoring. Raises SpareCodeWrong, and what `handing.make` raises.
    """
    spare = _checked(only_locked(db, SpareMachine, code_mac=_mac(codes.plain(typed))), now)
    hand_over, _ = handing.make(db, **vars(naming), by=by, now=now)
    spare.hand_over_id = hand_over.id
    detail = {"hand_over": hand_over.id, "address": spare.address, "browser": spare.browser}
    audit.append(db, hand_over.sitting.audit_stream, "hand_over.spare_named", by=by, now=now, **detail)
    return hand_over


def is_named(db: Session, secret: str, *, now: datetime) -> bool:
    """Return whether a candidate was named for the machine whose page has the secret; raises SpareCodeWrong."""
    return _own(db, secret, now).hand_over_id is not None


def take(db: Session, secret: str, *, user_agent: str, now: datetime) -> tuple[HandOver, Login, str]:
    """Log the named candidate in at the page that has the secret, as `handing.use` does with a typed code.

    Raises SpareCodeWrong, and what `handing.open_at` raises.
    """
    spare = _own(db, secret, now)
    if spare.hand_over_id is None:
        raise SpareCodeWrong
    return handing.open_at(db, get(db, HandOver, spare.hand_over_id), user_agent=user_agent, now=now)


def _own(db: Session, secret: str, now: datetime) -> SpareMachine:
    spare = only(db, SpareMachine, secret_digest=_digest(secret))
    if spare is None or (spare.hand_over_id is None and now >= spare.expires_at):
        raise SpareCodeWrong
    return spare


def _checked(spare: SpareMachine | None, now: datetime) -> SpareMachine:
    if spare is None or spare.hand_over_id is not None or now >= spare.expires_at:
        raise SpareCodeWrong
    return spare


def _mac(code: str) -> str:
    return sealing.sealer().mac("spare-machine", code.encode())


def _digest(secret: str) -> str:
    """256 random bits need no key to be kept from guessing."""
    return hashlib.sha256(secret.encode()).hexdigest()
