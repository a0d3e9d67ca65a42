"""A room logs in from one address, whatever else comes from there."""

from collections.abc import Iterator

import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from world import World

from examsvc.accounts.throttle import FAILURES_ALLOWED
from examsvc.core import pressure
from examsvc.core.clock import MovableClock

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]  # what is counted stands in no database
ADDRESS = {"environ_base": {"REMOTE_ADDR": "198.51.100.4"}}


def log_in(caller: Caller, ticket_number: str, proof: str) -> tuple[int, str | None]:
    answer = caller.post("/api/candidate/login", {"ticket_number": ticket_number, "proof": proof}, **ADDRESS)
    return answer.status_code, answer.json.get("code")


def test_a_thousand_failures_from_an_address_lock_nobody_else_out_of_it(
    app: Flask, world: World, moving_clock: MovableClock
) -> None:
    guesser = Caller(app)
    failures = {log_in(guesser, f"{number:014}", "123456") for number in range(1_000)}
    assert failures == {(401, "wrong_credentials")}
    for enrolment in world.enrolments:
        room = Sitter(app, enrolment, moving_clock)
        assert log_in(room, enrolment.ticket_number, room.digits) == (200, None)


def test_guesses_at_one_ticket_are_refused_after_a_few_and_the_room_is_unharmed(
    app: Flask, world: World, moving_clock: MovableClock
) -> None:
    victim, *others = world.enrolments
    guesser = Caller(app)
    answers = [log_in(guesser, victim.ticket_number, f"{number:06}") for number in range(1_000)]
    assert answers[: FAILURES_ALLOWED.amount] == [(401, "wrong_credentials")] * FAILURES_ALLOWED.amount
    assert set(answers[FAILURES_ALLOWED.amount :]) == {(429, "too_many_attempts")}
    for enrolment in others:
        room = Sitter(app, enrolment, moving_clock)
        assert log_in(room, enrolment.ticket_number, room.digits) == (200, None)


def test_while_the_process_is_behind_who_comes_new_waits_and_who_sits_goes_on(
    app: Flask, world: World, moving_clock: MovableClock, noted: None
) -> None:
    inside, late = (Sitter(app, enrolment, moving_clock) for enrolment in world.enrolments[:2])
    pressure.note(0.0)
    inside.begin()
    pressure.note(pressure.MOST_LAG_SECONDS + 1)
    refused = late.post(
        "/api/candidate/login", {"ticket_number": late.enrolment.ticket_number, "proof": late.digits}, **ADDRESS
    )
    assert (refused.status_code, refused.json["code"]) == (503, "overloaded")
    assert 3 <= int(refused.headers["Retry-After"]) <= 12
    polled = inside.get(inside.path, headers={"X-Can-Wait": "1"})
    assert (polled.status_code, polled.json["code"]) == (503, "overloaded")
    assert polled.headers["Retry-After"] == str(polled.json["retry_after"])
    assert polled.headers["X-Content-Type-Options"] == "nosniff"
    assert polled.headers["X-Request-Id"]
    assert inside.view()["state"] == "IN_PROGRESS"
    pressure.note(0.1)
    assert log_in(late, late.enrolment.ticket_number, late.digits) == (200, None)


@pytest.fixture
def noted() -> Iterator[None]:
    """Whatever a test notes is forgotten after it."""
    yield
    pressure.note(0.0)
