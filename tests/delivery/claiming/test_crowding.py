"""Claims that can wait are made together: as each would be alone, and what is out of the ordinary by itself."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import pytest
from flask import Flask
from sitters import Sitter
from world import World

from examsvc.accounts import service as accounts
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.rounds import Alone
from examsvc.delivery import finding, machines
from examsvc.delivery.claiming import crowding, making
from examsvc.delivery.claiming.making import Asked, Claim
from examsvc.delivery.errors import ClaimOutdated, StepsMissing
from examsvc.delivery.models import ExamSession
from examsvc.delivery.states import SittingState


class Ask(Protocol):
    def __call__(self, sitter: Sitter, *, of: Sitter | None = None) -> Asked: ...


WAITING = {"X-Can-Wait": "1"}
FIRST = ["sitting.in_progress", "sitting.claimed"]


@pytest.fixture
def sitters(app: Flask, world: World, moving_clock: MovableClock) -> list[Sitter]:
    return [Sitter(app, enrolment, moving_clock) for enrolment in world.enrolments]


@pytest.fixture
def ready(sitters: list[Sitter]) -> list[Sitter]:
    return [sitter.enter().check_in() for sitter in sitters]


@pytest.fixture
def ask(database: Database) -> Ask:
    def asked(sitter: Sitter, *, of: Sitter | None = None) -> Asked:
        with database.reading() as db:
            by = accounts.asker(db, sitter.enrolment.candidate.account_id)
        return Asked((of or sitter).enrolment.sitting.id, sitter.epoch, machines.UNKNOWN, by, sitter.clock())

    return asked


def _together(database: Database, asked: list[Asked]) -> list[Claim | Alone]:
    with database.transaction() as db:
        return making.claim_firsts(db, asked)


def _last_actions(database: Database, sitter: Sitter) -> list[str]:
    stream = sitter.enrolment.sitting.audit_stream
    with database.reading() as db:
        assert audit.verify(db, stream) is None
        return [entry.action for entry in audit.history(db, stream)][-2:]


def test_claims_made_together_are_what_each_is_alone(ready: list[Sitter], ask: Ask, database: Database) -> None:
    alone = ready[0].claim()
    made = _together(database, [ask(sitter) for sitter in ready[1:]])
    assert [isinstance(each, Claim) and each.sitting.epoch for each in made] == [1, 1]
    for sitter in ready:
        assert _last_actions(database, sitter) == FIRST
        with database.reading() as db:
            sitting = finding.any_sitting(db, sitter.enrolment.sitting.id)
        assert (sitting.state, sitting.epoch) == (SittingState.IN_PROGRESS, alone["epoch"])
        assert sitting.opened_at == sitter.clock()
        assert sitting.closes_at is not None
        assert sitting.closes_at.isoformat() == alone["closes_at"]


def test_a_page_is_answered_the_same_whether_or_not_its_claim_could_wait(ready: list[Sitter]) -> None:
    first, second, _ = ready
    alone = first.claim()
    waited = second.ask_claim(headers=WAITING).json
    assert waited.keys() == alone.keys()
    assert {**alone, "paper_key": waited["paper_key"], "chain_head": waited["chain_head"]} == waited
    second.epoch = waited["epoch"]
    assert second.answer()["acknowledged_seq"] == 1


def test_what_is_out_of_the_ordinary_is_claimed_alone(
    ready: list[Sitter], ask: Ask, sitters: list[Sitter], database: Database
) -> None:
    first, second, third = ready
    first.claim()
    again, twice, others = ask(first), ask(second), ask(third, of=second)
    made = _together(database, [again, others, twice, twice])
    assert [type(each) for each in made] == [Alone, Alone, Claim, Alone]
    assert crowding.claim(database, again).sitting.epoch == 2
    with pytest.raises(ClaimOutdated):
        crowding.claim(database, twice)
    with pytest.raises(NotFound):
        crowding.claim(database, others)


def test_who_may_not_claim_is_told_why_and_holds_up_nobody(sitters: list[Sitter], ask: Ask, database: Database) -> None:
    good, bad = sitters[0].enter().check_in(), sitters[1].enter()
    made = _together(database, [ask(bad), ask(good)])
    assert [type(each) for each in made] == [Alone, Claim]
    with pytest.raises(StepsMissing):
        crowding.claim(database, ask(bad))
    assert bad.view()["state"] == "EXPECTED"


@pytest.mark.postgresql_only
def test_a_sitting_that_somebody_holds_is_not_waited_for(ready: list[Sitter], ask: Ask, database: Database) -> None:
    held, free = ready[:2]
    asked = [ask(held), ask(free)]
    with database.transaction() as db:
        finding.locked(db, held.enrolment.sitting.id)
        assert [type(each) for each in _together(database, asked)] == [Alone, Claim]


@pytest.mark.postgresql_only
def test_who_moves_a_start_is_not_waited_for_by_whoever_holds_sittings(
    ready: list[Sitter], ask: Ask, database: Database, world: World
) -> None:
    asked = [ask(sitter) for sitter in ready]
    with database.transaction() as db:
        get_locked(db, ExamSession, world.exam_session.id)
        assert [type(each) for each in _together(database, asked)] == [Alone] * len(ready)
    assert [type(each) for each in _together(database, asked)] == [Claim] * len(ready)


def test_a_round_that_fails_leaves_each_to_itself(
    ready: list[Sitter], ask: Ask, database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("a secret row")

    monkeypatch.setattr(crowding._claims, "_work", fail)
    with ThreadPoolExecutor(len(ready)) as pool:
        made = list(pool.map(lambda sitter: crowding.claim(database, ask(sitter)), ready))
    assert [each.sitting.epoch for each in made] == [1] * len(ready)
    assert "a shared transaction failed" in caplog.text
    assert "secret" not in caplog.text


def test_those_who_wait_at_once_share_a_round(
    ready: list[Sitter], ask: Ask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[int] = []
    usual = making.claim_firsts

    def counted(db: Any, asked: list[Asked]) -> list[Claim | Alone]:
        rounds.append(len(asked))
        return usual(db, asked)

    monkeypatch.setattr(crowding._claims, "_work", counted)
    asked = [ask(sitter) for sitter in ready]
    with ThreadPoolExecutor(len(ready)) as pool:
        made = list(pool.map(lambda one: crowding.claim(database, one), asked))
    assert [each.sitting.epoch for each in made] == [1] * len(ready)
    assert rounds == [len(ready)]
