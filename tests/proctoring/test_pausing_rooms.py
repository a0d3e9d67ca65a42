"""A pause for a room or for all is one for all who sit there, whether or not they have begun."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from callers import Caller
from sitters import Sitter
from walls import Wall
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.sealed import releasing
from examsvc.delivery.states import ClockRule

MINUTE = timedelta(minutes=1)
Stored = Callable[[Sitter], Sitting]
Release = Callable[[list[Sitter]], int]


@pytest.fixture(autouse=True)
def common_clock(database: Database, world: World) -> None:
    """The session begins in ten minutes: 60 minutes for all, entry for 15, absent after 30."""
    with database.transaction() as db:
        session = get(db, ExamSession, world.exam_session.id)
        session.starts_at, session.ends_at = world.now + 10 * MINUTE, world.now + 70 * MINUTE
        session.clock_rule, session.late_entry_minutes, session.login_absent_minutes = ClockRule.COMMON, 15, 30


@pytest.fixture
def starts_at(world: World, moving_clock: MovableClock, common_clock: None) -> MovableClock:
    """The clock, at the start."""
    moving_clock.at = world.now + 10 * MINUTE
    return moving_clock


@pytest.fixture
def stored(database: Database) -> Stored:
    def read(sitter: Sitter) -> Sitting:
        with database.reading() as db:
            return get(db, Sitting, sitter.enrolment.sitting.id)

    return read


@pytest.fixture
def release(database: Database, world: World, moving_clock: MovableClock) -> Release:
    """Release the keys at the start to those who wait, and say to how many."""

    def tell(sitters: list[Sitter]) -> int:
        ids = [each.enrolment.sitting.id for each in sitters]
        with database.transaction() as db:
            return len(releasing.release(db, world.exam_session.id, ids, now=moving_clock()))

    return tell


def pause(wall: Wall) -> int:
    reached: int = wall.order("PAUSE", None, text="消防演练").json["reached"]
    return reached


def resume(wall: Wall) -> int:
    reached: int = wall.order("RESUME", None, text="").json["reached"]
    return reached


def test_who_comes_in_meanwhile_waits_and_gets_the_time_back_as_those_who_had_begun(
    wall: Wall, sitters: list[Sitter], starts_at: MovableClock, stored: Stored, world: World
) -> None:
    running, late, _ = sitters
    running.begin()
    starts_at.forward(minutes=5)
    assert pause(wall) == 3
    late.enter().check_in()  # every step but the paper
    assert (late.view()["state"], late.view()["phase"]) == ("EXPECTED", "PAUSED")
    for answer in (late.ask_claim(), late.get(f"{late.path}/paper-key")):
        assert (answer.status_code, answer.json["code"]) == (409, "sitting_paused")
    assert wall.tile(late)["phase"] == "PAUSED"
    starts_at.forward(minutes=8)
    assert resume(wall) == 3
    late.claim()
    assert late.paper()
    ends = [stored(one).closes_at for one in (running, late)]
    assert ends == [world.now + 78 * MINUTE] * 2


def test_the_limit_for_coming_does_not_run_in_a_pause(
    wall: Wall, sitters: list[Sitter], starts_at: MovableClock, stored: Stored, world: World, database: Database
) -> None:
    starts_at.forward(minutes=10)
    pause(wall)
    starts_at.forward(minutes=40)
    worker.sweep_once(database)
    assert {stored(one).state for one in sitters} == {"EXPECTED"}
    resume(wall)
    starts_at.forward(minutes=5)  # the fifteenth minute but for the pause
    sitters[0].begin()
    assert stored(sitters[0]).closes_at == world.now + 110 * MINUTE
    starts_at.forward(seconds=1)
    assert sitters[1].enter().view()["phase"] == "TOO_LATE"
    starts_at.forward(minutes=15)
    worker.sweep_once(database)
    assert stored(sitters[1]).state == "ABSENT"


def test_who_reads_the_paper_by_its_key_is_paused_as_if_it_were_claimed(
    wall: Wall,
    sitters: list[Sitter],
    starts_at: MovableClock,
    stored: Stored,
    release: Release,
    world: World,
    database: Database,
) -> None:
    reader = sitters[0].enter().check_in()
    assert release([reader]) == 1
    starts_at.forward(seconds=90)
    pause(wall)
    own = stored(reader)
    assert (own.state, own.opened_at, own.epoch) == ("PAUSED", world.now + 10 * MINUTE, 0)
    assert reader.get(f"{reader.path}/paper").json["code"] == "sitting_paused"
    assert reader.claim()["paper_key"] is None  # the claim that was under way
    starts_at.forward(minutes=3)
    resume(wall)
    assert stored(reader).closes_at == world.now + 73 * MINUTE
    reader.answer()
    with database.reading() as db:
        actions = [entry.action for entry in audit.history(db, own.audit_stream)]
        assert audit.verify(db, own.audit_stream) is None
    assert actions.index("sitting.in_progress") < actions.index("sitting.paused") < actions.index("sitting.claimed")


def test_nobody_gets_a_key_in_a_paused_room_and_a_pause_before_the_start_costs_and_gives_nothing(
    wall: Wall,
    sitters: list[Sitter],
    moving_clock: MovableClock,
    stored: Stored,
    release: Release,
    world: World,
) -> None:
    for sitter in sitters[:2]:
        sitter.enter().check_in()
    pause(wall)
    assert sitters[0].view()["phase"] == "PAUSED"
    assert wall.order("RESUME", sitters[0], text="").status_code == 200
    moving_clock.at = world.now + 10 * MINUTE
    assert release(sitters[:2]) == 1
    moving_clock.forward(minutes=2)
    resume(wall)
    assert release(sitters[:2]) == 2
    ends = [sitter.claim()["closes_at"] for sitter in sitters[:2]]
    assert ends == [(world.now + 70 * MINUTE).isoformat(), (world.now + 72 * MINUTE).isoformat()]


def test_a_moved_start_leaves_the_room_paused_and_counts_from_the_new_one(
    wall: Wall, sitters: list[Sitter], starts_at: MovableClock, stored: Stored, world: World, nobody: Caller
) -> None:
    waiting = sitters[0].enter().check_in()
    pause(wall)
    later = world.now + 60 * MINUTE
    path = f"/api/exam-sessions/{world.exam_session.id}/move-start"
    moved = nobody.log_in("office").post(path, {"starts_at": later.isoformat(), "reason": "停电"})
    assert moved.status_code == 200
    starts_at.at = later + 2 * MINUTE
    assert waiting.ask_claim().json["code"] == "sitting_paused"
    resume(wall)
    waiting.claim()
    assert stored(waiting).closes_at == later + 62 * MINUTE


def test_who_is_kept_out_can_be_ended_extended_and_messaged(
    wall: Wall, sitters: list[Sitter], starts_at: MovableClock, stored: Stored
) -> None:
    pause(wall)
    assert wall.order("PAUSE", sitters[0]).json["code"] == "illegal_transition"
    assert wall.order("EXTEND", sitters[0], seconds=60).status_code == 200
    assert wall.order("MESSAGE", sitters[0]).status_code == 200
    assert wall.order("TERMINATE", sitters[0]).status_code == 200
    assert (stored(sitters[0]).state, stored(sitters[0]).held_at) == ("TERMINATED", None)
    assert resume(wall) == 2
