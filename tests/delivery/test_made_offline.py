"""Hand-ins that were made without a network: judged by when they were made, as far as that is believed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from callers import Caller
from rescues import Desk, line
from sitters import Sitter

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import Identity
from examsvc.delivery import handing_in, invigilating
from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.made_offline import BACK_WITHIN, CLOCK_SLACK, SENDS_WITHIN, Heard, Written, is_believed
from examsvc.delivery.models import Sitting

Stored = Callable[[Sitter], Sitting]
Reset = Callable[..., None]
ONE = datetime(2026, 11, 23, 1, tzinfo=UTC)
MINUTE, MS = timedelta(minutes=1), timedelta(milliseconds=1)
MADE_AT, NOW = ONE + 45 * MINUTE, ONE + 55 * MINUTE
BEFORE = Written(MADE_AT - MINUTE, MADE_AT - MINUTE)


def heard(*written: Written, claimed_at: datetime = ONE) -> Heard:
    return Heard(ONE, written, claimed_at)


@pytest.mark.parametrize(
    ("known", "believed"),
    [
        (heard(BEFORE), True),
        (heard(BEFORE, Written(MADE_AT, NOW)), True),
        (heard(Written(MADE_AT + CLOCK_SLACK, NOW)), True),
        (heard(Written(MADE_AT + CLOCK_SLACK + MS, NOW)), False),
        (heard(Written(MADE_AT - MINUTE, NOW - BACK_WITHIN)), True),
        (heard(Written(MADE_AT - MINUTE, NOW - BACK_WITHIN - MS)), False),
        (heard(Written(MADE_AT - MINUTE, MADE_AT + CLOCK_SLACK)), True),
        (heard(claimed_at=NOW - MINUTE), True),
        (heard(claimed_at=MADE_AT + MINUTE), False),
        (Heard(MADE_AT + MS, [], None), False),
    ],
)
def test_a_hand_in_is_believed_when_nothing_that_the_service_knows_speaks_against_it(
    known: Heard, believed: bool
) -> None:
    assert is_believed(MADE_AT, known, now=NOW) is believed


@pytest.mark.parametrize(
    ("reaching", "believed"),
    [
        ([Span(ONE, MADE_AT + SENDS_WITHIN - MS)], True),  # its network was gone before it had sent
        ([Span(ONE, MADE_AT + SENDS_WITHIN)], False),
        ([Span(ONE, NOW)], False),
        ([Span(MADE_AT + k * 2 * SENDS_WITHIN, MADE_AT + (k * 2 + 0.5) * SENDS_WITHIN) for k in range(3)], True),
        ([Span(NOW - BACK_WITHIN - SENDS_WITHIN + MS, NOW)], True),  # back, and it may need a while
        ([Span(NOW - BACK_WITHIN - SENDS_WITHIN, NOW)], False),
    ],
)
def test_a_hand_in_that_would_have_been_sent_when_its_page_says_it_was_made_is_not_believed(
    reaching: list[Span], believed: bool
) -> None:
    assert is_believed(MADE_AT, Heard(ONE, [BEFORE], ONE, reaching), now=NOW) is believed


def test_nothing_was_handed_in_after_it_arrived() -> None:
    assert is_believed(NOW, heard(), now=NOW)
    assert not is_believed(NOW + MS, heard(), now=NOW)


@pytest.fixture
def cut_off(sitter: Sitter, moving_clock: MovableClock) -> Sitter:
    """A candidate with one answer, for whom nobody hands in without consent from 01:50 on; it is 01:45."""
    sitter.begin().answer()
    moving_clock.forward(minutes=45)
    return sitter


def test_made_before_consent_was_needed_it_is_taken_when_it_arrives_and_moves_no_end(
    cut_off: Sitter, moving_clock: MovableClock, database: Database, stored: Stored
) -> None:
    unsent = cut_off.entry(cut_off.refs()["TRUE_FALSE"], {"value": True})
    made_at = moving_clock().isoformat()
    moving_clock.forward(minutes=8)
    assert cut_off.hand_in(made_at=made_at).json["code"] == "responses_missing"
    assert cut_off.send(unsent).status_code == 200
    handed_in = cut_off.hand_in(made_at=made_at).json
    assert (handed_in["finish_reason"], handed_in["finished_at"]) == ("BY_CANDIDATE", "2026-11-23T01:53:00+00:00")
    with database.reading() as db:
        last = audit.history(db, stored(cut_off).audit_stream)[-1]
    assert (last.detail["made_at"], last.detail["allowed_by_made_at"]) == ("2026-11-23T01:45:00.000000Z", True)


@pytest.mark.parametrize(
    ("made_after", "code"), [(8, "consent_missing"), (0, "hand_in_unproven"), (-46, "consent_missing")]
)
def test_what_is_not_believed_or_was_not_allowed_either_needs_consent(
    cut_off: Sitter, moving_clock: MovableClock, proctor: Identity, database: Database, made_after: int, code: str
) -> None:
    made_at = (moving_clock() + made_after * MINUTE).isoformat()
    moving_clock.forward(minutes=3)
    cut_off.answer("TRUE_FALSE")  # after it was handed in, as the page of the second says
    moving_clock.forward(minutes=6)
    assert cut_off.hand_in(made_at=made_at).json["code"] == code
    act: dict[str, Any] = {"reason": "", "by": proctor, "now": moving_clock()}
    with database.transaction() as db:
        invigilating.allow_hand_in(db, cut_off.enrolment.sitting.id, **act)
    assert cut_off.hand_in(made_at=made_at).json["finish_reason"] == "BY_CANDIDATE"


def test_without_the_policy_only_the_arrival_counts_and_the_candidate_is_told_which_it_is(
    cut_off: Sitter, moving_clock: MovableClock, reset: Reset
) -> None:
    assert cut_off.view()["exam_session"]["accept_offline"] is True
    reset(accept_offline=False)
    assert cut_off.view()["exam_session"]["accept_offline"] is False
    made_at = moving_clock().isoformat()
    moving_clock.forward(minutes=8)
    assert cut_off.hand_in(made_at=made_at).json["code"] == "hand_in_unproven"


@pytest.fixture
def desk(nobody: Caller, sitter: Sitter) -> Desk:
    return Desk(nobody, sitter)


def _deliver(sitter: Sitter, made_at: str, way: str, *lines: dict[str, Any], last_seq: int | None = None) -> None:
    seq = sitter.seq if last_seq is None else last_seq
    if way == "hand-in":
        sitter.hand_in(made_at=made_at, last_seq=seq)
    else:
        body = {"lines": list(lines), "hand_in_at": made_at, "epoch": sitter.epoch, "last_seq": seq}
        assert sitter.post(f"{sitter.path}/late-responses", body).status_code == 200


@pytest.mark.parametrize("way", ["hand-in", "late-responses"])
def test_delivered_after_the_end_it_is_recorded_as_what_it_was_and_the_end_stays(
    cut_off: Sitter, moving_clock: MovableClock, desk: Desk, database: Database, stored: Stored, way: str
) -> None:
    made_at = moving_clock().isoformat()
    moving_clock.forward(minutes=45)
    _deliver(cut_off, made_at, way)
    _deliver(cut_off, made_at, way)
    own = stored(cut_off)
    assert (own.finish_reason, own.finished_at) == ("BY_CANDIDATE", ONE + 60 * MINUTE)
    assert cut_off.view()["finish_reason"] == "BY_CANDIDATE"
    assert (desk.look()["finish_reason"], desk.look()["hand_ins"]) == ("BY_CANDIDATE", [made_at])
    with database.reading() as db:
        actions = [entry.action for entry in audit.history(db, own.audit_stream)]
        assert audit.verify(db, own.audit_stream) is None
    assert actions.count(handing_in.RECOGNISED) == 1


def test_delivered_after_the_end_with_an_answer_it_stays_evidence(
    cut_off: Sitter, moving_clock: MovableClock, desk: Desk, stored: Stored
) -> None:
    unsent = line(cut_off, cut_off.refs()["TRUE_FALSE"], {"value": True})
    made_at = moving_clock().isoformat()
    moving_clock.forward(minutes=45)
    _deliver(cut_off, made_at, "late-responses", unsent, last_seq=1)
    assert stored(cut_off).finish_reason == "TIME_UP"
    assert desk.look()["hand_ins"] == [made_at]


@pytest.mark.parametrize(
    ("made_after", "columns", "last_seq"),
    [
        (7, {}, 1),  # consent was needed by then
        (16, {}, 1),  # after the end
        (0, {"accept_offline": False}, 1),
        (0, {}, 2),  # more than is stored
    ],
)
@pytest.mark.parametrize("way", ["hand-in", "late-responses"])
def test_delivered_after_the_end_what_is_not_believed_stays_evidence(
    cut_off: Sitter,
    moving_clock: MovableClock,
    reset: Reset,
    stored: Stored,
    way: str,
    made_after: int,
    columns: dict[str, bool],
    last_seq: int,
) -> None:
    reset(**columns)
    made_at = (moving_clock() + made_after * MINUTE).isoformat()
    moving_clock.forward(minutes=45)
    _deliver(cut_off, made_at, way, last_seq=last_seq)
    assert stored(cut_off).finish_reason == "TIME_UP"
