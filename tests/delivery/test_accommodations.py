"""Deciding accommodations, for all, a group and one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from callers import Caller
from sitters import Sitter
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.models import Sitting

BASIS = {"basis": "合理便利申请", "document": "便利〔2026〕3 号"}
Decide = Callable[..., Any]


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


@pytest.fixture
def path(world: World) -> str:
    return f"/api/exam-sessions/{world.exam_session.id}"


@pytest.fixture
def decide(office: Caller, path: str) -> Decide:
    """Decide a grant and return the answer."""

    def post(grant: dict[str, Any], **more: Any) -> Any:
        return office.post(f"{path}/accommodations", {"grant": grant, **BASIS, **more})

    return post


def test_what_was_decided_for_the_candidate_stands_before_the_group_and_the_session(
    sitter: Sitter, office: Caller, path: str, decide: Decide
) -> None:
    own = str(sitter.enrolment.id)
    sitter.enter()
    decide({"extra_minutes": 5})
    assert sitter.view()["extra_seconds"] == 5 * 60
    group = office.post(f"{path}/accommodation-groups", {"name": "加时组"}).json["groups"][0]["id"]
    decide({"time_percent": 125}, group_id=group)
    assert office.put(f"{path}/accommodation-groups/{group}", {"members": [own]}).json["groups"][0]["members"] == [own]
    assert sitter.view()["extra_seconds"] == 15 * 60
    listed = decide({"extra_minutes": 10, "break_minutes": 5, "text_size": "LARGER"}, enrolment_id=own).json
    view = sitter.view()
    assert (view["extra_seconds"], view["break_seconds_left"]) == (10 * 60, 300)
    assert view["display"] == {"text_size": "LARGER", "high_contrast": False}
    one = next(each for each in listed["items"] if each["enrolment_id"] == own)
    office.post(f"{path}/accommodations/{one['id']}/withdraw", {"reason": "本人撤回"})
    assert sitter.view()["extra_seconds"] == 15 * 60
    office.delete(f"{path}/accommodation-groups/{group}")
    assert sitter.view()["extra_seconds"] == 5 * 60


def test_after_the_publication_the_page_is_told_and_acknowledges(sitter: Sitter, decide: Decide, world: World) -> None:
    sitter.begin()
    decide({"extra_minutes": 15}, enrolment_id=str(sitter.enrolment.id))
    told = sitter.get(f"{sitter.path}/commands").json["items"]
    assert [(one["kind"], one["closes_at"]) for one in told] == [
        ("ACCOMMODATE", (world.now + timedelta(minutes=75)).isoformat())
    ]


def test_who_sits_there_reads_what_was_decided_since_and_never_what_it_rests_on(
    sitter: Sitter, office: Caller, path: str, decide: Decide, moving_clock: MovableClock
) -> None:
    own = {"enrolment_id": str(sitter.enrolment.id)}
    decide({"extra_minutes": 5}, **own)
    moving_clock.forward(seconds=1)
    sitter.enter().check_in()
    decide({"extra_minutes": 15, "break_minutes": 10, "text_size": "LARGE"}, **own)
    (one,) = office.get(f"{path}/accommodations").json["items"]
    moving_clock.forward(seconds=1)
    office.post(f"{path}/accommodations/{one['id']}/withdraw", {"reason": "本人撤回"})
    answer = sitter.get(f"{sitter.path}/clock-changes")
    given, taken = answer.json["items"]
    names = ("kind", "seconds", "break_seconds", "is_display_changed", "reason")
    assert [given[name] for name in names] == ["ACCOMMODATED", 600, 600, True, ""]
    assert [taken[name] for name in names] == ["ACCOMMODATED", -900, -600, True, "本人撤回"]
    assert not [word for word in BASIS.values() if word in answer.text]


def test_a_command_says_how_the_sitting_stands_and_what_it_is_given(sitter: Sitter, decide: Decide) -> None:
    sitter.begin()
    decide({"extra_minutes": 15, "break_minutes": 5, "high_contrast": True}, enrolment_id=str(sitter.enrolment.id))
    (told,) = sitter.get(f"{sitter.path}/commands").json["items"]
    view = sitter.view()
    for name in ("state", "phase", "starts_at", "closes_at", "extra_seconds", "break_seconds_left", "display"):
        assert told[name] == view[name]
    sitter.post(f"{sitter.path}/break", {})
    assert sitter.get(f"{sitter.path}/commands").json["items"][0]["phase"] == "ON_BREAK"


def test_a_decision_replaces_the_one_before_and_both_are_audited(
    office: Caller, decide: Decide, path: str, world: World, database: Database
) -> None:
    decide({"extra_minutes": 5})
    decide({"break_minutes": 5}, basis="更正")
    (one,) = office.get(f"{path}/accommodations").json["items"]
    assert (one["extra_minutes"], one["break_minutes"], one["basis"]) == (None, 5, "更正")
    with database.reading() as db:
        history = audit.history(db, f"exam-session:{world.exam_session.id}")
    told = [entry.detail for entry in history if entry.action == "accommodation.decided"]
    assert [(one.get("extra_minutes"), one.get("break_minutes")) for one in told] == [(5, None), (None, 5)]
    assert all(one["document"] == BASIS["document"] for one in told)


def test_extra_minutes_of_the_list_are_a_decision_about_the_candidate(office: Caller, path: str) -> None:
    body = {"name": "赵一", "identity_number": "310101190001010011", "extra_minutes": 20}
    made = office.post(f"{path}/enrolments", body).json
    assert made["accommodation_seconds"] == 1200
    (one,) = office.get(f"{path}/accommodations").json["items"]
    assert (one["enrolment_id"], one["extra_minutes"], one["basis"]) == (made["enrolment_id"], 20, "报名名单")


def test_who_is_enrolled_later_is_given_what_everybody_is_given(office: Caller, path: str, decide: Decide) -> None:
    decide({"extra_minutes": 5, "separate_room": True})
    made = office.post(f"{path}/enrolments", {"name": "赵一", "identity_number": "310101190001010011"}).json
    assert (made["accommodation_seconds"], made["separate_room"]) == (300, True)


def test_what_is_over_keeps_what_it_was_given(
    sitter: Sitter, decide: Decide, database: Database, moving_clock: MovableClock
) -> None:
    sitter.begin().hand_in()
    decide({"extra_minutes": 5})
    with database.reading() as db:
        assert db.get_one(Sitting, sitter.enrolment.sitting.id).accommodation_seconds == 0


@pytest.mark.parametrize(
    ("grant", "more", "status", "code"),
    [
        ({}, {}, 422, "accommodation_empty"),
        ({"extra_minutes": 5, "time_percent": 125}, {}, 422, "invalid"),
        ({"extra_minutes": 241}, {}, 422, "invalid"),
        ({"time_percent": 99}, {}, 422, "invalid"),
        ({"diagnosis": "…"}, {}, 422, "invalid"),
        ({"extra_minutes": 5}, {"basis": ""}, 422, "invalid"),
        ({"extra_minutes": 5}, {"document": ""}, 422, "invalid"),
        ({"extra_minutes": 5}, {"enrolment_id": "00000000-0000-0000-0000-000000000000"}, 404, "not_found"),
        ({"extra_minutes": 5}, {"group_id": "00000000-0000-0000-0000-000000000000"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    decide: Decide, grant: dict[str, Any], more: dict[str, Any], status: int, code: str
) -> None:
    answer = decide(grant, **more)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_groups_name_is_given_once_and_its_members_belong_to_the_session(office: Caller, path: str) -> None:
    group = office.post(f"{path}/accommodation-groups", {"name": "加时组"}).json["groups"][0]["id"]
    assert office.post(f"{path}/accommodation-groups", {"name": "加时组"}).json["code"] == "group_name_taken"
    stranger = {"members": ["00000000-0000-0000-0000-000000000000"]}
    assert office.put(f"{path}/accommodation-groups/{group}", stranger).status_code == 404


def test_a_candidate_decides_nothing(sitter: Sitter, path: str) -> None:
    body = {"grant": {"extra_minutes": 5}, **BASIS}
    assert sitter.enter().post(f"{path}/accommodations", body).status_code == 403
