import lsat
import numpy as np
import pytest
from numpy.testing import assert_allclose

from scoring.analysis import Model, calibrate
from scoring.analysis.quadrature import Quadrature


def test_two_parameters_for_lsat6_have_the_published_likelihood_and_slopes() -> None:
    fitted = calibrate(lsat.scores(lsat.LSAT6).shares, Model.TWO)
    assert fitted.converged
    assert not fitted.is_bounded
    assert fitted.log_likelihood == pytest.approx(-2466.653, abs=0.001)
    assert_allclose(fitted.slopes, [0.825, 0.723, 0.890, 0.689, 0.658], atol=0.002)
    assert_allclose(fitted.difficulties, [-3.36, -1.37, -0.28, -1.87, -3.12], atol=0.01)


def test_two_parameters_for_lsat7_have_the_published_likelihood_slopes_and_intercepts() -> None:
    fitted = calibrate(lsat.scores(lsat.LSAT7).shares, Model.TWO)
    assert fitted.log_likelihood == pytest.approx(-2658.805, abs=0.001)
    assert_allclose(fitted.slopes, [0.988, 1.081, 1.706, 0.765, 0.736], atol=0.002)
    assert_allclose(fitted.intercepts, [1.856, 0.808, 1.804, 0.486, 1.855], atol=0.002)


def test_one_parameter_for_lsat6_has_the_published_likelihood_and_common_slope() -> None:
    fitted = calibrate(lsat.scores(lsat.LSAT6).shares, Model.ONE)
    assert fitted.log_likelihood == pytest.approx(-2466.938, abs=0.001)
    assert_allclose(fitted.slopes, [0.755] * 5, atol=0.001)
    assert_allclose(fitted.difficulties, [-3.615, -1.322, -0.318, -1.730, -2.780], atol=0.001)


def test_who_was_not_asked_anything_changes_no_estimate() -> None:
    table = lsat.scores(lsat.LSAT7).shares
    more = np.vstack([table, np.full((50, 5), np.nan)])
    assert_allclose(calibrate(more, Model.ONE).intercepts, calibrate(table, Model.ONE).intercepts, atol=1e-6)


def test_individual_forms_put_their_items_on_one_scale() -> None:
    """Half of LSAT7's people without the last item, half without the first: near what all of it says."""
    table = lsat.scores(lsat.LSAT7).shares.copy()
    table[::2, 4] = np.nan
    table[1::2, 0] = np.nan
    fitted = calibrate(table, Model.ONE)
    assert fitted.converged
    assert_allclose(fitted.difficulties, [-1.85, -0.78, -1.44, -0.52, -1.97], atol=0.25)


@pytest.mark.parametrize("column", [[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [np.nan, np.nan, np.nan]])
def test_an_item_that_does_not_vary_has_no_estimate(column: list[float]) -> None:
    table = np.array([[1.0, 0.0, 1.0], column]).T
    with pytest.raises(ValueError, match="right and wrong"):
        calibrate(table, Model.TWO)


def test_answers_that_part_people_perfectly_run_into_the_bounds_and_say_so() -> None:
    table = np.repeat(np.array([[0.0, 0.0], [1.0, 1.0]]), 50, axis=0)
    assert calibrate(table, Model.TWO).is_bounded


@pytest.mark.parametrize("model", Model)
def test_items_that_contradict_each_other_are_estimated_without_failing(model: Model) -> None:
    table = np.repeat(np.array([[0.0, 1.0], [1.0, 0.0]]), 50, axis=0)
    fitted = calibrate(table, model)
    assert np.isfinite(fitted.log_likelihood)


def test_the_nodes_weigh_the_standard_normal() -> None:
    nodes = Quadrature.normal()
    assert nodes.weights.sum() == pytest.approx(1)
    assert nodes.weights @ nodes.points**2 == pytest.approx(1)
    assert nodes.weights @ nodes.points**4 == pytest.approx(3)
