"""Claims: one by itself, or the first ones of many who begin together in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.audit import AuditEntry
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.core.rounds import Alone
from examsvc.delivery import (
    checking_in,
    clocks,
    finding,
    machines,
    opening,
    reading_right,
    signals,
    withholding,
)
from examsvc.delivery.claiming import going_on
from examsvc.delivery.claiming.standing import Standing, standing
from examsvc.delivery.errors import ClaimOutdated, SittingPaused
from examsvc.delivery.handover import taking
from examsvc.delivery.machines import Machine
from examsvc.delivery.models import Sitting
from examsvc.delivery.on_paper.errors import ContinuesOnPaper
from examsvc.delivery.rescue import origins
from examsvc.delivery.safe_browser import gate
from examsvc.delivery.sealed import keys
from examsvc.delivery.sealed.seals import Keys
from examsvc.delivery.states import SittingState
from examsvc.delivery.timing import Phase


@dataclass(frozen=True)
class Claim:
    """The right to answer: an epoch that fences all others, what is stored so far, and what opens the sealed paper.

    There are no keys while the sitting is paused.
    """

    sitting: Sitting
    answers: list[Standing]
    keys: Keys | None


@dataclass(frozen=True)
class Asked:
    """A claim that somebody asks for: of which sitting, after which of its claims, at which machine, when it arrived.

    A network may serve a request that nobody waits for any more. Claimed after an epoch that is not the sitting's, it
    changes nothing: its page has asked again since, or another took the sitting over. `is_unattended`: a page makes it
    by itself, after its own epoch, and takes the sitting from no other page.
    """

    sitting_id: UUID
    after_epoch: int
    machine: Machine
    by: Identity
    now: datetime
    is_unattended: bool = False


def claim(db: Session, asked: Asked) -> Claim:
    """Take the sitting over: raise its epoch, which fences every other page; the first one opens the paper.

    A page that goes on by itself and asks again, because it did not hear the answer, is told the same once more.
    Raises NotFound, SittingOver, EntryClosed, NotStarted, SittingPaused while a pause keeps one out, NotLetIn,
    StepsMissing, SafeBrowserNeeded, ContinuesOnPaper, PapersWithheld, ClaimOutdated.
    """
    sitting = finding.own_locked(db, asked.sitting_id, by=asked.by)
    is_again = sitting.epoch > 0
    before = machines.last_claim(db, sitting) if is_again else None
    is_made = asked.is_unattended and _is_unheard(sitting, before, asked)
    if asked.is_unattended and not (is_made or origins.only_taken_over_since(db, sitting, asked.after_epoch)):
        raise _outdated(sitting, asked)
    phase = _checked(sitting, asked)
    stored = standing(db, sitting) if is_again else []
    if not is_made:
        _make(db, sitting, before, asked)
    return Claim(sitting, stored, keys.released_to(sitting, phase))


def _is_unheard(sitting: Sitting, before: AuditEntry | None, asked: Asked) -> bool:
    """Return whether this very claim was made, and its page has not heard of it."""
    is_known = going_on.is_unheard(sitting, before, asked.after_epoch)
    return is_known and not machines.is_another(before, asked.machine, asked.by)


def _make(db: Session, sitting: Sitting, before: AuditEntry | None, asked: Asked) -> None:
    is_again, begins = sitting.epoch > 0, sitting.state == SittingState.EXPECTED
    with audit.together(db):
        if begins:
            opening.open_paper(db, sitting, by=asked.by, now=asked.now)
        _raise_epoch(db, sitting, asked)
    if is_again and not begins:  # who begins anew on another day took it from nobody
        _claim_again(db, sitting, before, asked)


def claim_firsts(db: Session, asked: Sequence[Asked]) -> list[Claim | Alone]:
    """Make all those claims that open a paper, and in which nothing is out of the ordinary; the others are Alone.

    Sittings and exam sessions that somebody else holds are not waited for.
    """
    sittings = {each.id: each for each in finding.free_locked(db, {one.sitting_id for one in asked})}
    exam_session_ids = {each.enrolment.exam_session_id for each in sittings.values()}
    published = opening.published(db, exam_session_ids, waits=False)
    with audit.together(db):
        return [_first(db, sittings.get(one.sitting_id), one, published) for one in asked]


def _first(db: Session, sitting: Sitting | None, asked: Asked, published: Collection[UUID]) -> Claim | Alone:
    if sitting is None or sitting.epoch > 0 or sitting.state != SittingState.EXPECTED or asked.is_unattended:
        return Alone()
    if sitting.enrolment.exam_session_id not in published:
        return Alone()
    try:
        phase = _checked(finding.checked_own(sitting, asked.by), asked)
    except Refusal:
        return Alone()
    opening.open_published(db, sitting, by=asked.by, now=asked.now)
    _raise_epoch(db, sitting, asked)
    return Claim(sitting, [], keys.released_to(sitting, phase))


def _checked(sitting: Sitting, asked: Asked) -> Phase:
    """Return the sitting's phase, or raise why it cannot be claimed."""
    phase = clocks.timing_of(sitting, asked.now).phase
    checking_in.check_enterable(phase)
    checking_in.check_started(sitting, phase)
    withholding.check(sitting)
    if sitting.held_at is not None:
        raise SittingPaused
    checking_in.check_let_in(sitting)
    checking_in.check_steps(sitting)
    gate.check_claim(sitting, by=asked.by)
    if sitting.on_paper_at is not None:
        raise ContinuesOnPaper
    if not asked.is_unattended and sitting.epoch != asked.after_epoch:
        raise _outdated(sitting, asked)
    return phase


def _outdated(sitting: Sitting, asked: Asked) -> ClaimOutdated:
    return ClaimOutdated(epoch=sitting.epoch, is_own=reading_right.is_own(sitting, asked.by))


def _raise_epoch(db: Session, sitting: Sitting, asked: Asked) -> None:
    reading_right.claimed(sitting, asked.machine, by=asked.by, now=asked.now)
    sitting.epoch, sitting.last_seq = sitting.epoch + 1, 0
    seen = machines.described(asked.machine, asked.by)
    if asked.is_unattended:
        seen[going_on.GONE_ON_AFTER] = asked.after_epoch
    audit.append(db, sitting.audit_stream, machines.CLAIMED, by=asked.by, now=asked.now, epoch=sitting.epoch, **seen)


def _claim_again(db: Session, sitting: Sitting, before: AuditEntry | None, asked: Asked) -> None:
    """Nobody claimed it before where a page only read by its released key until the candidate was moved."""
    claimed_before_at = before.at if before else sitting.opened_at
    is_handed_over = taking.take_over(db, sitting, claimed_before_at=claimed_before_at, by=asked.by, now=asked.now)
    if not is_handed_over and machines.is_another(before, asked.machine, asked.by):
        signals.sitting_claimed_elsewhere.send(sitting, db=db, now=asked.now, machine=asked.machine)
