"""The development of a case as its page shows it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session, selectinload

from examsvc.core.clock import shanghai_date
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case, CaseProposal
from examsvc.registry.cases.states import CaseState
from examsvc.registry.developing import clock
from examsvc.registry.developing.models import Development
from examsvc.registry.models import SchemeSpecification, WorkTask


def view(db: Session, case_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return the development of a case that the person may read; raises NotFound, also before it began."""
    case = cases.find(db, case_id, by=by)
    found = get(db, Development, case.id)
    own = ("started_at", "last_on", "due_at", "policy", "coverage", "reminders")
    return {
        **{name: getattr(found, name) for name in own},
        "version": case.version,
        "state": _state(case, found, now),
        "server_now": now,
        "started_on": shanghai_date(found.started_at),
        "planned": _planned(db, case),
        "specification": _specification(db, case, found),
        "bank": _bank(found),
    }


def _state(case: Case, found: Development, now: datetime) -> CaseState:
    """Return the state, also when the worker has not come by yet."""
    is_over = case.state == CaseState.DEVELOPING and clock.is_overdue(found.due_at, now)
    return CaseState.ABANDONED if is_over else case.state


def _planned(db: Session, case: Case) -> dict[str, Any]:
    written = db.get(CaseProposal, case.id)
    content = written.main_content if written else {}
    audience = written.proposal.get("audience", "") if written else ""
    tasks = enumerate(content.get("work_tasks", []), start=1)
    return {
        "definition": content.get("definition", ""),
        "audience": audience,
        "work_tasks": [{"number": number, "name": task["name"], "weight": task["weight"]} for number, task in tasks],
    }


def _specification(db: Session, case: Case, found: Development) -> dict[str, Any] | None:
    if case.specification_id is None or found.specification_handed_in_at is None:
        return None
    options = [selectinload(SchemeSpecification.work_tasks).selectinload(WorkTask.knowledge_points)]
    whole = db.get_one(SchemeSpecification, case.specification_id, options=options)
    about = {name: getattr(whole, name) for name in ("id", "version", "audience", "theory_minutes", "work_tasks")}
    return {**about, "handed_in_at": found.specification_handed_in_at}


def _bank(found: Development) -> dict[str, Any] | None:
    if found.bank_id is None:
        return None
    return {"id": found.bank_id, "name": found.bank_name, "handed_in_at": found.bank_handed_in_at}
