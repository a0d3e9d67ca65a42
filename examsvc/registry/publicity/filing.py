"""办理备案: a case whose notice ended without objection becomes a filing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.clock import shanghai_date
from examsvc.core.db import only
from examsvc.core.identity import Identity
from examsvc.registry import service as registry
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState
from examsvc.registry.models import Filing, Organisation
from examsvc.registry.publicity import ending, numbering, openness, validity
from examsvc.registry.publicity.errors import CaseIncomplete, ObjectionOpen


def file_case(db: Session, case_id: UUID, version: int, *, by: Identity, now: datetime) -> Filing:
    """File the case and return its filing, valid for three years from today in Shanghai.

    140号 三(四): 经公示无异议的，办理备案手续；备案有效期为3年.
    Raises ObjectionOpen, CaseIncomplete, IllegalTransition, CaseMovedOn, NotFound.
    """
    seen = cases.find(db, case_id, by=by).version
    ending.settle_case(db, case_id, now)
    case = cases.find(db, case_id, by=by)
    case = cases.take(db, case_id, case.version if version == seen else version, by=by)
    case.lifecycle.check(case.state, CaseState.FILED)
    waiting = openness.open_objections(db, case.id)
    if waiting:
        raise ObjectionOpen(count=waiting)
    filing = _filed(db, case, by=by, now=now)
    case.organisation_id, case.filing_id = filing.organisation_id, filing.id
    cases.advance(db, case, CaseState.FILED, by=by, now=now, filing=filing.id, number=filing.number)
    return filing


def _filed(db: Session, case: Case, *, by: Identity, now: datetime) -> Filing:
    organisation = only(db, Organisation, credit_code=case.credit_code)
    if organisation is None:
        raise CaseIncomplete(missing="organisation")
    if case.specification_id is None:
        raise CaseIncomplete(missing="specification")
    today = shanghai_date(now)
    return registry.file(
        db,
        organisation.id,
        case.specification_id,
        number=numbering.FILING.allot(today.year),
        valid_from_on=today,
        valid_to_on=validity.last_day(today),
        by=by,
        now=now,
    )
