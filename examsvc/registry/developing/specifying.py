"""Handing in the specification: annex 3 of the case, with how each work task is split into theory and practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import only
from examsvc.core.identity import Identity
from examsvc.registry import service as registry
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case, CaseProposal
from examsvc.registry.developing import service
from examsvc.registry.developing.errors import ContentMissing, SharesDiffer
from examsvc.registry.developing.models import Development
from examsvc.registry.errors import AlreadyRegistered
from examsvc.registry.models import Scheme, SchemeSpecification
from examsvc.registry.service import WorkTaskPlan


@dataclass(frozen=True)
class Shares:
    """How much of the total a work task gives to theory and to practice, percent."""

    theory: int
    practical: int


@dataclass(frozen=True)
class SpecificationPlan:
    """What annex 3 does not say. `shares` follow the work tasks of annex 3 in their order."""

    audience: str
    theory_minutes: int
    shares: Sequence[Shares]


def hand_in(
    db: Session, case_id: UUID, version: int, plan: SpecificationPlan, *, by: Identity, now: datetime
) -> SchemeSpecification:
    """Adopt the specification of the case and return it (B01: fixed in its version from here on).

    Handed in again, it is the next version, and a bank that was handed in for the one before has to come again.
    Raises what `service.take` raises, ContentMissing, SharesDiffer, AlreadyRegistered, WeightsNotWhole.
    """
    case, development = service.take(db, case_id, version, by=by, now=now)
    content = _content(db, case)
    specification = registry.adopt_specification(
        db,
        _scheme(db, case, by=by, now=now).id,
        definition=content["definition"],
        audience=plan.audience,
        theory_minutes=plan.theory_minutes,
        work_tasks=_planned(content["work_tasks"], plan.shares),
        by=by,
        now=now,
    )
    _record(case, development, specification, now=now)
    case.organisation_id = cases.own_organisation(db, by).id
    about = {"specification": specification.id, "version": specification.version}
    audit.append(db, case.audit_stream, "development.specification_handed_in", by=by, now=now, **about)
    service.settle(db, case, development, by=by, now=now)
    return specification


def _record(case: Case, development: Development, specification: SchemeSpecification, *, now: datetime) -> None:
    case.specification_id = specification.id
    development.specification_handed_in_at = now
    development.bank_id, development.bank_name, development.bank_handed_in_at = None, "", None
    development.coverage = []


def _content(db: Session, case: Case) -> dict[str, Any]:
    written = db.get(CaseProposal, case.id)
    if written is None or not written.main_content.get("work_tasks"):
        raise ContentMissing
    return written.main_content


def _scheme(db: Session, case: Case, *, by: Identity, now: datetime) -> Scheme:
    """Return the scheme of the case: the one another organisation assesses too, or a new one."""
    known = only(db, Scheme, name=case.scheme_name)
    if known is not None:
        if known.occupation_code != case.occupation_code:
            raise AlreadyRegistered
        return known
    occupation = case.occupation_code, case.occupation_name
    return registry.define_scheme(
        db, case.scheme_name, occupation=occupation, industries=case.industries.split("、"), by=by, now=now
    )


def _planned(tasks: Sequence[dict[str, Any]], shares: Sequence[Shares]) -> list[WorkTaskPlan]:
    given = [*shares, *[Shares(0, 0)] * (len(tasks) - len(shares))]
    wrong = [
        {"number": number, "weight": task["weight"], "shares": share.theory + share.practical}
        for number, (task, share) in enumerate(zip(tasks, given, strict=False), start=1)
        if share.theory + share.practical != task["weight"] or min(share.theory, share.practical) < 0
    ]
    if wrong or len(shares) > len(tasks):
        raise SharesDiffer(tasks=wrong)
    return [
        WorkTaskPlan(task["name"], share.theory, share.practical, task["operations"], task["knowledge"])
        for task, share in zip(tasks, given, strict=True)
    ]
