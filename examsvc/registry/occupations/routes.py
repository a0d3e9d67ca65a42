"""The dictionary of occupations: searched by everybody who works here, completed by the centre."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.occupations import service
from examsvc.registry.occupations.schemas import (
    OccupationInput,
    OccupationList,
    OccupationName,
    OccupationQuery,
    OccupationView,
)

blp = Blueprint("occupations", __name__, url_prefix="/api/occupations", description="职业分类大典")
STAFF = tuple(role for role in Role if role != Role.CANDIDATE)


@blp.route("")
class Occupations(MethodView):
    @allow(*STAFF)
    @blp.arguments(OccupationQuery, location="query")
    @blp.response(200, OccupationList)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The occupations found by a code's beginning or by words, by code."""
        with reading() as db:
            found = service.dictionary(db)
        hits = found.search(query["q"], level=query["level"], most=query["limit"])
        return {"items": [service.shown(found, one) for one in hits]}

    @allow(Role.REGISTRAR)
    @blp.arguments(OccupationInput)
    @blp.response(201, OccupationView)
    def post(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Append an occupation that was published after 2022, with the notice that published it."""
        with transaction() as db:
            added = service.append(db, **wanted, by=caller(), now=clock.now())
            return service.shown(service.dictionary(db), added)


@blp.route("/<string:code>/name")
class MinorGroupName(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(OccupationName)
    @blp.response(200, OccupationView)
    def put(self, wanted: dict[str, Any], code: str) -> dict[str, Any]:
        """Enter the official name of a 小类 that the data leave without one."""
        with transaction() as db:
            named = service.name_minor_group(db, code, **wanted, by=caller(), now=clock.now())
            return service.shown(service.dictionary(db), named)
