"""Results as the evidence gives them now, computed and never stored here: what is stored is proved by them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import canonical
from examsvc.core.db import get
from examsvc.delivery.models import Enrolment
from scoring import aggregate, evidence
from scoring.components import Known
from scoring.material import Material


@dataclass(frozen=True)
class Outcome:
    """A result as the evidence gives it now; `total`, `passed` and `digest` only once nothing is missing."""

    breakdown: list[dict[str, Any]]
    total: int | None
    passed: bool | None
    digest: str | None
    known: list[Known]


def recompute(db: Session, enrolment_id: UUID) -> Outcome:
    """Return the enrolment's result afresh from responses and marks, writing nothing; raises NotFound."""
    return outcome_of(db, get(db, Enrolment, enrolment_id), None)


def outcome_of(db: Session, enrolment: Enrolment, material: Material | None) -> Outcome:
    """Return the enrolment's result afresh; `material` was gathered for many at once."""
    known, complete = evidence.known_components(db, enrolment, material)
    breakdown = [_line(one) for one in known]
    if not complete:
        return Outcome(breakdown, None, None, None, known)
    decimals = enrolment.exam_session.filing.specification.decimals
    exact = aggregate.weighted_total(one.component for one in known)
    total = aggregate.published(exact, decimals)
    passed = aggregate.is_pass(total)
    sealed = {"enrolment": enrolment.id, "breakdown": breakdown, "exact": str(exact), "decimals": decimals}
    digest = canonical.digest({**sealed, "total": total, "passed": passed})
    return Outcome(breakdown, total, passed, digest, known)


def _line(known: Known) -> dict[str, Any]:
    """Return a component as a line of the breakdown; exact hundredths are fractions written out ("19000/3")."""
    component = known.component
    return {
        "kind": str(known.kind),
        "work_task": known.work_task.number,
        "name": known.work_task.name,
        "share": component.share,
        "points": str(component.points),
        "most": component.most,
        "weighted": str(component.weighted),
        "evidence": known.evidence,
    }
