"""The office's enrolments: listed, made one by one, imported from a workbook, corrected, withdrawn."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint
from werkzeug.datastructures import FileStorage

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.web.downloads import BINARY, XLSX, download
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.uploads import limited
from examsvc.delivery import (
    blank_workbooks,
    correcting,
    enrolling,
    importing,
    photo_archives,
    photo_checks,
    photos,
    specimens,
    stating,
    withdrawing,
    workbooks,
)
from examsvc.delivery.attendance import taking_back
from examsvc.delivery.enrolling import Person
from examsvc.delivery.importing import Report
from examsvc.delivery.models import Enrolment, ExamSession
from examsvc.delivery.photo_archives import Photos
from examsvc.delivery.schemas.enrolments import (
    AbsenceUndoingInput,
    ConditionStatement,
    EnrolmentInput,
    EnrolmentList,
    EnrolmentView,
    ImportQuery,
    ImportReport,
    NameCorrection,
    PhotoReceipt,
    PhotoUpload,
    WithdrawalInput,
    WorkbookUpload,
)
from examsvc.delivery.schemas.paper import SpecimenPaper
from examsvc.delivery.workbooks import Line

blp = Blueprint("enrolments", __name__, url_prefix="/api/exam-sessions", description="Enrolments")
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)


@blp.route("/<uuid:exam_session_id>/enrolments")
class Enrolments(MethodView):
    @allow(*READERS)
    @blp.response(200, EnrolmentList)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """Who is enrolled, by seat; identity numbers masked."""
        with reading() as db:
            return {"items": enrolling.enrolments_of(db, exam_session_id)}

    @allow(Role.OFFICE)
    @blp.arguments(EnrolmentInput)
    @blp.response(201, EnrolmentView)
    def post(self, wanted: dict[str, Any], exam_session_id: UUID) -> Enrolment:
        """Enrol one person; the photo follows by itself."""
        person = Person(wanted["name"], wanted["identity_number"], document_type=wanted["document_type"])
        told = {"extra_minutes": wanted["extra_minutes"], "condition": wanted["condition_number"]}
        with transaction() as db:
            return enrolling.enrol(db, exam_session_id, person, **told, by=caller(), now=clock.now())


@blp.route("/<uuid:exam_session_id>/enrolments/<uuid:enrolment_id>/photo")
class EnrolmentPhoto(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type=photos.CONTENT_TYPE)
    def get(self, exam_session_id: UUID, enrolment_id: UUID) -> Response:
        """The candidate's photo."""
        with reading() as db:
            digest = enrolling.enrolment_in(db, exam_session_id, enrolment_id).candidate.photo_digest
        if digest is None:
            raise NotFound(thing="photo")
        return Response(blobs.get(digest), mimetype=photos.CONTENT_TYPE)

    @allow(Role.OFFICE)
    @blp.arguments(PhotoUpload, location="files")
    @blp.response(200, PhotoReceipt)
    def put(self, files: dict[str, FileStorage], exam_session_id: UUID, enrolment_id: UUID) -> dict[str, Any]:
        """Give the candidate a photo: JPEG or PNG, at most 2 MB; says what a person should look at."""
        photo = files["photo"].stream.read()
        with transaction() as db:
            enrolment = enrolling.set_photo(db, exam_session_id, enrolment_id, photo, by=caller(), now=clock.now())
            return {"enrolment": enrolment, "faults": photo_checks.faults(photo)}


@blp.route("/<uuid:exam_session_id>/enrolments/<uuid:enrolment_id>/condition")
class EnrolmentCondition(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ConditionStatement)
    @blp.response(200, EnrolmentView)
    def put(self, sent: dict[str, int], exam_session_id: UUID, enrolment_id: UUID) -> Enrolment:
        """Put on record which condition of application the candidate states to meet."""
        number = sent["condition_number"]
        with transaction() as db:
            return stating.state(db, exam_session_id, enrolment_id, number, by=caller(), now=clock.now())


