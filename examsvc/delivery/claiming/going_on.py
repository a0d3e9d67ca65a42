"""A page that goes on by itself, and did not hear that its claim was made."""

from typing import Final

from examsvc.core.audit import AuditEntry
from examsvc.delivery.models import Sitting

GONE_ON_AFTER: Final = "gone_on_after"
"""What the audit log calls the epoch of the page that went on by itself."""


def is_unheard(sitting: Sitting, claim: AuditEntry | None, after_epoch: int) -> bool:
    """Return whether the last claim was this page's own, by itself: only one page had that epoch.

    It has not heard of it, or it would have answered since.
    """
    if claim is None or sitting.last_seq > 0:
        return False
    return (claim.detail["epoch"], claim.detail.get(GONE_ON_AFTER)) == (sitting.epoch, after_epoch)
