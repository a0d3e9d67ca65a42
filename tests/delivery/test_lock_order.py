"""What the office changes while candidates claim: neither waits for the other in a circle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from locks import wait_for_a_lock
from sitters import Sitter
from walls import Wall
from world import World

from examsvc import worker
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import finding, opening
from examsvc.delivery.rooms import placing, using
from proctoring import membership

pytestmark = pytest.mark.postgresql_only


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


@pytest.fixture
def path(world: World) -> str:
    return f"/api/exam-sessions/{world.exam_session.id}"


def while_somebody_claims(database: Database, sitter: Sitter, change: Callable[[], Any]) -> Any:
    """Make a change between the two locks of a claim: its sitting, and then the exam session. Return its answer."""
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as db:
            sitting = finding.locked(db, sitter.enrolment.sitting.id)
            changing = pool.submit(change)
            wait_for_a_lock(database)
            exam_session_id = sitting.enrolment.exam_session_id
            assert opening.published(db, {exam_session_id}) == {exam_session_id}
        return changing.result(30)


def test_a_start_is_moved(sitter: Sitter, office: Caller, path: str, world: World, database: Database) -> None:
    later = (world.now + timedelta(minutes=40)).isoformat()
    body = {"starts_at": later, "reason": "停电"}
    moved = while_somebody_claims(database, sitter, lambda: office.post(f"{path}/move-start", body))
    assert moved.json["starts_at"] == later


@pytest.mark.parametrize("is_for_one", [True, False])
def test_an_accommodation_is_decided(
    sitter: Sitter, office: Caller, path: str, database: Database, is_for_one: bool
) -> None:
    body = {"grant": {"extra_minutes": 5}, "basis": "合理便利申请", "document": "便利〔2026〕3 号"}
    if is_for_one:
        body["enrolment_id"] = str(sitter.enrolment.id)
    decided = while_somebody_claims(database, sitter, lambda: office.post(f"{path}/accommodations", body))
    assert decided.status_code == 200


def test_a_group_is_filled(sitter: Sitter, office: Caller, path: str, database: Database) -> None:
    group = office.post(f"{path}/accommodation-groups", {"name": "加时组"}).json["groups"][0]["id"]
    grant = {"grant": {"extra_minutes": 5}, "basis": "合理便利申请", "document": "便利〔2026〕3 号"}
    office.post(f"{path}/accommodations", {**grant, "group_id": group})
    members = {"members": [str(sitter.enrolment.id)]}
    filled = while_somebody_claims(
        database, sitter, lambda: office.put(f"{path}/accommodation-groups/{group}", members)
    )
    assert filled.json["groups"][0]["members"] == members["members"]


def test_somebody_is_given_another_seat(sitter: Sitter, world: World, database: Database) -> None:
    with database.reading() as db:
        (room,) = using.rooms_of(db, world.exam_session.id)

    def move() -> str:
        with database.transaction() as db:
            by, now = world.by("office"), world.now
            where = (world.exam_session.id, sitter.enrolment.id, room.id, 90)
            return placing.move(db, *where, reason="投影反光", by=by, now=now).seat_label

    assert while_somebody_claims(database, sitter, move) == "01-90"


def test_an_enrolment_is_withdrawn(sitter: Sitter, office: Caller, path: str, database: Database) -> None:
    gone = f"{path}/enrolments/{sitter.enrolment.id}/withdrawal"
    assert while_somebody_claims(database, sitter, lambda: office.post(gone, {"reason": "重复导入"})).status_code == 204


def test_a_name_is_corrected(sitter: Sitter, office: Caller, path: str, database: Database) -> None:
    name, body = f"{path}/enrolments/{sitter.enrolment.id}/name", {"name": "王晓明", "reason": "录入有误"}
    assert while_somebody_claims(database, sitter, lambda: office.put(name, body)).json["name"] == "王晓明"


def test_an_absence_is_taken_back(
    sitter: Sitter, office: Caller, path: str, world: World, database: Database, moving_clock: MovableClock
) -> None:
    moving_clock.at = world.exam_session.ends_at + timedelta(seconds=1)
    worker.sweep_once(database)
    back = f"{path}/enrolments/{sitter.enrolment.id}/absence-undoing"
    answer = while_somebody_claims(database, sitter, lambda: office.post(back, {"reason": "误记"}))
    assert answer.json["state"] == "EXPECTED"


def test_an_extension_opens_many_again(
    app: Flask, sitter: Sitter, neighbour: Sitter, world: World, database: Database, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        proctors = [world.staff["proctor1"].id]
        membership.assign(db, world.exam_session.id, proctors, by=world.by("office"), now=moving_clock())
    for each in (sitter, neighbour):
        each.begin()
    moving_clock.forward(minutes=61)
    worker.sweep_once(database)
    wall = Wall(app, world.exam_session.id)
    wall.log_in("proctor1")
    last = max(sitter, neighbour, key=lambda each: each.enrolment.sitting.id)  # the first is open again by then
    given = while_somebody_claims(database, last, lambda: wall.order("EXTEND", seconds=600))
    assert given.json["reopened"] == 2
