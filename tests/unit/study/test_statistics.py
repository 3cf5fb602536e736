"""What the runs of a point come to."""

import math

import numpy as np
import pytest

from sim.measures.sweep import no_months
from sim.runs.statistics import Spread, by_month, spreads_of, together


def spread_of(values: np.ndarray, whole: bool = False) -> Spread:
    """The spread of one outcome."""
    return spreads_of(values[None], np.array([whole]))[0]


def test_an_outcome_by_hand() -> None:
    spread = spread_of(np.array([1.0, 2.0, 3.0, 4.0]))
    assert (spread.runs, spread.mean) == (4, 2.5)
    assert spread.deviation == pytest.approx(math.sqrt(5 / 3))
    assert spread.error == pytest.approx(math.sqrt(5 / 3) / 2)
    assert spread.quantiles == pytest.approx((1.15, 1.75, 2.5, 3.25, 3.85))


def test_whole_numbers_have_order_statistics() -> None:
    values = np.array([0.0, 1.0, np.nan, 1.0, 0.0])
    assert spread_of(values, whole=True).quantiles == (0, 0, 0, 1, 1)


def test_runs_in_which_it_is_unknown_count_for_nothing() -> None:
    assert spread_of(np.array([np.nan, 2.0, np.nan, 4.0])) == spread_of(np.array([2.0, 4.0]))
    assert spread_of(np.array([np.nan, 2.0, np.nan, 4.0])).runs == 2


def test_one_run_has_a_mean_and_no_spread() -> None:
    spread = spread_of(np.array([3.0]))
    assert (spread.runs, spread.mean, spread.quantiles) == (1, 3.0, (3.0,) * 5)
    assert math.isnan(spread.deviation)
    assert math.isnan(spread.error)


def test_no_run_has_nothing() -> None:
    spread = spread_of(np.array([np.nan]))
    assert spread.runs == 0
    assert all(math.isnan(value) for value in (spread.mean, *spread.quantiles))


def test_months_by_hand() -> None:
    """Runs 1, 2, 6 in one month, 5, 5, 5 in the next."""
    kept = np.array([[[3.0, 5.0], [14.0, 0.0], [1.0, 5.0], [6.0, 5.0]]])
    mean, deviation, _, _ = by_month(kept, 3)[0].T
    assert mean.tolist() == [3.0, 5.0]
    assert deviation == pytest.approx([math.sqrt(7.0), 0.0])


def kept_of(runs: np.ndarray) -> np.ndarray:
    """What is kept of one series of one month over some runs, `[1, kept, 1]`."""
    spread = runs.var() * len(runs)
    return np.array([[[runs.mean()], [spread], [runs.min()], [runs.max()]]])


@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_parts_come_to_the_whole(offset: float) -> None:
    runs = np.random.default_rng(1).normal(size=250) + offset
    both = together(kept_of(runs[:100]), 100, kept_of(runs[100:]), 150)
    assert both == pytest.approx(kept_of(runs), rel=1e-9)


def test_parts_that_are_all_the_same_have_no_spread() -> None:
    own = np.array([[[9212.6], [0.0], [9212.6], [9212.6]]])
    kept = together(own, 100, own, 50)
    assert by_month(kept, 150).tolist() == [[[9212.6, 0.0, 9212.6, 9212.6]]]


def test_months_of_nothing_and_of_some_runs_are_those_of_these() -> None:
    kept = kept_of(np.array([1.0, 2.0, 6.0]))
    assert together(no_months(1, 1), 0, kept, 3).tolist() == kept.tolist()


def test_ends_by_hand() -> None:
    """Runs 1, 2, 6 in one month, 5, 5, 5 in the next."""
    kept = np.array([[[3.0, 5.0], [14.0, 0.0], [1.0, 5.0], [6.0, 5.0]]])
    _, _, least, greatest = by_month(kept, 3)[0].T
    assert (least.tolist(), greatest.tolist()) == ([1.0, 5.0], [6.0, 5.0])


def test_months_of_one_run_have_no_spread() -> None:
    kept = np.array([[[3.0], [9.0], [3.0], [3.0]]])
    assert np.isnan(by_month(kept, 1)[0, 0, 1])


def test_outcomes_together_are_as_each_alone() -> None:
    values = np.random.default_rng(1).normal(size=(4, 50))
    values[1, :7] = np.nan
    values[3] = np.nan
    alone = [spread_of(row) for row in values]
    together = spreads_of(values, np.zeros(4, bool))
    assert [spread.runs for spread in together] == [50, 43, 50, 0]
    assert together[:3] == alone[:3]
