"""The paper plan of an exam session is approved by a second person before it is published."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import exam_rooms
import forms
import publishing
import pytest
from callers import Caller
from flask import Flask
from sqlalchemy.exc import IntegrityError
from world import World

from examsvc.core import audit
from examsvc.core.db import Database, get
from examsvc.delivery import approving, enrolling, planning
from examsvc.delivery.approving import PAPER_PLAN
from examsvc.delivery.enrolling import Person
from examsvc.delivery.errors import OwnPaperPlan, PaperPlanMovedOn, PaperPlanNotApproved, SessionNotDraft
from examsvc.delivery.models import ExamSession
from examsvc.delivery.planning import SessionPlan
from examsvc.delivery.states import CameraRule, ClockRule, NavigationRule
from questionbank import drawing

ARRANGED_AROUND_IT = {"code", "title", "place", "starts_at", "ends_at", "application_conditions"}
OTHERS: dict[str, Any] = {
    "shuffle_questions": False,
    "shuffle_options": False,
    "minutes": 61,
    "clock_rule": ClockRule.COMMON,
    "camera_rule": CameraRule.REQUIRED,
    "late_entry_minutes": 5,
    "late_extends_time": True,
    "login_absent_minutes": 5,
    "earliest_hand_in_minutes": None,
    "last_minutes_consent": 0,
    "grace_seconds": 30,
    "navigation": NavigationRule.SEQUENTIAL,
    "calculator_allowed": True,
    "accept_offline": False,
    "safe_browser_needed": True,
}
"""Another value for each field of the plan that does not name a row."""


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


@pytest.fixture
def draft(database: Database, world: World, act: dict[str, Any]) -> UUID:
    """A draft of tomorrow that lacks nothing but the approval; the office wrote it."""
    with database.transaction() as db:
        plan = vars(forms.plan(world, "A1", paper_id=world.paper.id))
        day = {name: plan[name] + timedelta(days=1) for name in ("starts_at", "ends_at")}
        created = planning.create_session(db, SessionPlan(**{**plan, **day}), **act)
        exam_rooms.give_room(db, created, **act)
        enrolling.enrol(db, created.id, Person("王小明", "11010519491231002X"), **act)
        return created.id


def test_every_field_of_a_plan_is_approved_but_name_place_window_and_conditions() -> None:
    assert set(PAPER_PLAN) == set(SessionPlan.__dataclass_fields__) - ARRANGED_AROUND_IT


def test_f08_a_session_is_published_only_with_an_approved_paper_plan(
    database: Database, draft: UUID, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        with pytest.raises(PaperPlanNotApproved):
            planning.publish_session(db, draft, **act)
        approved = publishing.approve(db, draft, now=world.now)
        assert (approved.plan_approved_by_id, approved.plan_approved_at) == (world.staff["decider"].id, world.now)
        assert planning.publish_session(db, draft, **act).state == "PUBLISHED"
        told = audit.history(db, approved.audit_stream)
    assert [one.detail["digest"] for one in told if one.action == "paper_plan.approved"] == [approved.plan_digest]


def test_who_last_changed_the_plan_does_not_approve_it(
    database: Database, draft: UUID, world: World, act: dict[str, Any]
) -> None:
    decider = {"by": world.by("decider"), "now": world.now}
    with database.transaction() as db:
        digest = approving.digest_of(get(db, ExamSession, draft))
        with pytest.raises(OwnPaperPlan):
            approving.approve(db, draft, digest, **act)
        changed = planning.change_session(db, draft, {"calculator_allowed": True}, **decider)
        with pytest.raises(OwnPaperPlan):
            approving.approve(db, draft, approving.digest_of(changed), **decider)
        assert approving.is_approved(approving.approve(db, draft, approving.digest_of(changed), **act))


def test_what_changed_since_it_was_shown_is_not_approved(
    database: Database, draft: UUID, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        shown = approving.digest_of(get(db, ExamSession, draft))
        planning.change_session(db, draft, {"minutes": 45}, **act)
        with pytest.raises(PaperPlanMovedOn):
            approving.approve(db, draft, shown, by=world.by("decider"), now=world.now)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", OTHERS)
def test_any_change_of_the_plan_takes_the_approval_back(
    database: Database, draft: UUID, world: World, act: dict[str, Any], name: str
) -> None:
    with database.transaction() as db:
        before = publishing.approve(db, draft, now=world.now).ends_at
        ends_at = before - timedelta(minutes=60) if name == "clock_rule" else before
        changed = planning.change_session(db, draft, {name: OTHERS[name], "ends_at": ends_at}, **act)
        assert (changed.plan_approved_by_id, changed.plan_approved_at, changed.plan_digest) == (None, None, None)
        with pytest.raises(PaperPlanNotApproved):
            planning.publish_session(db, draft, **act)
        actions = [one.action for one in audit.history(db, changed.audit_stream)]
    assert actions[-2:] == ["paper_plan.approval_taken_back", "exam_session.changed"]


def test_the_paper_is_part_of_the_plan_and_name_place_and_window_are_not(
    database: Database, draft: UUID, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        publishing.approve(db, draft, now=world.now)
        around = {
            "title": "改名",
            "place": "三号机房",
            "ends_at": get(db, ExamSession, draft).ends_at + timedelta(hours=1),
        }
        assert approving.is_approved(planning.change_session(db, draft, around, **act))
        drawn = drawing.draw_paper(db, world.blueprint.id, seed="other", **act)
        assert not approving.is_approved(planning.change_session(db, draft, {"paper_id": drawn.id}, **act))


def test_an_approval_is_repeated_without_effect_and_given_to_drafts_only(
    database: Database, draft: UUID, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        first = publishing.approve(db, draft, now=world.now)
        publishing.approve(db, draft, now=world.now + timedelta(minutes=1))
        assert first.plan_approved_at == world.now
        planning.publish_session(db, draft, **act)
        with pytest.raises(SessionNotDraft):
            publishing.approve(db, draft, now=world.now)


def test_the_database_keeps_four_eyes_and_whole_approvals(database: Database, draft: UUID, world: World) -> None:
    office = world.staff["office"].id
    for columns in (
        {"plan_approved_by_id": office, "plan_approved_at": world.now, "plan_digest": "0" * 64},
        {"plan_approved_by_id": world.staff["decider"].id},
    ):
        with pytest.raises(IntegrityError), database.transaction() as db:
            for name, value in columns.items():
                setattr(get(db, ExamSession, draft), name, value)


def test_the_office_sees_who_approved_when_and_what_is_missing(app: Flask, draft: UUID, world: World) -> None:
    path, office = f"/api/exam-sessions/{draft}", Caller(app).log_in("office")
    shown = office.get(path).json["plan_approval"]
    assert (shown["paper"], shown["changed_by"], shown["approved_at"]) == ("蓝图", "office先生", None)
    refused = office.post(f"{path}/publish", {})
    assert (refused.status_code, refused.json["code"]) == (409, "paper_plan_not_approved")
    own = office.post(f"{path}/paper-plan/approval", {"digest": shown["digest"]})
    assert (own.status_code, own.json["code"]) == (403, "own_paper_plan")
    approved = publishing.approve_over_http(app, path)
    assert approved.status_code == 200, approved.json
    assert (approved.json["plan_approval"]["approved_by"], approved.json["plan_approval"]["approved_at"]) == (
        "decider先生",
        world.now.isoformat(),
    )
    assert office.patch(path, {"navigation": "SEQUENTIAL"}).json["plan_approval"]["approved_by"] is None
    outdated = Caller(app).log_in("decider").post(f"{path}/paper-plan/approval", {"digest": shown["digest"]})
    assert (outdated.status_code, outdated.json["code"]) == (409, "paper_plan_moved_on")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["proctor1", "examiner1", "author", "supervisor", "registrar"])
def test_others_approve_nothing(app: Flask, draft: UUID, username: str) -> None:
    answer = Caller(app).log_in(username).post(f"/api/exam-sessions/{draft}/paper-plan/approval", {"digest": "0" * 64})
    assert answer.status_code == 403
