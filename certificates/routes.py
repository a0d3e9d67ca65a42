"""Decisions, certificates and the public query over HTTP."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from certificates import asking, deciding, desk, holders, service, views
from certificates.schemas import (
    CertificateList,
    CertificateView,
    DecisionInput,
    DecisionList,
    DecisionView,
    Desk,
    QueryAnswer,
    QueryInput,
    ReasonInput,
)
from examsvc.accounts.access import allow, caller, public
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction

blp = Blueprint("certificates", __name__, url_prefix="/api", description="发证: decisions and certificates")
PDF, PNG = "application/pdf", "image/png"


@blp.route("/results/<uuid:result_id>/decision")
class ResultDecision(MethodView):
    @allow(Role.DECISION_MAKER)
    @blp.arguments(DecisionInput)
    @blp.response(200, DecisionView)
    def post(self, decision: dict[str, Any], result_id: UUID) -> dict[str, Any]:
        """Decide on a result, which publishes it. Saying the same again changes nothing."""
        with transaction() as db:
            return views.decision(deciding.decide(db, result_id, **decision, by=caller(), now=clock.now()))


@blp.route("/decisions/desk")
class DecisionDesk(MethodView):
    @allow(Role.DECISION_MAKER)
    @blp.response(200, Desk)
    def get(self) -> dict[str, Any]:
        """The exam sessions whose results wait for a decision, the fullest first."""
        with reading() as db:
            return {"items": desk.sessions(db, by=caller())}


@blp.route("/exam-sessions/<uuid:exam_session_id>/decisions")
class Decisions(MethodView):
    @allow(Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)
    @blp.response(200, DecisionList)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """The decisions on an exam session's results."""
        with reading() as db:
            return {"items": [views.decision(made) for made in deciding.decisions_of(db, exam_session_id)]}


@blp.route("/exam-sessions/<uuid:exam_session_id>/certificates")
class Certificates(MethodView):
    @allow(Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)
    @blp.response(200, CertificateList)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """The certificates issued for an exam session."""
        with reading() as db:
            return {"items": [views.certificate(one) for one in service.certificates_of(db, exam_session_id)]}


@blp.route("/candidate/certificates")
class OwnCertificates(MethodView):
    @allow(Role.CANDIDATE)
    @blp.response(200, CertificateList)
    def get(self) -> dict[str, Any]:
        """The caller's own certificates."""
        with reading() as db:
            return {"items": [views.certificate(one) for one in holders.own_certificates(db, caller().account_id)]}


@blp.route("/certificates/<uuid:certificate_id>/suspension")
class Suspension(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ReasonInput)
    @blp.response(200, CertificateView)
    def post(self, reason: dict[str, str], certificate_id: UUID) -> dict[str, Any]:
        """Suspend a valid certificate."""
        with transaction() as db:
            return views.certificate(service.suspend(db, certificate_id, **reason, by=caller(), now=clock.now()))


@blp.route("/certificates/<uuid:certificate_id>/reinstatement")
class Reinstatement(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ReasonInput)
    @blp.response(200, CertificateView)
    def post(self, reason: dict[str, str], certificate_id: UUID) -> dict[str, Any]:
        """Make a suspended certificate valid again."""
        with transaction() as db:
            return views.certificate(service.reinstate(db, certificate_id, **reason, by=caller(), now=clock.now()))


@blp.route("/certificates/<uuid:certificate_id>/withdrawal")
class Withdrawal(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ReasonInput)
    @blp.response(200, CertificateView)
    def post(self, reason: dict[str, str], certificate_id: UUID) -> dict[str, Any]:
        """Withdraw a certificate for ever."""
        with transaction() as db:
            return views.certificate(service.withdraw(db, certificate_id, **reason, by=caller(), now=clock.now()))


@blp.route("/certificates/<uuid:certificate_id>/pdf")
class CertificatePdf(MethodView):
    @allow(Role.OFFICE, Role.DECISION_MAKER, Role.CANDIDATE)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type=PDF)
    def get(self, certificate_id: UUID) -> Response:
        """The certificate as it was issued, byte for byte."""
        with reading() as db:
            return _file(*service.pdf_of(db, certificate_id, by=caller()), PDF)


@blp.route("/certificates/<uuid:certificate_id>/png")
class CertificatePng(MethodView):
    @allow(Role.OFFICE, Role.DECISION_MAKER, Role.CANDIDATE)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type=PNG)
    def get(self, certificate_id: UUID) -> Response:
        """The certificate as a picture, byte for byte as it was issued."""
        with reading() as db:
            return _file(*service.png_of(db, certificate_id, by=caller()), PNG)


@blp.route("/certificates/query")
class CertificateQuery(MethodView):
    @public
    @blp.arguments(QueryInput)
    @blp.response(200, QueryAnswer)
    def post(self, query: dict[str, str]) -> dict[str, Any]:
        """Whether this certificate is genuine and in force; number, name and identity number must all match."""
        return asking.ask(**query)


def _file(number: str, data: bytes, content_type: str) -> Response:
    answer = Response(data, content_type=content_type)
    ending = content_type.partition("/")[2]
    answer.headers["Content-Disposition"] = f'inline; filename="{number}.{ending}"'
    return answer
