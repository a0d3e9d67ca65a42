"""Decisions without a panel: the centre's on initiation, 遴选, and the city bureau's consent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.registry.cases import documents
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case, DocumentKind
from examsvc.registry.cases.states import CaseState
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.reviews.errors import NotThisStage, ReasonMissing
from examsvc.registry.reviews.kinds import CITY_LEADS_TO, Conclusion


def pass_city(
    db: Session, case_id: UUID, version: int, conclusion: Conclusion, note: str, *, by: Identity, now: datetime
) -> Case:
    """Record the centre's conclusion of 立项评估 (三(一)2); raises NotThisStage, ReasonMissing."""
    case = _take_in(db, case_id, version, CaseState.EXPERT_REVIEWED, by=by)
    if conclusion != Conclusion.PASS and not note:
        raise ReasonMissing
    cases.advance(db, case, CITY_LEADS_TO[conclusion], by=by, now=now, reason=note)
    return case


def select(
    db: Session, case_id: UUID, version: int, *, is_selected: bool, note: str, by: Identity, now: datetime
) -> Case:
    """遴选确定 (三(一)2: 报…同意后遴选确定考核项目): select the scheme, or turn it down with a reason.

    Raises NotThisStage, ReasonMissing.
    """
    case = _take_in(db, case_id, version, CaseState.NATIONAL_AGREED, by=by)
    if not is_selected and not note:
        raise ReasonMissing
    target = CaseState.SELECTED if is_selected else CaseState.REJECTED
    cases.advance(db, case, target, by=by, now=now, reason=note)
    return case


def consent(
    db: Session, case_id: UUID, version: int, document: Upload, note: str, *, by: Identity, now: datetime
) -> Case:
    """Record with its document that the city bureau agrees to the public notice (三(一)5); raises NotThisStage."""
    case = _take_in(db, case_id, version, CaseState.SCHEME_ASSESSED, by=by)
    kept = documents.keep(db, case, DocumentKind.BUREAU_CONSENT, document, by=by, now=now)
    cases.advance(db, case, CaseState.BUREAU_AGREED, by=by, now=now, document=kept.id, reason=note)
    return case


def refuse_consent(db: Session, case_id: UUID, version: int, note: str, *, by: Identity, now: datetime) -> Case:
    """Record why the city bureau does not agree; raises NotThisStage."""
    case = _take_in(db, case_id, version, CaseState.SCHEME_ASSESSED, by=by)
    cases.advance(db, case, CaseState.REJECTED, by=by, now=now, reason=note)
    return case


def _take_in(db: Session, case_id: UUID, version: int, state: CaseState, *, by: Identity) -> Case:
    case = cases.take(db, case_id, version, by=by)
    if case.state != state:
        raise NotThisStage(state=str(case.state))
    return case
