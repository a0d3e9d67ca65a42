"""What was done to filings since they were entered, for the public: dates and the published reasons."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.audit import AuditEntry
from examsvc.core.clock import shanghai_date
from examsvc.registry.models import FilingState

_STREAM = "filing:"
_ACTIONS = {f"filing.{state.lower()}": state for state in FilingState}


def of_filings(db: Session, filing_ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return for each filing its changes of state, oldest first: `state`, `on` (Shanghai), `reason`; one query."""
    moved: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    streams = [f"{_STREAM}{filing_id}" for filing_id in filing_ids]
    query = select(AuditEntry).where(AuditEntry.stream.in_(streams), AuditEntry.action.in_(_ACTIONS))
    for each in db.scalars(query.order_by(AuditEntry.stream, AuditEntry.seq)):
        change = {"state": _ACTIONS[each.action], "on": shanghai_date(each.at), "reason": each.detail.get("reason", "")}
        moved[UUID(each.stream.removeprefix(_STREAM))].append(change)
    return moved
