"""Results that are ready, and a certificate that is issued."""

import sys
from pathlib import Path

from scenes import scene
from world import World

from certificates.models import Certificate
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from scoring.models import Result

sys.path.insert(0, str(Path(__file__).parent))

import passing


@scene
def ready(database: Database, world: World, moving_clock: MovableClock) -> Result:
    """The first candidate's result: READY, 100 points."""
    with database.transaction() as db:
        passing.assign(db, world, moving_clock())
        return passing.sit_and_be_marked(db, world, 0, moving_clock())


@scene
def issued(database: Database, world: World, ready: Result, moving_clock: MovableClock) -> Certificate:
    """The first candidate's certificate."""
    with database.transaction() as db:
        decision = passing.award(db, db.get_one(Result, ready.id), by=world.by("decider"), now=moving_clock())
        return passing.issue(db, decision, moving_clock())
