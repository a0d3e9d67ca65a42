from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sitters import CHECK, Sitter
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import planning
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import CameraRule, ExamSessionState

Reset = Callable[..., None]
FIRST_CLAIM = {"after_epoch": 0}


def test_a_candidate_sees_the_own_sitting_only(sitter: Sitter, neighbour: Sitter) -> None:
    (own,) = sitter.enter().get("/api/candidate/sittings").json["items"]
    assert own["sitting_id"] == str(sitter.enrolment.sitting.id)
    assert own["exam_session"]["code"] == "S1"
    assert own["seat_number"] == 1
    assert own["ticket_number"] == sitter.enrolment.ticket_number


def test_the_view_says_who_when_and_which_steps(sitter: Sitter, world: World) -> None:
    view = sitter.enter().view()
    assert view["phase"] == "OPEN"
    assert view["candidate"] == {"name": "王小明", "identity_masked": "110**************X", "has_photo": False}
    assert view["steps"] == {
        "identity_confirmed_at": None,
        "undertaking_signed_at": None,
        "system_checked_at": None,
    }
    assert view["closes_at"] is None
    assert view["question_count"] == 10
    assert view["server_now"].startswith("2026-11-23T01:00:00")


@pytest.mark.usefixtures("common_clock")
@pytest.mark.parametrize(
    ("rules", "absent_after", "earliest"),
    [
        ({"late_entry_minutes": 30, "login_absent_minutes": 20}, 30, 30),
        ({"late_entry_minutes": 10, "login_absent_minutes": 40, "earliest_hand_in_minutes": 60}, 40, None),
        ({"late_entry_minutes": 10, "login_absent_minutes": 600, "earliest_hand_in_minutes": None}, 60, None),
    ],
)
def test_the_view_says_when_absence_and_handing_in_really_begin(
    sitter: Sitter, world: World, reset: Reset, rules: dict[str, Any], absent_after: int, earliest: int | None
) -> None:
    reset(**rules)
    view = sitter.enter().view()
    assert datetime.fromisoformat(view["absent_at"]) == world.now + timedelta(minutes=absent_after)
    assert view["earliest_hand_in_minutes"] == earliest


@pytest.mark.sqlite_only
@pytest.mark.parametrize("way", ["", "/photo", "/paper"])
def test_another_candidate_s_sitting_is_not_there_to_read(sitter: Sitter, neighbour: Sitter, way: str) -> None:
    neighbour.begin()
    answer = sitter.enter().get(neighbour.path + way)
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.sqlite_only
def test_another_candidate_s_sitting_is_not_there_to_write(sitter: Sitter, neighbour: Sitter) -> None:
    neighbour.begin()
    sitter.enter().path = neighbour.path
    tries = [
        sitter.post(f"{neighbour.path}/identity-confirmation", {}),
        sitter.post(f"{neighbour.path}/undertaking", {"name": "𬎆珺"}),
        sitter.put(f"{neighbour.path}/system-check", CHECK),
        sitter.post(f"{neighbour.path}/claim", FIRST_CLAIM),
        sitter.send(sitter.entry("q1", None), epoch=1),
        sitter.hand_in(epoch=1),
    ]
    assert [answer.status_code for answer in tries] == [404] * 6


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["office", "proctor1", "examiner1", "decider", "supervisor"])
def test_nobody_but_the_candidate_reads_the_answers_or_the_paper(
    sitter: Sitter, neighbour: Sitter, username: str
) -> None:
    sitter.begin().answer()
    staff = neighbour.log_in(username)
    assert staff.get(sitter.path).status_code == 403
    assert staff.get(f"{sitter.path}/paper").status_code == 403
    assert staff.post(f"{sitter.path}/claim", FIRST_CLAIM).status_code == 403


def test_a_draft_is_hidden_from_candidates(sitter: Sitter, reset: Reset) -> None:
    reset(state=ExamSessionState.DRAFT)
    assert sitter.enter().get("/api/candidate/sittings").json["items"] == []
    assert sitter.get(sitter.path).status_code == 404


def test_a_cancelled_session_is_over_for_everybody(sitter: Sitter, database: Database, world: World) -> None:
    with database.transaction() as db:
        planning.cancel_session(db, world.exam_session.id, reason="停电", by=world.by("office"), now=world.now)
    view = sitter.enter().view()
    assert (view["phase"], view["state"], view["finish_reason"]) == ("OVER", "EXPECTED", None)
    assert sitter.ask_claim().json["code"] == "sitting_over"


def test_the_steps_are_recorded_once_with_their_instants(
    sitter: Sitter, database: Database, moving_clock: MovableClock
) -> None:
    first = sitter.enter().check_in().view()["steps"]
    moving_clock.forward(minutes=1)
    again = sitter.check_in().view()["steps"]
    assert again["identity_confirmed_at"] == first["identity_confirmed_at"]
    assert again["undertaking_signed_at"] == first["undertaking_signed_at"]
    assert again["system_checked_at"] > first["system_checked_at"]
    with database.reading() as db:
        entries = audit.history(db, sitter.enrolment.sitting.audit_stream)
    assert [entry.action for entry in entries] == [
        "sitting.identity_confirmed",
        "sitting.undertaking_signed",
        "sitting.system_checked",
        "sitting.system_checked",
    ]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", ["王小明", " 王 小明 ", "王\u3000小明"])
def test_the_undertaking_is_signed_with_the_own_name(sitter: Sitter, name: str) -> None:
    assert sitter.enter().post(f"{sitter.path}/undertaking", {"name": name}).status_code == 200


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", ["王小", "李娜", "王小明明"])
def test_the_undertaking_is_refused_under_another_name(sitter: Sitter, name: str) -> None:
    answer = sitter.enter().post(f"{sitter.path}/undertaking", {"name": name})
    assert answer.json["code"] == "undertaking_name_differs"
    assert sitter.view()["steps"]["undertaking_signed_at"] is None


