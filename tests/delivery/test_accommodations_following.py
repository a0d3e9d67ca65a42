"""What is decided for many is stored first; sittings follow in portions, once, and however the service goes down."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from callers import Caller
from locks import wait_for_a_lock
from sitters import Sitter
from sqlalchemy import func, select
from world import World

from examsvc import worker
from examsvc.core import audit, sweeps
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import finding, sweeping
from examsvc.delivery.accommodations import deciding
from examsvc.delivery.accommodations.deciding import Basis, Scope
from examsvc.delivery.accommodations.resolving import Grant
from examsvc.delivery.models import Sitting, UnsettledSitting
from examsvc.delivery.states import ExamSessionState, SittingState

ON = Basis("合理便利申请", "便利〔2026〕3 号")
Decide = Callable[..., None]
Stored = Callable[[Sitter], Sitting]


@pytest.fixture
def decide(database: Database, world: World, moving_clock: MovableClock) -> Decide:
    """Decide, and go down before anybody follows; each a second after what was before."""

    def act(minutes: int, scope: Scope | None = None) -> None:
        moving_clock.forward(seconds=1)
        said = {"by": world.by("office"), "now": moving_clock()}
        with database.transaction() as db:
            deciding.decide(db, world.exam_session.id, scope or Scope(), Grant(extra_minutes=minutes), ON, **said)

    return act


@pytest.fixture
def waiting(database: Database) -> Callable[[], int]:
    def count() -> int:
        with database.reading() as db:
            return db.scalar(select(func.count()).select_from(UnsettledSitting)) or 0

    return count


@pytest.fixture
def told(database: Database, stored: Stored) -> Callable[[Sitter], list[int]]:
    """Return by how many seconds a sitting was changed, each time."""

    def read(sitter: Sitter) -> list[int]:
        stream = stored(sitter).audit_stream
        with database.reading() as db:
            assert audit.verify(db, stream) is None
            entries = audit.history(db, stream)
        return [entry.detail["seconds"] for entry in entries if entry.action == "sitting.accommodated"]

    return read


def test_what_a_crash_left_is_settled_by_the_sweep_and_only_once(
    sitter: Sitter,
    neighbour: Sitter,
    decide: Decide,
    waiting: Callable[[], int],
    stored: Stored,
    told: Callable[[Sitter], list[int]],
    database: Database,
    world: World,
) -> None:
    sitter.begin()
    decide(5)
    assert (waiting(), stored(sitter).accommodation_seconds) == (3, 0)
    for _ in range(2):
        worker.sweep_once(database)
    assert (waiting(), told(sitter), told(neighbour)) == (0, [300], [300])
    assert sitter.view()["closes_at"] == (world.now + timedelta(minutes=65)).isoformat()
    with database.reading() as db:
        last = audit.history(db, stored(sitter).audit_stream)[-1]
    assert last.actor == str(world.by("office").account_id)


def test_each_is_given_what_is_in_force_when_its_turn_comes(
    sitter: Sitter, neighbour: Sitter, decide: Decide, told: Callable[[Sitter], list[int]], database: Database
) -> None:
    decide(5)
    decide(10)
    decide(20, Scope(enrolment_id=sitter.enrolment.id))
    worker.sweep_once(database)
    assert (told(sitter), told(neighbour)) == ([1200], [600])


def test_a_withdrawal_says_why_to_those_who_had_it(
    sitter: Sitter,
    decide: Decide,
    told: Callable[[Sitter], list[int]],
    database: Database,
    world: World,
    moving_clock: MovableClock,
    nobody: Caller,
) -> None:
    decide(5)
    worker.sweep_once(database)
    office = nobody.log_in("office")
    path = f"/api/exam-sessions/{world.exam_session.id}/accommodations"
    (one,) = office.get(path).json["items"]
    moving_clock.forward(seconds=1)
    assert office.post(f"{path}/{one['id']}/withdraw", {"reason": "误批"}).json["items"] == []
    assert told(sitter) == [300, -300]
    with database.reading() as db:
        last = audit.history(db, f"sitting:{sitter.enrolment.sitting.id}")[-1]
    assert last.detail["reason"] == "误批"


def test_who_begins_before_the_turn_comes_keeps_the_time_that_was_told(
    sitter: Sitter, neighbour: Sitter, decide: Decide, stored: Stored, database: Database
) -> None:
    decide(30)
    worker.sweep_once(database)
    decide(5)
    sitter.begin()
    worker.sweep_once(database)
    assert [stored(one).accommodation_seconds for one in (sitter, neighbour)] == [1800, 300]


def test_whom_time_ended_before_the_turn_came_goes_on_with_all_of_it(
    sitter: Sitter, neighbour: Sitter, decide: Decide, stored: Stored, database: Database, moving_clock: MovableClock
) -> None:
    sitter.begin()
    neighbour.begin().hand_in()
    moving_clock.forward(minutes=59)
    decide(10)
    moving_clock.forward(minutes=2)
    sweeps.run(database, sweeping.SWEEPS)
    assert stored(sitter).state == SittingState.HANDED_IN
    worker.sweep_once(database)
    again = stored(sitter)
    assert (again.state, again.closes_at) == (SittingState.IN_PROGRESS, moving_clock() + timedelta(minutes=10))
    assert (stored(neighbour).state, stored(neighbour).accommodation_seconds) == (SittingState.HANDED_IN, 0)
    sitter.answer()


def test_in_a_draft_all_follow_at_once(
    sitter: Sitter, decide: Decide, waiting: Callable[[], int], stored: Stored, reset: Callable[..., None]
) -> None:
    reset(state=ExamSessionState.DRAFT)
    decide(5)
    assert (waiting(), stored(sitter).accommodation_seconds) == (0, 300)


@pytest.mark.postgresql_only
def test_a_decision_for_all_waits_for_no_sitting(
    sitter: Sitter, decide: Decide, waiting: Callable[[], int], stored: Stored, database: Database
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as db:
            finding.locked(db, sitter.enrolment.sitting.id)
            decide(5)
            assert waiting() == 3
            sweeping_up = pool.submit(worker.sweep_once, database)
            wait_for_a_lock(database)
        sweeping_up.result(30)
    assert stored(sitter).accommodation_seconds == 300
