"""What questions tell at the pass mark, from the textbook's formula."""

import math

import numpy as np
import pytest

from scoring.analysis import passing


def test_equal_questions_reach_sixty_per_cent_where_the_logit_of_sixty_per_cent_is() -> None:
    slopes, difficulties, worth = np.ones(4), np.full(4, 0.5), np.ones(4)
    ability = passing.ability_at(0.6, slopes, difficulties, worth)
    assert ability == pytest.approx(0.5 + math.log(0.6 / 0.4))
    assert passing.expected(ability, slopes, difficulties) == pytest.approx(0.6)
    assert passing.information(ability, slopes, difficulties) == pytest.approx(0.24)


def test_questions_worth_more_move_the_pass_mark() -> None:
    slopes, difficulties = np.ones(2), np.array([-1.0, 1.0])
    harder = passing.ability_at(0.6, slopes, difficulties, np.array([1.0, 3.0]))
    easier = passing.ability_at(0.6, slopes, difficulties, np.array([3.0, 1.0]))
    assert harder > easier


def test_a_pass_mark_out_of_reach_is_the_end_of_the_scale() -> None:
    assert passing.ability_at(0.6, np.ones(1), np.array([9.0]), np.ones(1)) == pytest.approx(passing.FARTHEST)
