"""Who comes to sit in a room that is paused: enrolled, given a seat there, expected again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import exam_rooms
import pytest
from callers import Caller
from flask import Flask
from locks import wait_for_a_lock
from sitters import Sitter
from walls import Wall
from werkzeug.test import TestResponse
from world import World, read_relations

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import enrolling
from examsvc.delivery.models import Sitting

MINUTE = timedelta(minutes=1)
NEWCOMER = enrolling.Person("赵新来", "310101199001010055")


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


@pytest.fixture
def spare_room(database: Database, world: World, moving_clock: MovableClock) -> str:
    """A second room, in which nobody sits; its id."""
    with database.transaction() as db:
        return str(exam_rooms.give_room(db, world.exam_session.id, by=world.by("office"), now=moving_clock()).id)


def stored(database: Database, sitter: Sitter) -> Sitting:
    with database.reading() as db:
        return get(db, Sitting, sitter.enrolment.sitting.id)


def seat(office: Caller, sitter: Sitter, room: str, number: int = 1) -> TestResponse:
    path = f"/api/exam-sessions/{sitter.enrolment.exam_session_id}/enrolments/{sitter.enrolment.id}/seat"
    return office.put(path, {"session_room_id": room, "seat_number": number, "reason": "投影反光"})


def enrol(app: Flask, database: Database, world: World, clock: MovableClock) -> Sitter:
    with database.transaction() as db:
        new = enrolling.enrol(db, world.exam_session.id, NEWCOMER, by=world.by("office"), now=clock())
        read_relations(db)
    return Sitter(app, new, clock)


def commands(sitter: Sitter) -> list[tuple[str, str, str]]:
    told = sitter.get(f"{sitter.path}/commands").json["items"]
    return [(one["kind"], one["text"], one["phase"]) for one in told]


def test_who_is_enrolled_in_a_pause_is_kept_out_until_the_room_goes_on(
    app: Flask, wall: Wall, database: Database, world: World, moving_clock: MovableClock
) -> None:
    wall.order("PAUSE", None, text="消防演练")
    new = enrol(app, database, world, moving_clock).enter().check_in()
    assert (new.view()["state"], new.view()["phase"]) == ("EXPECTED", "PAUSED")
    assert commands(new) == [("PAUSE", "消防演练", "PAUSED")]
    assert new.ask_claim().json["code"] == "sitting_paused"
    moving_clock.forward(minutes=3)
    wall.order("RESUME", None, text="")
    new.claim()
    assert stored(database, new).held_seconds == 180
    with database.reading() as db:
        entries = audit.history(db, stored(database, new).audit_stream)
        assert audit.verify(db, stored(database, new).audit_stream) is None
    (paused,) = [entry for entry in entries if entry.action == "sitting.entry_paused"]
    assert (paused.actor, paused.detail["reason"]) == ("system:paused_rooms", "消防演练")


def test_who_is_given_a_seat_in_a_paused_room_is_paused_as_those_there(
    wall: Wall, office: Caller, sitters: list[Sitter], spare_room: str, database: Database
) -> None:
    running, waiting, other = sitters
    running.begin()
    wall.order("PAUSE", None, text="空调漏水", session_room_id=spare_room)
    for number, each in enumerate((running, waiting), start=1):
        assert seat(office, each, spare_room, number).status_code == 200
    assert stored(database, running).state == "PAUSED"
    assert stored(database, waiting).held_at is not None
    assert stored(database, other).held_at is None
    assert commands(running) == [("PAUSE", "空调漏水", "PAUSED")]
    assert wall.order("RESUME", None, text="", session_room_id=spare_room).json["reached"] == 2
    assert stored(database, running).state == "IN_PROGRESS"


def test_a_room_that_goes_on_is_open_to_who_comes_and_so_is_one_that_is_not_paused(
    app: Flask,
    wall: Wall,
    office: Caller,
    sitters: list[Sitter],
    spare_room: str,
    database: Database,
    world: World,
    moving_clock: MovableClock,
) -> None:
    first = str(sitters[0].enrolment.session_room_id)
    wall.order("PAUSE", None, session_room_id=first)
    assert seat(office, sitters[0], spare_room).status_code == 200  # paused in the old room: somebody lets go on
    assert stored(database, sitters[0]).held_at is not None
    moving_clock.forward(minutes=1)
    wall.order("RESUME", None, text="")
    assert seat(office, sitters[0], first, 80).status_code == 200
    new = enrol(app, database, world, moving_clock)
    assert [stored(database, each).held_at for each in (sitters[0], new)] == [None, None]


def test_who_was_let_go_alone_goes_on_at_another_seat_of_the_paused_room(
    wall: Wall, office: Caller, sitters: list[Sitter], database: Database
) -> None:
    wall.order("PAUSE", None)
    wall.order("RESUME", sitters[0], text="")
    assert seat(office, sitters[0], str(sitters[0].enrolment.session_room_id), 80).status_code == 200
    assert stored(database, sitters[0]).held_at is None


def test_who_is_opened_again_or_expected_again_in_a_pause_is_paused(
    wall: Wall, office: Caller, sitters: list[Sitter], database: Database, world: World, moving_clock: MovableClock
) -> None:
    ended, absent, _ = sitters
    ended.begin()
    moving_clock.at = world.exam_session.ends_at + 1 * MINUTE
    worker.sweep_once(database)
    assert (stored(database, ended).state, stored(database, absent).state) == ("HANDED_IN", "ABSENT")
    wall.order("PAUSE", None)
    assert wall.order("EXTEND", ended, seconds=600).status_code == 200
    assert (stored(database, ended).state, ended.view()["phase"]) == ("PAUSED", "PAUSED")
    back = f"/api/exam-sessions/{world.exam_session.id}/enrolments/{absent.enrolment.id}/absence-undoing"
    assert office.post(back, {"reason": "误记"}).json["state"] == "EXPECTED"
    assert stored(database, absent).held_at == moving_clock()


@pytest.mark.postgresql_only
def test_a_pause_and_an_enrolment_in_the_same_moment_miss_nobody(
    app: Flask, wall: Wall, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as db:
            new = enrolling.enrol(db, world.exam_session.id, NEWCOMER, by=world.by("office"), now=moving_clock())
            pausing = pool.submit(wall.order, "PAUSE")
            wait_for_a_lock(database)
        assert pausing.result(30).json["reached"] == 4
    assert stored(database, Sitter(app, new, moving_clock)).held_at is not None
