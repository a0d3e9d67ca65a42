"""A candidate's name that was entered wrongly, corrected by the office."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import forms
import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from werkzeug.test import TestResponse
from world import IDENTITY_NUMBERS, NAMES, World

from examsvc.accounts.models import Account
from examsvc.core import audit
from examsvc.core.db import Database, get
from examsvc.delivery import enrolling, planning
from examsvc.delivery.models import Candidate, Enrolment, ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState

BASE = "/api/exam-sessions"
RIGHT, WHY = "王晓明", "录入有误"
Correct = Callable[..., TestResponse]


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


@pytest.fixture
def path(world: World) -> str:
    return f"{BASE}/{world.exam_session.id}/enrolments/{world.enrolments[0].id}/name"


@pytest.fixture
def correct(office: Caller, path: str) -> Correct:
    """Correct the first candidate's name and return the answer."""

    def put(name: str = RIGHT, reason: str = WHY) -> TestResponse:
        return office.put(path, {"name": name, "reason": reason})

    return put


@pytest.fixture
def elsewhere(database: Database, world: World) -> Enrolment:
    """The same candidate in a draft of the next day."""
    act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
    with database.transaction() as db:
        plan, day = forms.plan(world, "N1", paper_id=world.paper.id), timedelta(days=1)
        moved = replace(plan, starts_at=plan.starts_at + day, ends_at=plan.ends_at + day)
        created = planning.create_session(db, moved, **act)
        return enrolling.enrol(db, created.id, enrolling.Person(NAMES[0], IDENTITY_NUMBERS[0]), **act)


def corrections(database: Database, exam_session_id: Any) -> list[dict[str, Any]]:
    with database.reading() as db:
        told = audit.history(db, get(db, ExamSession, exam_session_id).audit_stream)
    return [one.detail for one in told if one.action == "candidate.name_corrected"]


def test_the_new_name_stands_in_all_of_the_person_s_sessions_and_on_record(
    correct: Correct, office: Caller, database: Database, world: World, elsewhere: Enrolment
) -> None:
    answer = correct(f" {RIGHT} ")
    assert (answer.status_code, answer.json["name"]) == (200, RIGHT)
    for enrolment in (world.enrolments[0], elsewhere):
        listed = office.get(f"{BASE}/{enrolment.exam_session_id}/enrolments").json["items"]
        assert listed[0]["name"] == RIGHT
        (told,) = corrections(database, enrolment.exam_session_id)
        assert told == {"enrolment": str(enrolment.id), "before": NAMES[0], "after": RIGHT, "reason": WHY}
    with database.reading() as db:
        assert get(db, Account, world.enrolments[0].candidate.account_id).display_name == RIGHT


def test_the_person_is_known_by_the_new_name_from_then_on(
    correct: Correct, office: Caller, database: Database, world: World, elsewhere: Enrolment
) -> None:
    correct()
    path = f"{BASE}/{elsewhere.exam_session_id}/enrolments"
    known = {"identity_number": IDENTITY_NUMBERS[0]}
    assert office.post(path, {"name": NAMES[0], **known}).json["code"] == "name_differs"
    assert office.post(path, {"name": RIGHT, **known}).json["code"] == "already_enrolled"


def test_the_same_name_changes_nothing(correct: Correct, database: Database, world: World) -> None:
    for _ in range(2):
        assert correct().status_code == 200
    assert len(corrections(database, world.exam_session.id)) == 1


def test_the_undertaking_is_signed_under_the_new_name(correct: Correct, sitter: Sitter) -> None:
    correct()
    sitter.enter().post(f"{sitter.path}/identity-confirmation", {})
    assert sitter.post(f"{sitter.path}/undertaking", {"name": NAMES[0]}).json["code"] == "undertaking_name_differs"
    assert sitter.post(f"{sitter.path}/undertaking", {"name": RIGHT}).status_code == 200


def test_what_is_signed_stands_until_the_sitting_is_over_and_keeps_its_name_after_that(
    correct: Correct, sitter: Sitter, stored: Callable[[Sitter], Sitting], database: Database
) -> None:
    sitter.begin()
    refused = correct()
    assert (refused.status_code, refused.json["code"], refused.json["exam_session"]) == (409, "name_signed", "S1")
    sitter.hand_in()
    assert correct().json["name"] == RIGHT
    assert stored(sitter).undertaking_name == NAMES[0]
    with database.reading() as db:
        assert get(db, Candidate, sitter.enrolment.candidate_id).name == RIGHT


def test_a_session_that_was_cancelled_goes_on_for_nobody(
    correct: Correct, sitter: Sitter, reset: Callable[..., None]
) -> None:
    sitter.begin()
    reset(state=ExamSessionState.CANCELLED)
    assert correct().status_code == 200


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("name", "reason", "code"),
    [
        ("王1", WHY, "bad_name"),
        ("王\ue000", WHY, "name_not_drawable"),
        (" ", WHY, "invalid"),
        (RIGHT, " ", "invalid"),
        ("王" * 81, WHY, "invalid"),
    ],
)
def test_a_name_that_no_certificate_could_bear_and_a_missing_reason_are_refused(
    correct: Correct, name: str, reason: str, code: str
) -> None:
    refused = correct(name, reason)
    assert (refused.status_code, refused.json["code"]) == (422, code)


def test_a_name_is_corrected_in_a_session_of_the_person_by_the_office_alone(
    app: Flask, office: Caller, path: str, world: World, elsewhere: Enrolment
) -> None:
    body = {"name": RIGHT, "reason": WHY}
    other = f"{BASE}/{elsewhere.exam_session_id}/enrolments/{world.enrolments[0].id}/name"
    assert office.put(other, body).json["code"] == "not_found"
    for username in ("proctor1", "decider", "supervisor", "examiner1"):
        assert Caller(app).log_in(username).put(path, body).status_code == 403
