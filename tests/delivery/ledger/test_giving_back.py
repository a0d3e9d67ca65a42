"""After a fault credits are proposed to all who lost time; what is approved reaches their clocks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from world import World

from examsvc import worker
from examsvc.core import audit, sweeps
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.core.identity import Identity
from examsvc.delivery import invigilating, sweeping
from examsvc.delivery.ledger import beating
from examsvc.delivery.ledger.errors import NothingProposed
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.ledger.states import CreditState
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState, FinishReason, SittingState

Down = Callable[[float], Outage]
CreditsOf = Callable[[Sitter], list[TimeCredit]]
Decide = Callable[..., int]
Stored = Callable[[Sitter], Sitting]


def test_who_was_sitting_is_proposed_the_whole_outage_and_nobody_else_anything(
    sitter: Sitter, neighbour: Sitter, down: Down, credits_of: CreditsOf
) -> None:
    sitter.begin()
    neighbour.enter().check_in()
    down(97)
    [proposed] = credits_of(sitter)
    assert (proposed.seconds, proposed.state) == (97, CreditState.PROPOSED)
    assert credits_of(neighbour) == []


def test_an_approved_credit_moves_the_end_and_is_told_with_its_reason(
    sitter: Sitter, down: Down, credits_of: CreditsOf, decide: Decide, stored: Stored, database: Database
) -> None:
    sitter.begin()
    before = stored(sitter).closes_at
    outage = down(97)
    assert decide(outage) == 1
    after = stored(sitter)
    assert before
    assert after.closes_at == before + timedelta(seconds=97)
    assert after.credited_seconds == 97
    [credit] = credits_of(sitter)
    assert credit.state == CreditState.GIVEN
    [change] = sitter.get(f"{sitter.path}/clock-changes").json["items"]
    assert (change["kind"], change["seconds"], change["cause"]) == ("CREDITED", 97, "SERVICE")
    assert change["reason"] == "服务器中断"
    with database.reading() as db:
        assert audit.verify(db, after.audit_stream) is None


def test_a_rejected_credit_changes_no_clock(
    sitter: Sitter, down: Down, credits_of: CreditsOf, decide: Decide, stored: Stored
) -> None:
    sitter.begin()
    before = stored(sitter).closes_at
    decide(down(60), approved=False, reason="考生当时尚未受影响")
    assert stored(sitter).closes_at == before
    assert [credit.state for credit in credits_of(sitter)] == [CreditState.REJECTED]


def test_what_was_decided_is_not_decided_again(sitter: Sitter, down: Down, decide: Decide, stored: Stored) -> None:
    sitter.begin()
    outage = down(60)
    decide(outage)
    for approved in (True, False):
        with pytest.raises(NothingProposed):
            decide(outage, approved=approved)
    assert stored(sitter).credited_seconds == 60


def test_proposing_twice_proposes_once(
    sitter: Sitter, down: Down, credits_of: CreditsOf, database: Database, moving_clock: MovableClock
) -> None:
    sitter.begin()
    down(60)
    worker.sweep_once(database)
    assert len(credits_of(sitter)) == 1


def test_a_sitting_that_time_ended_in_the_outage_opens_again_with_just_what_it_lost(
    sitter: Sitter,
    down: Down,
    decide: Decide,
    stored: Stored,
    moving_clock: MovableClock,
    database: Database,
) -> None:
    sitter.begin()
    sitter.answer()
    moving_clock.forward(minutes=59)
    outage = down(300)  # the clock ends after its first minute
    sweeps.run(database, sweeping.SWEEPS)
    assert stored(sitter).finish_reason == FinishReason.TIME_UP
    moving_clock.forward(minutes=5)
    decide(outage)
    reopened = stored(sitter)
    assert (reopened.state, reopened.credited_seconds) == (SittingState.IN_PROGRESS, 60)
    assert reopened.closes_at == moving_clock() + timedelta(seconds=60)
    sitter.claim()
    sitter.answer("TRUE_FALSE")
    kinds = [change["kind"] for change in sitter.get(f"{sitter.path}/clock-changes").json["items"]]
    assert kinds == ["CREDITED", "REOPENED"]


def test_who_handed_in_meanwhile_gets_nothing_and_stays_handed_in(
    sitter: Sitter, down: Down, decide: Decide, credits_of: CreditsOf, stored: Stored
) -> None:
    sitter.begin()
    outage = down(60)
    assert sitter.hand_in().status_code == 200
    decide(outage)
    assert stored(sitter).state == SittingState.HANDED_IN
    assert [credit.state for credit in credits_of(sitter)] == [CreditState.LAPSED]


def test_who_had_handed_in_before_is_proposed_nothing(sitter: Sitter, down: Down, credits_of: CreditsOf) -> None:
    sitter.begin()
    assert sitter.hand_in().status_code == 200
    down(60)
    assert credits_of(sitter) == []


def test_a_pause_is_not_paid_twice(
    sitter: Sitter,
    down: Down,
    credits_of: CreditsOf,
    database: Database,
    proctor: Identity,
    moving_clock: MovableClock,
) -> None:
    sitter.begin()
    with database.transaction() as db:
        invigilating.pause(db, sitter.enrolment.sitting.id, reason="停电", by=proctor, now=moving_clock())
    down(60)
    assert credits_of(sitter) == []


@pytest.mark.parametrize(("ends_after", "lost"), [(None, 60), (30, 70), (300, 60)])
def test_a_break_stops_the_clock_for_as_long_as_it_counts(
    sitter: Sitter,
    down: Down,
    credits_of: CreditsOf,
    database: Database,
    proctor: Identity,
    moving_clock: MovableClock,
    ends_after: int | None,
    lost: int,
) -> None:
    sitter.begin()
    stream, began = f"sitting:{sitter.enrolment.sitting.id}", moving_clock()
    with database.transaction() as db:
        audit.append(db, stream, "sitting.break_started", by=proctor, now=began, allowance_left=40)
        if ends_after:
            ended = began + timedelta(seconds=ends_after)
            audit.append(db, stream, "sitting.break_ended", by=proctor, now=ended, seconds=min(ends_after, 40))
    down(100)
    assert [credit.seconds for credit in credits_of(sitter)] == [lost]


def test_two_outages_are_two_credits_and_no_second_twice(
    sitter: Sitter, down: Down, credits_of: CreditsOf, decide: Decide, stored: Stored
) -> None:
    sitter.begin()
    for outage in [down(30), down(45)]:
        decide(outage)
    assert sorted(credit.seconds for credit in credits_of(sitter)) == [30, 45]
    assert stored(sitter).credited_seconds == 75


@pytest.mark.usefixtures("common_clock")
def test_who_stood_ready_and_came_in_right_after_the_outage_lost_the_time_from_the_start_on(
    sitter: Sitter,
    neighbour: Sitter,
    third: Sitter,
    down: Down,
    credits_of: CreditsOf,
    moving_clock: MovableClock,
    reset: Callable[..., None],
    world: World,
) -> None:
    reset(starts_at=world.now + timedelta(seconds=30), ends_at=world.now + timedelta(minutes=61))
    for ready in (sitter, neighbour):
        ready.enter().check_in()
    third.enter()
    down(90)
    assert [credit.seconds for credit in credits_of(sitter)] == [60]
    assert credits_of(third) == []  # not ready: nothing says that the outage kept them out


def test_an_exam_session_stays_open_while_credits_wait_and_closes_when_nobody_decides(
    sitter: Sitter, down: Down, moving_clock: MovableClock, database: Database, world: World
) -> None:
    sitter.begin()
    moving_clock.forward(minutes=59)
    down(3_600)  # the sitting and the exam session end meanwhile

    def state() -> ExamSessionState:
        with database.reading() as db:
            return get(db, ExamSession, world.exam_session.id).state

    for minutes, expected in (
        (0, ExamSessionState.PUBLISHED),
        (60, ExamSessionState.PUBLISHED),
        (61, ExamSessionState.CLOSED),
    ):
        moving_clock.forward(minutes=minutes)
        beating.beat_once(database, beating.new_process(moving_clock()))
        worker.sweep_once(database)
        assert state() == expected


def test_a_silent_service_closes_no_exam_session(
    sitter: Sitter, moving_clock: MovableClock, database: Database, world: World
) -> None:
    sitter.begin()
    beating.beat_once(database, beating.new_process(moving_clock()))
    moving_clock.forward(hours=5)
    sweeps.run(database, sweeping.SWEEPS)
    with database.reading() as db:
        assert get(db, ExamSession, world.exam_session.id).state == ExamSessionState.PUBLISHED


def test_the_office_reads_the_ledger_and_a_stranger_does_not(
    sitter: Sitter, neighbour: Sitter, down: Down, decide: Decide, app: Flask, world: World
) -> None:
    sitter.begin()
    decide(down(97))
    path = f"/api/exam-sessions/{world.exam_session.id}/time-ledger"
    office = Caller(app).log_in("office")
    [outage] = office.get(path).json["items"]
    [credit] = outage["credits"]
    assert (outage["cause"], credit["seconds"], credit["decided_by"]) == ("SERVICE", 97, "proctor1先生")
    assert sitter.get(path).status_code == 403
    neighbour.enter()
    assert neighbour.get(f"{sitter.path}/clock-changes").status_code == 404
