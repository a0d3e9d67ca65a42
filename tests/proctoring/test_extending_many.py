"""An extension for a room or for all: it opens again what time has ended, and says how far it reached."""

from datetime import timedelta
from typing import Any

import pytest
from sitters import Sitter
from walls import Wall
from werkzeug.test import TestResponse
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery.models import Sitting

MINUTE = timedelta(minutes=1)


@pytest.fixture
def begun(sitters: list[Sitter]) -> list[Sitter]:
    """Three candidates, each with sixty minutes from now on."""
    return [sitter.begin() for sitter in sitters]


def extend(wall: Wall) -> TestResponse:
    return wall.order("EXTEND", None, text="停电", seconds=600)


def numbers(answer: TestResponse) -> tuple[Any, ...]:
    return tuple(answer.json[name] for name in ("reached", "reopened", "left_out"))


def stored(database: Database, sitter: Sitter) -> Sitting:
    with database.reading() as db:
        return get(db, Sitting, sitter.enrolment.sitting.id)


@pytest.mark.parametrize("is_swept", [False, True])
def test_it_reaches_those_whom_time_has_just_ended_and_gives_them_just_what_it_grants(
    wall: Wall, begun: list[Sitter], database: Database, moving_clock: MovableClock, is_swept: bool
) -> None:
    moving_clock.forward(minutes=61)
    if is_swept:
        worker.sweep_once(database)
        assert {wall.tile(each)["state"] for each in begun} == {"HANDED_IN"}
    assert numbers(extend(wall)) == (3, 3, 0)
    for each in begun:
        own = stored(database, each)
        assert (own.state, own.closes_at) == ("IN_PROGRESS", moving_clock() + 10 * MINUTE)
        each.claim()
        each.answer()


def test_who_handed_in_was_ended_or_never_came_is_left_out_and_counted(
    wall: Wall, begun: list[Sitter], database: Database, world: World, moving_clock: MovableClock
) -> None:
    assert begun[0].hand_in().status_code == 200
    assert wall.order("TERMINATE", begun[1]).status_code == 200
    moving_clock.forward(minutes=61)
    worker.sweep_once(database)
    given = extend(wall)
    assert numbers(given) == (1, 1, 2)
    assert [stored(database, each).state for each in begun] == ["HANDED_IN", "TERMINATED", "IN_PROGRESS"]
    assert numbers(wall.get(f"{wall.path}/commands/{given.json['id']}")) == (1, 1, 2)
    with database.reading() as db:
        entry = audit.history(db, f"exam-session:{world.exam_session.id}")[-1]
    assert {name: entry.detail[name] for name in ("reached", "reopened", "left_out")} == {
        "reached": 1,
        "reopened": 1,
        "left_out": 2,
    }


def test_who_is_still_sitting_is_not_counted_as_opened_again(wall: Wall, begun: list[Sitter]) -> None:
    assert numbers(extend(wall)) == (3, 0, 0)
    assert numbers(wall.order("EXTEND", begun[0], seconds=60)) == (1, 0, 0)


def test_for_one_candidate_the_numbers_say_the_same(
    wall: Wall, begun: list[Sitter], moving_clock: MovableClock
) -> None:
    moving_clock.forward(minutes=61)
    assert numbers(wall.order("EXTEND", begun[0], seconds=60)) == (1, 1, 0)
    assert begun[1].hand_in().json["state"] == "HANDED_IN"
    assert wall.order("MESSAGE", begun[1]).json["code"] == "sitting_over"
