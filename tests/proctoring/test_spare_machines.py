"""The other way round: the spare machine shows a code, the proctor says who goes on there."""

from typing import Any

import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from sqlalchemy import func, select
from walls import Wall
from werkzeug.test import TestResponse
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import verifying
from examsvc.delivery.handover import spares
from examsvc.delivery.handover.models import SpareMachine
from examsvc.delivery.machines import Machine
from examsvc.delivery.models import Sitting
from proctoring.models import ProctorEvent


class Spare(Sitter):
    """A machine that nobody sits at, with the page that shows a code."""

    secret = ""

    def show(self) -> str:
        shown = self.post("/api/candidate/spare-machine").json
        self.secret = shown["secret"]
        code: str = shown["code"]
        return code

    def take(self, secret: str | None = None) -> TestResponse:
        answer = self.post("/api/candidate/spare-machine/take", {"secret": secret or self.secret})
        if answer.status_code == 200:
            self.csrf_token = answer.json["csrf_token"]
        return answer


@pytest.fixture
def spare(app: Flask, world: World, moving_clock: MovableClock) -> Spare:
    return Spare(app, world.enrolments[0], moving_clock)


@pytest.fixture
def thief(app: Flask, world: World, moving_clock: MovableClock) -> Spare:
    """A page somewhere else, of somebody who has seen the code."""
    return Spare(app, world.enrolments[0], moving_clock)


def give(wall: Wall, sitter: Sitter, code: str, reason: str = "电脑死机") -> TestResponse:
    return wall.post(
        f"{wall.path}/sittings/{sitter.enrolment.sitting.id}/spare-machine", {"code": code, "reason": reason}
    )


def test_the_candidate_goes_on_at_the_spare_machine_without_typing_and_the_old_one_is_fenced(
    wall: Wall, sitter: Sitter, spare: Spare, database: Database
) -> None:
    sitter.answer()
    code = spare.show()
    assert spare.take().status_code == 204
    assert give(wall, sitter, code).status_code == 201
    assert spare.take().json["sitting_id"] == str(sitter.enrolment.sitting.id)

    refused = sitter.send(sitter.entry("q1", {"choice": "a"}))
    assert (refused.status_code, refused.json["code"]) == (401, "login_moved")
    assert [answer["answer"] for answer in spare.claim()["answers"]] == [{"choice": "b"}]
    spare.answer("TRUE_FALSE")
    state = wall.get(f"{wall.path}/sittings/{sitter.enrolment.sitting.id}/hand-over").json
    assert state["taken_over_at"]
    with database.reading() as db:
        assert verifying.verify_chain(db, sitter.enrolment.sitting.id) is None
        assert audit.verify(db, f"sitting:{sitter.enrolment.sitting.id}") is None
        assert db.scalar(select(func.count()).select_from(ProctorEvent)) == 0


def test_the_time_since_the_old_machine_was_last_seen_is_given_back(
    wall: Wall, sitter: Sitter, spare: Spare, moving_clock: MovableClock, database: Database
) -> None:
    sitter.answer()
    moving_clock.forward(seconds=60)
    code = spare.show()
    moving_clock.forward(seconds=20)
    give(wall, sitter, code)
    moving_clock.forward(seconds=5)
    spare.take()
    spare.claim()
    with database.reading() as db:
        assert get(db, Sitting, sitter.enrolment.sitting.id).credited_seconds == 85


def test_a_code_alone_logs_nobody_in_anywhere(wall: Wall, sitter: Sitter, spare: Spare, thief: Spare) -> None:
    """A photographed code is no secret, and it is no hand-over's code either."""
    code = spare.show()
    thief.show()
    give(wall, sitter, code)
    assert thief.take().status_code == 204
    assert thief.take(code).json["code"] == "spare_code_wrong"
    assert thief.post("/api/candidate/hand-over", {"code": code}).json["code"] == "hand_over_code_wrong"
    assert spare.take().status_code == 200