@blp.route("/<uuid:exam_session_id>/enrolments/<uuid:enrolment_id>/withdrawal")
class EnrolmentWithdrawal(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(WithdrawalInput)
    @blp.response(204)
    def post(self, sent: dict[str, str], exam_session_id: UUID, enrolment_id: UUID) -> None:
        """Take an enrolment back of whose sitting nothing has happened; after publication with the reason."""
        with transaction() as db:
            withdrawing.withdraw(db, exam_session_id, enrolment_id, **sent, by=caller(), now=clock.now())


@blp.route("/<uuid:exam_session_id>/enrolments/<uuid:enrolment_id>/name")
class CandidateName(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(NameCorrection)
    @blp.response(200, EnrolmentView)
    def put(self, sent: dict[str, str], exam_session_id: UUID, enrolment_id: UUID) -> Enrolment:
        """Correct the name of the candidate, with the reason; the person and their number stay the same."""
        with transaction() as db:
            correcting.correct_name(db, exam_session_id, enrolment_id, **sent, by=caller(), now=clock.now())
        with reading() as db:
            return enrolling.enrolment_in(db, exam_session_id, enrolment_id)


@blp.route("/<uuid:exam_session_id>/enrolments/<uuid:enrolment_id>/absence-undoing")
class AbsenceUndoing(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(AbsenceUndoingInput)
    @blp.response(200, EnrolmentView)
    def post(self, sent: dict[str, str], exam_session_id: UUID, enrolment_id: UUID) -> Enrolment:
        """Expect an absent candidate again, with the reason."""
        with transaction() as db:
            sitting_id = enrolling.enrolment_in(db, exam_session_id, enrolment_id).sitting.id
            taking_back.take_back(db, sitting_id, **sent, by=caller(), now=clock.now())
        with reading() as db:
            return enrolling.enrolment_in(db, exam_session_id, enrolment_id)


@blp.route("/<uuid:exam_session_id>/enrolments/<uuid:enrolment_id>/paper")
class EnrolmentPaper(MethodView):
    @allow(Role.OFFICE, Role.QUALITY_SUPERVISOR)
    @blp.response(200, SpecimenPaper)
    def get(self, exam_session_id: UUID, enrolment_id: UUID) -> dict[str, Any]:
        """The candidate's own paper as they see it, no keys; of a secret bank, who looks is put on record."""
        with transaction() as db:
            return specimens.candidates_paper(db, exam_session_id, enrolment_id, by=caller(), now=clock.now())


@blp.route("/<uuid:exam_session_id>/enrolments/import")
class EnrolmentImport(MethodView):
    @allow(Role.OFFICE)
    @limited(workbooks.MOST_BYTES + photo_archives.MOST_BYTES)
    @blp.arguments(ImportQuery, location="query")
    @blp.arguments(WorkbookUpload, location="files")
    @blp.response(200, ImportReport)
    def post(self, query: dict[str, bool], files: dict[str, FileStorage], exam_session_id: UUID) -> Report:
        """Enrol everybody in a workbook (.xlsx), or with dry_run only say what would become of each row."""
        lines, archive = workbooks.lines(files["workbook"].stream.read()), files.get("photos")
        looked_at = _photos(archive, lines)
        with reading() as db:
            report = importing.preview(db, exam_session_id, lines, looked_at, now=clock.now())
        if query["dry_run"] or report.errors:
            return report
        kept = _photos(archive, lines, keep=blobs.put)  # before the transaction, which everybody else waits for
        with transaction() as db:
            return importing.import_lines(db, exam_session_id, lines, kept, by=caller(), now=clock.now())


def _photos(
    archive: FileStorage | None, lines: Sequence[Line], *, keep: Callable[[bytes], str] | None = None
) -> Photos | None:
    numbers = (line.number.text for line in lines)
    return photo_archives.read(archive.stream, numbers, keep=keep) if archive else None  # type: ignore[arg-type]


@blp.route("/<uuid:exam_session_id>/enrolments/template")
class EnrolmentTemplate(MethodView):
    @allow(Role.OFFICE)
    @blp.response(200, BINARY, content_type=XLSX)
    def get(self, exam_session_id: UUID) -> Response:
        """An empty workbook to fill in; with a column for the conditions of application where there are any."""
        with reading() as db:
            lines = get(db, ExamSession, exam_session_id).application_conditions
        return download(blank_workbooks.template(lines), "enrolments.xlsx", XLSX)
