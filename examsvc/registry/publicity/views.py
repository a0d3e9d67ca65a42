"""Notices, objections and reports as plain values for the edges."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.core.sealing import sealer
from examsvc.registry.cases import service as cases
from examsvc.registry.cases import views as case_views
from examsvc.registry.cases.models import Case
from examsvc.registry.models import Filing, FilingState
from examsvc.registry.publicity import openness, resolving
from examsvc.registry.publicity.models import FilingReport, Notice, NoticeCase, Objection
from examsvc.registry.publicity.objecting import CONTACT, NAME
from examsvc.registry.publicity.states import ObjectionState

_NOTICE = (
    *("id", "kind", "number", "title", "text", "working_days", "policy", "posted_at", "opens_on", "ends_on"),
    *("ends_at", "cancelled_because"),
)
_PLACE = ("number", "scheme_name", "occupation_code", "occupation_name", "organisation_name", "credit_code", "district")
_OBJECTION = ("id", "reference", "state", "against", "text", "received_at", "resolved_at", "answer", "evidence_name")


def notice(one: Notice, *, now: datetime) -> dict[str, Any]:
    """Return the notice without its cases, as it stands now."""
    return {**{name: getattr(one, name) for name in _NOTICE}, "state": openness.state_at(one, now)}


def whole_notice(one: Notice, places: Sequence[NoticeCase], *, now: datetime) -> dict[str, Any]:
    """Return the notice with its cases in their order."""
    return {**notice(one, now=now), "cases": [_place(place) for place in places]}


def _place(place: NoticeCase) -> dict[str, Any]:
    told = {name: getattr(place.case, name) for name in _PLACE}
    return {"case_id": place.case_id, **told, "left_at": place.left_at}


def objection(one: Objection) -> dict[str, Any]:
    """Return the objection without who made it."""
    return {
        **{name: getattr(one, name) for name in _OBJECTION},
        "handler_name": one.handler.display_name if one.handler else None,
        "notice": {"id": one.notice_id, "number": one.notice.number, "title": one.notice.title},
        "case": case_views.line(one.case),
    }


def whole_objection(db: Session, one: Objection, *, by: Identity) -> dict[str, Any]:
    """Return the objection with who made it; a person whom it concerns learns neither name nor contact."""
    concerned = resolving.is_concerned(db, one, by)
    return {
        **objection(one),
        "is_concerned": concerned,
        "concerned": {"id": one.concerned_id, "name": one.concerned.display_name} if one.concerned else None,
        "name": None if concerned else sealer().unseal(NAME, one.name_sealed),
        "contact": None if concerned else sealer().unseal(CONTACT, one.contact_sealed),
    }


def of_case(db: Session, case_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return what the page of a case shows of its notices, objections and filing; raises NotFound."""
    case = cases.find(db, case_id, by=by)
    notices = select(Notice).join(NoticeCase).where(NoticeCase.case_id == case.id).order_by(Notice.posted_at)
    counts = (
        select(Objection.state, func.count().label("number"))
        .where(Objection.case_id == case.id)
        .group_by(Objection.state)
    )
    by_state = {row.state: row.number for row in db.execute(counts)}
    return {
        "version": case.version,
        "notices": [notice(one, now=now) for one in db.scalars(notices)],
        "objections": {state.lower(): by_state.get(state, 0) for state in ObjectionState},
        "filing": _filing(db, case),
    }


def _filing(db: Session, case: Case) -> dict[str, Any] | None:
    filing = db.get(Filing, case.filing_id) if case.filing_id else None
    if filing is None:
        return None
    told = {name: getattr(filing, name) for name in ("id", "number", "valid_from_on", "valid_to_on")}
    return {**told, "state": FilingState(filing.state)}


def report(one: FilingReport) -> dict[str, Any]:
    """Return the report with the ids of its filings."""
    names = ("id", "from_on", "to_on", "file_name", "size_bytes", "digest", "composed_at", "reported_at", "note")
    return {**{name: getattr(one, name) for name in names}, "filing_ids": [line.filing_id for line in one.lines]}
