"""Public notices: anybody reads them, the centre posts them."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller, public
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.clock import shanghai_date
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.publicity import posting, spans, views
from examsvc.registry.publicity import reading as pages
from examsvc.registry.publicity.schemas import (
    CasePublicity,
    NoticeInput,
    NoticePage,
    NoticeQuery,
    NoticeWhole,
    PublishedReasonInput,
    SpanQuery,
    SpanView,
    WaitingCases,
    WaitingQuery,
)

blp = Blueprint("notices", __name__, url_prefix="/api", description="公示: public notices")
READERS = (Role.REGISTRAR, Role.BUREAU, Role.RECOMMENDER, Role.OFFICE, Role.DISTRICT, Role.EXPERT)


@blp.route("/notices")
class Notices(MethodView):
    @public
    @blp.arguments(NoticeQuery, location="query")
    @blp.response(200, NoticePage)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The public notices, the newest first."""
        with reading() as db:
            return pages.notices(db, **query, now=clock.now())

    @allow(Role.REGISTRAR)
    @blp.arguments(NoticeInput)
    @blp.response(201, NoticeWhole)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Post a notice of several cases; it is open from now on."""
        seen, now = [posting.Seen(**one) for one in body.pop("cases")], clock.now()
        with transaction() as db:
            plan = posting.NoticePlan(**{**body, "counting": body["counting"] or spans.DEFAULT_COUNTING})
            notice = posting.post(db, plan, seen, by=caller(), now=now)
            return pages.notice(db, notice.id, now=now)


@blp.route("/notices/<uuid:notice_id>")
class NoticePageOne(MethodView):
    @public
    @blp.response(200, NoticeWhole)
    def get(self, notice_id: UUID) -> dict[str, Any]:
        """One notice with its cases."""
        with reading() as db:
            return pages.notice(db, notice_id, now=clock.now())


@blp.route("/notices/span")
class NoticeSpan(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(SpanQuery, location="query")
    @blp.response(200, SpanView)
    def get(self, query: dict[str, Any]) -> spans.NoticeSpan:
        """From when until when a notice posted now would be open."""
        today, counting = shanghai_date(clock.now()), query["counting"] or spans.DEFAULT_COUNTING
        with reading() as db:
            return spans.of(db, query["kind"], today, query["working_days"], counting)


@blp.route("/notices/waiting-cases")
class WaitingForNotice(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(WaitingQuery, location="query")
    @blp.response(200, WaitingCases)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The cases that wait for a notice of this kind."""
        with reading() as db:
            return pages.waiting(db, query["kind"], after=query["after"], limit=query["limit"], by=caller())


@blp.route("/notices/<uuid:notice_id>/cancellation")
class NoticeCancellation(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(PublishedReasonInput)
    @blp.response(200, NoticeWhole)
    def post(self, body: dict[str, str], notice_id: UUID) -> dict[str, Any]:
        """Take an open notice back; its cases wait for another one."""
        now = clock.now()
        with transaction() as db:
            posting.cancel(db, notice_id, body["reason"], by=caller(), now=now)
            return pages.notice(db, notice_id, now=now)


@blp.route("/cases/<uuid:case_id>/publicity")
class PublicityOfCase(MethodView):
    @allow(*READERS)
    @blp.response(200, CasePublicity)
    def get(self, case_id: UUID) -> dict[str, Any]:
        """The notices, objections and filing of a case."""
        with reading() as db:
            return views.of_case(db, case_id, by=caller(), now=clock.now())
