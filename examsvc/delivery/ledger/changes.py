"""What changed a candidate's own clock, and why, from the audit log, as the candidate reads it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.audit import AuditEntry
from examsvc.core.identity import Identity
from examsvc.delivery import finding
from examsvc.delivery.ledger.states import Cause, CreditState

# What the office decides is a change only for who had come; before that it is how the exam was planned.
_DECIDED: Final = {"sitting.accommodated": "ACCOMMODATED", "exam_session.start_moved": "START_MOVED"}
_RAN: Final = {"sitting.extended": "EXTENDED", "sitting.paused": "PAUSED", "time_credit.given": "CREDITED"}
# A credit that was given is void once the start is moved; one that lapsed before was none.
_VOID: Final = {"time_credit.lapsed": "CREDIT_VOID"}
_KINDS: Final = {**_DECIDED, **_RAN, **_VOID, "sitting.in_progress": "REOPENED"}
MOST_MOVES = 50


def own_clock_changes(db: Session, sitting_id: UUID, *, by: Identity) -> list[dict[str, Any]]:
    """Return what changed the caller's own clock and why, oldest first; raises NotFound."""
    sitting = finding.own(db, sitting_id, by=by)
    of_all = sitting.enrolment.exam_session.audit_stream
    moves = audit.newest(db, [of_all], ["exam_session.start_moved"], before=None, most=MOST_MOVES)
    entries = sorted([*audit.history(db, sitting.audit_stream), *moves], key=lambda entry: entry.at)
    return [_change(entry) for entry in entries if _is_change(entry, sitting.identity_confirmed_at)]


def _is_change(entry: AuditEntry, came_at: datetime | None) -> bool:
    if entry.action in _DECIDED:
        return came_at is not None and entry.at >= came_at
    if entry.action in _VOID:
        return entry.detail.get("came_from") == CreditState.GIVEN
    return entry.action in _KINDS and entry.detail.get("came_from") != "EXPECTED"


def _change(entry: AuditEntry) -> dict[str, Any]:
    told = entry.detail
    return {
        "at": entry.at,
        "kind": "RESUMED" if told.get("came_from") == "PAUSED" else _KINDS[entry.action],
        "seconds": told.get("seconds"),
        "break_seconds": told.get("break_seconds"),
        "is_display_changed": told.get("display", False),
        "cause": Cause(told["cause"]) if "cause" in told else None,
        "from_at": _instant(told.get("from_at") or told.get("before")),
        "to_at": _instant(told.get("to_at") or told.get("after")),
        "reason": told.get("reason", ""),
    }


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
