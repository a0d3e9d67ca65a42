import misconduct
import pytest
from callers import Caller
from flask import Flask
from sqlalchemy import delete, update
from world import World

from examsvc.core.audit import AuditEntry, AuditHead
from examsvc.core.db import Database
from examsvc.delivery import invigilating, withdrawing


@pytest.fixture
def supervisor(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("supervisor")


def test_every_session_is_shown_with_its_counts(supervisor: Caller, world: World) -> None:
    page = supervisor.get("/api/supervision/sessions").json
    (line,) = page["items"]
    assert (line["code"], line["state"], line["organisation"]) == ("S1", "PUBLISHED", "上海测试有限公司")
    assert (line["counts"]["enrolled"], line["counts"]["present"], line["counts"]["handed_in"]) == (3, 0, 0)
    assert page["total"] == 1


def test_the_trail_names_who_did_what_newest_first(supervisor: Caller, world: World) -> None:
    trail = supervisor.get(f"/api/supervision/sessions/{world.exam_session.id}/audit").json
    own = [entry for entry in trail["items"] if entry["seat_label"] is None]
    assert [entry["action"] for entry in own] == [
        "exam_session.published",
        "paper_plan.approved",
        *["candidate.enrolled"] * 3,
        "exam_session.room_added",
        "exam_session.created",
    ]
    assert {entry["actor"] for entry in own} == {"office先生", "decider先生"}
    assert trail["next"] is None


def test_the_trail_is_read_page_by_page_without_gap_or_repeat(
    supervisor: Caller, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/supervision/sessions/{world.exam_session.id}/audit"
    whole = [entry["entry_id"] for entry in supervisor.get(path).json["items"]]
    monkeypatch.setattr("examsvc.supervision.trail.PAGE_SIZE", 2)
    read, before = [], None
    while True:
        page = supervisor.get(path, query_string={"before": before} if before else {}).json
        read += [entry["entry_id"] for entry in page["items"]]
        before = page["next"]
        if before is None:
            break
    assert read == whole


def test_the_trail_holds_no_stream_of_another_session(supervisor: Caller, world: World) -> None:
    path = f"/api/supervision/sessions/{world.exam_session.id}/audit"
    assert supervisor.get(path, query_string={"stream": f"account:{world.staff['office'].id}"}).json["items"] == []


def test_whole_chains_are_found_whole(supervisor: Caller, world: World) -> None:
    found = supervisor.get(f"/api/supervision/sessions/{world.exam_session.id}/audit/verification").json
    assert (found["whole"], found["breaks"]) == (True, [])
    assert (found["streams"], found["entries"]) == (1, 7)
    assert found["verified_at"] == "2026-11-23T01:00:00+00:00"


def test_what_was_written_of_a_sitting_is_found_after_its_enrolment_was_withdrawn(
    supervisor: Caller, world: World, database: Database
) -> None:
    gone, act = world.enrolments[0], {"by": world.by("office"), "now": world.now}
    with database.transaction() as db:
        invigilating.extend(db, gone.sitting.id, seconds=60, reason="迟到", **act)
        withdrawing.withdraw(db, world.exam_session.id, gone.id, reason="重复导入", **act)
    path = f"/api/supervision/sessions/{world.exam_session.id}/audit"
    stream = f"sitting:{gone.sitting.id}"
    (line,) = supervisor.get(path, query_string={"stream": stream}).json["items"]
    assert (line["action"], line["seat_label"]) == ("sitting.extended", "01-01")
    assert supervisor.get(f"{path}/verification").json["whole"]
    assert supervisor.get("/api/supervision/sessions").json["items"][0]["counts"]["enrolled"] == 2


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ({"detail": {"code": "S2"}}, "an entry was altered"),
        ({"actor_name": "somebody else"}, "an entry was altered"),
    ],
)
def test_an_altered_entry_is_found_where_it_stands(
    supervisor: Caller, world: World, database: Database, where: dict[str, object], reason: str
) -> None:
    stream = f"exam-session:{world.exam_session.id}"
    with database.transaction() as db:
        db.execute(update(AuditEntry).where(AuditEntry.stream == stream, AuditEntry.seq == 1).values(**where))
    found = supervisor.get(f"/api/supervision/sessions/{world.exam_session.id}/audit/verification").json
    assert (found["whole"], found["breaks"]) == (False, [{"stream": stream, "seq": 1, "reason": reason}])


def test_the_trail_tells_of_misconduct_and_finds_an_altered_ruling(
    supervisor: Caller, world: World, database: Database
) -> None:
    with database.transaction() as db:
        misconduct.assign_proctors(db, world, world.now)
        record = misconduct.signed_case(db, world, world.now)
        misconduct.rule(db, world, record, world.now)
    path = f"/api/supervision/sessions/{world.exam_session.id}/audit"
    told = supervisor.get(path, query_string={"stream": record.audit_stream}).json["items"]
    assert {entry["action"] for entry in told} == {
        f"misconduct.{step}" for step in ("opened", "told", "stated", "signed", "ruled")
    }
    assert {entry["seat_label"] for entry in told} == {"01-01"}
    with database.transaction() as db:
        ruled = AuditEntry.action == "misconduct.ruled"
        db.execute(update(AuditEntry).where(ruled).values(detail={"consequence": "NONE"}))
    found = supervisor.get(f"{path}/verification").json
    assert [one["stream"] for one in found["breaks"]] == [record.audit_stream]


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_missing_entry_is_found_wherever_it_stood(
    supervisor: Caller, world: World, database: Database, seq: int
) -> None:
    stream = f"exam-session:{world.exam_session.id}"
    with database.transaction() as db:
        db.execute(delete(AuditEntry).where(AuditEntry.stream == stream, AuditEntry.seq == seq))
    found = supervisor.get(f"/api/supervision/sessions/{world.exam_session.id}/audit/verification").json
    assert not found["whole"]


def test_a_sessions_stream_cut_off_with_its_head_is_missed(
    supervisor: Caller, world: World, database: Database
) -> None:
    stream = f"exam-session:{world.exam_session.id}"
    with database.transaction() as db:
        db.execute(delete(AuditEntry).where(AuditEntry.stream == stream))
        db.execute(delete(AuditHead).where(AuditHead.stream == stream))
    found = supervisor.get(f"/api/supervision/sessions/{world.exam_session.id}/audit/verification").json
    assert found["breaks"][0]["reason"] == "the stream is missing"


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["office", "author", "proctor1", "examiner1", "decider"])
def test_supervision_is_for_supervisors(app: Flask, world: World, username: str) -> None:
    assert Caller(app).log_in(username).get("/api/supervision/sessions").status_code == 403


def test_a_session_that_is_not_there_is_not_found(supervisor: Caller, world: World) -> None:
    missing = f"/api/supervision/sessions/{world.bank.id}/audit"
    assert supervisor.get(missing).status_code == 404
    assert supervisor.get(f"{missing}/verification").status_code == 404