@pytest.mark.parametrize("camera", ["DENIED", "NONE"])
def test_a_session_that_requires_a_camera_refuses_to_go_on_without(sitter: Sitter, reset: Reset, camera: str) -> None:
    check = {**CHECK, "camera": camera}
    assert sitter.enter().put(f"{sitter.path}/system-check", check).status_code == 200
    reset(camera_rule=CameraRule.REQUIRED)
    assert sitter.put(f"{sitter.path}/system-check", check).json["code"] == "camera_required"
    assert sitter.put(f"{sitter.path}/system-check", CHECK).status_code == 200


def test_without_all_steps_there_is_no_paper_and_the_refusal_says_which(sitter: Sitter) -> None:
    refused = sitter.enter().ask_claim()
    assert refused.json["code"] == "steps_missing"
    assert refused.json["missing"] == ["identity-confirmation", "undertaking", "system-check"]
    sitter.post(f"{sitter.path}/undertaking", {"name": "王小明"})
    assert sitter.ask_claim().json["missing"] == ["identity-confirmation", "system-check"]


def test_the_steps_may_be_taken_before_the_start_but_the_paper_is_hidden(
    sitter: Sitter, reset: Reset, world: World, moving_clock: MovableClock
) -> None:
    starts_at = world.now + timedelta(minutes=10)
    reset(starts_at=starts_at)
    assert sitter.enter().check_in().view()["phase"] == "WAITING"
    for answer in (sitter.ask_claim(), sitter.get(f"{sitter.path}/paper")):
        assert answer.json["code"] == "not_started"
        assert answer.json["starts_at"] == starts_at.isoformat()
    moving_clock.at = starts_at - timedelta(milliseconds=1)
    assert sitter.ask_claim().status_code == 409
    moving_clock.at = starts_at
    assert sitter.claim()["epoch"] == 1


def test_a_moved_start_hides_the_paper_again(sitter: Sitter, reset: Reset, world: World) -> None:
    sitter.begin().paper()
    reset(starts_at=world.now + timedelta(minutes=10))
    assert sitter.view()["phase"] == "WAITING"
    assert sitter.get(f"{sitter.path}/paper").json["code"] == "not_started"


@pytest.mark.parametrize(("late", "status", "code"), [(-1, 200, None), (0, 200, None), (1, 409, "entry_closed")])
def test_by_a_common_clock_entry_closes_for_who_has_not_confirmed(
    sitter: Sitter,
    reset: Reset,
    common_clock: None,
    moving_clock: MovableClock,
    late: int,
    status: int,
    code: str | None,
) -> None:
    reset(late_entry_minutes=25)
    sitter.enter()
    moving_clock.forward(minutes=25, seconds=late)
    answer = sitter.post(f"{sitter.path}/identity-confirmation", {})
    assert (answer.status_code, answer.json.get("code")) == (status, code)
    assert sitter.view()["phase"] == ("OPEN" if status == 200 else "TOO_LATE")


def test_who_confirmed_in_time_may_still_open_the_paper_after_entry_closed(
    sitter: Sitter, common_clock: None, moving_clock: MovableClock
) -> None:
    sitter.enter().check_in()
    moving_clock.forward(minutes=59, seconds=59)
    assert sitter.claim()["epoch"] == 1


@pytest.mark.parametrize(("late", "state"), [(-1, "EXPECTED"), (0, "EXPECTED"), (1, "ABSENT")])
def test_who_has_not_logged_in_and_confirmed_after_half_an_hour_is_absent_from_that_instant(
    sitter: Sitter, common_clock: None, moving_clock: MovableClock, world: World, late: int, state: str
) -> None:
    sitter.enter()
    moving_clock.forward(minutes=30, seconds=late)
    view = sitter.view()
    assert view["state"] == state
    if state == "ABSENT":
        assert view["finished_at"] == (world.now + timedelta(minutes=30)).isoformat()


def test_who_confirmed_and_never_opened_the_paper_was_there_and_answered_nothing(
    sitter: Sitter, common_clock: None, moving_clock: MovableClock, world: World
) -> None:
    sitter.enter().check_in()
    moving_clock.forward(minutes=60)
    assert sitter.view()["state"] == "EXPECTED"
    moving_clock.forward(seconds=1)
    view = sitter.view()
    assert (view["state"], view["finish_reason"], view["answered_count"]) == ("HANDED_IN", "TIME_UP", 0)
    assert view["finished_at"] == (world.now + timedelta(minutes=60)).isoformat()


def test_a_common_clock_gives_the_late_less_time(
    sitter: Sitter, common_clock: None, moving_clock: MovableClock, world: World
) -> None:
    sitter.enter().check_in()
    moving_clock.forward(minutes=29)
    assert sitter.claim()["closes_at"] == (world.now + timedelta(minutes=60)).isoformat()


def test_an_accommodation_is_part_of_the_time(sitter: Sitter, database: Database, world: World) -> None:
    with database.transaction() as db:
        db.get_one(Sitting, sitter.enrolment.sitting.id).accommodation_seconds = 900
    claimed = sitter.enter().check_in().claim()
    assert claimed["closes_at"] == (world.now + timedelta(minutes=75)).isoformat()
    assert sitter.view()["extra_seconds"] == 900


def test_an_invalid_check_names_its_fields(sitter: Sitter) -> None:
    bad: dict[str, Any] = {**CHECK, "camera": "MAYBE", "screen": "large", "round_trip_ms": -1}
    errors = sitter.enter().put(f"{sitter.path}/system-check", bad).json["errors"]
    assert set(errors) == {"json.camera", "json.screen", "json.round_trip_ms"}
