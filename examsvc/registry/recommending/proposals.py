"""建议书 (附件2) and 主要考核内容 (附件3) of a draft row: kept as far as they are written."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.registry import names
from examsvc.registry.annexes.forms import Annex3, Proposal
from examsvc.registry.cases.models import Case, CaseProposal
from examsvc.registry.recommending import drafts


def write_proposal(
    db: Session, case_id: UUID, version: int, proposal: Mapping[str, Any], *, by: Identity, now: datetime
) -> Case:
    """Keep the sections of 建议书 and return the case; raises as `drafts.taken` does, UnprintableText."""
    written = Proposal.from_json(_in_nfc(proposal)).to_json()
    case = drafts.taken(db, case_id, version, by=by)
    _annexes(db, case).proposal = written
    drafts.touch(db, case)
    audit.append(db, case.audit_stream, "case.proposal_written", by=by, now=now)
    return case


def write_main_content(
    db: Session, case_id: UUID, version: int, content: Mapping[str, Any], *, by: Identity, now: datetime
) -> Case:
    """Keep 主要考核内容 and return the case; raises as `drafts.taken` does, UnprintableText.

    Weights that do not make 100 percent may wait until the batch is submitted.
    """
    case = drafts.taken(db, case_id, version, by=by)
    known = {"scheme_name": case.scheme_name, "occupation_name": case.occupation_name}
    _annexes(db, case).main_content = Annex3.from_json(_in_nfc(content), **known).to_json()
    drafts.touch(db, case)
    audit.append(db, case.audit_stream, "case.main_content_written", by=by, now=now)
    return case


def _annexes(db: Session, case: Case) -> CaseProposal:
    return get_locked(db, CaseProposal, case.id)


def _in_nfc(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _in_nfc(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_in_nfc(each) for each in value]
    return names.normal(value) if isinstance(value, str) else value
