"""What a department does with a case after it was submitted."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import transaction
from examsvc.registry.cases import views as cases_views
from examsvc.registry.cases.schemas import CaseLine
from examsvc.registry.recommending import submitting
from examsvc.registry.recommending.inputs import CaseWithdrawal, TakeBackInput

blp = Blueprint("recommended-cases", __name__, url_prefix="/api/cases", description="Recommended cases")


@blp.route("/<uuid:case_id>/take-back")
class TakeBack(MethodView):
    @allow(Role.RECOMMENDER)
    @blp.arguments(TakeBackInput)
    @blp.response(200, CaseLine)
    def post(self, wanted: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Put a returned case into a draft batch, to be mended and submitted again."""
        with transaction() as db:
            return cases_views.line(submitting.take_back(db, case_id, **wanted, by=caller(), now=clock.now()))


@blp.route("/<uuid:case_id>/withdrawal")
class Withdrawal(MethodView):
    @allow(Role.RECOMMENDER)
    @blp.arguments(CaseWithdrawal)
    @blp.response(200, CaseLine)
    def post(self, wanted: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Withdraw a recommended scheme before its organisation takes part."""
        with transaction() as db:
            return cases_views.line(submitting.withdraw(db, case_id, **wanted, by=caller(), now=clock.now()))
