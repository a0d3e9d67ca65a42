"""What a work task's points must be: its share of the 100 points 考核比重."""

from fractions import Fraction

POINT = 100  # hundredths


def is_share(points: int, wanted: Fraction) -> bool:
    """Return whether so many hundredths are the share: exactly; where no hundredths are, less than a point away.

    Three equal tasks cannot each have 33⅓ of 100 points. Nothing is lost by 33, 33 and 34: a task's score counts by
    what was reached of its own points, weighted by the share itself.
    """
    return points == wanted if wanted.denominator == 1 else abs(points - wanted) < POINT
