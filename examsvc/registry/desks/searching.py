"""Full-text search over cases by an index of our own, the same on every database."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from examsvc.registry.cases.models import Case
from examsvc.registry.cases.signals import case_advanced, case_described
from examsvc.registry.cases.states import CaseState
from examsvc.registry.desks import grams
from examsvc.registry.desks.models import CaseGram


def describe(db: Session, case: Case) -> None:
    """Make the case found by what it says now."""
    db.flush()
    db.execute(delete(CaseGram).where(CaseGram.case_id == case.id))
    found = grams.of_texts(texts(case))
    if found:
        db.execute(insert(CaseGram), [{"gram": gram, "case_id": case.id} for gram in sorted(found)])


def texts(case: Case) -> tuple[str, ...]:
    """Return what a case is searched by."""
    what = (case.number, case.scheme_name, case.occupation_code, case.occupation_name, case.industries, case.reason)
    return (*what, case.organisation_name, case.credit_code, case.department.name)


def containing(wanted: str) -> Iterator[ColumnElement[bool]]:
    """Return the SQL condition for the cases that hold all of what was typed; none when nothing was typed."""
    typed = grams.of_query(wanted)
    if typed:
        hits = select(CaseGram.case_id).where(CaseGram.gram.in_(sorted(typed))).group_by(CaseGram.case_id)
        yield Case.id.in_(hits.having(func.count() == len(typed)))


def subscribe() -> None:
    """Index cases as they are described, and once more when they are submitted."""
    case_described.connect(_described)
    case_advanced.connect(_advanced)


def _described(case: Case, *, db: Session, **_: Any) -> None:
    describe(db, case)


def _advanced(case: Case, *, db: Session, **_: Any) -> None:
    if case.state == CaseState.SUBMITTED:
        describe(db, case)
