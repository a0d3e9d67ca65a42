"""What the office chooses from: everybody with their room, and who can be printed; whole rooms go on by hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from clerks import REASON, Clerk
from sitters import Sitter
from world import World

from examsvc.core.db import Database
from examsvc.delivery.attendance import admitting
from examsvc.delivery.attendance.admitting import TurnedAway
from examsvc.delivery.attendance.states import Grounds


def _printable(clerk: Clerk) -> list[dict[str, Any]]:
    items = clerk.get(f"{clerk.path}/on-paper").json["items"]
    assert [one["room"] for one in items] == [{"number": 1, "name": "S1 第1考场"}] * 3
    return [one for one in items if one["printable"]]


def _names(clerk: Clerk) -> list[str]:
    return [one["name"] for one in _printable(clerk)]


def test_who_was_turned_away_does_not_keep_the_room_from_being_printed(
    cut_off: Sitter, neighbour: Sitter, clerk: Clerk, world: World, database: Database
) -> None:
    assert len(_names(clerk)) == 3
    with database.transaction() as db:
        away = neighbour.enrolment.sitting.id
        admitting.turn_away(db, away, TurnedAway(Grounds.NOT_THE_PERSON), by=world.by("proctor1"), now=world.now)
    ids = [one["enrolment_id"] for one in _printable(clerk)]
    assert str(neighbour.enrolment.id) not in ids
    answer = clerk.post(f"{clerk.path}/on-paper/print", {"enrolment_ids": ids, "reason": REASON})
    assert answer.status_code == 200
    assert len(_names(clerk)) == 2  # a print may be made again


def test_while_papers_are_withheld_only_who_has_begun_is_printed(
    cut_off: Sitter, clerk: Clerk, world: World, reset: Callable[..., None]
) -> None:
    reset(papers_withheld_at=world.now)
    assert _names(clerk) == [cut_off.enrolment.candidate.name]


def test_nobody_is_printed_before_the_start(clerk: Clerk, world: World, reset: Callable[..., None]) -> None:
    reset(starts_at=world.now + timedelta(seconds=1))
    assert _names(clerk) == []
