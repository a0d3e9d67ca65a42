"""Fixtures of sealed papers: a candidate who has done every step and waits for a common start."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sitters import Sitter
from waiters import Waiter
from world import World

from examsvc.delivery.states import ClockRule

Reset = Callable[..., None]


@pytest.fixture
def starts_at(reset: Reset, world: World) -> datetime:
    """The exam session starts for all in ten minutes and takes an hour; entry closes after half of it."""
    starts_at = world.now + timedelta(minutes=10)
    reset(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), clock_rule=ClockRule.COMMON)
    return starts_at


@pytest.fixture
def waiter(starts_at: datetime, sitter: Sitter) -> Waiter:
    return Waiter(sitter.enter().check_in())


@pytest.fixture
def other(starts_at: datetime, neighbour: Sitter) -> Waiter:
    return Waiter(neighbour.enter().check_in())
