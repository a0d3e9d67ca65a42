"""A filing that ended between the exam and the certificate."""

from datetime import timedelta

import passing
import pytest
from world import World

from certificates.models import Certificate
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.registry.models import Filing
from scoring.models import Result

pytestmark = pytest.mark.slow


def test_f01_e07_a_certificate_is_issued_after_the_filing_expired_because_the_exam_date_counts(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    """domain.md 1.11 no. 6."""
    with database.transaction() as db:
        filing = db.get_one(Filing, world.filing.id)
        filing.valid_to_on = moving_clock().date()  # the day of the exam is its last
        moving_clock.forward(days=2)
        assert not filing.covers(moving_clock().date())
        assert filing.covers((moving_clock() - timedelta(days=2)).date())
        decision = passing.award(db, db.get_one(Result, ready.id), by=world.by("decider"), now=moving_clock())
        certificate = passing.issue(db, decision, moving_clock())
    with database.reading() as db:
        found = db.get_one(Certificate, certificate.id)
        assert (found.state, found.record["filing_number"]) == ("VALID", "备案-1")
