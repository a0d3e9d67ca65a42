import random
from itertools import combinations
from math import isclose

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pools import cell, item

from questionbank.assembly import exposure
from questionbank.assembly.model import Number, Plan, Where
from questionbank.kinds import Difficulty

sizes = st.tuples(st.integers(2, 8), st.integers(1, 6), st.integers(0, 10**6))


def forms_of(sizes: tuple[int, int, int]) -> tuple[list[frozenset[object]], np.ndarray]:
    count, length, seed = sizes
    rng = random.Random(seed)  # noqa: S311 (forms to count, not a secret)
    forms = [frozenset[object](rng.sample(range(12), length)) for _ in range(count)]
    return forms, np.array([sum(number in form for form in forms) for number in range(12)])


@given(sizes)
def test_mean_overlap_is_the_mean_over_all_pairs_of_forms(sizes: tuple[int, int, int]) -> None:
    forms, uses = forms_of(sizes)
    pairs = [len(one & other) / sizes[1] for one, other in combinations(forms, 2)]
    assert isclose(exposure.mean_overlap(uses, sizes[0]), sum(pairs) / len(pairs), abs_tol=1e-12)


@given(sizes)
def test_skew_is_the_sum_over_the_pool_of_squared_distances_from_even_use(sizes: tuple[int, int, int]) -> None:
    _, uses = forms_of(sizes)
    even = sizes[1] / 12
    expected = sum((n / sizes[0] - even) ** 2 / even for n in uses.tolist())
    assert isclose(exposure.skew(uses, sizes[0]), expected, abs_tol=1e-9)


def test_rates_unused_share_and_overlaps_of_three_small_forms() -> None:
    forms = [frozenset[object](form) for form in ({0, 1}, {1, 2}, {1, 0})]
    uses = np.array([2, 3, 1, 0])
    assert exposure.rates(uses, 3).tolist() == [2 / 3, 1.0, 1 / 3, 0.0]
    assert exposure.unused_share(uses) == 0.25
    assert exposure.overlaps(forms).tolist() == [[2, 1, 2], [1, 2, 1], [2, 1, 2]]


def test_overlap_follows_the_variance_of_the_rates_for_many_forms() -> None:
    # Chen, Ankenmann and Spray (2003): (N / L) var(r) + L / N.
    rng = random.Random(7)  # noqa: S311 (likewise)
    forms = [rng.sample(range(50), 10) for _ in range(4000)]
    uses = np.bincount([number for form in forms for number in form], minlength=50)
    expected = 50 / 10 * exposure.rates(uses, 4000).var() + 10 / 50
    assert isclose(exposure.mean_overlap(uses, 4000), expected, rel_tol=0.01)


def test_the_least_exposure_is_that_of_the_scarcest_cell_or_rule() -> None:
    pool = [item(number, difficulty=Difficulty.HARD if number < 5 else Difficulty.EASY) for number in range(40)]
    assert exposure.least_most_uses(Plan((cell(4),)), pool, 100) == 10
    hard = Number(Where(difficulties=(Difficulty.HARD,)), 2)
    assert exposure.least_most_uses(Plan((cell(4),), (hard,)), pool, 100) == 40
