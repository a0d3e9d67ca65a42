"""A candidate changes machines: the proctor makes a code, the old machine is fenced, the answers are there."""

from collections.abc import Callable
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from sqlalchemy import select
from walls import Wall
from werkzeug.test import TestResponse
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import invigilating, verifying
from examsvc.delivery.handover import codes
from examsvc.delivery.models import Sitting
from proctoring.board import Facts
from proctoring.floor import Floor
from proctoring.handing_over import last_seen
from proctoring.models import ProctorEvent
from proctoring.online import FOUND_LOST_WITHIN
from proctoring.states import EventKind

Make = Callable[..., dict[str, Any]]


def hand_over(wall: Wall, sitter: Sitter, reason: str = "电脑死机") -> TestResponse:
    return wall.post(f"{wall.path}/sittings/{sitter.enrolment.sitting.id}/hand-over", {"reason": reason})


class NewMachine(Sitter):
    """The machine that a candidate is moved to."""

    def use(self, code: str) -> TestResponse:
        answer = self.post("/api/candidate/hand-over", {"code": code})
        if answer.status_code == 200:
            self.csrf_token = answer.json["csrf_token"]
        return answer


@pytest.fixture
def spare(app: Flask, world: World, moving_clock: MovableClock) -> NewMachine:
    return NewMachine(app, world.enrolments[0], moving_clock)


@pytest.fixture
def stored(database: Database) -> Callable[[Sitter], Sitting]:
    def read(of: Sitter) -> Sitting:
        with database.reading() as db:
            return get(db, Sitting, of.enrolment.sitting.id)

    return read


def noticed(database: Database, kind: EventKind) -> list[ProctorEvent]:
    with database.reading() as db:
        return list(db.scalars(select(ProctorEvent).filter_by(kind=kind)))


def test_the_answers_are_at_the_new_machine_and_the_old_one_is_fenced_at_once(
    wall: Wall, sitter: Sitter, spare: NewMachine, database: Database
) -> None:
    sitter.answer()
    made = hand_over(wall, sitter).json
    assert spare.use(made["code"]).json["sitting_id"] == str(sitter.enrolment.sitting.id)

    refused = sitter.send(sitter.entry("q1", {"choice": "a"}))
    assert (refused.status_code, refused.json["code"]) == (401, "login_moved")
    claimed = spare.claim()
    assert [answer["answer"] for answer in claimed["answers"]] == [{"choice": "b"}]
    spare.answer("TRUE_FALSE")
    state = wall.get(f"{wall.path}/sittings/{sitter.enrolment.sitting.id}/hand-over").json
    assert state["used_at"]
    assert state["taken_over_at"]
    with database.reading() as db:
        assert verifying.verify_chain(db, sitter.enrolment.sitting.id) is None
        assert audit.verify(db, f"sitting:{sitter.enrolment.sitting.id}") is None
    assert noticed(database, EventKind.CLAIMED_ELSEWHERE) == []


def test_a_save_that_only_arrives_after_the_hand_over_is_refused_even_with_a_login(
    wall: Wall, sitter: Sitter, spare: NewMachine, stored: Callable[[Sitter], Sitting]
) -> None:
    sitter.answer()
    ref = sitter.refs()["SINGLE_CHOICE"]
    spare.use(hand_over(wall, sitter).json["code"])
    assert stored(sitter).epoch == sitter.epoch + 1
    stale = spare.send(sitter.entry(ref, None), epoch=sitter.epoch)
    assert stale.json["code"] == "epoch_superseded"


@pytest.mark.parametrize(("silent_for", "credited"), [(0, 40), (120, 160), (3_600 - 200, 600)])
def test_the_time_since_the_old_machine_was_last_seen_is_given_back_up_to_the_most(
    wall: Wall,
    sitter: Sitter,
    spare: NewMachine,
    moving_clock: MovableClock,
    stored: Callable[[Sitter], Sitting],
    silent_for: int,
    credited: int,
) -> None:
    sitter.answer()
    moving_clock.forward(seconds=silent_for)
    code = hand_over(wall, sitter).json["code"]
    moving_clock.forward(seconds=40)
    spare.use(code)
    spare.claim()
    assert stored(sitter).credited_seconds == credited
    [change] = spare.get(f"{spare.path}/clock-changes").json["items"]
    assert (change["kind"], change["cause"], change["seconds"]) == ("CREDITED", "HANDOVER", credited)
    [command] = spare.get(f"{spare.path}/commands").json["items"]
    assert (command["kind"], command["text"]) == ("CREDIT", "电脑死机")


