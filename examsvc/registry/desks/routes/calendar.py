"""Deadlines, to look at and to subscribe to."""

from datetime import date
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller, public
from examsvc.core import clock
from examsvc.core.web.edge import reading, settings, transaction
from examsvc.registry.desks import deadlines, feeds
from examsvc.registry.desks.deadline_schemas import CalendarAddress, DeadlineList, DeadlineQuery
from examsvc.registry.desks.routes.cases import READERS

blp = Blueprint("calendar", __name__, url_prefix="/api", description="Deadlines")


@blp.route("/deadlines")
class Deadlines(MethodView):
    @allow(*READERS)
    @blp.arguments(DeadlineQuery, location="query")
    @blp.response(200, DeadlineList)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The deadlines of the cases one may read, and the windows of the notice."""
        days: tuple[date, date] = (query["first_on"], query["last_on"])
        with reading() as db:
            return {"items": deadlines.between(db, *days, by=caller(), own=query["own"]), "server_now": clock.now()}


@blp.route("/calendar/token")
class CalendarToken(MethodView):
    @allow(*READERS)
    @blp.response(201, CalendarAddress)
    def post(self) -> dict[str, str]:
        """A new calendar address; the one before stops working."""
        with transaction() as db:
            token = feeds.open_feed(db, by=caller(), now=clock.now())
        return {"url": f"{settings().public_url}/api/calendar/{token}.ics"}

    @allow(*READERS)
    @blp.response(204)
    def delete(self) -> None:
        """Make one's calendar address stop working."""
        with transaction() as db:
            feeds.close_feed(db, by=caller(), now=clock.now())


@blp.route("/calendar/<string(maxlength=80):secret>.ics")
class CalendarFile(MethodView):
    @public
    @blp.response(200, content_type="text/calendar")
    def get(self, secret: str) -> Response:
        """The deadlines of the address's owner, for calendar programs."""
        with reading() as db:
            return Response(feeds.calendar(db, secret, now=clock.now()), mimetype="text/calendar")
