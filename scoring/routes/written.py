"""Written answers: dividing their marking, marking them, closing it."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.web.downloads import BINARY
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.schemas import Nothing
from examsvc.core.web.shown_files import ANY_TYPE, shown
from scoring.schemas.written_division import WrittenDivisionInput, WrittenMarkingView
from scoring.schemas.written_marks import (
    MarkedQuestionView,
    MarkedSessionList,
    MarkedSessionView,
    WrittenAnswerView,
    WrittenMarkInput,
)
from scoring.written import closing, desk, dividing, marking, overview, owning
from scoring.written.dividing import Division
from scoring.written.duties import DutyLine
from scoring.written.marking import WrittenMarkEvent

blp = Blueprint("written", __name__, url_prefix="/api", description="Written answers marked by people")
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)


@blp.route("/exam-sessions/<uuid:exam_session_id>/written-marking")
class Marking(MethodView):
    @allow(*READERS)
    @blp.response(200, WrittenMarkingView)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """Who marks what, how far they are, and what keeps results back."""
        with reading() as db:
            return overview.overview(db, exam_session_id, by=caller())

    @allow(Role.OFFICE)
    @blp.arguments(WrittenDivisionInput)
    @blp.response(200, WrittenMarkingView)
    def put(self, sent: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Make exactly this the division of the work."""
        division = Division([DutyLine(**line) for line in sent.pop("duties")], **sent)
        with transaction() as db:
            dividing.divide(db, exam_session_id, division, by=caller(), now=clock.now())
            return overview.overview(db, exam_session_id, by=caller())


@blp.route("/exam-sessions/<uuid:exam_session_id>/written-marking/closure")
class MarkingClosure(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(Nothing)
    @blp.response(200, WrittenMarkingView)
    def post(self, _: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Close the marking once all is settled; results become ready."""
        with transaction() as db:
            closing.close(db, exam_session_id, by=caller(), now=clock.now())
            return overview.overview(db, exam_session_id, by=caller())


@blp.route("/marker/sessions")
class MarkerSessions(MethodView):
    @allow(Role.EXAMINER)
    @blp.response(200, MarkedSessionList)
    def get(self) -> dict[str, Any]:
        """The exam sessions I mark written answers of."""
        with reading() as db:
            return {"items": desk.exam_sessions(db, by=caller())}


@blp.route("/marker/sessions/<uuid:exam_session_id>")
class MarkerSession(MethodView):
    @allow(Role.EXAMINER)
    @blp.response(200, MarkedSessionView)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """My questions of an exam session."""
        with reading() as db:
            return desk.exam_session(db, exam_session_id, by=caller())


@blp.route("/marker/sessions/<uuid:exam_session_id>/questions/<uuid:version_id>")
class MarkerQuestion(MethodView):
    @allow(Role.EXAMINER)
    @blp.response(200, MarkedQuestionView)
    def get(self, exam_session_id: UUID, version_id: UUID) -> dict[str, Any]:
        """A question of mine with its marking guide and the answers by code; of a secret bank it is put on record."""
        with transaction() as db:
            owning.record_look(db, exam_session_id, version_id, by=caller(), now=clock.now())
            return desk.question(db, exam_session_id, version_id, by=caller())


@blp.route("/marker/sessions/<uuid:exam_session_id>/questions/<uuid:version_id>/media/<string(length=64):digest>")
class MarkerMedium(MethodView):
    @allow(Role.EXAMINER)
    @blp.response(200, BINARY, content_type=ANY_TYPE)
    def get(self, exam_session_id: UUID, version_id: UUID, digest: str) -> Response:
        """A picture, sound or film that a question of mine shows."""
        with reading() as db:
            media_type = owning.medium_type(db, exam_session_id, version_id, digest, by=caller())
        return shown(blobs.get(digest), media_type, digest)


@blp.route("/written-answers/<uuid:answer_id>")
class WrittenAnswer(MethodView):
    @allow(Role.EXAMINER)
    @blp.response(200, WrittenAnswerView)
    def get(self, answer_id: UUID) -> dict[str, Any]:
        """An answer of mine to mark."""
        with reading() as db:
            return desk.answer(db, answer_id, by=caller())


@blp.route("/written-answers/<uuid:answer_id>/mark")
class WrittenAnswerMark(MethodView):
    @allow(Role.EXAMINER)
    @blp.arguments(WrittenMarkInput)
    @blp.response(200, WrittenAnswerView)
    def put(self, sent: dict[str, Any], answer_id: UUID) -> dict[str, Any]:
        """Give, change or take back my mark."""
        with transaction() as db:
            marking.give_mark(db, answer_id, WrittenMarkEvent(**sent), by=caller(), now=clock.now())
            return desk.answer(db, answer_id, by=caller())
