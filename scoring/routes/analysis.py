"""How the questions did, after a sitting and over all sittings."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.db import get
from examsvc.core.web.edge import reading, transaction
from examsvc.delivery.models import ExamSession
from questionbank.models import ItemVersion
from scoring import analysing, keeping_calibration
from scoring.schemas.analysis import (
    AnalysisQuery,
    CalibrationInput,
    KeptCalibration,
    SessionAnalysis,
    VersionStatistics,
)

blp = Blueprint("analysis", __name__, url_prefix="/api", description="Item analysis")
READERS = (Role.OFFICE, Role.QUALITY_SUPERVISOR)


@blp.route("/exam-sessions/<uuid:exam_session_id>/analysis")
class Analysis(MethodView):
    @allow(*READERS)
    @blp.arguments(AnalysisQuery, location="query")
    @blp.response(200, SessionAnalysis)
    def get(self, query: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """The finished sittings' questions; options only for those who also may see keys, which is put on record."""
        with transaction() as db:
            analysing.record_look(db, get(db, ExamSession, exam_session_id), by=caller(), now=clock.now())
        with reading() as db:
            return analysing.of_session(db, exam_session_id, query["model"], by=caller())


@blp.route("/exam-sessions/<uuid:exam_session_id>/calibration")
class KeptCalibrations(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(CalibrationInput)
    @blp.response(200, KeptCalibration)
    def post(self, wanted: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Keep the calibration of the finished sittings with the bank; parallel forms are then matched by it."""
        with reading() as db:  # its seconds would hold up writers
            found = keeping_calibration.estimates(db, exam_session_id, wanted["model"])
        with transaction() as db:
            kept = keeping_calibration.keep(db, exam_session_id, found, by=caller(), now=clock.now())
        return {"kept": kept, "people": found.people, "ability": found.ability}


@blp.route("/item-versions/<uuid:version_id>/statistics")
class Statistics(MethodView):
    @allow(*READERS, *analysing.KEY_READERS)
    @blp.response(200, VersionStatistics)
    def get(self, version_id: UUID) -> dict[str, Any]:
        """One version over all finished sittings that asked it; options likewise."""
        with transaction() as db:
            analysing.record_look(db, get(db, ItemVersion, version_id), by=caller(), now=clock.now())
        with reading() as db:
            return analysing.of_version(db, version_id, by=caller())
