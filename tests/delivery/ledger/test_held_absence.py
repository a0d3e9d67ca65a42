"""Whom an outage may have kept from coming is not called absent by the clock."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from callers import Caller
from sitters import Sitter
from world import World

from examsvc import worker
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import invigilating, sweeping
from examsvc.delivery.ledger import beating, holding
from examsvc.delivery.ledger.beating import Process
from examsvc.delivery.ledger.models import ONLY, Heartbeat, Outage
from examsvc.delivery.models import Sitting

Down = Callable[[float], Outage]
Stored = Callable[[Sitter], Sitting]
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("common_clock")  # entry for 30 minutes, absent after 30


@pytest.fixture
def up(database: Database, moving_clock: MovableClock) -> Callable[[timedelta], None]:
    """The service has served all the while, so much later."""

    def serve(length: timedelta) -> None:
        moving_clock.at += length
        with database.transaction() as db:
            get(db, Heartbeat, ONLY).at = moving_clock()

    return serve


def test_who_could_not_log_in_while_the_service_was_down_is_not_absent_when_it_is_back(
    sitter: Sitter, down: Down, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    moving_clock.forward(minutes=10)
    down(25 * 60)
    worker.sweep_once(database)
    assert stored(sitter).state == "EXPECTED"
    assert sitter.enter().view()["phase"] == "TOO_LATE"  # the first look ends nothing
    assert stored(sitter).state == "EXPECTED"
    assert sitter.post(f"{sitter.path}/identity-confirmation", {}).json["code"] == "sitting_over"


def test_an_extension_lets_those_in_whom_the_outage_kept_out(
    sitter: Sitter, down: Down, stored: Stored, database: Database, world: World, moving_clock: MovableClock
) -> None:
    moving_clock.forward(minutes=10)
    down(25 * 60)
    worker.sweep_once(database)
    with database.transaction() as db:
        act = {"reason": "服务器中断", "by": world.by("proctor1"), "now": moving_clock()}
        invigilating.extend(db, sitter.enrolment.sitting.id, seconds=1500, **act)
    sitter.begin()
    assert stored(sitter).closes_at == world.now + 60 * MINUTE + timedelta(seconds=1500)


def test_while_the_service_is_silent_nobody_is_absent(
    sitter: Sitter, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        beating.beat(db, Process("before", moving_clock()), now=moving_clock())
    moving_clock.forward(minutes=31)
    worker.sweep_once(database)
    assert stored(sitter).state == "EXPECTED"


@pytest.mark.parametrize("began_after", [0, 29])
def test_two_hours_after_it_was_noted_an_outage_holds_nobody_back(
    sitter: Sitter,
    down: Down,
    up: Callable[[timedelta], None],
    stored: Stored,
    database: Database,
    world: World,
    moving_clock: MovableClock,
    began_after: int,
) -> None:
    moving_clock.forward(minutes=began_after)
    outage = down(120)
    up(outage.noted_at + holding.DECISION_PATIENCE - moving_clock() - timedelta(seconds=1))
    worker.sweep_once(database)
    assert stored(sitter).state == "EXPECTED"
    up(timedelta(seconds=1))
    worker.sweep_once(database)
    assert (stored(sitter).state, stored(sitter).finished_at) == ("ABSENT", world.now + 30 * MINUTE)


@pytest.mark.parametrize(("began_after", "seconds"), [(-5, 300), (30, 60)])
def test_an_outage_before_the_start_or_after_the_limit_keeps_nobody_from_coming(
    sitter: Sitter,
    down: Down,
    up: Callable[[timedelta], None],
    stored: Stored,
    database: Database,
    world: World,
    moving_clock: MovableClock,
    began_after: int,
    seconds: int,
) -> None:
    moving_clock.at = world.now + began_after * MINUTE
    down(seconds)
    if moving_clock() <= world.now + 30 * MINUTE:
        up(world.now + 31 * MINUTE - moving_clock())
    worker.sweep_once(database)
    assert stored(sitter).state == "ABSENT"


def test_who_confirmed_and_never_opened_the_paper_is_ended_all_the_same(
    sitter: Sitter, down: Down, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    sitter.enter().check_in()
    down(61 * 60)
    worker.sweep_once(database)
    assert (stored(sitter).state, stored(sitter).finish_reason) == ("HANDED_IN", "TIME_UP")


def test_held_sittings_are_not_due_again_and_again(
    sitter: Sitter, down: Down, database: Database, moving_clock: MovableClock
) -> None:
    sitter.enter().check_in()
    down(31 * 60)
    absent = next(one for one in sweeping.SWEEPS if one.name == "mark the absent")
    with database.reading() as db:
        assert list(absent.due(db, moving_clock())) == []


def test_the_office_moves_the_start_after_an_outage(
    sitter: Sitter, neighbour: Sitter, down: Down, nobody: Caller, stored: Stored, world: World, database: Database
) -> None:
    down(35 * 60)
    worker.sweep_once(database)
    body = {"starts_at": (world.now + 60 * MINUTE).isoformat(), "reason": "服务器中断"}
    path = f"/api/exam-sessions/{world.exam_session.id}/move-start"
    assert nobody.log_in("office").post(path, body).status_code == 200
    assert [stored(one).state for one in (sitter, neighbour)] == ["EXPECTED"] * 2
    assert sitter.enter().view()["phase"] == "WAITING"


def test_who_stood_ready_and_was_kept_out_to_the_end_is_let_in_with_what_was_lost(
    sitter: Sitter,
    down: Down,
    decide: Callable[..., int],
    stored: Stored,
    database: Database,
    moving_clock: MovableClock,
) -> None:
    sitter.enter().check_in()
    outage = down(61 * 60)
    worker.sweep_once(database)
    assert (stored(sitter).state, stored(sitter).opened_at) == ("HANDED_IN", None)
    moving_clock.forward(minutes=5)
    assert decide(outage) == 1
    assert (stored(sitter).state, stored(sitter).credited_seconds) == ("EXPECTED", 3600)
    sitter.claim()
    assert stored(sitter).closes_at == moving_clock() + 60 * MINUTE
    sitter.answer()
