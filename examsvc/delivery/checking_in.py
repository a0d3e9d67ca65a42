"""The steps before the paper: identity confirmed, undertaking signed, system checked. Each may be repeated.

《诚信考试承诺书》 must be signed before the exam; not signing is giving up (domain.md 2.3).
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, canonical
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, finding
from examsvc.delivery.errors import (
    CameraRequired,
    EntryClosed,
    NotLetIn,
    NotStarted,
    SittingOver,
    StepsMissing,
    UndertakingNameDiffers,
)
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import CameraRule
from examsvc.delivery.timing import Phase


class Camera(StrEnum):
    OK = "OK"
    DENIED = "DENIED"
    NONE = "NONE"


@dataclass(frozen=True)
class SystemCheck:
    """What the candidate's page found out about its machine; times in milliseconds."""

    camera: Camera
    storage: bool
    clock_offset_ms: int
    round_trip_ms: int
    screen: str


def confirm_identity(db: Session, sitting_id: UUID, *, by: Identity, now: datetime) -> Sitting:
    """Record that the candidate confirmed to be the person shown.

    Raises NotFound, SittingOver, EntryClosed, NotLetIn.
    """
    sitting = _enterable(db, sitting_id, by, now)
    if sitting.identity_confirmed_at is None:
        sitting.identity_confirmed_at = now
        audit.append(db, sitting.audit_stream, "sitting.identity_confirmed", by=by, now=now)
    return sitting


def sign_undertaking(db: Session, sitting_id: UUID, name: str, *, by: Identity, now: datetime) -> Sitting:
    """Record the signed undertaking; raises UndertakingNameDiffers and what `confirm_identity` raises."""
    sitting = _enterable(db, sitting_id, by, now)
    if _folded(name) != _folded(sitting.enrolment.candidate.name):
        raise UndertakingNameDiffers
    if sitting.undertaking_signed_at is None:
        sitting.undertaking_signed_at = now
        sitting.undertaking_name = sitting.enrolment.candidate.name
        audit.append(db, sitting.audit_stream, "sitting.undertaking_signed", by=by, now=now)
    return sitting


def record_system_check(db: Session, sitting_id: UUID, check: SystemCheck, *, by: Identity, now: datetime) -> Sitting:
    """Record what the machine can do, the latest for each machine that is used.

    Raises CameraRequired and what `confirm_identity` raises.
    """
    sitting = _enterable(db, sitting_id, by, now)
    if sitting.enrolment.exam_session.camera_rule == CameraRule.REQUIRED and check.camera != Camera.OK:
        raise CameraRequired
    sitting.system_check = canonical.plain({**vars(check), "checked_at": now})
    audit.append(db, sitting.audit_stream, "sitting.system_checked", by=by, now=now, **vars(check))
    return sitting


def missing_steps(sitting: Sitting) -> list[str]:
    """Return the steps that are still to be done, named as in their paths."""
    done = {
        "identity-confirmation": sitting.identity_confirmed_at,
        "undertaking": sitting.undertaking_signed_at,
        "system-check": sitting.system_check,
    }
    return [step for step, proof in done.items() if not proof]


def system_checked_at(sitting: Sitting) -> datetime | None:
    """Return when the machine was last checked."""
    return datetime.fromisoformat(sitting.system_check["checked_at"]) if sitting.system_check else None


def _enterable(db: Session, sitting_id: UUID, by: Identity, now: datetime) -> Sitting:
    sitting = finding.own_locked(db, sitting_id, by=by)
    check_enterable(clocks.timing_of(sitting, now).phase)
    check_let_in(sitting)
    return sitting


def check_let_in(sitting: Sitting) -> None:
    """Raise NotLetIn for whoever was turned away at the door; who never came to one is not asked.

    A person whom the photo or the document does not show does not enter (domain.md 2.3), at a machine neither.
    """
    if sitting.turned_away_at is not None:
        raise NotLetIn


def check_enterable(phase: Phase) -> None:
    """Raise SittingOver or EntryClosed when nobody may enter the sitting any more."""
    if phase == Phase.OVER:
        raise SittingOver
    if phase == Phase.TOO_LATE:
        raise EntryClosed


def check_started(sitting: Sitting, phase: Phase) -> None:
    """Raise NotStarted before the start, also when it was moved."""
    if phase == Phase.WAITING:
        raise NotStarted(starts_at=sitting.enrolment.exam_session.starts_at.isoformat())


def check_steps(sitting: Sitting) -> None:
    """Raise StepsMissing unless every step before the paper is done."""
    missing = missing_steps(sitting)
    if missing:
        raise StepsMissing(missing=missing)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
