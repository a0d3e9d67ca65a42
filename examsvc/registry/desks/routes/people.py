"""Departments, and where members of staff belong."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.cases.models import Department
from examsvc.registry.cases.schemas import DepartmentView
from examsvc.registry.desks import affiliating
from examsvc.registry.desks.affiliating import Place
from examsvc.registry.desks.schemas import (
    AffiliationInput,
    AffiliationOverview,
    AffiliationView,
    DepartmentInput,
    DepartmentList,
)

blp = Blueprint("affiliations", __name__, url_prefix="/api", description="Where people belong")


@blp.route("/departments")
class Departments(MethodView):
    @allow(Role.REGISTRAR, Role.BUREAU)
    @blp.response(200, DepartmentList)
    def get(self) -> dict[str, Any]:
        """The recommending departments."""
        with reading() as db:
            return {"items": affiliating.departments(db)}

    @allow(Role.REGISTRAR)
    @blp.arguments(DepartmentInput)
    @blp.response(200, DepartmentView)
    def post(self, body: dict[str, str]) -> Department:
        """Enter a department; one that is known already stays as it is."""
        with transaction() as db:
            return affiliating.add_department(db, body["name"], by=caller(), now=clock.now())


@blp.route("/affiliations")
class Affiliations(MethodView):
    @allow(Role.REGISTRAR)
    @blp.response(200, AffiliationOverview)
    def get(self) -> dict[str, Any]:
        """The staff with where they belong, and the places there are."""
        with reading() as db:
            return affiliating.overview(db)


@blp.route("/staff/<uuid:account_id>/affiliation")
class StaffAffiliation(MethodView):
    @allow(Role.REGISTRAR)
    @blp.response(200, AffiliationView)
    def get(self, account_id: UUID) -> dict[str, Any]:
        """Where a member of staff belongs."""
        with reading() as db:
            return affiliating.view(db, account_id)

    @allow(Role.REGISTRAR)
    @blp.arguments(AffiliationInput)
    @blp.response(200, AffiliationView)
    def put(self, body: dict[str, str | None], account_id: UUID) -> dict[str, Any]:
        """Enter where a member of staff belongs, in place of what was entered before."""
        with transaction() as db:
            return affiliating.affiliate(db, account_id, Place(**body), by=caller(), now=clock.now())
