"""Hand-ins that say they were made without a network, held against what the server saw of their page's line."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sitters import Sitter
from walls import Wall

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.ledger.models import ONLY, Heartbeat, Outage
from examsvc.delivery.ledger.states import Cause
from proctoring import watching
from proctoring.floor import Floor
from proctoring.online import FOUND_LOST_WITHIN
from proctoring.states import EventKind

MINUTE = timedelta(minutes=1)
CAME, WENT = EventKind.CONNECTED, EventKind.DISCONNECTED
Noted = Callable[..., None]


@pytest.fixture
def noted(database: Database, sitter: Sitter, moving_clock: MovableClock) -> Noted:
    """What the server notes of the candidate's line: so many minutes, and seconds, after the paper was opened."""
    opened_at = moving_clock()

    def note(*changes: tuple[EventKind, float]) -> None:
        with database.transaction() as db:
            for kind, minutes in changes:
                watching.notice(db, sitter.enrolment.sitting.id, kind, at=opened_at + minutes * MINUTE)

    return note


def delivered(sitter: Sitter, clock: MovableClock) -> str:
    """Hand in at 55 minutes what the page says was handed in at 45; consent is needed from 50 on. Return the answer."""
    made_at = (clock() + 45 * MINUTE).isoformat()
    clock.forward(minutes=55)
    answer = sitter.hand_in(made_at=made_at).json
    return str(answer.get("code") or answer["finish_reason"])


GAP = FOUND_LOST_WITHIN / MINUTE


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ([(CAME, 0), (WENT, 44), (CAME, 54)], "BY_CANDIDATE"),
        ([(CAME, 0), (WENT, 45 + GAP), (CAME, 54)], "BY_CANDIDATE"),  # gone at 45, which the server found out later
        ([(CAME, 0), (WENT, 45 + GAP + 1.1), (CAME, 54)], "hand_in_unproven"),
        ([(CAME, 0), (WENT, 52), (CAME, 54)], "hand_in_unproven"),
        ([(CAME, 0), (CAME, 54)], "BY_CANDIDATE"),  # nobody saw the first line end: its process was killed
        ([(CAME, 0), (WENT, 44), (CAME, 47), (WENT, 47 + GAP + 0.5), (CAME, 54)], "BY_CANDIDATE"),  # back for too short
        ([], "BY_CANDIDATE"),  # it never had a line
    ],
)
def test_a_line_that_stood_for_a_minute_would_have_brought_the_hand_in(
    sitter: Sitter, noted: Noted, moving_clock: MovableClock, changes: list[tuple[EventKind, float]], answer: str
) -> None:
    noted(*changes)
    assert delivered(sitter, moving_clock) == answer


def test_so_would_the_line_that_stands_now(sitter: Sitter, floor: Floor, moving_clock: MovableClock) -> None:
    floor.presence.came(sitter.enrolment.sitting.id, "a", moving_clock())
    assert delivered(sitter, moving_clock) == "hand_in_unproven"


def test_what_the_service_itself_lost_is_held_against_nobody(
    sitter: Sitter, noted: Noted, database: Database, moving_clock: MovableClock
) -> None:
    noted((CAME, 0), (WENT, 53), (CAME, 54))
    opened_at = moving_clock()
    with database.transaction() as db:
        span = {"from_at": opened_at + 44 * MINUTE, "to_at": opened_at + 52 * MINUTE}
        db.add(Outage(cause=Cause.DATABASE, **span, noted_at=span["to_at"]))
    assert delivered(sitter, moving_clock) == "BY_CANDIDATE"


def test_nor_is_anything_before_the_service_has_put_on_record_what_it_lost(
    sitter: Sitter, noted: Noted, database: Database, moving_clock: MovableClock
) -> None:
    noted((CAME, 0), (WENT, 53), (CAME, 54))
    with database.transaction() as db:
        db.add(Heartbeat(id=ONLY, at=moving_clock(), process="p", process_began_at=moving_clock()))
    assert delivered(sitter, moving_clock) == "BY_CANDIDATE"


def test_nor_is_a_pause_in_which_nobody_hands_in(
    sitter: Sitter, noted: Noted, floor: Floor, wall: Wall, moving_clock: MovableClock
) -> None:
    noted((CAME, 0), (WENT, 44))
    made_at = (moving_clock() + 45 * MINUTE).isoformat()
    moving_clock.forward(minutes=46)
    floor.presence.came(sitter.enrolment.sitting.id, "a", moving_clock())
    wall.order("PAUSE", sitter)
    moving_clock.forward(minutes=10)
    wall.order("RESUME", sitter)
    moving_clock.forward(minutes=5)
    assert sitter.hand_in(made_at=made_at).json["finish_reason"] == "BY_CANDIDATE"
