"""Two people mark what was written, each alone; a third decides where they differ too much."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from callers import Caller
from flask import Flask
from papers_in_writing import Desk, answers_to
from sqlalchemy import func, select
from world import World

from examsvc.core.db import Database
from examsvc.delivery.states import SittingState
from questionbank.models import Paper
from scoring.written import reading
from scoring.written.models import WrittenAnswer, WrittenMark
from scoring.written.settling import Standing

Sit = Callable[..., None]
Open = Callable[[str], Desk]


def mark_count(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(WrittenMark)) or 0


def standings(database: Database) -> list[Standing]:
    with database.reading() as db:
        return [one.settlement.standing for one in reading.read_all(db)]


def first_of(desk: Desk, most: int = 20_00) -> str:
    """Return the first answer that is worth so much."""
    lines = [line["answer_id"] for line in desk.lines()]
    return next(key for key in lines if desk.answer(key)["most"] == most)


def test_a_marker_gets_every_written_answer_with_question_and_guide(
    divided: Paper, world: World, sit: Sit, desk: Open
) -> None:
    sit(world.enrolments[0], answers_to(divided, "因为如此"))
    sit(world.enrolments[1], answers_to(divided, " \n"))
    own = desk("examiner1")
    session = own.session()
    assert (session["exam_session"]["answers"], session["exam_session"]["marked"]) == (6, 0)
    assert [line["answers"] for line in session["questions"]] == [1, 1, 2, 2]
    case = own.question(session["questions"][2]["version_id"])
    assert (case["stem"], [part["part"] for part in case["parts"]]) == ("阅读案例", ["p2", "p3"])
    assert [part["most"] for part in case["parts"]] == [3_34, 5_00]  # of 333⅓ and 500
    assert case["parts"][0]["reference"] == "参考要点一"
    assert own.answer(case["answers"][0]["answer_id"])["text"] == "因为如此"


def test_marks_within_the_tolerance_agree_and_those_beyond_are_for_the_arbiter(
    divided: Paper, world: World, sit: Sit, desk: Open, database: Database
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    one, two, arbiter = (desk(name) for name in ("examiner1", "examiner2", "examiner3"))
    near, far = [key for key in (line["answer_id"] for line in one.lines()) if one.answer(key)["most"] == 20_00]
    assert arbiter.lines() == []
    for own, values in ((one, (10_00, 10_00)), (two, (12_00, 12_50))):
        own.mark(near, values[0])
        own.mark(far, values[1], note="要点二没有写到")
    with database.reading() as db:
        found = {str(one.answer.id): one.settlement for one in reading.read_all(db)}
    assert (found[near].standing, found[near].points) == (Standing.AGREED, 11_00)
    assert (found[far].standing, found[far].points) == (Standing.DISPUTED, None)
    assert [line["answer_id"] for line in arbiter.lines()] == [far]
    view = arbiter.answer(far)
    assert sorted(mark["value"] for mark in view["given"]) == [10_00, 12_50]
    arbiter.mark(far, 12_00)
    with database.reading() as db:
        found = {str(one.answer.id): one.settlement for one in reading.read_all(db)}
    assert (found[far].standing, found[far].points) == (Standing.DECIDED, 12_00)


def test_the_same_event_again_changes_nothing_and_another_under_its_number_is_refused(
    divided: Paper, world: World, sit: Sit, desk: Open, database: Database
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    own = desk("examiner1")
    key, event = first_of(own), str(uuid4())
    first, again = (own.mark(key, 15_00, event_id=event, note="好") for _ in range(2))
    assert first == again
    assert mark_count(database) == 1
    assert own.send(key, 14_00, event_id=event, note="好").json["code"] == "written_mark_conflict"


@pytest.mark.parametrize("value", [20_50, 10_25, 1])
def test_a_value_above_the_most_or_between_two_steps_is_refused(
    divided: Paper, world: World, sit: Sit, desk: Open, value: int
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    own = desk("examiner1")
    assert own.send(first_of(own), value).json["code"] == "written_value_not_permitted"


def test_full_marks_of_a_part_that_is_worth_no_whole_number_are_exactly_what_it_is_worth(
    divided: Paper, world: World, sit: Sit, desk: Open, database: Database
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    for name in ("examiner1", "examiner2"):
        own = desk(name)
        own.mark(first_of(own, 3_34), 3_34)
    with database.reading() as db:
        settled = [one for one in reading.read_all(db) if one.settlement.standing == Standing.AGREED]
    assert [one.settlement.points for one in settled] == [settled[0].answer.most]


def test_an_own_mark_is_changed_and_taken_back_until_the_marking_is_closed(
    divided: Paper, world: World, sit: Sit, desk: Open, database: Database
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    own = desk("examiner1")
    key = first_of(own)
    own.mark(key, 15_00)
    assert own.mark(key, 16_00)["value"] == 16_00
    assert own.mark(key, None)["value"] is None
    assert mark_count(database) == 3
    assert own.session()["exam_session"]["marked"] == 0


def test_who_has_no_duty_finds_no_answer(
    divided: Paper, world: World, sit: Sit, desk: Open, app: Flask, database: Database
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    key = first_of(desk("examiner1"))
    office = Caller(app).log_in("office")
    assert office.get(f"/api/written-answers/{key}").status_code == 403
    assert desk("examiner3").send(key, 10_00).json["code"] == "nothing_to_arbitrate"
    assert desk("examiner1").send(str(uuid4()), 10_00).status_code == 404


def test_two_who_mark_at_the_same_moment_are_both_kept(
    divided: Paper, world: World, sit: Sit, desk: Open, database: Database
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    both = [desk(name) for name in ("examiner1", "examiner2")]
    key = first_of(both[0])
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda own: own.send(key, 15_00), both))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert standings(database).count(Standing.AGREED) == 1
    with database.reading() as db:
        assert sorted(db.scalars(select(WrittenMark.arrival_seq))) == [1, 2]


def test_markers_do_not_change_what_the_arbiter_decided_on(divided: Paper, world: World, sit: Sit, desk: Open) -> None:
    sit(world.enrolments[0], answers_to(divided))
    one, two, arbiter = (desk(name) for name in ("examiner1", "examiner2", "examiner3"))
    key = first_of(one)
    one.mark(key, 0)
    two.mark(key, 20_00)
    arbiter.mark(key, 5_00)
    assert one.send(key, 5_00).json["code"] == "arbitration_decided"
    assert arbiter.mark(key, 6_00)["value"] == 6_00


def test_nothing_is_marked_before_the_sitting_is_over(
    divided: Paper, world: World, sit: Sit, desk: Open, database: Database
) -> None:
    own = desk("examiner1")
    assert own.lines() == []
    sit(world.enrolments[0], answers_to(divided))
    key = first_of(own)
    digest = own.answer(key)["answer_digest"]
    with database.transaction() as db:
        sitting = db.scalars(select(WrittenAnswer)).first().sitting  # type: ignore[union-attr]
        sitting.state, sitting.finished_at, sitting.finish_reason = SittingState.IN_PROGRESS, None, None
    assert own.send(key, 5_00, answer_digest=digest).json["code"] == "sitting_not_over"
    assert own.lines() == []
    assert own.caller.get(f"/api/written-answers/{key}").status_code == 404


def test_a_mark_for_another_text_than_the_answer_has_is_refused(
    divided: Paper, world: World, sit: Sit, desk: Open
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    own = desk("examiner1")
    assert own.send(first_of(own), 5_00, answer_digest="a" * 64).json["code"] == "written_answer_changed"


def test_a_marker_gets_nothing_that_leads_to_a_candidate(
    divided: Paper, world: World, sit: Sit, desk: Open, database: Database
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    own = desk("examiner1")
    key = first_of(own)
    told = [own.caller.get("/api/marker/sessions"), own.caller.get(f"/api/marker/sessions/{world.exam_session.id}")]
    told += [
        own.caller.get(f"/api/marker/sessions/{world.exam_session.id}/questions/{line['version_id']}")
        for line in own.session()["questions"]
    ]
    told += [own.caller.get(f"/api/written-answers/{key}"), own.send(key, 5_00)]
    everything = "".join(answer.get_data(as_text=True) for answer in told)
    enrolment = world.enrolments[0]
    hidden: list[Any] = [enrolment.id, enrolment.sitting.id, enrolment.candidate_id, enrolment.ticket_number]
    hidden += [enrolment.candidate.name, enrolment.candidate.identity_index]
    assert [secret for secret in hidden if str(secret) in everything] == []
    assert "seat" not in everything
    assert "candidate" not in everything
