"""The analysis of the world's exam session, over the API."""

import math
import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from scenes import scene
from sqlalchemy import event, select
from stdnum.iso7064 import mod_11_2
from world import World

from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import enrolling, signals
from examsvc.delivery.models import Enrolment, ExamSession
from examsvc.delivery.states import SittingState
from examsvc.delivery.voiding import Subject, VoidOrder
from questionbank import bases
from questionbank.models import ItemVersion, Paper
from scoring import analysing

Sit = Callable[..., None]


@pytest.fixture
def office(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("office")


def path_of(world: World) -> str:
    return f"/api/exam-sessions/{world.exam_session.id}/analysis"


def by_ref(database: Database, world: World, analysis: dict[str, Any]) -> dict[str, Any]:
    """Return the lines by the question's ref in the paper."""
    with database.reading() as db:
        refs = {str(item.item_version_id): item.ref for item in db.get_one(Paper, world.paper.id).items}
    return {refs[line["version_id"]]: line for line in analysis["items"]}


def test_a_session_nobody_finished_has_an_analysis_that_says_so(office: Caller, world: World) -> None:
    answer = office.get(path_of(world))
    assert answer.status_code == 200
    assert (answer.json["people"], answer.json["items"]) == (0, [])
    assert answer.json["reliability"] == {"alpha": None, "error": None}
    assert answer.json["distribution"]["counts"] == [0] * 10


def test_the_analysis_counts_answers_and_leaves_out_the_absent(
    office: Caller, world: World, sit: Sit, key: dict[str, Any], database: Database
) -> None:
    best, weakest, absent = world.enrolments
    sit(best, key)
    sit(weakest, {ref: answer for ref, answer in key.items() if "choice" in answer}, SittingState.TERMINATED)
    sit(absent, {}, SittingState.ABSENT)
    analysis = office.get(path_of(world)).json
    assert (analysis["people"], len(analysis["items"])) == (2, 10)
    found = by_ref(database, world, analysis)
    for ref, answer in key.items():
        line = found[ref]
        assert line["asked"] == 2
        assert line["difficulty"] == (1 if "choice" in answer else 0.5)
        assert line["item_rest"] == (None if "choice" in answer else pytest.approx(1))
        assert line["upper_lower"] == (0 if "choice" in answer else 1)
        assert ("NO_VARIANCE" in line["flags"]) is ("choice" in answer)
    assert analysis["distribution"]["counts"][9] == 1
    assert analysis["reliability"]["alpha"] is not None


def test_who_cheated_by_a_ruling_says_nothing_about_the_questions_until_it_is_revoked(
    office: Caller, world: World, sit: Sit, key: dict[str, Any], database: Database, moving_clock: MovableClock
) -> None:
    for enrolment in world.enrolments[:2]:
        sit(enrolment, key)
    for subject, people in ((Subject.PRACTICAL, 2), (Subject.THEORY, 1), (None, 1)):
        order = VoidOrder(uuid.uuid4(), "S1-WJ001", subject, "misconduct_serious")
        act: dict[str, Any] = {"order": order, "by": world.by("office"), "now": moving_clock.forward(seconds=1)}
        with database.transaction() as db:
            cheat = db.get_one(Enrolment, world.enrolments[0].id)
            signals.scores_voided.send(cheat, db=db, **act)
        assert office.get(path_of(world)).json["people"] == people
        with database.transaction() as db:
            signals.scores_restored.send(db.get_one(Enrolment, cheat.id), db=db, **act)
        assert office.get(path_of(world)).json["people"] == 2


def test_options_are_not_shown_to_those_who_may_not_see_keys(
    app: Flask, office: Caller, world: World, sit: Sit, key: dict[str, Any]
) -> None:
    sit(world.enrolments[0], key)
    lines = office.get(path_of(world)).json["items"]
    assert [line["options"] for line in lines] == [None] * 10
    statistics = f"/api/item-versions/{lines[0]['version_id']}/statistics"
    assert office.get(statistics).json["figures"]["options"] is None
    assert Caller(app).log_in("reviewer").get(statistics).json["figures"]["options"] is not None
    for stranger in ("examiner1", "proctor1", "decider", "reviewer"):
        assert Caller(app).log_in(stranger).get(path_of(world)).status_code == 403
    assert Caller(app).log_in("decider").get(statistics).status_code == 403


def test_a_reader_of_keys_sees_who_chose_what(world: World, sit: Sit, key: dict[str, Any], database: Database) -> None:
    single = next(ref for ref, answer in key.items() if "choice" in answer)
    sit(world.enrolments[0], key)
    sit(world.enrolments[1], {**key, single: {"choice": "a"}})
    sit(world.enrolments[2], {ref: answer for ref, answer in key.items() if ref != single})
    by = replace(world.by("office"), roles=frozenset({Role.OFFICE, Role.REVIEWER}))
    with database.reading() as db:
        analysis = analysing.of_session(db, world.exam_session.id, by=by)
    line = next(line for line in analysis["items"] if line["type"] == "SINGLE_CHOICE" and line["difficulty"] < 1)
    (table,) = line["options"]
    counts = {choice.id: (choice.is_key, choice.count) for choice in table["lines"]}
    assert counts == {"a": (False, 1), "b": (True, 1), "c": (False, 0), "d": (False, 0), None: (False, 1)}


def test_a_version_has_statistics_over_all_who_were_asked(
    app: Flask, world: World, sit: Sit, key: dict[str, Any], database: Database
) -> None:
    reviewer = Caller(app).log_in("reviewer")
    with database.reading() as db:
        version_id = db.scalars(select(ItemVersion.id).filter_by(type="MULTIPLE_CHOICE")).first()
    path = f"/api/item-versions/{version_id}/statistics"
    assert reviewer.get(path).json == {"people": 0, "figures": None}
    for enrolment in world.enrolments:
        sit(enrolment, key)
    answer = reviewer.get(path).json
    assert (answer["people"], answer["figures"]["difficulty"]) == (3, 1)
    assert [line["count"] for line in answer["figures"]["options"][0]["lines"]] == [3, 0, 3, 0, 0]
    with database.reading() as db:
        version = db.get_one(ItemVersion, version_id)
        looks = [entry for entry in audit.history(db, version.audit_stream) if entry.action == "keys.analysed"]
    assert len(looks) == 2
    missing = reviewer.get("/api/item-versions/00000000-0000-0000-0000-000000000000/statistics")
    assert missing.status_code == 404


def test_a_calibration_is_refused_for_a_handful_of_people(
    office: Caller, world: World, sit: Sit, key: dict[str, Any]
) -> None:
    sit(world.enrolments[0], key)
    answer = office.get(path_of(world), query_string={"model": "2pl"})
    assert (answer.status_code, answer.json["code"]) == (409, "too_few_to_calibrate")
    assert (answer.json["least"], answer.json["people"]) == (30, 1)
    assert office.get(path_of(world), query_string={"model": "3pl"}).status_code == 422


def enrol(world: World, database: Database, now: Any, number: int) -> Enrolment:
    body = f"31010119900307{number:03d}"
    person = enrolling.Person("考生", body + mod_11_2.calc_check_digit(body))
    with database.transaction() as db:
        enrolment = enrolling.enrol(db, world.exam_session.id, person, by=world.by("office"), now=now)
        assert enrolment.sitting
    return enrolment


@scene
def thirty(world: World, database: Database, moving_clock: MovableClock) -> list[Enrolment]:
    return [enrol(world, database, moving_clock(), number) for number in range(100, 130)]


def test_thirty_people_can_be_calibrated_by_questions_that_part_them(
    office: Caller, thirty: list[Enrolment], world: World, sit: Sit, key: dict[str, Any]
) -> None:
    refs = list(key)
    for place, enrolment in enumerate(thirty):
        sit(enrolment, {ref: key[ref] for number, ref in enumerate(refs) if number == 9 or (place * 7 + number) % 4})
    answer = office.get(path_of(world), query_string={"model": "1pl"})
    assert answer.status_code == 200, answer.json
    found = answer.json["calibration"]
    assert (found["model"], found["people"], len(found["items"])) == ("1pl", 30, 9)
    assert [line["reason"] for line in found["left_out"]] == ["NO_VARIANCE"]
    assert len({line["slope"] for line in found["items"]}) == 1


def test_a_calibration_is_refused_when_nothing_parts_the_people(
    office: Caller, thirty: list[Enrolment], world: World, sit: Sit, key: dict[str, Any]
) -> None:
    for enrolment in thirty:
        sit(enrolment, key)
    answer = office.get(path_of(world), query_string={"model": "1pl"})
    assert (answer.json["code"], answer.json["items"]) == ("nothing_to_calibrate", 0)


def test_more_people_ask_the_database_no_more_often(
    office: Caller, world: World, sit: Sit, key: dict[str, Any], database: Database, app: Flask
) -> None:
    seen: list[str] = []
    engine = app.extensions["examsvc.database"].engine
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    counts = []
    for enrolment in world.enrolments:
        sit(enrolment, key)
        seen.clear()
        office.get(path_of(world))
        counts.append(len(seen))
    assert len(set(counts)) == 1


def telling(sit: Sit, thirty: list[Enrolment], key: dict[str, Any]) -> None:
    """Let thirty people sit so that every question parts the weaker from the stronger, some of both the other way."""
    rng = random.Random(8)  # noqa: S311 (people, not a secret)
    for place, enrolment in enumerate(thirty):
        able = place / len(thirty)
        sit(enrolment, {ref: given for ref, given in key.items() if rng.random() < 0.2 + 0.6 * able})


def test_a_calibration_that_is_kept_is_what_the_next_draw_knows(
    office: Caller, thirty: list[Enrolment], world: World, sit: Sit, key: dict[str, Any], database: Database
) -> None:
    telling(sit, thirty, key)
    kept = office.post(f"/api/exam-sessions/{world.exam_session.id}/calibration", {"model": "1pl"})
    assert kept.status_code == 200, kept.json
    assert (kept.json["kept"], kept.json["people"]) == (10, 30)
    shown = office.get(path_of(world), query_string={"model": "1pl"}).json["calibration"]["items"]
    with database.reading() as db:
        pool = {str(item.version_id): item for item in bases.pool(db, world.bank.id)}
        stream = get(db, ExamSession, world.exam_session.id).audit_stream
        assert [entry.action for entry in audit.history(db, stream)].count("calibration.kept") == 1
    for line in shown:
        right = 1 / (1 + math.exp(-line["slope"] * (kept.json["ability"] - line["difficulty"])))
        assert pool[line["version_id"]].expected == pytest.approx(right)
        assert pool[line["version_id"]].information == pytest.approx(line["slope"] ** 2 * right * (1 - right))
    questions = [pool[line["version_id"]].expected for line in shown]
    assert sum(questions) / len(questions) == pytest.approx(0.6, abs=0.05)


def test_a_calibration_is_kept_by_the_office_alone_and_only_when_there_is_one(
    app: Flask, office: Caller, world: World, sit: Sit, key: dict[str, Any]
) -> None:
    path = f"/api/exam-sessions/{world.exam_session.id}/calibration"
    sit(world.enrolments[0], key)
    assert office.post(path, {"model": "1pl"}).json["code"] == "too_few_to_calibrate"
    assert Caller(app).log_in("reviewer").post(path, {"model": "1pl"}).status_code == 403
