"""A page that goes on by itself: what fenced it may have been answers that the office took over, and no other page."""

from typing import Final

from sqlalchemy.orm import Session

from examsvc.core.audit import AuditEntry
from examsvc.delivery.models import Sitting
from examsvc.delivery.rescue import origins

GONE_ON_AFTER: Final = "gone_on_after"
"""What the audit log calls the epoch of the page that went on by itself."""


def may_go_on(db: Session, sitting: Sitting, after_epoch: int) -> bool:
    """Return whether only the office's epochs came after the page's own: then nobody else answers."""
    return origins.only_taken_over_since(db, sitting, after_epoch)


def is_unheard(sitting: Sitting, claim: AuditEntry | None, after_epoch: int) -> bool:
    """Return whether the last claim was this page's own, by itself: only one page had that epoch.

    It has not heard of it, or it would have answered since.
    """
    if claim is None or sitting.last_seq > 0:
        return False
    return (claim.detail["epoch"], claim.detail.get(GONE_ON_AFTER)) == (sitting.epoch, after_epoch)
