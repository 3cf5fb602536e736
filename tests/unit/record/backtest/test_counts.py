"""Chances of yearly counts: binomials put together, and naive means by hand."""

import numpy as np
import pytest
from scipy.stats import binom

from sim.record.backtest.counts import counts_of, naive_means, poisson_chances, total_chances
from sim.record.patterns.play import fitting_named, load_patterns


def test_cells_that_are_alike_are_one_binomial() -> None:
    parts = total_chances(np.array([3.0, 4.0]), np.array([0.2, 0.2]))
    assert np.allclose(parts, binom.pmf(np.arange(8), 7, 0.2))


def test_naive_means_by_hand() -> None:
    means = naive_means(np.array([6.0, 2.0, 4.0]), 1)
    assert means["last year again"] == 4.0
    assert means["mean of 2 years"] == 3.0
    falling = means["number that falls as 1/t"]
    assert falling == pytest.approx(12.0 / (1 + 1 / 2 + 1 / 3) / 4)


def test_a_rule_that_expects_nobody_is_not_certain() -> None:
    assert 0.0 < poisson_chances(0.0, 5)[1] < 0.5


@pytest.mark.parametrize(("record", "years", "seen"), [("kosovo", 2, 25), ("abkhazia", 8, 3)])
def test_the_years_left_out(record: str, years: int, seen: int) -> None:
    counts = counts_of(record, fitting_named(load_patterns("afghanistan"), record))
    assert (len(counts), sum(each.seen for each in counts)) == (years, seen)
    for each in counts:
        assert len({len(chances) for chances in each.chances.values()}) == 1
        for chances in each.chances.values():
            assert chances.sum() == pytest.approx(1.0)
