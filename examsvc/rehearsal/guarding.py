"""What a rehearsal must not touch: a service of somebody else's, and exam sessions of real candidates."""

import ipaddress
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState, SittingState
from examsvc.rehearsal.errors import ForeignAddress, RealCandidatesSit
from examsvc.rehearsal.plans import Plan

TOLD_TWICE = 2


def check_address(url: str, told: Sequence[str]) -> None:
    """Raise ForeignAddress unless the URL is of this machine's loopback, or was told twice to be one's own."""
    if not is_loopback(urlsplit(url).hostname or "") and list(told).count(url) < TOLD_TWICE:
        raise ForeignAddress(url=url)


def check_nobody_sits(db: Session, plan: Plan, told: Sequence[str], *, now: datetime) -> None:
    """Raise RealCandidatesSit while real exam sessions are on during the rehearsal whose code was not told twice."""
    until = now + timedelta(seconds=plan.hard_limit)
    codes = [code for code in db.scalars(_real(now, until)) if list(told).count(code) < TOLD_TWICE]
    if codes:
        raise RealCandidatesSit(codes=", ".join(codes))


def _real(from_at: datetime, until: datetime) -> Select[str]:
    """Ask for the codes of those whose window is open meanwhile, or where somebody still sits whose end was moved."""
    sat = select(Enrolment.exam_session_id).join(Sitting, Sitting.enrolment_id == Enrolment.id)
    sat = sat.where(Sitting.state.in_((SittingState.IN_PROGRESS, SittingState.PAUSED)))
    is_open = and_(ExamSession.starts_at < until, ExamSession.ends_at > from_at)
    return (
        select(ExamSession.code)
        .where(ExamSession.state == ExamSessionState.PUBLISHED, ~ExamSession.is_rehearsal)
        .where(or_(is_open, ExamSession.id.in_(sat)))
        .order_by(ExamSession.starts_at, ExamSession.code)
    )


def is_loopback(host: str) -> bool:
    """Return whether everything that the name stands for is on this machine; an unknown name is not."""
    try:
        addresses = {found[4][0] for found in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(addresses) and all(ipaddress.ip_address(address).is_loopback for address in addresses)
