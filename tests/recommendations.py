"""What a department writes in a batch, for tests of recommending."""

from datetime import datetime
from typing import Any
from uuid import UUID

from casework import CREDIT_CODE, MAIN_CONTENT, PROPOSAL
from sqlalchemy.orm import Session
from stdnum.cn import uscc

from examsvc.core.identity import Identity
from examsvc.registry.cases import uploads
from examsvc.registry.cases.models import Case, Recommendation
from examsvc.registry.recommending import batches, proposals, rows, scans
from examsvc.registry.recommending.rows import RowFields

PDF = b"%PDF-1.7 sealed"
ROW: dict[str, Any] = {
    "occupation_code": "4-04-05",
    "scheme_name": "人工智能模型运用",
    "industries": ["人工智能", "电子信息"],
    "organisation_name": "上海案例技术有限公司",
    "credit_code": CREDIT_CODE,
    "expected_candidates": 1000,
    "reason": "行业规划",
}
BATCH = {"title": "2026 年第四季度推荐", "contact_name": "周敏", "contact_phone": "021-55550000"}


def code_of(start: str) -> str:
    """Return the credit code that begins with these 17 characters."""
    return start + str(uscc.calc_check_digit(start))


def fields(**changed: Any) -> RowFields:
    wanted = {**ROW, **changed}
    return RowFields(**{**wanted, "industries": tuple(wanted["industries"])})


def opened(db: Session, by: Identity, now: datetime) -> Recommendation:
    return batches.open_batch(db, **BATCH, by=by, now=now)


def added(db: Session, batch_id: UUID, name: str, by: Identity, now: datetime) -> Case:
    """Add a row with everything that it needs."""
    case = rows.add_row(db, batch_id, fields(scheme_name=name), by=by, now=now)
    proposals.write_proposal(db, case.id, case.version, PROPOSAL, by=by, now=now)
    proposals.write_main_content(db, case.id, case.version, MAIN_CONTENT, by=by, now=now)
    return case


def complete(db: Session, by: Identity, now: datetime, *names: str) -> Recommendation:
    """Return a batch of these schemes to which nothing is missing but the window."""
    batch = opened(db, by, now)
    for name in names or ("人工智能模型运用", "智能体应用"):
        added(db, batch.id, name, by, now)
    scans.keep_scan(db, batch.id, uploads.checked("附件1.pdf", PDF), by=by, now=now)
    return batch
