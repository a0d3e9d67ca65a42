"""The rules of exam sessions: the settings, what is fixed, and the sources of both."""

import re
from dataclasses import MISSING, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import exam_rooms
import pytest
from callers import Caller
from world import World

from examsvc.core.db import Database, get
from examsvc.delivery.models import ExamSession
from examsvc.delivery.planning import SessionPlan
from examsvc.delivery.session_rules import FIXED_RULES, SESSION_RULES, Founded, defaults_of, subject_of
from examsvc.delivery.staffing import rules as staffing
from examsvc.delivery.states import ClockRule
from examsvc.delivery.timing import Course, Window, decide
from examsvc.delivery.voiding import Subject
from examsvc.registry.applications.kinds import RoomKind

CHOSEN = {"code", "title", "place", "filing_id", "paper_id", "draw_id", "starts_at", "ends_at"}
"""What an exam session is, not by which rules it is held."""
NINE, MINUTE = datetime(2026, 11, 23, 1, tzinfo=UTC), timedelta(minutes=1)
COMMON_ONLY: dict[str, Any] = {"late_entry_minutes": 60, "late_extends_time": True, "login_absent_minutes": 50}
HAN = re.compile("[一-鿿]")


def test_every_field_of_the_plan_that_is_a_rule_stands_in_the_list_once() -> None:
    assert sorted(rule.key for rule in SESSION_RULES) == sorted({field.name for field in fields(SessionPlan)} - CHOSEN)


@pytest.mark.parametrize("rule", [*SESSION_RULES, *FIXED_RULES], ids=lambda rule: rule.key)
def test_every_rule_has_a_name_and_a_source_in_both_languages(rule: Any) -> None:
    words = {name: value.strip() for name, value in vars(rule).items() if name.endswith(("_zh", "_en"))}
    assert all(words.values())
    assert all(HAN.search(value) for name, value in words.items() if name.endswith("_zh"))
    assert not any(HAN.match(value) for name, value in words.items() if name.endswith("_en"))


def test_every_default_that_a_source_is_named_for_is_the_one_a_new_session_has() -> None:
    defaults = {field.name: field.default for field in fields(SessionPlan)}
    columns = ExamSession.__table__.columns
    for rule in SESSION_RULES:
        if rule.has_default:
            assert rule.default == defaults[rule.key]
            assert columns[rule.key].default.arg == rule.default
        else:
            assert defaults[rule.key] is MISSING


def test_what_is_fixed_is_told_with_the_numbers_that_are_asked_for() -> None:
    told = {rule.key: rule for rule in FIXED_RULES}
    assert len(told) == len(FIXED_RULES)
    assert staffing.needed_proctors(31) == 3
    assert "每考场不少于 2 人，且每 15 名考生不少于 1 人" in told["proctors"].value_zh
    assert {"least_age", "undertaking", "inner_supervisor", "video", "filing"} <= told.keys()


def test_the_office_reads_each_rule_with_its_value_and_its_source(nobody: Caller, world: World) -> None:
    answer = nobody.log_in("office").get("/api/exam-sessions/rules").json
    items = {rule["key"]: rule for rule in answer["items"]}
    assert items["login_absent_minutes"]["default"] == 30
    assert "视为缺考" in items["login_absent_minutes"]["source_zh"]
    assert (items["late_entry_minutes"]["practical"], items["earliest_hand_in_minutes"]["practical"]) == (15, None)
    assert items["minutes"]["has_default"] is False
    fixed = {rule["key"]: rule for rule in answer["fixed"]}
    assert "1.9.3" in fixed["proctors"]["source_en"]
    assert {rule["founded"] for rule in [*answer["items"], *answer["fixed"]]} == set(Founded)


def test_what_holds_with_a_common_clock_only_is_told_apart(nobody: Caller, world: World) -> None:
    items = nobody.log_in("office").get("/api/exam-sessions/rules").json["items"]
    assert {rule["key"] for rule in items if rule["common_clock_only"]} == set(COMMON_ONLY)


COURSES = [Course(), Course(checked_in_at=NINE + 20 * MINUTE), Course(opened_at=NINE + 20 * MINUTE)]


@pytest.mark.parametrize(("key", "value"), COMMON_ONLY.items())
@pytest.mark.parametrize("clock", ClockRule)
def test_what_is_told_to_hold_with_a_common_clock_only_changes_nothing_of_a_personal_one(
    key: str, value: int | bool, clock: ClockRule
) -> None:
    window = Window(NINE, NINE + 120 * MINUTE, 60, clock, 10, 30, 15, 30, 10)
    changed = replace(window, **{key: value})
    moments = [(course, NINE + minute * MINUTE) for course in COURSES for minute in range(-10, 140, 10)]
    is_other = any(decide(window, *each) != decide(changed, *each) for each in moments)
    assert is_other == (clock == ClockRule.COMMON)


