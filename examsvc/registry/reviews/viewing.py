"""The reviews of a case as its readers see them: the centre and the bureau all, experts blind, others the outcome."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.reviews import concluding, kinds
from examsvc.registry.reviews.kinds import CheckItem, MeetingKind, ReviewKind, ReviewState
from examsvc.registry.reviews.models import DispatchedCase, MaterialCheck, Meeting, Panellist, Review

SEE_ALL = (Role.REGISTRAR, Role.BUREAU)
WHOLE = (
    selectinload(Review.panellists).joinedload(Panellist.account),
    selectinload(Review.meetings),
)
_REVIEW = ("id", "kind", "round", "state", "opened_at", "conclusion", "note", "concluded_by_name", "concluded_at")
_SEAT = ("id", "account_id", "is_chair", "given_at", "stood_down_at", "stood_down_reason")
_MEETING = ("id", "kind", "starts_at", "place", "agenda", "held_at", "minutes", "document_id", "result")


def of_case(db: Session, case_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return what was checked, reviewed and sent in the case; raises NotFound."""
    case = cases.find(db, case_id, by=by)
    query = select(Review).where(Review.case_id == case.id).options(*WHOLE).order_by(Review.opened_at, Review.id)
    found = [review for review in db.scalars(query) if _concerns(review, by)]
    return {
        "version": case.version,
        "state": case.state,
        "review_due": _due(case, found),
        "material_checks": _checks(db, case, by=by),
        "reviews": [view(db, review, by=by) for review in found],
        "dispatches": _dispatches(db, case) if by.has(*SEE_ALL) else [],
    }


def view(db: Session, review: Review, *, by: Identity) -> dict[str, Any]:
    """Return one review as the person may see it.

    An expert sees the others' opinions and the panel's minutes only once he gave his own; whoever is under review
    sees neither the panel nor the minutes, ever.
    """
    own = next((one for one in review.sitting_panel if one.account_id == by.account_id), None)
    sees_all = by.has(*SEE_ALL) and own is None
    sees_opinions = sees_all or (own is not None and (own.opinion is not None or review.state == ReviewState.CONCLUDED))
    seats = [_seat(one, shown=sees_opinions or one is own) for one in review.panellists] if sees_all or own else []
    return {
        **{name: getattr(review, name) for name in _REVIEW},
        "panellists": seats,
        "meetings": [_meeting(one, shown=sees_opinions or _is_open_to(own, one)) for one in review.meetings],
        "outstanding": concluding.outstanding(review) if sees_all and review.state == ReviewState.OPEN else [],
        "history": audit.history(db, review.audit_stream) if sees_all else [],
    }


def _concerns(review: Review, by: Identity) -> bool:
    """An expert sees his own reviews only; an organisation not the one before it took part."""
    if by.has(*SEE_ALL, Role.RECOMMENDER, Role.DISTRICT):
        return True
    if any(one.account_id == by.account_id for one in review.sitting_panel):
        return True
    return by.has(Role.OFFICE, Role.QUALITY_SUPERVISOR) and review.kind != ReviewKind.INITIATION


def _is_open_to(own: Panellist | None, meeting: Meeting) -> bool:
    """What a hearing or a visit found, an expert needs for his opinion; the panel's minutes hold the others'."""
    return own is not None and meeting.kind != MeetingKind.PANEL


def _seat(one: Panellist, *, shown: bool) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in _SEAT}
    said = {"opinion": one.opinion, "text": one.text} if shown else {"opinion": None, "text": ""}
    return {**own, **said, "name": one.account.display_name, "has_opinion": one.opinion is not None}


def _meeting(one: Meeting, *, shown: bool) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in _MEETING}
    return own if shown else {**own, "minutes": "", "document_id": None, "result": None}


def _due(case: Case, found: list[Review]) -> ReviewKind | None:
    kind = kinds.KIND_IN.get(case.state)
    is_open = any(review.kind == kind and review.state == ReviewState.OPEN for review in found)
    return None if is_open else kind


def _checks(db: Session, case: Case, *, by: Identity) -> list[dict[str, Any]]:
    if not by.has(*SEE_ALL, Role.RECOMMENDER):
        return []
    found = db.scalars(select(MaterialCheck).filter_by(case_id=case.id).order_by(MaterialCheck.round))
    told = ("round", "conclusion", "note", "checked_by_name", "checked_at")
    return [
        {**{name: getattr(one, name) for name in told}, "items": [_point(point) for point in one.items]}
        for one in found
    ]


def _point(kept: dict[str, Any]) -> dict[str, Any]:
    return {**kept, "item": CheckItem(kept["item"])}


def _dispatches(db: Session, case: Case) -> list[dict[str, Any]]:
    query = select(DispatchedCase).filter_by(case_id=case.id).options(joinedload(DispatchedCase.dispatch))
    found = sorted(db.scalars(query), key=lambda one: one.dispatch.sent_at)
    return [
        {
            **{name: getattr(one.dispatch, name) for name in ("id", "sent_at", "sent_by_name", "package_name")},
            "package_size_bytes": one.dispatch.package_size_bytes,
            "dispatch_note": one.dispatch.note,
            **{name: getattr(one, name) for name in ("reply", "replied_at", "note", "document_id")},
        }
        for one in found
    ]
