"""Whether a log-in may go on where Safe Exam Browser is needed: told by columns that are read anyway.

A proof counts for one log-in and one claim. What that claim opened goes on for that log-in alone: the epoch is no
secret, every log-in of the candidate is told it. A page that is loaded again, another machine, another log-in prove
themselves again, and from a proof on the log-in that gave it is the one that answers.
"""

from uuid import UUID

from examsvc.core.identity import Identity
from examsvc.delivery.errors import EpochSuperseded
from examsvc.delivery.models import Sitting
from examsvc.delivery.safe_browser.errors import SafeBrowserNeeded
from examsvc.delivery.safe_browser.states import SafeBrowserState


def state(sitting: Sitting, *, by: Identity) -> SafeBrowserState:
    """Return how the caller stands before a claim."""
    if not sitting.enrolment.exam_session.safe_browser_needed:
        return SafeBrowserState.OFF
    if sitting.safe_browser_waived_at is not None:
        return SafeBrowserState.WAIVED
    is_proven = _is_in_one(sitting, by) and sitting.safe_browser_epoch == sitting.epoch
    return SafeBrowserState.PROVEN if is_proven else SafeBrowserState.NEEDED


def check_claim(sitting: Sitting, *, by: Identity) -> None:
    """Raise SafeBrowserNeeded unless the caller may claim the sitting."""
    if state(sitting, by=by) == SafeBrowserState.NEEDED:
        raise SafeBrowserNeeded


def check_reading(sitting: Sitting, *, by: Identity) -> None:
    """Raise SafeBrowserNeeded unless the caller's log-in was the last one that proved itself."""
    if is_held(sitting) and not _is_in_one(sitting, by):
        raise SafeBrowserNeeded


def check_answering(sitting: Sitting, *, login_id: UUID | None) -> None:
    """Raise EpochSuperseded unless the log-in proved itself for the sitting's epoch, or nobody has to.

    To the page it is as if another had taken the sitting over: it keeps what it holds and proves itself for a claim.
    """
    if is_held(sitting) and not (_is_proof_of(sitting, login_id) and _is_current(sitting)):
        raise EpochSuperseded


def is_held(sitting: Sitting) -> bool:
    """Return whether somebody has to be in a Safe Exam Browser to see this sitting's paper."""
    return sitting.enrolment.exam_session.safe_browser_needed and sitting.safe_browser_waived_at is None


def lets_keys_out(sitting: Sitting) -> bool:
    """Return whether the keys may be told to the sitting's pages at the start: nobody else has what they open."""
    return not is_held(sitting) or sitting.safe_browser_login_id is not None


def _is_in_one(sitting: Sitting, by: Identity) -> bool:
    return _is_proof_of(sitting, by.login_id)


def _is_proof_of(sitting: Sitting, login_id: UUID | None) -> bool:
    return login_id is not None and sitting.safe_browser_login_id == login_id


def _is_current(sitting: Sitting) -> bool:
    """Whether the last proof was for the claim that stands, or for the next."""
    proven = sitting.safe_browser_epoch
    return proven is not None and sitting.epoch in (proven, proven + 1)


def last_known(sitting: Sitting) -> SafeBrowserState:
    """Return how the sitting stands for others: PROVEN when a log-in did so for the last claim or the next."""
    if not is_held(sitting):
        is_off = not sitting.enrolment.exam_session.safe_browser_needed
        return SafeBrowserState.OFF if is_off else SafeBrowserState.WAIVED
    return SafeBrowserState.PROVEN if _is_current(sitting) else SafeBrowserState.NEEDED
