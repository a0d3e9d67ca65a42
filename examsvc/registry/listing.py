"""The public list 备案的考核机构及项目清单 (沪人社职〔2025〕140号 三(五)), as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.db import get
from examsvc.registry import history
from examsvc.registry.models import Filing, FilingState, Organisation, Scheme, SchemeSpecification, WorkTask
from examsvc.registry.standing import Standing, standing

_SEARCHED = (Filing.number, Organisation.name, Organisation.credit_code, Scheme.name, Scheme.occupation_name)


@dataclass(frozen=True)
class Wanted:
    """Which filings are asked for: those that hold the text in a name or number, and that stand so on the day."""

    day: date
    containing: str = ""
    standing: Standing | None = None


def page(db: Session, wanted: Wanted, *, after: UUID | None = None, limit: int) -> dict[str, Any]:
    """Return up to `limit` filings by number, from behind the filing `after`, in two queries.

    `next` is what to ask for the next page with, or None.
    """
    keys = _matching(wanted)
    if after is not None:
        keys = keys.where(Filing.number > select(Filing.number).filter_by(id=after).scalar_subquery())
    # The page is found in filings alone, so that the order comes from the index on the number, whatever the size.
    found = _read(db, keys.order_by(Filing.number).limit(limit + 1))
    moved = history.of_filings(db, [filing.id for filing in found[:limit]])
    items = [{**entry(one, day=wanted.day), "history": moved.get(one.id, [])} for one in found[:limit]]
    return {"items": items, "next": found[limit - 1].id if len(found) > limit else None, "as_of": wanted.day}


def count(db: Session, wanted: Wanted) -> int:
    """Return how many filings match."""
    return db.scalar(_matching(wanted).with_only_columns(func.count(Filing.id))) or 0


def everything(db: Session, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Yield every line that matches, by number, without its history."""
    for filing in _read(db, _matching(wanted)):
        yield entry(filing, day=wanted.day)


def _read(db: Session, keys: Select[UUID]) -> list[Filing]:
    query = (
        select(Filing)
        .where(Filing.id.in_(keys))
        .options(
            joinedload(Filing.organisation), joinedload(Filing.specification).joinedload(SchemeSpecification.scheme)
        )
    )
    return list(db.scalars(query.order_by(Filing.number)))


def _matching(wanted: Wanted) -> Select[UUID]:
    """Return the ids of what matches; names are looked into only when there is a text to find."""
    query = select(Filing.id).where(*_standing(wanted))
    if not wanted.containing.strip():
        return query
    named = query.join(Filing.organisation).join(Filing.specification).join(SchemeSpecification.scheme)
    return named.where(*_containing(wanted.containing))


def _containing(text: str) -> Iterator[ColumnElement[bool]]:
    typed = "".join(text.split()).lower()
    if typed:
        told = func.lower(func.replace(_told(), " ", ""))
        yield told.contains(typed, autoescape=True)


def _told() -> ColumnElement[str]:
    """Return the searched columns with a line end between them, so that nothing is found across two."""
    told: ColumnElement[str] = literal("")
    for column in _SEARCHED:
        told = told.concat(column).concat("\n")
    return told


def _standing(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    day, in_force = wanted.day, Filing.state == FilingState.IN_FORCE
    if wanted.standing is None:
        return
    yield {
        Standing.IN_FORCE: and_(in_force, Filing.valid_from_on <= day, Filing.valid_to_on >= day),
        Standing.NOT_YET: and_(in_force, Filing.valid_from_on > day),
        Standing.EXPIRED: and_(in_force, Filing.valid_to_on < day),
        Standing.SUSPENDED: Filing.state == FilingState.SUSPENDED,
        Standing.WITHDRAWN: Filing.state == FilingState.WITHDRAWN,
    }[wanted.standing]


def entry(filing: Filing, *, day: date) -> dict[str, Any]:
    """Return one line of the list."""
    organisation, specification = filing.organisation, filing.specification
    scheme = specification.scheme
    dates = (filing.valid_from_on, filing.valid_to_on)
    return {
        "filing_id": filing.id,
        "number": filing.number,
        "organisation": organisation.name,
        "credit_code": organisation.credit_code,
        "district": organisation.district,
        "scheme": scheme.name,
        "occupation_code": scheme.occupation_code,
        "occupation_name": scheme.occupation_name,
        "industries": scheme.industries,
        "specification_id": specification.id,
        "specification_version": specification.version,
        "theory_minutes": specification.theory_minutes,
        "valid_from_on": filing.valid_from_on,
        "valid_to_on": filing.valid_to_on,
        "standing": standing(FilingState(filing.state), *dates, day=day),
    }


def filing(db: Session, filing_id: UUID, *, day: date) -> dict[str, Any]:
    """Return one filing with its specification; raises NotFound."""
    found = get(db, Filing, filing_id)
    moved = history.of_filings(db, [filing_id]).get(filing_id, [])
    return {**entry(found, day=day), "history": moved, "specification": specification(found)}


def specification(filing: Filing) -> dict[str, Any]:
    """Return the 考核规范 that the filing stands on."""
    fixed = filing.specification
    return {
        "definition": fixed.definition,
        "audience": fixed.audience,
        "theory_minutes": fixed.theory_minutes,
        "theory_share": sum(task.theory_share for task in fixed.work_tasks),
        "practical_share": sum(task.practical_share for task in fixed.work_tasks),
        "work_tasks": [_work_task(task) for task in fixed.work_tasks],
    }


def _work_task(task: WorkTask) -> dict[str, Any]:
    return {
        "number": task.number,
        "name": task.name,
        "weight": task.weight,
        "theory_share": task.theory_share,
        "practical_share": task.practical_share,
        "operations": [operation.text for operation in task.operations],
        "knowledge": [point.text for point in task.knowledge_points],
    }
