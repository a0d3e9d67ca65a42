from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import exam_rooms
import publishing
import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from sqlalchemy import select
from world import World

from examsvc.core import audit
from examsvc.core.db import Database
from examsvc.delivery import enrolling
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from questionbank import drawing

BASE = "/api/exam-sessions"
UseRoom = Callable[[str], str]


@pytest.fixture
def office(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("office")


@pytest.fixture
def plan(world: World) -> dict[str, Any]:
    """A common clock, tomorrow at nine."""
    starts_at = world.now + timedelta(days=1)
    return {
        "code": "S2",
        "title": "第二场",
        "place": "二号机房",
        "filing_id": str(world.filing.id),
        "paper_id": str(world.paper.id),
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(minutes=60)).isoformat(),
        "minutes": 60,
    }


@pytest.fixture
def use_room(database: Database, world: World) -> UseRoom:
    """Give an exam session a room, and return its id again."""

    def give(exam_session_id: str) -> str:
        with database.transaction() as db:
            exam_rooms.give_room(db, UUID(exam_session_id), by=world.by("office"), now=world.now)
        return exam_session_id

    return give


def test_a_session_goes_from_draft_to_published_with_the_defaults_of_practice(
    app: Flask, office: Caller, plan: dict[str, Any], use_room: UseRoom
) -> None:
    created = office.post(BASE, plan)
    assert created.status_code == 201
    draft = created.json
    use_room(draft["id"])
    assert (draft["state"], draft["clock_rule"], draft["camera_rule"]) == ("DRAFT", "COMMON", "OPTIONAL")
    assert (draft["late_entry_minutes"], draft["earliest_hand_in_minutes"], draft["grace_seconds"]) == (30, 30, 15)
    assert draft["scheme"] == "人工智能模型运用"
    path = f"{BASE}/{draft['id']}"
    refused = office.post(f"{path}/publish", {})
    assert refused.json["code"] == "not_ready_to_publish"
    office.post(f"{path}/enrolments", {"name": "王小明", "identity_number": "11010519491231002X"})
    assert publishing.approve_over_http(app, path).status_code == 200
    published = office.post(f"{path}/publish", {}).json
    assert (published["state"], published["enrolled"]) == ("PUBLISHED", 1)
    assert published["sittings"] == {"EXPECTED": 1}
    assert office.get(path).json == published
    assert [one["code"] for one in office.get(BASE).json["items"]] == ["S2", "S1"]


def test_nobody_makes_a_rehearsal_of_an_exam_session_to_go_without_an_approved_plan(
    office: Caller, plan: dict[str, Any]
) -> None:
    assert office.post(BASE, {**plan, "is_rehearsal": True}).status_code == 422
    draft = office.post(BASE, plan).json
    path = f"{BASE}/{draft['id']}"
    assert office.patch(path, {"is_rehearsal": True}).status_code == 422
    assert office.get(path).json["is_rehearsal"] is False


def test_a_draft_is_changed_and_what_is_published_is_not(office: Caller, plan: dict[str, Any], world: World) -> None:
    path = f"{BASE}/{office.post(BASE, plan).json['id']}"
    changed = office.patch(path, {"title": "改", "late_entry_minutes": 15}).json
    assert (changed["title"], changed["late_entry_minutes"], changed["place"]) == ("改", 15, "二号机房")
    refused = office.patch(f"{BASE}/{world.exam_session.id}", {"title": "改"})
    assert refused.json["code"] == "session_not_draft"


def test_everybody_enrolled_in_a_draft_is_given_the_paper_that_it_is_published_with(
    app: Flask, office: Caller, plan: dict[str, Any], database: Database, world: World, use_room: UseRoom
) -> None:
    path = f"{BASE}/{use_room(office.post(BASE, plan).json['id'])}"
    office.post(f"{path}/enrolments", {"name": "李娜", "identity_number": "310104198812120041"})
    with database.transaction() as db:
        other = drawing.draw_paper(db, world.blueprint.id, seed="other", by=world.by("office"), now=world.now)
        asked = {item.ref for item in other.items}
    assert office.patch(path, {"paper_id": str(other.id)}).status_code == 200
    (enrolled,) = office.get(f"{path}/enrolments").json["items"]
    assert (enrolled["paper_id"], enrolled["form_number"]) == (None, None)
    publishing.approve_over_http(app, path)
    office.post(f"{path}/publish", {})
    with database.reading() as db:
        query = select(Sitting).join(Sitting.enrolment).join(Enrolment.exam_session).where(ExamSession.code == "S2")
        (sitting,) = db.scalars(query)
        refs = {place["ref"] for place in sitting.arrangement}
    assert (sitting.paper_id, refs) == (other.id, asked)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "S1"}, "session_code_taken"),
        ({"minutes": 61}, "bad_window"),
        ({"minutes": 59}, "bad_window"),
        ({"clock_rule": "PERSONAL", "ends_at": "2026-11-29T01:00:00+00:00"}, "bad_window"),
        ({"filing_id": "019a0000-0000-7000-8000-000000000000"}, "not_found"),
        ({"paper_id": "019a0000-0000-7000-8000-000000000000"}, "not_found"),
        ({"starts_at": "2029-01-01T01:00:00+00:00", "ends_at": "2029-01-01T02:00:00+00:00"}, "not_filed"),
        ({"starts_at": "0001-01-01T00:00:00+08:00"}, "invalid"),
        ({"starts_at": "2026-11-24T09:00:00"}, None),
        ({"grace_seconds": 301}, "invalid"),
        ({"clock_rule": "MINE"}, "invalid"),
        ({"title": " "}, "invalid"),
        ({"state": "PUBLISHED"}, "invalid"),
    ],
)
def test_a_plan_that_cannot_be_held_is_refused(
    office: Caller, plan: dict[str, Any], changes: dict[str, Any], code: str | None
) -> None:
    answer = office.post(BASE, {**plan, **changes})
    assert answer.status_code < 500
    if code:
        assert answer.json["code"] == code


