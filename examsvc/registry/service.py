"""Verbs on what is filed: organisations, schemes, specifications, filings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit
from examsvc.core.db import get, get_locked, only
from examsvc.core.identity import Identity
from examsvc.registry import credit_codes
from examsvc.registry.errors import AlreadyRegistered, NotFiled, WeightsNotWhole
from examsvc.registry.models import (
    Filing,
    KnowledgePoint,
    Operation,
    Organisation,
    OrganisationKind,
    Scheme,
    SchemeSpecification,
    WorkTask,
)

WHOLE = 100


@dataclass(frozen=True)
class WorkTaskPlan:
    """A work task as it is written into a specification; shares are percent of the total."""

    name: str
    theory_share: int
    practical_share: int
    operations: Sequence[str]
    knowledge_points: Sequence[str]

    @property
    def weight(self) -> int:
        return self.theory_share + self.practical_share


def register_organisation(
    db: Session,
    name: str,
    credit_code: str,
    kind: OrganisationKind,
    *,
    district: str,
    address: str,
    by: Identity,
    now: datetime,
) -> Organisation:
    """Register a legal person and return it; raises BadCreditCode, AlreadyRegistered."""
    code = credit_codes.checked(credit_code)
    return register_proven(db, name, code, kind, district=district, address=address, by=by, now=now)


def register_proven(
    db: Session,
    name: str,
    credit_code: str,
    kind: OrganisationKind,
    *,
    district: str,
    address: str,
    by: Identity,
    now: datetime,
) -> Organisation:
    """Register a legal person by a code that was checked, or that a document proves; raises AlreadyRegistered."""
    if only(db, Organisation, credit_code=credit_code):
        raise AlreadyRegistered
    organisation = Organisation(
        name=name, credit_code=credit_code, kind=kind, district=district, address=address, created_at=now
    )
    db.add(organisation)
    db.flush()
    audit.append(db, f"organisation:{organisation.id}", "organisation.registered", by=by, now=now, name=name)
    return organisation


def define_scheme(
    db: Session, name: str, *, occupation: tuple[str, str], industries: Sequence[str], by: Identity, now: datetime
) -> Scheme:
    """Define a scheme in an occupation 小类 (code, name) and return it."""
    if only(db, Scheme, name=name):
        raise AlreadyRegistered
    code, occupation_name = occupation
    scheme = Scheme(
        name=name,
        occupation_code=code,
        occupation_name=occupation_name,
        industries="、".join(industries),
        created_at=now,
    )
    db.add(scheme)
    db.flush()
    audit.append(db, f"scheme:{scheme.id}", "scheme.defined", by=by, now=now, name=name)
    return scheme


def adopt_specification(
    db: Session,
    scheme_id: UUID,
    *,
    definition: str,
    audience: str,
    theory_minutes: int,
    work_tasks: Sequence[WorkTaskPlan],
    by: Identity,
    now: datetime,
) -> SchemeSpecification:
    """Adopt the next version of a scheme's specification; raises WeightsNotWhole.

    The weights make exactly 100 percent: 沪人社职〔2025〕140号 附件3.
    """
    _check_weights(work_tasks)
    scheme = get_locked(db, Scheme, scheme_id)  # two organisations that share it get two versions
    query = select(func.count()).select_from(SchemeSpecification).filter_by(scheme_id=scheme_id)
    specification = SchemeSpecification(
        scheme=scheme,
        version=(db.scalar(query) or 0) + 1,
        definition=definition,
        audience=audience,
        theory_minutes=theory_minutes,
        created_at=now,
        work_tasks=[_work_task(number, plan) for number, plan in enumerate(work_tasks, start=1)],
    )
    db.add(specification)
    db.flush()
    audit.append(db, f"scheme:{scheme_id}", "specification.adopted", by=by, now=now, version=specification.version)
    return specification


def _check_weights(work_tasks: Sequence[WorkTaskPlan]) -> None:
    total = sum(plan.weight for plan in work_tasks)
    if total != WHOLE:
        raise WeightsNotWhole(total=total)


def _work_task(number: int, plan: WorkTaskPlan) -> WorkTask:
    return WorkTask(
        number=number,
        name=plan.name,
        weight=plan.weight,
        theory_share=plan.theory_share,
        practical_share=plan.practical_share,
        operations=[Operation(number=n, text=text) for n, text in enumerate(plan.operations, start=1)],
        knowledge_points=[KnowledgePoint(number=n, text=text) for n, text in enumerate(plan.knowledge_points, start=1)],
    )


def file(
    db: Session,
    organisation_id: UUID,
    specification_id: UUID,
    *,
    number: str,
    valid_from_on: date,
    valid_to_on: date,
    by: Identity,
    now: datetime,
) -> Filing:
    """Enter a filing 备案 and return it; raises AlreadyRegistered for a number in use."""
    if only(db, Filing, number=number):
        raise AlreadyRegistered
    filing = Filing(
        number=number,
        organisation=get(db, Organisation, organisation_id),
        specification=get(db, SchemeSpecification, specification_id),
        valid_from_on=valid_from_on,
        valid_to_on=valid_to_on,
    )
    db.add(filing)
    db.flush()
    audit.append(db, filing.audit_stream, "filing.entered", by=by, now=now, number=number)
    return filing


def filing_in_force(db: Session, filing_id: UUID, *, day: date) -> Filing:
    """Return the filing if it covers an exam on this Shanghai date; raises NotFiled.

    沪人社职〔2025〕140号 四: 考核机构在经备案的考核项目范围内.
    """
    filing = get(db, Filing, filing_id)
    if not filing.covers(day):
        raise NotFiled(day=str(day))
    return filing


def all_filings(db: Session) -> list[Filing]:
    """Return every filing with its organisation and scheme, by number."""
    query = (
        select(Filing)
        .options(
            joinedload(Filing.organisation), joinedload(Filing.specification).joinedload(SchemeSpecification.scheme)
        )
        .order_by(Filing.number)
    )
    return list(db.scalars(query))
