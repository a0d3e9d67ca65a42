from fractions import Fraction

import pytest

from questionbank.assembly.shares import is_share

THIRD = Fraction(100_00, 3)


@pytest.mark.parametrize(
    ("points", "wanted", "is_one"),
    [
        (25_00, Fraction(25_00), True),
        (24_99, Fraction(25_00), False),
        (33_00, THIRD, True),
        (33_50, THIRD, True),
        (34_00, THIRD, True),
        (34_34, THIRD, False),
        (32_33, THIRD, False),
    ],
)
def test_a_share_is_exact_where_points_can_say_it_and_else_within_a_point(
    points: int, wanted: Fraction, is_one: bool
) -> None:
    assert is_share(points, wanted) == is_one
