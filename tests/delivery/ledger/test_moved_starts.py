"""A start that was moved: the time before it counts for nothing, so nothing of it is given back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from callers import Caller
from sitters import Sitter
from world import World

from examsvc.core import audit, sweeps
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.ledger import deciding, giving
from examsvc.delivery.ledger.deciding import Verdict
from examsvc.delivery.ledger.errors import NothingProposed
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.ledger.states import CreditState
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import ClockRule

Down = Callable[[float], Outage]
CreditsOf = Callable[[Sitter], list[TimeCredit]]
Decide = Callable[..., int]
Stored = Callable[[Sitter], Sitting]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


def _move(office: Caller, world: World, minutes: int) -> None:
    body = {"starts_at": (world.now + minutes * MINUTE).isoformat(), "reason": "停电"}
    assert office.post(f"/api/exam-sessions/{world.exam_session.id}/move-start", body).status_code == 200


@pytest.mark.parametrize("clock_rule", ClockRule)
def test_who_opened_the_paper_before_lost_nothing_until_the_new_start(
    sitter: Sitter,
    office: Caller,
    world: World,
    reset: Callable[..., None],
    down: Down,
    credits_of: CreditsOf,
    moving_clock: MovableClock,
    clock_rule: ClockRule,
) -> None:
    reset(starts_at=world.now, ends_at=world.now + 90 * MINUTE, clock_rule=clock_rule)
    moving_clock.forward(minutes=5)
    sitter.begin()
    moving_clock.forward(minutes=15)
    _move(office, world, 60)
    moving_clock.at = world.now + 55 * MINUTE
    down(7 * 60)
    assert [credit.seconds for credit in credits_of(sitter)] == [120]


@pytest.mark.usefixtures("common_clock")
def test_what_was_given_back_or_proposed_before_is_void_and_the_paper_takes_no_longer_than_it_does(
    sitter: Sitter,
    office: Caller,
    world: World,
    down: Down,
    decide: Decide,
    credits_of: CreditsOf,
    stored: Stored,
    database: Database,
    moving_clock: MovableClock,
) -> None:
    sitter.begin()
    decide(down(180))
    left = down(60)
    assert stored(sitter).credited_seconds == 180
    _move(office, world, 60)
    moved = stored(sitter)
    assert (moved.credited_seconds, moved.closes_at) == (0, world.now + 120 * MINUTE)
    assert {(credit.state, credit.lapsed_because) for credit in credits_of(sitter)} == {(CreditState.LAPSED, "停电")}
    changes = sitter.get(f"{sitter.path}/clock-changes").json["items"]
    assert [(each["kind"], each["seconds"]) for each in changes] == [
        ("CREDITED", 180),
        ("CREDIT_VOID", 180),
        ("START_MOVED", None),
    ]
    with database.reading() as db:
        entries = [each for each in audit.history(db, moved.audit_stream) if each.action == "time_credit.lapsed"]
        assert audit.verify(db, moved.audit_stream) is None
    assert {each.detail["came_from"] for each in entries} == {"GIVEN", "PROPOSED"}
    assert {(each.actor_name, each.detail["reason"]) for each in entries} == {("office先生", "停电")}
    ledger = office.get(f"/api/exam-sessions/{world.exam_session.id}/time-ledger").json["items"]
    told = [
        (credit["decided_by"], credit["reason"], credit["lapsed_because"])
        for one in ledger
        for credit in one["credits"]
    ]
    assert told == [("office先生", "", "停电"), ("proctor1先生", "服务器中断", "停电")]
    with pytest.raises(NothingProposed):
        decide(left)


@pytest.mark.usefixtures("common_clock")
def test_what_was_approved_and_not_given_yet_is_never_given(
    sitter: Sitter,
    office: Caller,
    world: World,
    down: Down,
    credits_of: CreditsOf,
    stored: Stored,
    database: Database,
    moving_clock: MovableClock,
) -> None:
    sitter.begin()
    outage = down(60)
    with database.transaction() as db:
        verdict, by = Verdict(approved=True, reason="服务器中断"), world.by("proctor1")
        deciding.decide(db, world.exam_session.id, outage.id, verdict, by=by, now=moving_clock())
    _move(office, world, 60)
    sweeps.run(database, [giving.SWEEP])
    assert (stored(sitter).credited_seconds, credits_of(sitter)[0].state) == (0, CreditState.LAPSED)


@pytest.mark.usefixtures("common_clock")
def test_time_that_is_lost_after_the_new_start_is_given_back_as_ever(
    sitter: Sitter,
    office: Caller,
    world: World,
    down: Down,
    decide: Decide,
    stored: Stored,
    moving_clock: MovableClock,
) -> None:
    sitter.begin()
    decide(down(180))
    _move(office, world, 60)
    moving_clock.at = world.now + 70 * MINUTE
    decide(down(90))
    assert (stored(sitter).credited_seconds, stored(sitter).closes_at) == (90, world.now + 121.5 * MINUTE)
