"""A service that was down for a while, and what follows."""

from collections.abc import Callable

import pytest
from flask import Flask
from sitters import Sitter
from sqlalchemy import select
from world import World

from examsvc.core import sweeps
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.ledger import beating, deciding, giving, proposing
from examsvc.delivery.ledger.beating import Process
from examsvc.delivery.ledger.deciding import Verdict
from examsvc.delivery.ledger.models import Outage, TimeCredit

LEDGER_SWEEPS = (proposing.SWEEP, giving.SWEEP)
Down = Callable[[float], Outage]


@pytest.fixture
def down(database: Database, moving_clock: MovableClock) -> Down:
    """The service is down for so many seconds from now; afterwards credits are proposed."""

    def fall(seconds: float) -> Outage:
        with database.transaction() as db:
            beating.beat(db, Process("before", moving_clock()), now=moving_clock())
        moving_clock.forward(seconds=seconds)
        with database.transaction() as db:
            outage = beating.beat(db, Process("after", moving_clock()), now=moving_clock())
        assert outage
        sweeps.run(database, LEDGER_SWEEPS)
        return outage

    return fall


@pytest.fixture
def credits_of(database: Database) -> Callable[[Sitter], list[TimeCredit]]:
    def read(of: Sitter) -> list[TimeCredit]:
        with database.reading() as db:
            query = select(TimeCredit).filter_by(sitting_id=of.enrolment.sitting.id).order_by(TimeCredit.id)
            return list(db.scalars(query))

    return read


@pytest.fixture
def decide(database: Database, world: World, moving_clock: MovableClock) -> Callable[..., int]:
    """proctor1 decides about an outage; what is approved is given."""

    def act(outage: Outage, *, approved: bool = True, reason: str = "服务器中断") -> int:
        with database.transaction() as db:
            verdict, by = Verdict(approved, reason), world.by("proctor1")
            count = deciding.decide(db, world.exam_session.id, outage.id, verdict, by=by, now=moving_clock())
        sweeps.run(database, LEDGER_SWEEPS)
        return count

    return act


@pytest.fixture
def third(app: Flask, world: World, moving_clock: MovableClock) -> Sitter:
    return Sitter(app, world.enrolments[2], moving_clock)
