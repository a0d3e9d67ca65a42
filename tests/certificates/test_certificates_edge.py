import hashlib

import pytest
from callers import Caller
from flask import Flask
from world import IDENTITY_NUMBERS, World

from certificates.models import Certificate
from examsvc.core import audit
from examsvc.core.db import Database

pytestmark = pytest.mark.slow


def candidate(app: Flask, world: World, number: int) -> Caller:
    caller = Caller(app)
    proof = {"ticket_number": world.enrolments[number].ticket_number, "proof": IDENTITY_NUMBERS[number][-6:]}
    caller.csrf_token = caller.post("/api/candidate/login", proof).json["csrf_token"]
    return caller


def test_the_office_sees_an_exam_sessions_decisions_and_certificates(
    app: Flask, world: World, issued: Certificate
) -> None:
    office = Caller(app).log_in("office")
    (certificate,) = office.get(f"/api/exam-sessions/{world.exam_session.id}/certificates").json["items"]
    (decision,) = office.get(f"/api/exam-sessions/{world.exam_session.id}/decisions").json["items"]
    assert certificate["number"] == issued.number
    assert certificate["enrolment_id"] == str(world.enrolments[0].id)
    assert certificate["decision_id"] == decision["decision_id"]
    assert decision["state"] == "SETTLED"


def test_others_do_not_see_them(app: Flask, world: World, issued: Certificate) -> None:
    for username in ("proctor1", "examiner1", "author"):
        caller = Caller(app).log_in(username)
        assert caller.get(f"/api/exam-sessions/{world.exam_session.id}/certificates").status_code == 403
        assert caller.get(f"/api/certificates/{issued.id}/pdf").status_code == 403


def test_the_stored_bytes_are_served_again_unchanged(app: Flask, world: World, issued: Certificate) -> None:
    holder = candidate(app, world, 0)
    for ending, digest in (("pdf", issued.pdf_digest), ("png", issued.png_digest)):
        answer = holder.get(f"/api/certificates/{issued.id}/{ending}")
        assert answer.status_code == 200
        assert hashlib.sha256(answer.data).hexdigest() == digest
        assert answer.headers["Content-Disposition"] == f'inline; filename="{issued.number}.{ending}"'
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_candidate_sees_only_certificates_of_their_own(app: Flask, world: World, issued: Certificate) -> None:
    holder, other = candidate(app, world, 0), candidate(app, world, 1)
    (mine,) = holder.get("/api/candidate/certificates").json["items"]
    assert mine["number"] == issued.number
    assert other.get("/api/candidate/certificates").json["items"] == []
    foreign = other.get(f"/api/certificates/{issued.id}/pdf")
    unknown = other.get(f"/api/certificates/{world.exam_session.id}/pdf")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json == unknown.json


def test_a_certificate_is_suspended_reinstated_and_withdrawn_with_reasons(
    app: Flask, database: Database, issued: Certificate
) -> None:
    office, path = Caller(app).log_in("office"), f"/api/certificates/{issued.id}"
    for verb, state in (("suspension", "SUSPENDED"), ("reinstatement", "VALID"), ("withdrawal", "WITHDRAWN")):
        assert office.post(f"{path}/{verb}", {"reason": f"因为{verb}"}).json["state"] == state
    with database.reading() as db:
        last = audit.history(db, issued.audit_stream)[-1]
    assert (last.action, last.detail["reason"]) == ("certificate.withdrawn", "因为withdrawal")
    for verb in ("suspension", "reinstatement", "withdrawal"):
        assert office.post(f"{path}/{verb}", {"reason": "再来"}).json["code"] == "illegal_transition"


def test_nothing_is_done_to_a_certificate_without_a_reason_or_by_others(app: Flask, issued: Certificate) -> None:
    path = f"/api/certificates/{issued.id}/withdrawal"
    assert Caller(app).log_in("office").post(path, {"reason": "  "}).status_code == 422
    assert Caller(app).log_in("decider").post(path, {"reason": "撤销"}).status_code == 403
