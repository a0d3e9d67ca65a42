"""How marks become what an answer earned: two people, a tolerance, an arbiter. Pure and exact."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MARKERS = 2
DEFAULT_STEP = 50
DEFAULT_TOLERANCE = 10
STEPS = (10, 25, 50, 100)
PERCENT = 100


class Standing(StrEnum):
    """BLANK: nothing was written. OPEN: fewer than two marks. DISPUTED: too far apart. The last two are final."""

    BLANK = "BLANK"
    OPEN = "OPEN"
    DISPUTED = "DISPUTED"
    AGREED = "AGREED"
    DECIDED = "DECIDED"

    @property
    def is_settled(self) -> bool:
        return self in (Standing.BLANK, Standing.AGREED, Standing.DECIDED)


@dataclass(frozen=True)
class Settlement:
    """`points` are what was earned, in hundredths, once settled."""

    standing: Standing
    points: Fraction | None


def is_permitted(value: int, most: Fraction, step: int) -> bool:
    """Return whether the value may be given: a multiple of the step up to the most, or the most itself.

    What a part is worth need not be whole; its full marks are then written rounded up (333⅓ as 334).
    """
    return (0 <= value <= most and value % step == 0) or value == math.ceil(most)


def settle(most: Fraction, tolerance: int, given: Sequence[int], decided: int | None) -> Settlement:
    """Return what the markers' values make: their mean when they lie within `tolerance` percent of the most.

    Otherwise what the arbiter decided (双评 and 仲裁, domain 2.5). A mark rounded up counts as the most.
    """
    if len(given) < MARKERS:
        return Settlement(Standing.OPEN, None)
    credited = [min(Fraction(value), most) for value in given]
    if max(credited) - min(credited) <= most * tolerance / PERCENT:
        return Settlement(Standing.AGREED, sum(credited, Fraction(0)) / len(credited))
    if decided is None:
        return Settlement(Standing.DISPUTED, None)
    return Settlement(Standing.DECIDED, min(Fraction(decided), most))
