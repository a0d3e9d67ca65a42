"""Fixtures of delivery: a candidate at a machine, and exam sessions with other rules."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sitters import Sitter
from world import World

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.states import ClockRule


@pytest.fixture
def sitter(app: Flask, world: World, moving_clock: MovableClock) -> Sitter:
    return Sitter(app, world.enrolments[0], moving_clock)


@pytest.fixture
def neighbour(app: Flask, world: World, moving_clock: MovableClock) -> Sitter:
    return Sitter(app, world.enrolments[1], moving_clock)


@pytest.fixture
def proctor(world: World) -> Identity:
    return world.by("proctor1")


@pytest.fixture
def reset(database: Database, world: World) -> Callable[..., None]:
    """Change columns of the world's exam session, whatever its state."""

    def change(**columns: Any) -> None:
        with database.transaction() as db:
            exam_session = get(db, ExamSession, world.exam_session.id)
            for name, value in columns.items():
                setattr(exam_session, name, value)

    return change


@pytest.fixture
def common_clock(reset: Callable[..., None], world: World) -> None:
    """The session began now: 60 minutes for all, entry for 30, hand-in after 30."""
    ends_at = world.now + timedelta(minutes=60)
    reset(starts_at=world.now, ends_at=ends_at, clock_rule=ClockRule.COMMON, earliest_hand_in_minutes=30)


@pytest.fixture
def stored(database: Database) -> Callable[[Sitter], Sitting]:
    """Read a candidate's sitting as it is stored."""

    def read(of: Sitter) -> Sitting:
        with database.reading() as db:
            return get(db, Sitting, of.enrolment.sitting.id)

    return read
