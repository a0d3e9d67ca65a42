"""An absence that is taken back: by the office, or by moving the start."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from callers import Caller
from sitters import Sitter
from werkzeug.test import TestResponse
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import invigilating
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState

Stored = Callable[[Sitter], Sitting]
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("common_clock")  # 60 minutes, entry for 30, absent after 30


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


@pytest.fixture
def absent(sitter: Sitter, database: Database, moving_clock: MovableClock, stored: Stored) -> Sitter:
    """A candidate whom the clock has marked absent, half an hour and a second after the start."""
    moving_clock.forward(minutes=30, seconds=1)
    worker.sweep_once(database)
    assert stored(sitter).state == "ABSENT"
    return sitter


def take_back(office: Caller, absent: Sitter, reason: str = "误记") -> TestResponse:
    enrolment = absent.enrolment
    path = f"/api/exam-sessions/{enrolment.exam_session_id}/enrolments/{enrolment.id}/absence-undoing"
    return office.post(path, {"reason": reason} if reason else {})


def test_who_was_marked_by_mistake_is_expected_again_and_enters(
    absent: Sitter, office: Caller, stored: Stored, database: Database, world: World, moving_clock: MovableClock
) -> None:
    answer = take_back(office, absent)
    assert (answer.status_code, answer.json["state"]) == (200, "EXPECTED")
    worker.sweep_once(database)
    back = stored(absent)
    assert (back.state, back.finished_at, back.finish_reason) == ("EXPECTED", None, None)
    with database.reading() as db:
        entry = audit.history(db, back.audit_stream)[-1]
        assert audit.verify(db, back.audit_stream) is None
    assert (entry.action, entry.detail["came_from"], entry.detail["reason"]) == ("sitting.expected", "ABSENT", "误记")
    moving_clock.forward(minutes=10)
    absent.begin()
    assert stored(absent).closes_at == world.now + 60 * MINUTE  # a common clock ends when it did


def test_the_page_is_told_of_it_as_of_a_command_once(
    absent: Sitter, office: Caller, stored: Stored, moving_clock: MovableClock
) -> None:
    absent.enter()
    assert absent.get(f"{absent.path}/commands").json["items"] == []
    take_back(office, absent)
    moving_clock.forward(minutes=1)
    take_back(office, absent)
    (told,) = absent.get(f"{absent.path}/commands").json["items"]
    names = ("kind", "text", "state", "phase")
    assert [told[name] for name in names] == ["EXPECT_AGAIN", "误记", "EXPECTED", "OPEN"]
    assert absent.post(f"{absent.path}/commands/{told['id']}/shown", {}).status_code == 204


def test_who_does_not_come_then_is_absent_again_at_the_end_of_entry(
    absent: Sitter, office: Caller, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    take_back(office, absent)
    again_at = moving_clock() + 30 * MINUTE
    moving_clock.at = again_at
    worker.sweep_once(database)
    assert stored(absent).state == "EXPECTED"
    moving_clock.forward(seconds=1)
    worker.sweep_once(database)
    assert (stored(absent).state, stored(absent).finished_at) == ("ABSENT", again_at)


def test_after_the_end_of_a_common_clock_nobody_enters_without_more_time(
    absent: Sitter, office: Caller, moving_clock: MovableClock
) -> None:
    moving_clock.forward(minutes=30)
    take_back(office, absent)
    assert absent.enter().view()["phase"] == "TOO_LATE"
    assert absent.ask_claim().json["code"] == "entry_closed"


def test_a_reason_is_asked_for_and_a_repeat_changes_nothing(
    absent: Sitter, office: Caller, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    assert take_back(office, absent, reason="").status_code == 422
    assert take_back(office, absent).status_code == 200
    since = stored(absent).expected_again_at
    moving_clock.forward(minutes=1)
    assert take_back(office, absent).status_code == 200
    assert stored(absent).expected_again_at == since
    with database.reading() as db:
        actions = [entry.action for entry in audit.history(db, stored(absent).audit_stream)]
    assert actions.count("sitting.expected") == 1


def test_who_is_not_absent_is_not_taken_back(sitter: Sitter, office: Caller) -> None:
    assert take_back(office, sitter).json["code"] == "not_marked_absent"
    sitter.begin()
    assert take_back(office, sitter).json["code"] == "not_marked_absent"


def test_once_the_exam_session_is_closed_the_absence_stands(
    absent: Sitter, office: Caller, stored: Stored, database: Database, world: World
) -> None:
    with database.transaction() as db:
        get(db, ExamSession, world.exam_session.id).state = ExamSessionState.CLOSED
    answer = take_back(office, absent)
    assert (answer.status_code, answer.json["code"], answer.json["state"]) == (409, "absence_stands", "CLOSED")
    assert stored(absent).state == "ABSENT"


def test_a_moved_start_expects_everybody_again_who_never_came(
    absent: Sitter, neighbour: Sitter, office: Caller, stored: Stored, world: World, moving_clock: MovableClock
) -> None:
    later = world.now + 90 * MINUTE
    path = f"/api/exam-sessions/{world.exam_session.id}/move-start"
    assert office.post(path, {"starts_at": later.isoformat(), "reason": "停电"}).status_code == 200
    assert [stored(one).state for one in (absent, neighbour)] == ["EXPECTED"] * 2
    assert absent.enter().view()["phase"] == "WAITING"
    moving_clock.at = later
    absent.check_in().claim()
    assert stored(absent).closes_at == later + 60 * MINUTE


def test_who_confirmed_and_never_opened_the_paper_until_time_was_up_is_let_in_by_an_extension_or_a_moved_start(
    sitter: Sitter,
    neighbour: Sitter,
    office: Caller,
    stored: Stored,
    world: World,
    database: Database,
    moving_clock: MovableClock,
) -> None:
    for each in (sitter, neighbour):
        each.enter().check_in()
    moving_clock.forward(minutes=62)
    worker.sweep_once(database)
    assert [stored(each).state for each in (sitter, neighbour)] == ["HANDED_IN"] * 2
    with database.transaction() as db:
        act = {"reason": "断电", "by": world.by("proctor1"), "now": moving_clock()}
        invigilating.extend(db, sitter.enrolment.sitting.id, seconds=600, **act)
    assert stored(sitter).state == "EXPECTED"
    assert sitter.view()["closes_at"] == (moving_clock() + 10 * MINUTE).isoformat()
    later = world.now + 90 * MINUTE
    path = f"/api/exam-sessions/{world.exam_session.id}/move-start"
    assert office.post(path, {"starts_at": later.isoformat(), "reason": "断电"}).status_code == 200
    moving_clock.at = later
    for each, extra in ((sitter, 10), (neighbour, 0)):
        each.claim()
        assert stored(each).closes_at == later + (60 + extra) * MINUTE