def test_a_photographed_code_is_good_for_nothing_once_it_was_used(
    wall: Wall, sitter: Sitter, sitters: list[Sitter], spare: Spare
) -> None:
    code = spare.show()
    assert give(wall, sitter, code).status_code == 201
    assert give(wall, sitters[1], code).json["code"] == "spare_code_wrong"
    assert spare.take().status_code == 200
    assert spare.take().json["code"] == "hand_over_code_wrong"
    assert give(wall, sitters[1], code).json["code"] == "spare_code_wrong"


@pytest.mark.parametrize(("seconds", "status"), [(89, 201), (90, 403)])
def test_a_code_is_good_for_ninety_seconds(
    wall: Wall, sitter: Sitter, spare: Spare, moving_clock: MovableClock, seconds: int, status: int
) -> None:
    code = spare.show()
    moving_clock.forward(seconds=seconds)
    assert wall.post(f"{wall.path}/spare-machine", {"code": code}).status_code == {201: 200}.get(status, status)
    assert give(wall, sitter, code).status_code == status


def test_a_machine_that_nobody_was_named_for_is_told_to_show_a_new_code(
    spare: Spare, moving_clock: MovableClock
) -> None:
    spare.show()
    moving_clock.forward(seconds=90)
    assert spare.take().json["code"] == "spare_code_wrong"


def test_who_was_named_has_ninety_seconds_to_arrive(
    wall: Wall, sitter: Sitter, spare: Spare, moving_clock: MovableClock
) -> None:
    give(wall, sitter, spare.show())
    moving_clock.forward(seconds=90)
    assert spare.take().json["code"] == "hand_over_code_wrong"


def test_the_proctor_sees_where_the_machine_stands_before_naming_anybody(wall: Wall, spare: Spare) -> None:
    seen = wall.post(f"{wall.path}/spare-machine", {"code": spare.show().lower()}).json
    assert (seen["address"], seen["browser"].split("/")[0]) == ("127.0.0.1", "Werkzeug")


def test_nobody_but_a_proctor_of_the_exam_session_names_anybody(
    app: Flask, wall: Wall, stranger: Wall, sitter: Sitter, spare: Spare
) -> None:
    code = spare.show()
    path = f"{wall.path}/sittings/{sitter.enrolment.sitting.id}/spare-machine"
    for caller in (stranger, Caller(app).log_in("office"), sitter.enter()):
        assert caller.post(path, {"code": code, "reason": "x"}).status_code in (403, 404)
        assert caller.post(f"{wall.path}/spare-machine", {"code": code}).status_code in (403, 404)
    assert spare.take().status_code == 204


def test_who_was_named_is_on_record_with_machine_and_reason(
    wall: Wall, sitter: Sitter, spare: Spare, database: Database
) -> None:
    give(wall, sitter, spare.show(), "键盘失灵")
    with database.reading() as db:
        made, named = audit.history(db, f"sitting:{sitter.enrolment.sitting.id}")[-2:]
    assert (made.action, made.detail["reason"]) == ("hand_over.made", "键盘失灵")
    assert (named.action, named.detail["address"]) == ("hand_over.spare_named", "127.0.0.1")


def test_neither_code_nor_secret_is_stored(spare: Spare, database: Database) -> None:
    code = spare.show()
    with database.reading() as db:
        [row] = db.scalars(select(SpareMachine))
        stored = " ".join(str(value) for value in vars(row).values())
    assert spare.secret not in stored
    assert code.replace("-", "") not in stored


def test_nobody_alone_takes_the_codes_from_all_others(
    spare: Spare, database: Database, monkeypatch: pytest.MonkeyPatch, moving_clock: MovableClock
) -> None:
    monkeypatch.setattr(spares, "MOST_AT_ADDRESS", 2)
    answers: list[Any] = [spare.post("/api/candidate/spare-machine") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    with database.transaction() as db:
        spares.show(db, Machine("10.0.0.9", ""), now=moving_clock())


def test_waiting_machines_are_bounded_and_old_ones_forgotten(
    spare: Spare, moving_clock: MovableClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spares, "MOST_WAITING", 3)
    answers: list[Any] = [spare.post("/api/candidate/spare-machine") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    moving_clock.forward(minutes=12)
    assert spare.post("/api/candidate/spare-machine").status_code == 201
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SpareMachine)) == 1
