"""What the numbers of a sitting say: every epoch that does not agree has a name, and only such a one."""

from itertools import product

import pytest

from examsvc.delivery.reconciling.counting import NOT_STORED, Counted, Difference, Told, differences


@pytest.mark.parametrize(
    ("counted", "kinds"),
    [
        (Counted({1: 3}, {1: Told(3, 3)}), []),
        (Counted({1: 3}, {1: Told(3, 2)}), [(Difference.UNCONFIRMED, 1)]),
        (Counted({1: 2}, {1: Told(3, 3, 3, "a")}), [(Difference.LOST, 1)]),
        (Counted({1: 2}, {1: Told(3, 3)}), [(Difference.UNPROVEN, 1)]),
        (Counted({1: 2}, {1: Told(3, 9, 3, "a")}), [(Difference.LOST, 1), (Difference.UNPROVEN, 1)]),
        (Counted({1: 2}, {1: Told(3, 2)}), [(Difference.UNDELIVERED, 1)]),
        (Counted({}, {1: Told(4, 1)}), [(Difference.UNPROVEN, 1), (Difference.UNDELIVERED, 1)]),
        (Counted({1: 2}, {1: Told(2, 0, 2, "a")}, {1: "b"}), [(Difference.ALTERED, 1)]),
        (Counted({1: 2}, {1: Told(2, 0, 2, "a")}, {1: "a"}), []),
        (Counted({}), [(Difference.UNREPORTED, 0)]),
        (Counted({2: 2}), [(Difference.UNREPORTED, 2)]),
        (Counted({1: 60, 3: 10}, {3: Told(10, 10)}), [(Difference.UNREPORTED, 1)]),
        (Counted({1: 60, 3: 10}, {3: Told(10, 10)}, handed_over={1}), [(Difference.HANDED_OVER, 1)]),
        (Counted({1: 60, 3: 10}, handed_over={1}), [(Difference.HANDED_OVER, 1), (Difference.UNREPORTED, 3)]),
        (Counted({1: 5}, {1: Told(3, 3)}), [(Difference.BEYOND_REPORT, 1)]),
        (Counted({1: 5}, {1: Told(3, 3)}, handed_over={1}), [(Difference.HANDED_OVER, 1)]),
        (Counted({1: 2}, {1: Told(3, 3, 3, "a")}, handed_over={1}), [(Difference.LOST, 1)]),
        (Counted({}, taken_over=2), [(Difference.TAKEN_OVER, 0)]),
        (Counted({}, on_paper=4), [(Difference.ON_PAPER, 0)]),
        (Counted({1: 1}, {1: Told(1, 1)}, on_paper=NOT_STORED), [(Difference.PAPER_OPEN, 0)]),
    ],
)
def test_differences_of_a_sitting(counted: Counted, kinds: list[tuple[Difference, int]]) -> None:
    assert [(found.kind, found.epoch) for found in differences(counted)] == kinds


@pytest.mark.parametrize("handed_over", [(), (1,)])
def test_an_epoch_is_named_exactly_when_its_numbers_are_not_equal(handed_over: tuple[int, ...]) -> None:
    numbers = range(4)
    for stored, written, acknowledged, signed in product(numbers, repeat=4):
        told = {1: Told(written, acknowledged, signed or None, "a" if signed else None)}
        counted = Counted({1: stored} if stored else {}, told, {1: "a"}, handed_over=handed_over)
        is_equal = counted.acknowledged == counted.stored_lines == counted.written and not counted.unproven
        assert bool(differences(counted)) is not is_equal, counted


def test_a_pages_word_alone_loses_nothing_and_a_signature_does() -> None:
    claimed, signed = Counted({1: 2}, {1: Told(9, 9)}), Counted({1: 2}, {1: Told(9, 9, 5, "a")})
    assert (claimed.acknowledged, claimed.lost, claimed.unproven) == (2, 0, 7)
    assert (signed.acknowledged, signed.lost, signed.unproven) == (5, 3, 4)
