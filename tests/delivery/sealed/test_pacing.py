"""How a crowd begins: all are told before anybody claims, and nobody gives up listening before."""

import pytest

from examsvc.delivery.sealed.pacing import (
    SHORTEST_MS,
    claim_after_ms,
    claim_still_within_ms,
    claim_within_ms,
    told_within_ms,
)


@pytest.mark.parametrize("candidates", [0, 1, 30, 500, 10_000, 50_000])
def test_nobody_asks_before_everybody_is_told_by_a_process_that_tells_a_page_in_half_a_millisecond(
    candidates: int,
) -> None:
    telling_ms = 0.5 * candidates
    assert told_within_ms(candidates) >= telling_ms + 4_000
    assert telling_ms <= claim_after_ms(candidates) <= told_within_ms(candidates)


@pytest.mark.parametrize("candidates", [500, 1_000, 5_000, 9_000])
def test_claims_of_four_milliseconds_leave_a_process_time_for_answers_also_when_most_come(candidates: int) -> None:
    at_first = 2 * candidates / claim_within_ms(candidates)  # a straight line down to none
    assert 4 * at_first <= 0.6


def test_a_room_neither_listens_nor_waits_longer_for_the_sake_of_crowds() -> None:
    assert (told_within_ms(30), claim_after_ms(30), claim_within_ms(30)) == (4_060, 30, SHORTEST_MS)


def test_ten_thousand_are_told_within_ten_seconds_and_claim_within_three_minutes() -> None:
    assert (claim_after_ms(10_000), claim_within_ms(10_000)) == (10_000, 160_000)


@pytest.mark.parametrize(("begun_ms", "within_ms"), [(0, 170_000), (24_000, 146_000), (169_000, SHORTEST_MS)])
def test_who_asks_by_itself_claims_while_the_others_still_do(begun_ms: int, within_ms: int) -> None:
    assert claim_still_within_ms(10_000, begun_ms) == within_ms
