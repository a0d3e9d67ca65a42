"""A command for many is stored first and applied in portions: in order, once, and however the service goes down."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

import exam_rooms
import pytest
from callers import Caller
from locks import wait_for_a_lock
from sitters import Sitter
from walls import Wall
from world import World

from examsvc import worker
from examsvc.core import audit, ids
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import finding
from examsvc.delivery.models import Sitting
from proctoring import carrying_out, commanding
from proctoring.orders import Order
from proctoring.states import CommandKind


class Stored:
    """Gives commands that are stored, and not applied: the service went down right after."""

    def __init__(self, database: Database, world: World, clock: MovableClock) -> None:
        self.database, self.world, self.clock = database, world, clock

    def give(self, kind: CommandKind, **more: Any) -> Order:
        self.clock.forward(seconds=1)
        order = Order(ids.new_id(), kind, text="消防演练", **more)
        with self.database.transaction() as db:
            act = {"by": self.world.by("proctor1"), "now": self.clock()}
            commanding.give(db, self.world.exam_session.id, order, **act)
        return order

    def sitting(self, sitter: Sitter) -> Sitting:
        with self.database.reading() as db:
            return get(db, Sitting, sitter.enrolment.sitting.id)

    def actions(self, sitter: Sitter) -> list[str]:
        with self.database.reading() as db:
            stream = self.sitting(sitter).audit_stream
            assert audit.verify(db, stream) is None
            return [entry.action for entry in audit.history(db, stream)]


@pytest.fixture
def stored(database: Database, world: World, assigned: None, moving_clock: MovableClock) -> Stored:
    return Stored(database, world, moving_clock)


@pytest.fixture
def begun(sitters: list[Sitter]) -> list[Sitter]:
    return [sitter.begin() for sitter in sitters]


def numbers(wall: Wall, order: Order) -> tuple[int, ...]:
    told = wall.get(f"{wall.path}/commands/{order.id}").json
    return tuple(told[name] for name in ("reached", "reopened", "left_out", "waiting"))


def test_what_a_crash_left_is_applied_by_the_sweep_and_only_once(
    wall: Wall, begun: list[Sitter], stored: Stored, database: Database, world: World, moving_clock: MovableClock
) -> None:
    assert begun[0].hand_in().status_code == 200
    order = stored.give(CommandKind.EXTEND, seconds=600)
    assert numbers(wall, order) == (0, 0, 1, 2)
    with database.transaction() as db:  # one portion was applied before it went down
        carrying_out.catch_up(db, [begun[1].enrolment.sitting.id], now=moving_clock())
    assert numbers(wall, order) == (1, 0, 1, 1)
    for _ in range(2):
        worker.sweep_once(database)
    assert numbers(wall, order) == (2, 0, 1, 0)
    assert [stored.sitting(one).extra_seconds for one in begun] == [0, 600, 600]
    with database.reading() as db:
        entries = audit.history(db, f"exam-session:{world.exam_session.id}")
    given, applied = (entry for entry in entries if entry.action.startswith("command."))
    assert (given.action, given.detail["targets"], given.detail["reason"]) == ("command.given", 2, "消防演练")
    assert (applied.action, applied.detail["reached"], applied.detail["left_out"]) == ("command.extend", 2, 1)
    assert given.actor == applied.actor == str(world.by("proctor1").account_id)


def test_a_repeat_goes_on_with_what_a_crash_left(wall: Wall, begun: list[Sitter], stored: Stored) -> None:
    order = stored.give(CommandKind.EXTEND, seconds=600)
    body = {name: str(value) if name == "id" else value for name, value in asdict(order).items()}
    answers = [wall.post(f"{wall.path}/commands", body).json for _ in range(2)]
    assert answers[0] == answers[1]
    assert (answers[0]["reached"], answers[0]["waiting"]) == (3, 0)
    assert {stored.sitting(one).extra_seconds for one in begun} == {600}


def test_what_is_ordered_for_one_comes_after_what_waits_for_them(
    wall: Wall, begun: list[Sitter], stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    stored.give(CommandKind.PAUSE)
    moving_clock.forward(seconds=1)
    assert wall.order("RESUME", begun[0], text="").status_code == 200
    worker.sweep_once(database)
    assert [stored.sitting(one).state for one in begun] == ["IN_PROGRESS", "PAUSED", "PAUSED"]
    assert stored.actions(begun[0])[-2:] == ["sitting.paused", "sitting.in_progress"]


def test_a_later_command_for_all_overtakes_no_earlier_one(
    wall: Wall, begun: list[Sitter], stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    stored.give(CommandKind.PAUSE)
    moving_clock.forward(seconds=1)
    resumed = wall.order("RESUME", None, text="").json
    assert (resumed["reached"], resumed["waiting"]) == (3, 0)
    worker.sweep_once(database)
    for one in begun:
        assert stored.sitting(one).state == "IN_PROGRESS"
        assert stored.actions(one)[-2:] == ["sitting.paused", "sitting.in_progress"]


def test_who_is_given_a_seat_in_a_paused_room_goes_on_first_and_is_paused_then(
    wall: Wall,
    nobody: Caller,
    begun: list[Sitter],
    stored: Stored,
    database: Database,
    world: World,
    moving_clock: MovableClock,
) -> None:
    with database.transaction() as db:
        spare = exam_rooms.give_room(db, world.exam_session.id, by=world.by("office"), now=moving_clock())
    wall.order("PAUSE", None)
    stored.give(CommandKind.RESUME)
    moving_clock.forward(seconds=1)
    wall.order("PAUSE", None, session_room_id=str(spare.id))
    seat = f"/api/exam-sessions/{world.exam_session.id}/enrolments/{begun[0].enrolment.id}/seat"
    body = {"session_room_id": str(spare.id), "seat_number": 1, "reason": "投影反光"}
    assert nobody.log_in("office").put(seat, body).status_code == 200
    worker.sweep_once(database)
    assert [stored.sitting(one).state for one in begun] == ["PAUSED", "IN_PROGRESS", "IN_PROGRESS"]


def test_who_is_opened_again_by_one_command_is_paused_by_the_next(
    wall: Wall, begun: list[Sitter], stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    moving_clock.forward(minutes=61)
    worker.sweep_once(database)
    extended = stored.give(CommandKind.EXTEND, seconds=600)
    paused = stored.give(CommandKind.PAUSE)
    worker.sweep_once(database)
    assert {stored.sitting(one).state for one in begun} == {"PAUSED"}
    assert (numbers(wall, extended), numbers(wall, paused)) == ((3, 3, 0, 0), (3, 0, 0, 0))


@pytest.mark.postgresql_only
def test_a_command_is_on_record_while_a_sitting_that_it_is_for_is_held(
    wall: Wall, begun: list[Sitter], database: Database
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as db:
            finding.locked(db, begun[0].enrolment.sitting.id)
            ordering = pool.submit(wall.order, "MESSAGE")
            wait_for_a_lock(database)
            with database.reading() as looking:
                last = audit.history(looking, f"exam-session:{begun[0].enrolment.exam_session_id}")[-1]
            assert (last.action, last.detail["targets"]) == ("command.given", 3)
        assert ordering.result(30).json["reached"] == 3
