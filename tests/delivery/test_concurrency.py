"""What happens at the same moment, with real threads: on SQLite behind the one writer, on PostgreSQL by row locks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from callers import Caller
from flask import Flask
from sitters import Sitter
from sqlalchemy import func, select
from werkzeug.test import TestResponse
from world import World

from examsvc.core.db import Database
from examsvc.delivery import verifying
from examsvc.delivery.models import Candidate, Enrolment, Response

AT_ONCE = 8


def _twins(app: Flask, sitter: Sitter) -> list[Sitter]:
    """The same candidate's login in several pages."""
    twins = []
    for _ in range(AT_ONCE):
        twin = Sitter(app, sitter.enrolment, sitter.clock).enter()
        twin.epoch = sitter.epoch
        twins.append(twin)
    return twins


def _at_once(*calls: Callable[[], TestResponse]) -> list[TestResponse]:
    start = Barrier(len(calls))

    def run(call: Callable[[], TestResponse]) -> TestResponse:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _stored(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Response)) or 0


def test_the_same_batch_eight_times_at_once_is_stored_once(app: Flask, sitter: Sitter, database: Database) -> None:
    refs = sitter.begin().refs()
    batch = [sitter.entry(refs["SINGLE_CHOICE"], {"choice": choice}) for choice in "abcdabcdab"]
    answers = _at_once(*(lambda twin=twin: twin.send(*batch) for twin in _twins(app, sitter)))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert len({answer.get_data() for answer in answers}) == 1
    assert _stored(database) == len(batch)
    with database.reading() as db:
        assert verifying.verify_chain(db, sitter.enrolment.sitting.id) is None


def test_of_claims_at_once_one_has_the_sitting(app: Flask, sitter: Sitter) -> None:
    sitter.enter().check_in()
    answers = _at_once(*(lambda twin=twin: twin.ask_claim() for twin in _twins(app, sitter)))
    (well,) = (answer for answer in answers if answer.status_code == 200)
    refused = [answer.json for answer in answers if answer is not well]
    assert [(each["code"], each["epoch"]) for each in refused] == [("claim_outdated", 1)] * (AT_ONCE - 1)
    assert well.json["epoch"] == sitter.view()["epoch"] == 1


def test_a_hand_in_at_once_with_answers_loses_nothing_that_was_confirmed(
    app: Flask, sitter: Sitter, database: Database
) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    batch = [sitter.entry(ref, {"choice": "a"})]
    twins = _twins(app, sitter)
    calls: list[Any] = [lambda twin=twin: twin.send(*batch) for twin in twins[:4]]
    calls += [lambda twin=twin: twin.hand_in(last_seq=0) for twin in twins[4:]]
    answers = _at_once(*calls)
    confirmed = any(answer.status_code == 200 for answer in answers[:4])
    assert [answer.status_code for answer in answers[4:]] == [200] * 4
    assert _stored(database) == (1 if confirmed else 0)
    assert sitter.view()["answered_count"] == (1 if confirmed else 0)


def test_the_same_person_enrolled_at_once_from_many_pages_is_enrolled_once(
    app: Flask, world: World, database: Database
) -> None:
    offices = [Caller(app).log_in("office") for _ in range(4)]
    path = f"/api/exam-sessions/{world.exam_session.id}/enrolments"
    person = {"name": "赵一", "identity_number": "310101190001010011"}
    answers = _at_once(*(lambda office=office: office.post(path, person) for office in offices))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    with database.reading() as db:
        names = list(db.scalars(select(Candidate.name).join(Enrolment, Enrolment.candidate_id == Candidate.id)))
    assert names.count("赵一") == 1
