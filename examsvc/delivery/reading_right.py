"""Which log-in reads an open paper: the one that claimed the sitting last, so that nobody reads along unseen.

Before any claim nobody can be told from the candidate: then every log-in of theirs reads, and proctors are told when it
is a second one. Whoever moves to another machine claims there. Files of a paper are not asked for here: their addresses
are digests that only the paper tells.
"""

from datetime import datetime

from examsvc.core.identity import Identity
from examsvc.delivery import signals
from examsvc.delivery.errors import PaperClaimedElsewhere
from examsvc.delivery.machines import Machine
from examsvc.delivery.models import Sitting


def check(sitting: Sitting, machine: Machine, *, by: Identity, now: datetime) -> None:
    """Raise PaperClaimedElsewhere unless the log-in claimed last or nobody has; proctors are told of another one."""
    if is_own(sitting, by):
        return
    signals.paper_read_elsewhere.send(sitting, now=now, machine=machine)
    if _is_claimed(sitting):
        raise PaperClaimedElsewhere


def given_keys(sitting: Sitting, *, by: Identity) -> None:
    """Note of a locked sitting which log-in was given its keys first, before any claim."""
    if sitting.reader_login_id is None and not _is_claimed(sitting):
        sitting.reader_login_id = by.login_id


def claimed(sitting: Sitting, machine: Machine, *, by: Identity, now: datetime) -> None:
    """Note of a locked sitting which log-in claims it; proctors are told when another was given the keys before."""
    if sitting.epoch == 0 and not is_own(sitting, by):
        signals.paper_read_elsewhere.send(sitting, now=now, machine=machine)
    sitting.reader_login_id = by.login_id


def is_own(sitting: Sitting, by: Identity) -> bool:
    """Return whether nobody but this log-in has claimed the sitting last, or been given its keys."""
    return sitting.reader_login_id in (None, by.login_id)


def _is_claimed(sitting: Sitting) -> bool:
    """Return whether the sitting was claimed for the start as it stands."""
    return sitting.epoch > 0 and sitting.opened_at is not None