@pytest.mark.parametrize(("framed", "credited"), [(False, 25 + FOUND_LOST_WITHIN.seconds), (True, 25 + 5)])
def test_a_machine_whose_line_stands_may_be_dead_for_as_long_as_that_is_not_found(
    wall: Wall,
    sitter: Sitter,
    spare: NewMachine,
    floor: Floor,
    moving_clock: MovableClock,
    stored: Callable[[Sitter], Sitting],
    send_frame: Callable[..., TestResponse],
    framed: bool,
    credited: int,
) -> None:
    floor.board.connect(sitter.enrolment.sitting.id, "page", moving_clock())
    moving_clock.forward(minutes=5)  # reading, without an answer
    if framed:
        send_frame(sitter)
        floor.write()
        moving_clock.forward(seconds=5)
    code = hand_over(wall, sitter).json["code"]
    moving_clock.forward(seconds=25)
    spare.use(code)
    spare.claim()
    assert stored(sitter).credited_seconds == credited


def test_a_reload_of_the_new_machine_gives_nothing_back_again(
    wall: Wall, sitter: Sitter, spare: NewMachine, moving_clock: MovableClock, stored: Callable[[Sitter], Sitting]
) -> None:
    code = hand_over(wall, sitter).json["code"]
    moving_clock.forward(seconds=30)
    spare.use(code)
    spare.claim()
    moving_clock.forward(seconds=300)
    spare.claim()
    assert stored(sitter).credited_seconds == 30


def test_a_pause_during_the_change_is_not_given_back_twice(
    wall: Wall,
    sitter: Sitter,
    spare: NewMachine,
    world: World,
    database: Database,
    moving_clock: MovableClock,
    stored: Callable[[Sitter], Sitting],
) -> None:
    act: dict[str, Any] = {"by": world.by("proctor1")}
    with database.transaction() as db:
        invigilating.pause(db, sitter.enrolment.sitting.id, reason="换机", now=moving_clock(), **act)
    code = hand_over(wall, sitter).json["code"]
    moving_clock.forward(seconds=60)
    with database.transaction() as db:
        invigilating.resume(db, sitter.enrolment.sitting.id, now=moving_clock(), **act)
    moving_clock.forward(seconds=20)
    spare.use(code)
    spare.claim()
    assert stored(sitter).credited_seconds == 20
    assert stored(sitter).paused_seconds == 60


def test_a_code_is_good_once_and_for_ninety_seconds(
    wall: Wall, sitter: Sitter, spare: NewMachine, app: Flask, moving_clock: MovableClock
) -> None:
    old = hand_over(wall, sitter).json["code"]
    moving_clock.forward(seconds=90)
    assert spare.use(old).json["code"] == "hand_over_code_wrong"
    fresh = hand_over(wall, sitter).json["code"]
    moving_clock.forward(seconds=89)
    assert spare.use(fresh).status_code == 200
    again = Caller(app).post("/api/candidate/hand-over", {"code": fresh})
    assert (again.status_code, again.json["code"]) == (403, "hand_over_code_wrong")


def test_a_new_code_voids_the_one_before(
    wall: Wall, sitter: Sitter, spare: NewMachine, moving_clock: MovableClock
) -> None:
    first = hand_over(wall, sitter).json["code"]
    second = hand_over(wall, sitter).json["code"]
    assert spare.use(first).status_code == 403
    assert spare.use(second.lower().replace("-", " ")).status_code == 200


def test_the_qr_code_leads_to_the_page_of_the_code(wall: Wall, sitter: Sitter) -> None:
    made = hand_over(wall, sitter).json
    assert made["address"].endswith(f"/candidate/hand-over#{codes.plain(made['code'])}")
    assert made["qr_svg"].startswith("<")


def test_a_proctor_of_another_exam_session_makes_no_code(wall: Wall, stranger: Wall, sitter: Sitter) -> None:
    assert hand_over(stranger, sitter).status_code == 404
    assert hand_over(wall, sitter, reason="").status_code == 422
    assert (
        sitter.post(f"{wall.path}/sittings/{sitter.enrolment.sitting.id}/hand-over", {"reason": "我"}).status_code
        == 403
    )
    other = wall.path.replace(wall.path[-1], "0" if wall.path[-1] != "0" else "1")
    assert wall.post(f"{other}/sittings/{sitter.enrolment.sitting.id}/hand-over", {"reason": "x"}).status_code == 404


def test_nobody_is_moved_once_the_sitting_is_over(wall: Wall, sitter: Sitter, spare: NewMachine) -> None:
    code = hand_over(wall, sitter).json["code"]
    assert sitter.hand_in().status_code == 200
    assert spare.use(code).json["code"] == "sitting_over"
    assert hand_over(wall, sitter).json["code"] == "sitting_over"


def test_who_has_not_opened_the_paper_is_moved_too_and_loses_nothing(
    wall: Wall,
    sitters: list[Sitter],
    app: Flask,
    world: World,
    moving_clock: MovableClock,
    stored: Callable[[Sitter], Sitting],
) -> None:
    waiting = sitters[1].enter()
    spare = NewMachine(app, world.enrolments[1], moving_clock)
    spare.use(hand_over(wall, waiting).json["code"])
    assert waiting.get(waiting.path).json["code"] == "login_moved"
    spare.check_in().claim()
    moving_clock.forward(seconds=300)
    spare.claim()
    assert stored(waiting).credited_seconds == 0


