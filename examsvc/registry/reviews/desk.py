"""An expert's own desk, and the centre's search for experts."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session, contains_eager, joinedload

from examsvc.accounts.models import Account, AccountRole, AccountState
from examsvc.accounts.roles import Role
from examsvc.core import cursors
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases import views
from examsvc.registry.cases.models import Case
from examsvc.registry.reviews import interests, opining, viewing
from examsvc.registry.reviews.kinds import ReviewState
from examsvc.registry.reviews.models import Panellist, Review

MOST_EXPERTS = 50


def mine(db: Session, *, is_open: bool, after: str | None = None, limit: int, by: Identity) -> dict[str, Any]:
    """Return the expert's reviews, those under way or those over, the latest first, a page in one query."""
    query = (
        select(Panellist)
        .join(Panellist.review)
        .join(Review.case)
        .join(Case.department)
        .where(Panellist.account_id == by.account_id, Panellist.stood_down_at.is_(None))
        .options(contains_eager(Panellist.review).contains_eager(Review.case).contains_eager(Case.department))
    )
    running = and_(*opining.under_way())
    query = _behind(query.where(running if is_open else ~running), after)
    found = list(db.scalars(query.order_by(Review.opened_at.desc(), Review.id.desc()).limit(limit + 1)))
    last = found[limit - 1].review if len(found) > limit else None
    items = [_line(seat) for seat in found[:limit]]
    return {"items": items, "next": cursors.write(last.opened_at, last.id) if last else None}


def one(db: Session, review_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return a review on whose panel the expert sits, with the case; raises NotFound."""
    seat = opining.seat(db, review_id, by=by)
    query = select(Review).where(Review.id == seat.review_id)
    review = db.scalars(query.options(*viewing.WHOLE, joinedload(Review.case).joinedload(Case.department))).one()
    return {**_line(seat), "review": viewing.view(db, review, by=by)}


def experts(db: Session, case_id: UUID, q: str, *, by: Identity) -> list[dict[str, Any]]:
    """Return experts whose name contains `q`, those free for the case first, with why others are not."""
    kase = cases.find(db, case_id, by=by)
    named = or_(Account.display_name.icontains(q, autoescape=True), Account.username.icontains(q, autoescape=True))
    query = (
        select(Account, _open_seats())
        .join(AccountRole)
        .where(AccountRole.role == Role.EXPERT, Account.state == AccountState.ACTIVE, named)
        .order_by(Account.display_name, Account.id)
    )
    found = db.execute(query.limit(MOST_EXPERTS)).all()
    conflicts = interests.conflicts(db, kase, [account.id for account, _ in found])
    lines = [
        {"account_id": account.id, "username": account.username, "name": account.display_name}
        | {"open_reviews": seats, "conflict": conflicts.get(account.id)}
        for account, seats in found
    ]
    return sorted(lines, key=lambda line: line["conflict"] is not None)


def _open_seats() -> Any:
    is_open = case((and_(Review.state == ReviewState.OPEN, Panellist.stood_down_at.is_(None)), 1))
    counted = select(func.count(is_open)).select_from(Panellist).join(Panellist.review)
    return counted.where(Panellist.account_id == Account.id).correlate(Account).scalar_subquery()


def _line(seat: Panellist) -> dict[str, Any]:
    review = seat.review
    told = ("kind", "round", "state", "opened_at", "conclusion", "concluded_at")
    own = ("is_chair", "opinion", "text", "given_at", "opinions_given")
    return {
        "review_id": review.id,
        "case": views.line(review.case),
        **{name: getattr(review, name) for name in told},
        **{name: getattr(seat, name) for name in own},
    }


def _behind(query: Select[Panellist], after: str | None) -> Select[Panellist]:
    if after is None:
        return query
    at, key = cursors.read(after)
    mark = tuple_(literal(at, Review.opened_at.type), literal(key, Review.id.type))
    return query.where(tuple_(Review.opened_at, Review.id) < mark)