def test_the_rule_of_absence_says_who_has_come_and_which_of_two_times_holds(nobody: Caller, world: World) -> None:
    items = nobody.log_in("office").get("/api/exam-sessions/rules").json["items"]
    (rule,) = (rule for rule in items if rule["key"] == "login_absent_minutes")
    assert "签到入场" in rule["source_zh"]
    assert "以最晚入场时间为准" in rule["source_zh"]
    assert "checked in at the door" in rule["source_en"]
    assert "the latest entry is later" in rule["source_en"]


def test_the_notices_rules_are_told_apart_from_customs() -> None:
    seed = {rule.key for rule in [*SESSION_RULES, *FIXED_RULES] if rule.founded == Founded.SEED}
    assert seed == {"minutes", "camera_rule", "filing", "video"}


@pytest.mark.parametrize(
    ("rooms", "subject"),
    [
        ((), None),
        ((RoomKind.COMPUTER,), Subject.THEORY),
        ((RoomKind.COMPUTER, RoomKind.WRITTEN), Subject.THEORY),
        ((RoomKind.PRACTICAL,), Subject.PRACTICAL),
        ((RoomKind.COMPUTER, RoomKind.PRACTICAL), None),
        ((RoomKind.REVIEW,), None),
        ((RoomKind.PRACTICAL, RoomKind.REVIEW), None),
    ],
)
def test_rooms_of_one_subject_say_what_is_examined(rooms: tuple[RoomKind, ...], subject: Subject | None) -> None:
    assert subject_of(rooms) == subject


def test_practical_tasks_differ_from_theory_in_two_defaults() -> None:
    theory, practical = (defaults_of(SESSION_RULES, subject) for subject in Subject)
    assert {key: value for key, value in practical.items() if value != theory[key]} == {
        "late_entry_minutes": 15,
        "earliest_hand_in_minutes": None,
    }
    assert theory == {rule.key: rule.default for rule in SESSION_RULES if rule.has_default}


def plan(world: World, **more: Any) -> dict[str, Any]:
    """Return what a draft is made from, with nothing that has a default."""
    starts_at = world.now + timedelta(days=3)
    ids = {"filing_id": str(world.filing.id), "paper_id": str(world.paper.id)}
    window = {"starts_at": starts_at.isoformat(), "ends_at": (starts_at + timedelta(minutes=60)).isoformat()}
    return {"code": "P1", "title": "操作技能场次", "place": "实操一室", "minutes": 60, **ids, **window, **more}


LIMITS = ("late_entry_minutes", "earliest_hand_in_minutes")


@pytest.mark.parametrize(
    ("more", "limits"),
    [
        ({}, (30, 30)),
        ({"subject": "THEORY"}, (30, 30)),
        ({"subject": "PRACTICAL"}, (15, None)),
        ({"subject": "PRACTICAL", "late_entry_minutes": 30}, (30, None)),
        ({"subject": "PRACTICAL", "late_entry_minutes": 0, "earliest_hand_in_minutes": 30}, (0, 30)),
    ],
)
def test_what_is_left_out_has_the_default_of_the_subject_and_what_is_said_stays(
    nobody: Caller, world: World, more: dict[str, Any], limits: tuple[int | None, int | None]
) -> None:
    made = nobody.log_in("office").post("/api/exam-sessions", plan(world, **more))
    assert made.status_code == 201, made.json
    assert tuple(made.json[key] for key in LIMITS) == limits
    assert made.json["subject"] is None  # no room says yet what is examined


def test_a_subject_that_there_is_not_is_refused(nobody: Caller, world: World) -> None:
    refused = nobody.log_in("office").post("/api/exam-sessions", plan(world, subject="ORAL"))
    assert (refused.status_code, refused.json["code"]) == (422, "invalid")


def test_rooms_change_no_setting(nobody: Caller, database: Database, world: World) -> None:
    office = nobody.log_in("office")
    made = office.post("/api/exam-sessions", plan(world)).json
    with database.transaction() as db:
        draft = get(db, ExamSession, UUID(made["id"]))
        exam_rooms.give_room(db, draft, kind=RoomKind.PRACTICAL, by=world.by("office"), now=world.now)
    found = office.get(f"/api/exam-sessions/{made['id']}").json
    assert found["subject"] == "PRACTICAL"
    assert tuple(found[key] for key in LIMITS) == (30, 30)
    listed = office.get("/api/exam-sessions").json["items"]
    assert {one["code"]: one["subject"] for one in listed} == {"P1": "PRACTICAL", "S1": "THEORY"}
