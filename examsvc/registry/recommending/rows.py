"""The rows of a draft batch: added, changed, removed, put in the order of their priority (H04)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.registry.cases import documents
from examsvc.registry.cases.models import Case, CaseDocument, CaseProposal, DocumentKind, Recommendation
from examsvc.registry.cases.signals import case_described
from examsvc.registry.cases.states import CaseState
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.occupations import service as occupations
from examsvc.registry.recommending import batches, drafts, industries, numbering
from examsvc.registry.recommending.errors import (
    BatchFull,
    OrderIncomplete,
    SubmittedBefore,
)
from examsvc.registry.recommending.fields import RowFields, tidied

__all__ = ["RowFields", "add_row", "change_row", "keep_proof", "remove_row", "reorder"]
MOST_ROWS = 200


def add_row(db: Session, recommendation_id: UUID, fields: RowFields, *, by: Identity, now: datetime) -> Case:
    """Add a row behind the others of a draft batch and return its case. What is missing or wrong in it may wait.

    Raises as `batches.drafting` and `fields.tidied` do; BatchFull, UnknownOccupation, NotAMinorGroup.
    """
    batch = batches.drafting(db, recommendation_id, by=by)
    others = drafts.of_batch(db, batch)
    if len(others) >= MOST_ROWS:
        raise BatchFull(limit=MOST_ROWS)
    case = Case(
        number=numbering.allot(db, now=now),
        recommendation_id=batch.id,
        department_id=batch.department_id,
        position=len(others) + 1,
        state=CaseState.DRAFT,
        state_since_at=now,
        created_at=now,
    )
    _write(db, case, tidied(fields))
    db.add(case)
    db.flush()
    db.add(CaseProposal(case_id=case.id, proposal={}, main_content={}))
    batches.touch(batch)
    audit.append(db, case.audit_stream, "case.drafted", by=by, now=now, scheme=case.scheme_name)
    case_described.send(case, db=db)
    return case


def change_row(db: Session, case_id: UUID, version: int, fields: RowFields, *, by: Identity, now: datetime) -> Case:
    """Write a row anew and return its case; raises as `drafts.taken` and `add_row` do."""
    case = drafts.taken(db, case_id, version, by=by)
    row = tidied(fields)
    case.credit_code_proven = case.credit_code_proven and row.credit_code == case.credit_code
    _write(db, case, row)
    drafts.touch(db, case)
    audit.append(db, case.audit_stream, "case.rewritten", by=by, now=now, scheme=case.scheme_name)
    case_described.send(case, db=db)
    return case


def remove_row(db: Session, case_id: UUID, version: int, *, by: Identity, now: datetime) -> Recommendation:
    """Remove a row that was never submitted, close the gap and return the batch; raises SubmittedBefore."""
    case = drafts.taken(db, case_id, version, by=by)
    if drafts.was_submitted(db, case):
        raise SubmittedBefore
    batch = case.recommendation
    for model in (CaseProposal, CaseDocument):
        db.execute(delete(model).where(model.case_id == case.id))
    detail = {"number": case.number, "scheme": case.scheme_name}
    db.delete(case)
    db.flush()
    drafts.close_gaps(db, batch)
    batches.touch(batch)
    audit.append(db, batch.audit_stream, "recommendation.row_removed", by=by, now=now, **detail)
    return batch


def reorder(
    db: Session, recommendation_id: UUID, version: int, case_ids: Sequence[UUID], *, by: Identity, now: datetime
) -> Recommendation:
    """Give the rows this order of priority (说明1) and return the batch; raises OrderIncomplete."""
    batch = batches.drafting(db, recommendation_id, version, by=by)
    by_id = {case.id: case for case in drafts.of_batch(db, batch)}
    if len(case_ids) != len(by_id) or set(case_ids) != set(by_id):
        raise OrderIncomplete
    for position, case_id in enumerate(case_ids, start=1):
        by_id[case_id].position = position
    batches.touch(batch)
    order = [by_id[case_id].number for case_id in case_ids]
    audit.append(db, batch.audit_stream, "recommendation.reordered", by=by, now=now, order=order)
    return batch


def keep_proof(db: Session, case_id: UUID, upload: Upload, *, by: Identity, now: datetime) -> Case:
    """Keep a proof that the credit code is genuine although its check character is wrong, and return the case.

    Some early genuine codes fail the check of GB 32100 (domain.md 2.13).
    """
    case = drafts.taken(db, case_id, None, by=by)
    documents.keep(db, case, DocumentKind.CREDIT_CODE_PROOF, upload, by=by, now=now)
    case.credit_code_proven = True
    drafts.touch(db, case)
    return case


def _write(db: Session, case: Case, row: RowFields) -> None:
    code = row.occupation_code
    found = occupations.dictionary(db).minor_group(code) if code else None
    case.occupation_code, case.occupation_name = code, (found.name or "") if found else ""
    case.scheme_name, case.industries = row.scheme_name, industries.join(row.industries)
    case.organisation_name, case.credit_code = row.organisation_name, row.credit_code
    case.expected_candidates, case.reason = row.expected_candidates, row.reason
