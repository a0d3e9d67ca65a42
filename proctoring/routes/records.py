"""The records of a sitting: incidents, the timeline, kept snapshots; and who watches an exam session."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.web.edge import reading, transaction
from examsvc.delivery.models import ProctorAssignment
from proctoring import incidents, membership, snapshots
from proctoring import timeline as timelines
from proctoring.models import Incident
from proctoring.schemas.records import (
    IncidentDecisionInput,
    IncidentInput,
    Incidents,
    IncidentView,
    Proctors,
    ProctorsInput,
    Timeline,
)

blp = Blueprint("proctoring-records", __name__, url_prefix="/api", description="Proctoring, records")


@blp.route("/sittings/<uuid:sitting_id>/incidents")
class SittingIncidents(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, Incidents)
    def get(self, sitting_id: UUID) -> dict[str, list[Incident]]:
        """The sitting's incidents, oldest first."""
        with reading() as db:
            return {"items": incidents.incidents(db, sitting_id, by=caller())}

    @allow(Role.PROCTOR)
    @blp.arguments(IncidentInput)
    @blp.response(201, IncidentView)
    def post(self, sent: dict[str, str], sitting_id: UUID) -> Incident:
        """Put an incident on record."""
        with transaction() as db:
            return incidents.open_incident(db, sitting_id, by=caller(), now=clock.now(), **sent)


@blp.route("/incidents/<uuid:incident_id>/decision")
class IncidentDecision(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(IncidentDecisionInput)
    @blp.response(200, IncidentView)
    def post(self, sent: dict[str, Any], incident_id: UUID) -> Incident:
        """Dismiss or confirm an incident."""
        with transaction() as db:
            return incidents.decide(db, incident_id, by=caller(), now=clock.now(), **sent)


@blp.route("/sittings/<uuid:sitting_id>/timeline")
class SittingTimeline(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, Timeline)
    def get(self, sitting_id: UUID) -> dict[str, Any]:
        """Everything that happened in the sitting, in one order of time."""
        with reading() as db:
            return timelines.timeline(db, sitting_id, by=caller())


@blp.route("/snapshots/<uuid:snapshot_id>/image")
class SnapshotImage(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type="image/jpeg")
    def get(self, snapshot_id: UUID) -> Response:
        """A kept frame, byte for byte."""
        with reading() as db:
            digest = snapshots.watched_snapshot(db, snapshot_id, by=caller()).frame_digest
        return Response(blobs.get(digest), mimetype="image/jpeg")


@blp.route("/exam-sessions/<uuid:exam_session_id>/proctors")
class SessionProctors(MethodView):
    @allow(Role.OFFICE)
    @blp.response(200, Proctors)
    def get(self, exam_session_id: UUID) -> dict[str, list[ProctorAssignment]]:
        """The exam session's proctors."""
        with reading() as db:
            return {"items": membership.proctors(db, exam_session_id)}

    @allow(Role.OFFICE)
    @blp.arguments(ProctorsInput)
    @blp.response(200, Proctors)
    def put(self, sent: dict[str, Any], exam_session_id: UUID) -> dict[str, list[ProctorAssignment]]:
        """Make exactly these people the exam session's proctors."""
        with transaction() as db:
            return {"items": membership.assign(db, exam_session_id, **sent, by=caller(), now=clock.now())}