def test_a_foreign_sitting_stays_foreign_to_the_moved_login(
    wall: Wall, sitter: Sitter, sitters: list[Sitter], spare: NewMachine
) -> None:
    spare.use(hand_over(wall, sitter).json["code"])
    assert spare.get(sitters[1].path).status_code == 404


def test_the_moved_candidate_may_be_moved_back(wall: Wall, sitter: Sitter, spare: NewMachine, app: Flask) -> None:
    spare.use(hand_over(wall, sitter).json["code"])
    spare.claim()
    spare.answer()
    back = NewMachine(app, sitter.enrolment, sitter.clock)
    back.use(hand_over(wall, sitter).json["code"])
    assert [answer["answer"] for answer in back.claim()["answers"]] == [{"choice": "b"}]
    assert spare.get(spare.path).json["code"] == "login_moved"


def test_a_cookie_alone_claims_reads_and_writes_nothing_at_another_device_and_its_owner_is_unharmed(
    sitter: Sitter, database: Database
) -> None:
    thief = sitter.cookie_thief()
    thief.csrf_token = thief.get("/api/me").json["csrf_token"]
    assert thief.csrf_token == ""
    thief.epoch = sitter.epoch
    for refused in (thief.ask_claim(), thief.send(thief.entry("q1", None)), thief.get(f"{thief.path}/paper")):
        assert (refused.status_code, refused.json["code"]) == (403, "csrf_token_missing")
    assert sitter.answer()["acknowledged_seq"] == sitter.seq
    assert noticed(database, EventKind.CLAIMED_ELSEWHERE) == []


def test_a_login_that_was_carried_off_whole_fences_its_owner_and_is_seen_on_the_wall(
    wall: Wall, sitter: Sitter, database: Database
) -> None:
    thief = sitter.cookie_thief()
    thief.csrf_token = sitter.csrf_token
    elsewhere = {"environ_base": {"REMOTE_ADDR": "203.0.113.7"}}
    thief.epoch = sitter.epoch
    assert thief.ask_claim(**elsewhere).status_code == 200
    assert sitter.send(sitter.entry("q1", None)).json["code"] == "epoch_superseded"
    [event] = noticed(database, EventKind.CLAIMED_ELSEWHERE)
    assert event.detail["address"] == "203.0.113.7"
    assert wall.tile(sitter)["last_alert"]["kind"] == "CLAIMED_ELSEWHERE"


def test_a_cookie_that_was_carried_off_is_dead_after_a_hand_over(wall: Wall, sitter: Sitter, spare: NewMachine) -> None:
    thief = sitter.cookie_thief()
    assert thief.get(sitter.path).status_code == 200
    spare.use(hand_over(wall, sitter).json["code"])
    assert thief.get(sitter.path).json["code"] == "login_moved"


def test_a_reload_and_a_second_tab_are_not_noticed_as_another_machine(sitter: Sitter, database: Database) -> None:
    sitter.claim()
    sitter.claim()
    assert noticed(database, EventKind.CLAIMED_ELSEWHERE) == []


def test_who_is_locked_out_by_a_neighbours_guesses_is_let_in_by_the_proctor(
    wall: Wall, sitters: list[Sitter], app: Flask, world: World, moving_clock: MovableClock
) -> None:
    victim = sitters[1]
    guesser = Caller(app)
    for _ in range(11):
        wrong = {"ticket_number": victim.enrolment.ticket_number, "proof": "000000"}
        refused = guesser.post("/api/candidate/login", wrong)
    assert refused.json["code"] == "too_many_attempts"
    spare = NewMachine(app, world.enrolments[1], moving_clock)
    assert spare.use(hand_over(wall, victim, "登录被锁").json["code"]).status_code == 200
    assert spare.get(spare.path).status_code == 200


def test_what_is_known_of_a_machine_tells_when_it_was_last_seen(moving_clock: MovableClock) -> None:
    at, later = moving_clock(), moving_clock.forward(seconds=60)
    assert last_seen(Facts(), None, later) is None
    assert last_seen(Facts(is_connected=True, since=at), None, later) == later - FOUND_LOST_WITHIN
    assert last_seen(Facts(is_connected=True, since=at), None, at) == at
    assert last_seen(Facts(since=at), None, later) == at
    assert last_seen(Facts(since=at), later, later) == later


def test_sweeping_after_a_hand_over_changes_nothing(
    wall: Wall,
    sitter: Sitter,
    spare: NewMachine,
    database: Database,
    moving_clock: MovableClock,
    stored: Callable[[Sitter], Sitting],
) -> None:
    code = hand_over(wall, sitter).json["code"]
    moving_clock.forward(seconds=30)
    spare.use(code)
    spare.claim()
    before = stored(sitter).closes_at
    worker.sweep_once(database)
    assert stored(sitter).closes_at == before
