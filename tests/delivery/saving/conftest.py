"""Three candidates who have opened their papers, and what stores their batches together."""

import sys
from pathlib import Path

import pytest
from flask import Flask
from sitters import Sitter
from world import World

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.saving.service import Together

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def room(app: Flask, world: World, moving_clock: MovableClock) -> list[Sitter]:
    return [Sitter(app, enrolment, moving_clock).begin() for enrolment in world.enrolments]


@pytest.fixture
def ref(room: list[Sitter]) -> str:
    """A question of a single choice."""
    return room[0].refs()["SINGLE_CHOICE"]


@pytest.fixture
def together(database: Database) -> Together:
    return Together(database)