def test_a_session_that_somebody_sits_is_not_cancelled(
    office: Caller, sitter: Sitter, world: World, database: Database
) -> None:
    sitter.begin()
    path = f"{BASE}/{world.exam_session.id}/cancel"
    refused = office.post(path, {"reason": "停电"})
    assert (refused.json["code"], refused.json["count"]) == ("sittings_running", 1)
    sitter.hand_in()
    assert office.post(path, {"reason": "停电"}).json["state"] == "CANCELLED"
    assert office.post(path, {"reason": "停电"}).json["code"] == "illegal_transition"
    with database.reading() as db:
        last = audit.history(db, world.exam_session.audit_stream)[-1]
    assert (last.action, last.detail["reason"]) == ("exam_session.cancelled", "停电")


def test_the_office_is_offered_filings_and_papers(office: Caller, world: World) -> None:
    choices = office.get(f"{BASE}/choices").json
    assert [filing["id"] for filing in choices["filings"]] == [str(world.filing.id)]
    assert [paper["id"] for paper in choices["papers"]] == [str(world.paper.id)]
    assert choices["papers"][0]["specification_id"] == choices["filings"][0]["specification_id"]


def test_enrolments_are_listed_by_seat_with_masked_numbers(office: Caller, world: World) -> None:
    items = office.get(f"{BASE}/{world.exam_session.id}/enrolments").json["items"]
    assert [(item["seat_number"], item["name"]) for item in items] == [(1, "王小明"), (2, "𬎆珺"), (3, "李娜")]
    assert [item["identity_masked"] for item in items] == [
        "110**************X",
        "310**************7",
        "310**************1",
    ]
    assert {item["state"] for item in items} == {"EXPECTED"}
    assert not any(item["has_photo"] for item in items)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("person", "status", "code"),
    [
        ({"name": "新人", "identity_number": "110105194912310021"}, 422, "bad_identity_number"),
        ({"name": "新人", "identity_number": "１１０１０５１９４９１２３１００２Ｘ"}, 422, "bad_identity_number"),
        ({"name": "王小明", "identity_number": "11010519491231002x"}, 409, "already_enrolled"),
        ({"name": "王大明", "identity_number": "11010519491231002X"}, 409, "name_differs"),
        ({"name": "王\ue000", "identity_number": "310101190001010011"}, 422, "name_not_drawable"),
        ({"name": "王1", "identity_number": "310101190001010011"}, 422, "bad_name"),
        ({"name": "=王", "identity_number": "310101190001010011"}, 422, "bad_name"),
        ({"name": "王", "identity_number": "310101190001010011", "extra_minutes": 241}, 422, "invalid"),
    ],
)
def test_a_person_who_cannot_be_enrolled_is_refused(
    office: Caller, world: World, person: dict[str, Any], status: int, code: str
) -> None:
    answer = office.post(f"{BASE}/{world.exam_session.id}/enrolments", person)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert person["identity_number"] not in answer.get_data(as_text=True)


def test_nobody_is_enrolled_after_the_window(office: Caller, world: World, moving_clock: Any) -> None:
    moving_clock.at = world.exam_session.ends_at
    person = {"name": "新人", "identity_number": "310101190001020025"}
    answer = office.post(f"{BASE}/{world.exam_session.id}/enrolments", person)
    assert answer.json["code"] == "enrolment_closed"


def test_a_name_is_kept_in_its_composed_form(office: Caller, world: World, database: Database) -> None:
    with database.transaction() as db:
        person = enrolling.Person("  Renée  \u0041\u030a·王 ", "110101190001010102")
        try:
            name = enrolling.enrol(
                db, world.exam_session.id, person, by=world.by("office"), now=world.now
            ).candidate.name
        finally:
            db.rollback()
    assert name == "Renée Å·王"


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["proctor1", "examiner1", "author", "decider", "supervisor", "registrar"])
def test_only_the_office_plans_and_enrols(app: Flask, world: World, plan: dict[str, Any], username: str) -> None:
    staff = Caller(app).log_in(username)
    own = f"{BASE}/{world.exam_session.id}"
    tries = [
        staff.post(BASE, plan),
        staff.patch(own, {"title": "改"}),
        staff.post(f"{own}/publish", {}),
        staff.post(f"{own}/cancel", {"reason": "无"}),
        staff.post(f"{own}/enrolments", {"name": "新人", "identity_number": "11010519491231002X"}),
        staff.post(f"{own}/enrolments/import"),
        staff.get(f"{own}/enrolments/template"),
    ]
    assert {answer.status_code for answer in tries} == {403}
