"""Records of misconduct over HTTP: staff of the room, or the office, record, hear and witness."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.web.downloads import BINARY
from examsvc.core.web.edge import reading as reading_only
from examsvc.core.web.edge import transaction
from examsvc.core.web.signatures import SignatureInput
from proctoring.misconduct import finding, hearing, reading, recording
from proctoring.misconduct.schemas.records import (
    FactsInput,
    RecordInput,
    RecordQuery,
    StatementInput,
    TellingInput,
    WitnessInput,
)
from proctoring.misconduct.schemas.views import MisconductClasses, MisconductLines, MisconductView

blp = Blueprint("misconduct", __name__, url_prefix="/api", description="Misconduct on the record")
READERS = (Role.PROCTOR, *finding.READERS)
KEEPERS = (Role.PROCTOR, Role.OFFICE)
_RECORD = "/misconduct-records/<uuid:record_id>"
Whole = dict[str, Any]


@blp.route("/misconduct-classes")
class Classes(MethodView):
    @allow(*READERS)
    @blp.response(200, MisconductClasses)
    def get(self) -> dict[str, Any]:
        """The classes that the caller may record, what each permits, and the regulation behind it."""
        return {"items": reading.classes(by=caller())}


@blp.route("/misconduct-records")
class Records(MethodView):
    @allow(*READERS)
    @blp.arguments(RecordQuery, location="query")
    @blp.response(200, MisconductLines)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The records that the caller may read, the newest first."""
        with reading_only() as db:
            return {"items": reading.records(db, **query, by=caller())}


@blp.route("/sittings/<uuid:sitting_id>/misconduct-records")
class SittingRecords(MethodView):
    @allow(*READERS)
    @blp.response(200, MisconductLines)
    def get(self, sitting_id: UUID) -> dict[str, Any]:
        """The records of one sitting."""
        with reading_only() as db:
            return {"items": reading.records(db, sitting_id=sitting_id, by=caller())}

    @allow(*KEEPERS)
    @blp.arguments(RecordInput)
    @blp.response(201, MisconductView)
    def post(self, sent: dict[str, Any], sitting_id: UUID) -> Whole:
        """Put misconduct on record: class, facts, links to evidence. Nothing follows before a ruling.

        A repeat with the same id changes nothing.
        """
        with transaction() as db:
            made = recording.open_record(db, sitting_id, **sent, by=caller(), now=clock.now())
            return reading.whole(db, made, by=caller())


@blp.route(_RECORD)
class Record(MethodView):
    @allow(*READERS)
    @blp.response(200, MisconductView)
    def get(self, record_id: UUID) -> Whole:
        """A record whole."""
        with reading_only() as db:
            return reading.record(db, record_id, by=caller())

    @allow(*KEEPERS)
    @blp.arguments(FactsInput)
    @blp.response(200, MisconductView)
    def put(self, sent: dict[str, Any], record_id: UUID) -> Whole:
        """Correct facts and evidence before the candidate is told them."""
        with transaction() as db:
            return reading.whole(
                db, recording.correct(db, record_id, **sent, by=caller(), now=clock.now()), by=caller()
            )


@blp.route(f"{_RECORD}/telling")
class Telling(MethodView):
    @allow(*KEEPERS)
    @blp.arguments(TellingInput)
    @blp.response(200, MisconductView)
    def post(self, sent: dict[str, str], record_id: UUID) -> Whole:
        """Note that the candidate was told, and what they say to it; facts and evidence are frozen."""
        with transaction() as db:
            return reading.whole(db, hearing.tell(db, record_id, **sent, by=caller(), now=clock.now()), by=caller())


@blp.route(f"{_RECORD}/statements")
class Statements(MethodView):
    @allow(*KEEPERS)
    @blp.arguments(StatementInput)
    @blp.response(200, MisconductView)
    def post(self, sent: dict[str, str], record_id: UUID) -> Whole:
        """Write down what the candidate says later, before it is ruled on."""
        with transaction() as db:
            return reading.whole(
                db, hearing.add_statement(db, record_id, **sent, by=caller(), now=clock.now()), by=caller()
            )


@blp.route(f"{_RECORD}/signature")
class CandidatesSignature(MethodView):
    @allow(*KEEPERS)
    @blp.arguments(SignatureInput)
    @blp.response(200, MisconductView)
    def post(self, signature: dict[str, Any], record_id: UUID) -> Whole:
        """Take the candidate's signature on the pad."""
        digest = signature.pop("digest")
        with transaction() as db:
            signed = hearing.sign(db, record_id, signature, digest, by=caller(), now=clock.now())
            return reading.whole(db, signed, by=caller())


@blp.route(f"{_RECORD}/witnesses")
class Witnesses(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(WitnessInput)
    @blp.response(200, MisconductView)
    def post(self, signature: dict[str, Any], record_id: UUID) -> Whole:
        """Sign that the candidate does not sign; it takes two of the staff, each by their own log-in."""
        digest, note = signature.pop("digest"), signature.pop("note")
        with transaction() as db:
            signed = hearing.witness(db, record_id, signature, digest, note, by=caller(), now=clock.now())
            return reading.whole(db, signed, by=caller())


@blp.route(f"{_RECORD}/snapshots/<uuid:snapshot_id>/image")
class EvidenceImage(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type="image/jpeg")
    def get(self, record_id: UUID, snapshot_id: UUID) -> Response:
        """A kept frame that is evidence, byte for byte."""
        with reading_only() as db:
            digest = finding.linked_snapshot(db, record_id, snapshot_id, by=caller())
        return Response(blobs.get(digest), mimetype="image/jpeg")
