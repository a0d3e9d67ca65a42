"""Who served at an exam session: on its lists of staff at its start or later, also who was taken off them since.

The tables know those on the lists now; who was on them before is on the exam session's audit log alone.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.audit import AuditEntry
from examsvc.delivery.models import ExamSession
from examsvc.delivery.staffing import reading

LISTS = frozenset({"proctors.assigned", "inner_supervisors.named", "examiners.assigned"})
"""What the audit log calls a change of each of the three lists."""


def served(db: Session, exam_session: ExamSession) -> set[str]:
    """Return the accounts, as the audit log writes them, of all who proctor, supervise or examine there, or did."""
    posted = {str(post.account_id) for post in reading.posts_of(db, exam_session.id)}
    return posted | listed_since(audit.history(db, exam_session.audit_stream), exam_session.starts_at)


def listed_since(entries: Iterable[AuditEntry], start: datetime) -> set[str]:
    """Return who was on any list at the start or later; the entries come oldest first. Pure."""
    lists: dict[str, set[str]] = {action: set() for action in LISTS}
    found: set[str] = set()
    for entry in entries:
        if entry.action not in LISTS:
            continue
        if entry.at > start:
            found |= lists[entry.action]
        lists[entry.action] = _changed(lists[entry.action], entry.detail)
    return found.union(*lists.values())


def _changed(people: set[str], detail: Mapping[str, Any]) -> set[str]:
    """Return the list after a change, which names everybody on it, or who came and who went."""
    if "accounts" in detail:
        return set(detail["accounts"])
    return people - set(detail["removed"]) | set(detail["added"])
