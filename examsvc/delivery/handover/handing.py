"""Making a hand-over's code, and using it: the old machine is fenced before the new one has a log-in.

Who may make one is checked by proctoring.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from examsvc.accounts import service as accounts
from examsvc.accounts.models import Account, Login
from examsvc.core import audit, sealing
from examsvc.core.db import get, only, only_locked
from examsvc.core.identity import Identity
from examsvc.delivery import finding, opening
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.handover import codes
from examsvc.delivery.handover.errors import HandOverCodeWrong
from examsvc.delivery.handover.models import HandOver
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import ExamSessionState


def make(
    db: Session,
    sitting_id: UUID,
    *,
    reason: str,
    seen_at: datetime | None,
    most_seconds: int,
    by: Identity,
    now: datetime,
) -> tuple[HandOver, str]:
    """Make a code that lets another machine take the sitting over, and return both; the code is stored nowhere.

    Codes made before for the sitting are void. `most_seconds` is the most that is given back for it. Raises NotFound,
    SittingOver.
    """
    sitting = finding.locked(db, sitting_id)
    if sitting.state.is_over or sitting.enrolment.exam_session.state != ExamSessionState.PUBLISHED:
        raise SittingOver
    unused = update(HandOver).where(HandOver.sitting_id == sitting_id, HandOver.used_at.is_(None))
    db.execute(unused.where(HandOver.expires_at > now).values(expires_at=now))
    code = codes.new_code()
    hand_over = HandOver(
        sitting_id=sitting_id,
        code_mac=_mac(code),
        reason=reason,
        made_by_id=by.account_id,
        made_at=now,
        expires_at=now + codes.VALID_FOR,
        seen_at=seen_at,
        most_seconds=most_seconds,
    )
    db.add(hand_over)
    db.flush()
    detail = {"hand_over": hand_over.id, "reason": reason, "seen_at": seen_at}
    audit.append(db, sitting.audit_stream, "hand_over.made", by=by, now=now, **detail)
    return hand_over, code


def use(db: Session, typed: str, *, user_agent: str, now: datetime) -> tuple[HandOver, Login, str]:
    """Use a code once and return the hand-over, the new log-in and its secret token.

    Raises HandOverCodeWrong, SittingOver.
    """
    known = only(db, HandOver, code_mac=_mac(codes.plain(typed)))
    if known is None:
        raise HandOverCodeWrong
    return open_at(db, known, user_agent=user_agent, now=now)


def open_at(db: Session, known: HandOver, *, user_agent: str, now: datetime) -> tuple[HandOver, Login, str]:
    """Use a hand-over once: close every log-in of its candidate, fence the page that answers, and open a new log-in.

    Returns the hand-over, the log-in and its secret token. Raises HandOverCodeWrong, SittingOver.
    """
    sitting = finding.locked(db, known.sitting_id)
    hand_over = only_locked(db, HandOver, id=known.id)
    if hand_over is None or hand_over.used_at is not None or now >= hand_over.expires_at:
        raise HandOverCodeWrong
    if sitting.state.is_over:
        raise SittingOver
    account = get(db, Account, sitting.enrolment.candidate.account_id)
    accounts.move_logins(db, account, now=now)
    login, token = accounts.open_login(db, account, user_agent=user_agent, now=now)
    who = accounts.identity_of(login)
    hand_over.used_at, hand_over.login_id = now, login.id
    if sitting.entered_at is None:  # nothing ran at the old machine that could have been lost
        hand_over.taken_over_at = now
    else:
        _fence(db, sitting, by=who, now=now)
    audit.append(db, sitting.audit_stream, "hand_over.used", by=who, now=now, hand_over=hand_over.id)
    return hand_over, login, token


def _fence(db: Session, sitting: Sitting, *, by: Identity, now: datetime) -> None:
    """Fence the page that answers, or reads by a released key and may claim: what was entered is opened by then."""
    if sitting.opened_at is None:
        opening.open_paper(db, sitting, by=by, now=now)
    sitting.epoch, sitting.last_seq = sitting.epoch + 1, 0


def newest(db: Session, sitting_id: UUID) -> HandOver | None:
    """Return the sitting's latest hand-over, or None."""
    query = select(HandOver).filter_by(sitting_id=sitting_id).order_by(HandOver.made_at.desc()).limit(1)
    return db.scalars(query).one_or_none()


def _mac(code: str) -> str:
    return sealing.sealer().mac("hand-over", code.encode())
