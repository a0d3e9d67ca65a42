"""A start that is moved to another day: everybody comes again; what was answered and seen before stays."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from callers import Caller
from rescues import Desk, line, rescue_file
from sitters import ANSWERS, Sitter
from sqlalchemy import select
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.core.identity import Identity
from examsvc.delivery import beginning_anew, invigilating, proving
from examsvc.delivery.errors import PaperOpened
from examsvc.delivery.models import Sitting
from examsvc.delivery.safe_browser import waiving
from examsvc.delivery.sealed import releasing
from examsvc.delivery.states import FinishReason, SittingState
from proctoring.models import ProctorEvent
from scoring import outcomes

Stored = Callable[[Sitter], Sitting]
MoveTo = Callable[[datetime], None]
MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)

pytestmark = pytest.mark.usefixtures("common_clock")  # 60 minutes, entry for 30, absent after 30


@pytest.fixture
def move_to(nobody: Caller, world: World) -> MoveTo:
    """The office moves the start, after a power failure."""

    def move(starts_at: datetime) -> None:
        nobody.log_in("office")
        body = {"starts_at": starts_at.isoformat(), "reason": "停电"}
        answer = nobody.post(f"/api/exam-sessions/{world.exam_session.id}/move-start", body)
        assert answer.status_code == 200, answer.json

    return move


@pytest.fixture
def next_week(sitter: Sitter, move_to: MoveTo, world: World, moving_clock: MovableClock) -> datetime:
    """The candidate has opened the paper and answered a question, when the start is moved by a week."""
    sitter.begin().answer()
    moving_clock.forward(minutes=20)
    move_to(world.now + WEEK)
    return world.now + WEEK


def _theory(database: Database, sitter: Sitter) -> list[int]:
    with database.reading() as db:
        found = outcomes.recompute(db, sitter.enrolment.id).known
        return [int(known.component.points) for known in found if known.kind == "THEORY"]


@pytest.mark.parametrize(
    ("hour", "is_another"), [("2026-11-23T23:59:59+08:00", False), ("2026-11-24T00:00:00+08:00", True)]
)
def test_days_are_those_of_shanghai(world: World, hour: str, is_another: bool) -> None:
    assert beginning_anew.is_another_day(world.now, datetime.fromisoformat(hour)) is is_another


def test_who_came_on_the_first_day_alone_is_absent_and_earns_nothing(
    sitter: Sitter,
    neighbour: Sitter,
    next_week: datetime,
    stored: Stored,
    database: Database,
    moving_clock: MovableClock,
) -> None:
    own = stored(sitter)
    assert (own.state, own.opened_at, own.closes_at) == (SittingState.EXPECTED, None, None)
    moving_clock.at = next_week + 30 * MINUTE
    worker.sweep_once(database)
    assert stored(sitter).state == SittingState.EXPECTED
    moving_clock.forward(seconds=1)
    worker.sweep_once(database)
    for one in (sitter, neighbour):
        assert (stored(one).state, stored(one).finish_reason) == (SittingState.ABSENT, FinishReason.NEVER_CAME)
    assert stored(sitter).answered_count == 1
    assert set(_theory(database, sitter)) == {0}


def test_who_comes_again_takes_the_steps_of_the_day_and_goes_on_with_the_same_paper_and_answers(
    sitter: Sitter, next_week: datetime, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    before = stored(sitter)
    moving_clock.at = next_week
    assert sitter.enter().ask_claim().json["missing"] == ["identity-confirmation", "system-check"]
    moving_clock.forward(minutes=5)
    claimed = sitter.check_in().claim()
    assert (claimed["epoch"], [answer["answer"] for answer in claimed["answers"]]) == (2, [ANSWERS["SINGLE_CHOICE"]])
    own = stored(sitter)
    assert (own.opened_at, own.closes_at) == (moving_clock(), next_week + 60 * MINUTE)
    assert (own.paper_id, own.arrangement) == (before.paper_id, before.arrangement)
    sitter.answer("TRUE_FALSE")
    assert stored(sitter).answered_count == 2
    moving_clock.forward(minutes=25)
    assert sitter.hand_in().status_code == 200
    with database.reading() as db:
        assert all(step.holds for step in proving.steps(db, own.paper_id))
        assert "CLAIMED_ELSEWHERE" not in db.scalars(select(ProctorEvent.kind)).all()
        assert audit.verify(db, own.audit_stream) is None
        voided = [each.detail for each in audit.history(db, own.audit_stream) if each.action == beginning_anew.VOIDED]
    assert [(each["reason"], "identity_confirmed_at" in each, "opened_at" in each) for each in voided] == [
        ("停电", True, True)
    ]


def test_who_came_in_time_again_and_never_opened_the_paper_was_there(
    sitter: Sitter, next_week: datetime, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    moving_clock.at = next_week + 10 * MINUTE
    sitter.enter().check_in()
    moving_clock.forward(minutes=51)
    worker.sweep_once(database)
    assert (stored(sitter).state, stored(sitter).finish_reason) == (SittingState.HANDED_IN, FinishReason.TIME_UP)


def test_on_the_same_day_whoever_came_has_come(
    sitter: Sitter, move_to: MoveTo, world: World, stored: Stored, moving_clock: MovableClock
) -> None:
    before = stored(sitter.begin())
    moving_clock.forward(minutes=20)
    move_to(world.now + timedelta(hours=5))
    own = stored(sitter)
    kept = ("state", "opened_at", "identity_confirmed_at", "system_check", "reader_login_id")
    assert [getattr(own, name) for name in kept] == [getattr(before, name) for name in kept]
    assert own.seen_before_at is None


def test_the_paper_that_was_seen_keeps_its_order(sitter: Sitter, next_week: datetime, database: Database) -> None:
    def turn_round() -> None:
        with database.transaction() as db:
            own = get(db, Sitting, sitter.enrolment.sitting.id)
            own.arrangement = own.arrangement[::-1]

    with pytest.raises(PaperOpened):
        turn_round()


def test_papers_that_are_withheld_are_not_from_who_knows_them(
    sitter: Sitter, neighbour: Sitter, next_week: datetime, reset: Callable[..., None], moving_clock: MovableClock
) -> None:
    moving_clock.at = next_week
    reset(papers_withheld_at=next_week - MINUTE)
    assert neighbour.enter().check_in().ask_claim().json["code"] == "papers_withheld"
    assert sitter.enter().check_in().claim()["epoch"] == 2


def test_who_was_paused_is_kept_out_on_the_other_day_until_the_pause_is_over(
    sitter: Sitter,
    move_to: MoveTo,
    world: World,
    proctor: Identity,
    stored: Stored,
    database: Database,
    moving_clock: MovableClock,
) -> None:
    sitter.begin()
    own = sitter.enrolment.sitting.id
    with database.transaction() as db:
        invigilating.pause(db, own, reason="停电", by=proctor, now=moving_clock())
    move_to(world.now + WEEK)
    assert (stored(sitter).state, stored(sitter).held_at) == (SittingState.EXPECTED, world.now + WEEK)
    moving_clock.at = world.now + WEEK + 2 * MINUTE
    assert sitter.enter().check_in().ask_claim().json["code"] == "sitting_paused"
    with database.transaction() as db:
        invigilating.resume(db, own, by=proctor, now=moving_clock())
    sitter.claim()
    assert stored(sitter).closes_at == world.now + WEEK + 62 * MINUTE


def test_what_a_proctor_allowed_on_the_first_day_is_asked_for_again_and_an_extension_stays(
    sitter: Sitter,
    move_to: MoveTo,
    world: World,
    proctor: Identity,
    stored: Stored,
    database: Database,
    moving_clock: MovableClock,
) -> None:
    own = sitter.enrolment.sitting.id
    act: dict[str, Any] = {"reason": "机器故障", "by": proctor, "now": moving_clock()}
    with database.transaction() as db:
        waiving.waive(db, own, **act)
        invigilating.allow_hand_in(db, own, **act)
        invigilating.extend(db, own, seconds=300, **act)
    waived_at = stored(sitter).safe_browser_waived_at
    assert waived_at is not None
    move_to(world.now + WEEK)
    found = stored(sitter)
    assert (found.safe_browser_waived_at, found.hand_in_allowed_at, found.extra_seconds) == (None, None, 300)
    with database.reading() as db:
        last = [each for each in audit.history(db, found.audit_stream) if each.action == beginning_anew.VOIDED][-1]
    assert (last.detail["reason"], "safe_browser_waived_at" in last.detail) == ("停电", True)


def test_the_keys_are_released_again_at_the_new_start_and_one_log_in_reads(
    sitter: Sitter, next_week: datetime, world: World, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    moving_clock.at = next_week - MINUTE
    sitter.enter().check_in()
    moving_clock.at = next_week
    with database.transaction() as db:
        ids = [sitter.enrolment.sitting.id]
        assert [one.sitting_id for one in releasing.release(db, world.exam_session.id, ids, now=moving_clock())] == ids
    assert sitter.get(f"{sitter.path}/paper-key").status_code == 200
    assert sitter.view()["entered_at"] is not None
    moving_clock.forward(seconds=40)
    sitter.claim()
    assert stored(sitter).opened_at == next_week


def test_what_a_machine_still_holds_of_the_first_day_is_taken_over_but_not_for_who_is_absent(
    sitter: Sitter,
    move_to: MoveTo,
    world: World,
    nobody: Caller,
    stored: Stored,
    database: Database,
    moving_clock: MovableClock,
) -> None:
    refs = sitter.begin().refs()
    first, second = (line(sitter, refs[kind], ANSWERS[kind]) for kind in ("SINGLE_CHOICE", "TRUE_FALSE"))
    one, both = rescue_file(sitter, first), rescue_file(sitter, first, second)
    move_to(world.now + WEEK)
    desk = Desk(nobody, sitter)
    assert desk.take(one).status_code == 200
    own = stored(sitter)
    assert (own.state, own.opened_at, own.answered_count, own.epoch) == (SittingState.EXPECTED, None, 1, 2)
    moving_clock.at = world.now + WEEK + 31 * MINUTE
    worker.sweep_once(database)
    desk = Desk(nobody, sitter)
    assert desk.preview(both).json["code"] == "not_opened"
