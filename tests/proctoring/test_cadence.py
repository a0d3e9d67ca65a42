from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proctoring import cadence
from proctoring.cadence import Attention, KeepReason

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("attention", "milliseconds"),
    [
        (Attention(), 10_000),
        (Attention(visible_at=ago(9)), 5_000),
        (Attention(visible_at=ago(10)), 5_000),
        (Attention(visible_at=ago(11)), 10_000),
        (Attention(event_at=ago(59)), 3_000),
        (Attention(event_at=ago(60)), 3_000),
        (Attention(event_at=ago(61)), 10_000),
        (Attention(opened_at=ago(9)), 2_000),
        (Attention(opened_at=ago(11)), 10_000),
        (Attention(visible_at=ago(1), event_at=ago(1)), 3_000),
        (Attention(visible_at=ago(1), event_at=ago(1), opened_at=ago(1)), 2_000),
    ],
)
def test_a_camera_that_is_looked_at_is_asked_more_often(attention: Attention, milliseconds: int) -> None:
    assert cadence.next_ms(attention, health=0, now=NOW) == milliseconds


@pytest.mark.parametrize(("health", "milliseconds"), [(4, 10_000), (5, 15_000), (7, 15_000), (8, 30_000), (10, 30_000)])
def test_a_busy_server_asks_less_often(health: int, milliseconds: int) -> None:
    assert cadence.next_ms(Attention(), health=health, now=NOW) == milliseconds


@pytest.mark.parametrize(
    ("queued", "lag", "expected"),
    [(0, 0, 0), (50, 0, 5), (100, 0, 10), (200, 0, 10), (0, 1.0, 5), (0, 9, 10), (10, -1, 1)],
)
def test_health_is_the_worse_of_the_queue_and_the_clock(queued: int, lag: float, expected: int) -> None:
    assert cadence.health(queued=queued, queue_limit=100, lag_seconds=lag) == expected


@pytest.mark.parametrize(
    ("kept", "reason"), [(None, KeepReason.ROUTINE), (59, None), (60, KeepReason.ROUTINE), (61, KeepReason.ROUTINE)]
)
def test_one_frame_a_minute_is_kept(kept: float | None, reason: KeepReason | None) -> None:
    kept_at = None if kept is None else ago(kept)
    assert cadence.keep_reason(newly_flagged=False, event_at=None, kept_at=kept_at, now=NOW) == reason


@pytest.mark.parametrize(("event", "reason"), [(59, KeepReason.EVENT), (60, KeepReason.EVENT), (61, None)])
def test_frames_within_a_minute_of_an_event_are_kept(event: float, reason: KeepReason | None) -> None:
    assert cadence.keep_reason(newly_flagged=False, event_at=ago(event), kept_at=ago(1), now=NOW) == reason


@given(st.integers(-5, 500), st.floats(-10, 100))
@settings(max_examples=50, deadline=None)
def test_health_stays_between_nought_and_ten(queued: int, lag: float) -> None:
    assert 0 <= cadence.health(queued=queued, queue_limit=100, lag_seconds=lag) <= 10
