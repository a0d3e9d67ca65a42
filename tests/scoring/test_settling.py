from fractions import Fraction

import pytest

from scoring.written.settling import Settlement, Standing, is_permitted, settle

TEN = Fraction(10_00)
THIRD = Fraction(1000, 3)


@pytest.mark.parametrize(
    ("given", "decided", "standing", "points"),
    [
        ([], None, Standing.OPEN, None),
        ([5_00], None, Standing.OPEN, None),
        ([5_00], 7_00, Standing.OPEN, None),
        ([5_00, 5_00], None, Standing.AGREED, Fraction(5_00)),
        ([5_00, 6_00], None, Standing.AGREED, Fraction(5_50)),
        ([6_00, 5_00], 9_00, Standing.AGREED, Fraction(5_50)),
        ([5_00, 6_01], None, Standing.DISPUTED, None),
        ([5_00, 6_01], 9_00, Standing.DECIDED, Fraction(9_00)),
        ([0, 10_00], 0, Standing.DECIDED, Fraction(0)),
    ],
)
def test_two_marks_within_ten_percent_are_their_mean_and_beyond_it_the_arbiter_decides(
    given: list[int], decided: int | None, standing: Standing, points: Fraction | None
) -> None:
    assert settle(TEN, 10, given, decided) == Settlement(standing, points)


@pytest.mark.parametrize(("tolerance", "standing"), [(0, Standing.DISPUTED), (100, Standing.AGREED)])
def test_no_tolerance_asks_for_the_same_mark_and_a_whole_one_for_none(tolerance: int, standing: Standing) -> None:
    assert settle(TEN, tolerance, [0, 10_00], None).standing == standing


def test_the_mean_of_marks_is_exact() -> None:
    assert settle(THIRD, 10, [3_34, 3_00], None).points == (THIRD + 300) / 2
    assert settle(TEN, 10, [3_25, 3_50], None).points == Fraction(675, 2)


def test_a_decision_of_full_marks_is_exactly_what_the_part_is_worth() -> None:
    assert settle(THIRD, 10, [0, 3_00], 3_34).points == THIRD


@pytest.mark.parametrize(
    ("value", "most", "step", "is_right"),
    [
        (0, TEN, 50, True),
        (10_00, TEN, 50, True),
        (10_50, TEN, 50, False),
        (25, TEN, 50, False),
        (-50, TEN, 50, False),
        (3_00, THIRD, 50, True),
        (3_34, THIRD, 50, True),
        (3_33, THIRD, 50, False),
        (3_50, THIRD, 50, False),
        (7_25, Fraction(7_25), 50, True),
    ],
)
def test_permitted_are_steps_up_to_the_most_and_the_most_itself(
    value: int, most: Fraction, step: int, is_right: bool
) -> None:
    assert is_permitted(value, most, step) is is_right
