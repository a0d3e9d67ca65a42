"""Logging in, out, who am I, and who there is to assign."""

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts import access, service
from examsvc.accounts.access import allow, caller, public
from examsvc.accounts.models import Account
from examsvc.accounts.roles import Role
from examsvc.accounts.schemas import LoginInput, Me, OwnEmail, StaffList, StaffQuery
from examsvc.core import clock
from examsvc.core.db import get
from examsvc.core.web.edge import reading, transaction

blp = Blueprint("accounts", __name__, url_prefix="/api", description="Logging in")


@blp.route("/login")
class LogIn(MethodView):
    @public
    @blp.arguments(LoginInput)
    @blp.response(200, Me)
    def post(self, credentials: dict[str, str]) -> Response:
        """Log in with a name and a password."""
        name, password = credentials["username"], credentials["password"]
        account = access.proven(name, lambda db: service.prove_password(db, name, password))
        with transaction() as db:
            return access.answer_login(db, account)


@blp.route("/logout")
class LogOut(MethodView):
    @allow(*Role)
    @blp.response(204)
    def post(self) -> Response:
        """Close this login, here and everywhere its cookie was copied to."""
        with transaction() as db:
            service.close_login(db, by=caller(), now=clock.now())
        answer = Response(status=204)
        access.clear_login_cookie(answer)
        return answer


@blp.route("/me")
class WhoAmI(MethodView):
    @allow(*Role)
    @blp.response(200, Me)
    def get(self) -> dict[str, object]:
        """Who is logged in; to a candidate's page that has the CSRF token from the log-in already, also that."""
        return access.describe(caller(), access.told_csrf_token(caller()))


@blp.route("/me/email")
class OwnAddress(MethodView):
    @allow(*Role)
    @blp.response(200, OwnEmail)
    def get(self) -> Account:
        """Where one gets letters."""
        with reading() as db:
            return get(db, Account, caller().account_id)

    @allow(*Role)
    @blp.arguments(OwnEmail)
    @blp.response(200, OwnEmail)
    def put(self, body: dict[str, str | None]) -> Account:
        """Say where one gets letters."""
        by = caller()
        with transaction() as db:
            return service.set_email(db, by.account_id, body["email"], by=by, now=clock.now())


@blp.route("/staff")
class Staff(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(StaffQuery, location="query")
    @blp.response(200, StaffList)
    def get(self, query: dict[str, Role]) -> dict[str, object]:
        """The active members of staff with the role, by user name."""
        with reading() as db:
            return {"items": service.holders(db, query["role"])}
