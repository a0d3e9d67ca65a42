"""From which machine a sitting is claimed: a log-in, an address and a browser, compared with the claim before."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import canonical
from examsvc.core.audit import AuditEntry
from examsvc.core.identity import Identity
from examsvc.delivery.models import Sitting

CLAIMED = "sitting.claimed"


@dataclass(frozen=True)
class Machine:
    """What the server sees of the machine that speaks to it."""

    address: str
    browser: str


UNKNOWN = Machine("", "")


def last_claim(db: Session, sitting: Sitting) -> AuditEntry | None:
    """Return the claim before this one, or None."""
    query = select(AuditEntry).where(AuditEntry.stream == sitting.audit_stream, AuditEntry.action == CLAIMED)
    return db.scalars(query.order_by(AuditEntry.seq.desc()).limit(1)).one_or_none()


def described(machine: Machine, by: Identity) -> dict[str, object]:
    """Return what the audit log keeps of a claim's machine."""
    return {"login": by.login_id, "address": machine.address, "browser": machine.browser}


def is_another(before: AuditEntry | None, machine: Machine, by: Identity) -> bool:
    """Return whether the claim before came by another log-in, from another address or from another browser.

    Machines of one room look alike; a log-in is at one machine, unless its cookie was carried off.
    """
    if before is None:
        return False
    seen = canonical.plain(described(machine, by))
    return any(before.detail[name] != value for name, value in seen.items() if name in before.detail)
