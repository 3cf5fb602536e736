"""Figures over runs: their values by hand, their intervals by repetition."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from sim.record.patterns.estimate import Figure, mean, quantile, ratio

RUNS, TIMES = 400, 600


def covered(figure: Callable[[np.random.Generator], Figure], true: float) -> float:
    """Share of repetitions in which the interval holds the true value."""
    random = np.random.default_rng(7)
    found = [figure(random) for _ in range(TIMES)]
    return float(np.mean([one.low <= true <= one.high for one in found]))


def test_a_mean_has_its_standard_error_and_the_spread_of_runs() -> None:
    one = mean(np.arange(101.0))
    error = 1.660234 * np.arange(101.0).std(ddof=1) / math.sqrt(101)
    assert (one.value, one.spread_low, one.spread_high) == (50.0, 5.0, 95.0)
    assert (one.low, one.high) == pytest.approx((50 - error, 50 + error))


def test_a_ratio_is_that_of_the_means_and_not_the_mean_of_ratios() -> None:
    one = ratio(np.array([1.0, 9.0]), np.array([1.0, 3.0]))
    assert one.value == 2.5


def test_runs_that_move_together_leave_a_ratio_without_error() -> None:
    under = np.array([1.0, 2.0, 5.0])
    one = ratio(3 * under, under)
    assert (one.low, one.value, one.high) == pytest.approx((3.0, 3.0, 3.0))
    assert (one.spread_low, one.spread_high) == pytest.approx((3.0, 3.0))


def test_a_ratio_to_nothing_is_unknown_and_one_run_has_no_error() -> None:
    assert math.isnan(ratio(np.ones(3), np.zeros(3)).value)
    assert math.isnan(mean(np.array([2.0])).low)
    assert math.isnan(ratio(np.ones(2), np.array([0.0, 1.0])).spread_low)


def test_a_share_of_none_or_all_keeps_an_interval() -> None:
    none, every = mean(np.zeros(100, bool)), mean(np.ones(100, bool))
    assert (none.value, none.low) == (0.0, 0.0)
    assert 0.02 < none.high < 0.03
    assert (every.low, every.high) == pytest.approx((1 - none.high, 1.0))
    assert math.isnan(none.spread_low)


def test_intervals_hold_the_true_value_in_nine_of_ten_repetitions() -> None:
    shares = covered(lambda random: mean(random.random(RUNS) < 0.1), 0.1)
    means = covered(lambda random: mean(random.exponential(1.0, RUNS)), 1.0)

    def related(random: np.random.Generator) -> Figure:
        base = random.exponential(1.0, RUNS) + 1
        return ratio(base + random.normal(0, 1, RUNS), base)

    quantiles = covered(lambda random: quantile(random.random(RUNS), 0.95), 0.95)
    found = (shares, means, covered(related, 1.0), quantiles)
    assert found == pytest.approx((0.9,) * 4, abs=0.04)


def test_a_quantile_lies_between_its_ends() -> None:
    one = quantile(np.arange(1001.0), 0.95)
    assert one.value == 950.0
    assert (one.low, one.high) == (938.0, 962.0)


def test_a_quantile_of_whole_numbers_is_one_of_them_and_so_are_its_ends() -> None:
    runs = np.repeat([0, 1, 2], [500, 440, 60])
    one = quantile(runs, 0.95)
    assert (one.value, one.low, one.high) == (2.0, 1.0, 2.0)
    assert quantile(np.array([0, 1]), 0.5).value == 0.0
    assert quantile(np.array([0.0, 1.0]), 0.5).value == 0.5


def test_scaling_moves_every_end_and_keeps_the_note() -> None:
    one = Figure(0.5, 0.4, 0.6, 0.1, 0.9, "n").scaled(100, -100)
    assert one == Figure(-50.0, -60.0, -40.0, -90.0, pytest.approx(-10.0), "n")
