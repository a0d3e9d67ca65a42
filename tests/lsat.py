"""LSAT sections 6 and 7 as published: how many of 1,000 examinees gave each of the 32 patterns of five answers.

R. D. Bock and M. Lieberman, Fitting a response model for n dichotomously scored items, Psychometrika 35 (1970).
"""

from itertools import product

import numpy as np

from scoring.analysis import Scores

# From 00000 to 11111, the first item being the first digit.
LSAT6 = (
    *(3, 6, 2, 11, 1, 1, 3, 4),
    *(1, 8, 0, 16, 0, 3, 2, 15),
    *(10, 29, 14, 81, 3, 28, 15, 80),
    *(16, 56, 21, 173, 11, 61, 28, 298),
)
LSAT7 = (
    *(12, 19, 1, 7, 3, 19, 3, 17),
    *(10, 5, 3, 7, 7, 23, 8, 28),
    *(7, 39, 11, 34, 14, 51, 15, 90),
    *(6, 25, 7, 35, 18, 136, 32, 308),
)


def scores(frequencies: tuple[int, ...]) -> Scores:
    """Return the table of 1,000 people and five items of one point each."""
    patterns = np.array(list(product((0.0, 1.0), repeat=5)))
    return Scores(np.repeat(patterns, frequencies, axis=0), np.ones(5))
