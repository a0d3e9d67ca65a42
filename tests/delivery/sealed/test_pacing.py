"""How a crowd begins: all are told before anybody claims, and nobody gives up listening before."""

import pytest

from examsvc.delivery.sealed.pacing import (
    LONGEST_MS,
    SHORTEST_LISTENING_MS,
    SHORTEST_MS,
    claim_after_ms,
    claim_within_ms,
    told_within_ms,
)


@pytest.mark.parametrize("candidates", [0, 1, 30, 500, 10_000, 50_000])
def test_nobody_asks_before_everybody_is_told_and_claims_leave_a_process_time(candidates: int) -> None:
    assert told_within_ms(candidates) >= claim_after_ms(candidates) + SHORTEST_LISTENING_MS
    assert SHORTEST_MS <= claim_within_ms(candidates) <= LONGEST_MS


def test_a_room_neither_listens_nor_waits_longer_for_the_sake_of_crowds() -> None:
    assert (told_within_ms(30), claim_after_ms(30), claim_within_ms(30)) == (4_060, 30, SHORTEST_MS)


def test_ten_thousand_are_told_within_ten_seconds_and_claim_within_three_minutes() -> None:
    assert (claim_after_ms(10_000), claim_within_ms(10_000)) == (10_000, 180_000)
