"""Late answers at the edge: the candidate's page sends them, the office looks at them and takes them over."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint
from werkzeug.datastructures import FileStorage

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.uploads import limited
from examsvc.delivery import enrolling
from examsvc.delivery.rescue import files, keeping, leaving, taking_over
from examsvc.delivery.rescue.schemas import (
    MOST_FILE_BYTES,
    LateInput,
    LateKept,
    LeaveInput,
    RescueUpload,
    TakeOverInput,
    WeighingView,
)
from examsvc.delivery.rescue.taking_over import Weighing
from examsvc.delivery.routes.arriving import arrival, settle

blp = Blueprint("late_answers", __name__, url_prefix="/api", description="Late answers and rescue files")
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)
_OF_ENROLMENT = "/exam-sessions/<uuid:exam_session_id>/enrolments/<uuid:enrolment_id>"


@blp.route("/sittings/<uuid:sitting_id>/late-responses")
class LateResponses(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(LateInput)
    @blp.response(200, LateKept)
    def post(self, late: dict[str, Any], sitting_id: UUID) -> dict[str, int]:
        """Hand over what could not be delivered before the end: evidence, not responses; a repeat changes nothing."""
        settle(sitting_id)
        with transaction() as db:
            return {"kept": keeping.send_late(db, sitting_id, **late, by=caller(), now=arrival())}


@blp.route(f"{_OF_ENROLMENT}/late-answers")
class LateAnswers(MethodView):
    @allow(*READERS)
    @blp.response(200, WeighingView)
    def get(self, exam_session_id: UUID, enrolment_id: UUID) -> Weighing:
        """The candidate's late answers, each weighed by the policy of the exam session."""
        with reading() as db:
            sitting = enrolling.enrolment_in(db, exam_session_id, enrolment_id).sitting
            return taking_over.preview(db, sitting.id, now=clock.now())

    @allow(Role.OFFICE)
    @blp.arguments(TakeOverInput)
    @blp.response(200, WeighingView)
    def post(self, order: dict[str, Any], exam_session_id: UUID, enrolment_id: UUID) -> Weighing:
        """Take over those that may be, with a reason; a repeat finds nothing more to take."""
        sitting_id = _sitting_id(exam_session_id, enrolment_id)
        with transaction() as db:
            taking_over.take_over(db, sitting_id, **order, by=caller(), now=clock.now())
        with reading() as db:
            return taking_over.preview(db, sitting_id, now=clock.now())


@blp.route(f"{_OF_ENROLMENT}/late-answers/leave")
class LateAnswersLeft(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(LeaveInput)
    @blp.response(200, WeighingView)
    def post(self, order: dict[str, str], exam_session_id: UUID, enrolment_id: UUID) -> Weighing:
        """Decide, with a reason, that what might still count does not; it is kept."""
        with transaction() as db:
            sitting = enrolling.enrolment_in(db, exam_session_id, enrolment_id).sitting
            return leaving.leave(db, sitting.id, **order, by=caller(), now=clock.now())


@blp.route(f"{_OF_ENROLMENT}/rescue-file/preview")
class RescuePreview(MethodView):
    @allow(Role.OFFICE)
    @limited(MOST_FILE_BYTES)
    @blp.arguments(RescueUpload, location="files")
    @blp.response(200, WeighingView)
    def post(self, upload: dict[str, FileStorage], exam_session_id: UUID, enrolment_id: UUID) -> Weighing:
        """What a rescue file of the candidate holds, and what would become of each line; nothing is stored."""
        sitting_id = _sitting_id(exam_session_id, enrolment_id)
        rescue = files.read(upload["rescue"].stream.read(), exam_session_id, sitting_id)
        with reading() as db:
            return taking_over.preview(db, sitting_id, rescue.lines, receipt=rescue.receipt, now=clock.now())


@blp.route(f"{_OF_ENROLMENT}/rescue-file")
class RescueImport(MethodView):
    @allow(Role.OFFICE)
    @limited(MOST_FILE_BYTES)
    @blp.arguments(TakeOverInput, location="form")
    @blp.arguments(RescueUpload, location="files")
    @blp.response(200, WeighingView)
    def post(
        self, order: dict[str, Any], upload: dict[str, FileStorage], exam_session_id: UUID, enrolment_id: UUID
    ) -> Weighing:
        """Take a rescue file over for its candidate, with a reason; the same file again changes nothing."""
        sitting_id = _sitting_id(exam_session_id, enrolment_id)
        rescue = files.read(upload["rescue"].stream.read(), exam_session_id, sitting_id)
        with transaction() as db:
            brought = {"receipt": rescue.receipt, **order}
            taking_over.take_over(db, sitting_id, rescue.lines, **brought, by=caller(), now=clock.now())
        with reading() as db:
            return taking_over.preview(db, sitting_id, now=clock.now())


def _sitting_id(exam_session_id: UUID, enrolment_id: UUID) -> UUID:
    with reading() as db:
        return enrolling.enrolment_in(db, exam_session_id, enrolment_id).sitting.id
