"""The annexes of batches and cases, for whoever may read them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.clock import shanghai_date
from examsvc.core.identity import Identity
from examsvc.registry.annexes.forms import Annex1, Annex1Row, Annex2, Annex3, Outline, Proposal, clean, line
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case, CaseProposal, Recommendation
from examsvc.registry.recommending import batches, drafts, industries


def annex1(db: Session, recommendation_id: UUID, *, by: Identity) -> tuple[Recommendation, Annex1]:
    """Return a batch and its 推荐汇总表, dated the day it was submitted; raises NotFound, UnprintableText."""
    batch = batches.find(db, recommendation_id, by=by)
    return batch, annex1_of(batch, drafts.of_batch(db, batch))


def annex2(db: Session, case_id: UUID, *, by: Identity) -> tuple[Case, Annex2]:
    """Return a case and its 建议书; raises NotFound, UnprintableText."""
    case = cases.find(db, case_id, by=by)
    return case, annex2_of(db, case)


def annex3(db: Session, case_id: UUID, *, by: Identity) -> tuple[Case, Annex3]:
    """Return a case and its 主要考核内容; raises NotFound, UnprintableText."""
    case = cases.find(db, case_id, by=by)
    return case, annex3_of(db, case)


def annex1_of(batch: Recommendation, cases_of_it: Iterable[Case]) -> Annex1:
    """Return the 推荐汇总表 of a batch with these of its cases; raises UnprintableText."""
    signed_on = shanghai_date(batch.submitted_at) if batch.submitted_at else None
    department, name, phone = batch.department.name, batch.contact_name, batch.contact_phone
    return Annex1(line(department), line(name), line(phone), signed_on, tuple(_row(case) for case in cases_of_it))


def annex2_of(db: Session, case: Case) -> Annex2:
    """Return the 建议书 of a case, also one that is not written yet; raises UnprintableText."""
    written = db.get(CaseProposal, case.id)
    proposal = Proposal.from_json(written.proposal if written else {})
    return Annex2(Outline.of(annex3_of(db, case)), line(case.organisation_name), proposal)


def annex3_of(db: Session, case: Case) -> Annex3:
    """Return the 主要考核内容 of a case, also one that is not written yet; raises UnprintableText."""
    written = db.get(CaseProposal, case.id)
    names = {"scheme_name": case.scheme_name, "occupation_name": case.occupation_name}
    return Annex3.from_json(written.main_content if written else {}, **names)


def _row(case: Case) -> Annex1Row:
    return Annex1Row(
        case.occupation_code,
        line(case.occupation_name),
        line(case.scheme_name),
        industries.split(case.industries),
        line(case.organisation_name),
        case.credit_code,
        case.expected_candidates,
        clean(case.reason),
    )
