import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sitters import Sitter
from walls import Wall
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database


def actions(database: Database, stream: str) -> list[str]:
    with database.reading() as db:
        return [entry.action for entry in audit.history(db, stream)]


def test_an_extension_moves_the_candidates_clock_and_is_audited(wall: Wall, sitter: Sitter, database: Database) -> None:
    before = datetime.fromisoformat(sitter.view()["closes_at"])
    given = wall.order("EXTEND", sitter, seconds=300)
    assert given.status_code == 200, given.json
    assert given.json["reached"] == 1
    assert datetime.fromisoformat(sitter.view()["closes_at"]) == before + timedelta(seconds=300)
    assert wall.tile(sitter)["extra_seconds"] == 300
    assert "sitting.extended" in actions(database, sitter.enrolment.sitting.audit_stream)
    assert "command.extend" in actions(database, f"exam-session:{sitter.enrolment.exam_session_id}")


def test_a_repeated_command_changes_nothing_and_answers_the_same(wall: Wall, sitter: Sitter) -> None:
    body = {"id": str(uuid.uuid4()), "kind": "EXTEND", "sitting_id": str(sitter.enrolment.sitting.id),
            "text": "断电", "seconds": 60}  # fmt: skip
    answers = [wall.post(f"{wall.path}/commands", body).json for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert wall.tile(sitter)["extra_seconds"] == 60


def test_the_same_id_with_another_content_is_refused(wall: Wall, sitter: Sitter) -> None:
    body = {"id": str(uuid.uuid4()), "kind": "MESSAGE", "sitting_id": str(sitter.enrolment.sitting.id), "text": "甲"}
    assert wall.post(f"{wall.path}/commands", body).status_code == 200
    assert wall.post(f"{wall.path}/commands", {**body, "text": "乙"}).json["code"] == "command_differs"


@pytest.mark.sqlite_only
@pytest.mark.parametrize("kind", ["EXTEND", "PAUSE", "TERMINATE", "MESSAGE"])
def test_a_command_without_its_reason_is_refused(wall: Wall, sitter: Sitter, kind: str) -> None:
    answer = wall.order(kind, sitter, text="  ", seconds=60)
    assert answer.status_code == 422
    assert answer.json["code"] == "reason_missing"


def test_an_extension_says_by_how_much(wall: Wall, sitter: Sitter) -> None:
    assert wall.order("EXTEND", sitter).json["code"] == "seconds_missing"


def test_a_pause_stops_the_clock_and_resuming_gives_the_time_back(
    wall: Wall, sitter: Sitter, moving_clock: MovableClock
) -> None:
    before = datetime.fromisoformat(sitter.view()["closes_at"])
    assert wall.order("PAUSE", sitter).status_code == 200
    assert sitter.view()["phase"] == "PAUSED"
    assert wall.tile(sitter)["state"] == "PAUSED"
    moving_clock.forward(minutes=4)
    assert wall.order("RESUME", sitter, text="").status_code == 200
    assert datetime.fromisoformat(sitter.view()["closes_at"]) == before + timedelta(minutes=4)


def test_a_termination_ends_one_sitting_and_is_never_for_all(wall: Wall, sitter: Sitter) -> None:
    assert wall.order("TERMINATE", None).json["code"] == "one_sitting_only"
    assert wall.order("TERMINATE", sitter).status_code == 200
    assert wall.tile(sitter)["state"] == "TERMINATED"
    assert wall.order("PAUSE", sitter).json["code"] == "sitting_over"


def test_a_command_for_all_reaches_those_it_can_be_applied_to(wall: Wall, sitters: list[Sitter]) -> None:
    running, paused, absent = sitters
    running.begin()
    paused.begin()
    assert wall.order("PAUSE", paused).status_code == 200
    assert wall.order("PAUSE", None).json["reached"] == 2
    assert wall.order("RESUME", None, text="").json["reached"] == 3
    assert wall.order("EXTEND", None, seconds=120).json["reached"] == 3
    assert [tile["extra_seconds"] for tile in wall.state()["tiles"]] == [120, 120, 120]
    assert absent.enter().view()["extra_seconds"] == 120


def test_a_message_for_all_leaves_out_who_is_finished(wall: Wall, sitters: list[Sitter]) -> None:
    sitters[0].begin()
    assert sitters[0].hand_in().status_code == 200
    assert wall.order("MESSAGE", None, text="还有十分钟").json["reached"] == 2


def test_the_candidate_fetches_commands_and_says_that_they_were_shown(
    wall: Wall, sitter: Sitter, moving_clock: MovableClock
) -> None:
    first = wall.order("MESSAGE", sitter, text="请坐正").json
    between = moving_clock.forward(seconds=1)
    second = wall.order("EXTEND", sitter, seconds=60).json
    moving_clock.forward(seconds=1)
    wall.order("MESSAGE", None, text="所有人")
    every = sitter.get(f"{sitter.path}/commands").json["items"]
    assert [each["text"] for each in every] == ["请坐正", "设备故障", "所有人"]
    assert every[1]["seconds"] == 60
    unseen = sitter.get(f"{sitter.path}/commands", query_string={"after": moving_clock().isoformat()}).json["items"]
    assert unseen == every
    assert sitter.post(f"{sitter.path}/commands/{first['id']}/shown").status_code == 204
    later = sitter.get(f"{sitter.path}/commands", query_string={"after": between.isoformat()}).json["items"]
    assert [each["text"] for each in later] == ["设备故障", "所有人"]
    assert wall.tile(sitter)["command"]["shown_at"] is None
    for _ in range(2):
        assert sitter.post(f"{sitter.path}/commands/{second['id']}/shown").status_code == 204
    assert wall.get(f"{wall.path}/commands/{second['id']}").json["shown"] == 1
    assert wall.get(f"{wall.path}/commands/{first['id']}").json["shown"] == 1


def test_a_candidate_cannot_receipt_a_command_of_somebody_else(wall: Wall, sitters: list[Sitter]) -> None:
    mine, other = sitters[0].begin(), sitters[1].begin()
    given = wall.order("MESSAGE", mine, text="只给你").json
    assert other.post(f"{other.path}/commands/{given['id']}/shown").status_code == 404
    assert other.post(f"{mine.path}/commands/{given['id']}/shown").status_code == 404
    assert other.get(f"{other.path}/commands").json["items"] == []


def test_a_proctor_of_other_sessions_finds_nothing(
    wall: Wall, stranger: Wall, sitter: Sitter, send_frame: Callable[..., Any]
) -> None:
    incident = wall.post(f"{sitter.path}/incidents", {"category": "IDENTITY", "note": "照片不符"}).json
    tries = [
        stranger.get(stranger.path),
        stranger.get(f"{stranger.path}/pack?sittings={sitter.enrolment.sitting.id}"),
        stranger.order("MESSAGE", sitter, text="喂"),
        stranger.order("MESSAGE", None, text="喂"),
        stranger.get(f"{sitter.path}/incidents"),
        stranger.post(f"{sitter.path}/incidents", {"category": "OTHER", "note": "x"}),
        stranger.post(f"/api/incidents/{incident['id']}/decision", {"outcome": "CONFIRMED", "note": "x"}),
        stranger.get(f"{sitter.path}/timeline"),
        stranger.get(f"{stranger.path}/sittings/{sitter.enrolment.sitting.id}/photo"),
    ]
    assert [answer.status_code for answer in tries] == [404] * len(tries)
    assert stranger.get("/api/proctor/sessions").json["items"] == []


def test_a_foreign_incident_looks_exactly_like_none(wall: Wall, stranger: Wall, sitter: Sitter) -> None:
    incident = wall.post(f"{sitter.path}/incidents", {"category": "IDENTITY", "note": "照片不符"}).json
    body = {"outcome": "CONFIRMED", "note": "x"}
    foreign = stranger.post(f"/api/incidents/{incident['id']}/decision", body)
    missing = stranger.post(f"/api/incidents/{uuid.uuid4()}/decision", body)
    assert foreign.json == missing.json


def test_a_candidate_never_sees_the_wall(wall: Wall, sitter: Sitter) -> None:
    assert sitter.get(wall.path).status_code == 403
    assert sitter.get(f"{sitter.path}/timeline").status_code == 403


def test_a_command_for_a_sitting_of_another_session_is_refused(wall: Wall, world: World, sitter: Sitter) -> None:
    body = {"id": str(uuid.uuid4()), "kind": "MESSAGE", "sitting_id": str(uuid.uuid4()), "text": "喂"}
    assert wall.post(f"{wall.path}/commands", body).status_code == 404
