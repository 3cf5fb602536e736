"""Distributions of numbers in a range."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.study.spread import Distribution, Shape, whole_months

SHARES = np.linspace(0.0, 1.0, 201)
ENDS = st.tuples(st.floats(0.01, 100.0), st.floats(0.01, 100.0)).map(lambda w: (w[0], w[0] + w[1]))


@given(
    ENDS,
    st.sampled_from(["uniform", "triangular", "normal", "log_uniform"]),
    st.floats(0.0, 1.0),
    st.floats(0.05, 5.0),
)
def test_values_rise_from_one_end_to_the_other(
    ends: tuple[float, float], distribution: Distribution, inside: float, relative: float
) -> None:
    low, high = ends
    shape = Shape(distribution, low + inside * (high - low), relative * (high - low))
    values = shape.at(SHARES, low, high)
    assert values[0] == pytest.approx(low, abs=1e-6 * (high - low))
    assert values[-1] == pytest.approx(high, abs=1e-6 * (high - low))
    assert (np.diff(values) >= 0.0).all()
    assert low <= values.min()
    assert values.max() <= high


INNER = SHARES[1:-1]


@pytest.mark.parametrize(
    ("shape", "same"),
    [
        (Shape(), stats.uniform(2.0, 6.0)),
        (Shape("triangular", 3.0), stats.triang(1 / 6, 2.0, 6.0)),
        (Shape("triangular", 8.0), stats.triang(1.0, 2.0, 6.0)),
        (Shape("normal", 3.0, 2.0), stats.truncnorm(-0.5, 2.5, 3.0, 2.0)),
        (Shape("log_uniform"), stats.loguniform(2.0, 8.0)),
    ],
    ids=lambda part: getattr(part, "distribution", ""),
)
def test_values_are_the_quantiles_of_the_distribution(shape: Shape, same: Any) -> None:
    np.testing.assert_allclose(shape.at(INNER, 2.0, 8.0), same.ppf(INNER), rtol=1e-9)


@given(st.integers(1, 50), st.integers(0, 50))
def test_each_month_has_an_equal_part_of_the_unit_interval(first: int, more: int) -> None:
    count = more + 1
    shares = (np.arange(10 * count) + 0.5) / (10 * count)
    months, times = np.unique(whole_months(shares, first, first + more), return_counts=True)
    assert months.tolist() == list(range(first, first + count))
    assert set(times) == {10}
    assert whole_months(np.array([0.0, 1.0]), first, first + more).tolist() == [first, first + more]
