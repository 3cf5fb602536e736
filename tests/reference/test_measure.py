"""How a figure is measured, and when it counts as met."""

import numpy as np
import pytest

from tests.reference.figures import ENTRIES, Figure, figure_of
from tests.reference.measure import (
    REFERENCE_RUNS,
    Played,
    estimate,
    is_met,
    spread,
    values_of,
)

RUNS = Played(
    {
        "trade": np.array([10.0, 20.0, 30.0]),
        "revenue": np.array([1.0, 0.0, 5.0]),
        "recognitions_ever": np.array([2.0, 1.0, 0.0]),
        "rung_highest:AAA": np.array([7, 6, 5]),
        "rung_highest:BBB": np.array([7, 7, 5]),
    },
    {
        "trade": np.array([[9.0, 1.0, 2.0, 3.0], [9.0, 4.0, 4.0, 4.0], [9.0, 0.0, 1.0, 8.0]]),
        "stress": np.array([[0.9, 0.1, 0.2, 0.3], [0.9, 0.4, 0.4, 0.4], [0.9, 0.0, 0.2, 0.1]]),
    },
)
PARTNER = Played({"trade": np.array([10.0, 10.0, 20.0])}, {"trade": RUNS.months["trade"] / 2})


@pytest.mark.parametrize(
    ("figure", "found"),
    [
        (Figure("trade", "mean"), 20),
        (Figure("trade", "mean", each="year"), 4),
        (Figure("trade", "difference"), 20 / 3),
        (Figure("trade", "relative difference"), 0.5),
        (Figure("revenue", "share above 0"), 2 / 3),
        (Figure("revenue", "ratio", per="trade"), 0.1),
        (Figure("trade", "quantile", at=0.25), 15),
        (Figure("trade", "mean", months=(2, 3)), 22 / 3),
        (Figure("trade", "difference", months=(1, 1)), 5 / 6),
        (Figure("stress", "mean", months=(2, 3)), 0.8 / 3),
        (Figure("recognitions_ever", "mean", without=("AAA", "BBB")), 0),
        (Figure("recognitions_ever", "mean", without=("AAA",)), 2 / 3),
    ],
)
def test_a_figure_is_measured_as_it_says(figure: Figure, found: float) -> None:
    """Flows add up over months, levels are averaged, and month 0 is the start."""
    assert estimate(values_of(RUNS, PARTNER, figure), figure) == pytest.approx(found)


def test_the_error_of_a_ratio_is_that_of_repeated_samples() -> None:
    random = np.random.default_rng(1)
    below = random.gamma(4.0, 2.0, (2_000, 400))
    above = 0.3 * below + random.normal(0.0, 1.0, below.shape)
    ratios = above.mean(axis=1) / below.mean(axis=1)
    figure = Figure("above", "ratio", per="below")
    sample = Played({"above": above[0], "below": below[0]}, {})
    error = values_of(sample, sample, figure).std(ddof=1) / 20
    assert error == pytest.approx(ratios.std(), rel=0.1)


def test_a_quantile_may_be_off_as_its_share_may_be() -> None:
    values = np.arange(101.0)
    assert spread(values, Figure("x", "quantile", at=0.5), 0.2) == pytest.approx((40, 60))
    assert spread(values, Figure("x", "quantile", at=0.05), 1.0) == pytest.approx(
        (0, 26.8), abs=0.1
    )


@pytest.mark.parametrize(
    ("runs", "same", "off", "met"),
    [
        (REFERENCE_RUNS, True, 0.0049, True),
        (REFERENCE_RUNS, True, 0.0051, False),
        (REFERENCE_RUNS, False, 0.09, True),
        (REFERENCE_RUNS, False, 0.10, False),
        (1_000, True, 0.11, True),
        (1_000, True, 0.12, False),
        (1_000, False, 0.14, True),
        (1_000, False, 0.15, False),
    ],
)
def test_runs_in_common_leave_rounding_alone(runs: int, same: bool, off: float, met: bool) -> None:
    """The values have mean 0 and standard deviation 1."""
    values = np.tile([-1.0, 1.0], runs // 2)
    assert is_met(values, Figure("x", "mean", value=off, half=0.005), same_draws=same) is met


def test_an_event_that_never_came_is_not_certain_not_to_come() -> None:
    values = np.zeros(400)
    assert is_met(values, Figure("x", "share above 0", value=0.002, half=0.0005), same_draws=True)
    assert not is_met(values, Figure("x", "share above 0", value=0.1, half=0.005), same_draws=True)


def test_what_a_figure_is_of_must_be_known() -> None:
    with pytest.raises(ValueError, match="meen"):
        figure_of({"outcome": "gdp", "of": "meen", "value": 1, "half": 1})


def test_each_scenario_is_paired_with_one_that_is_there() -> None:
    assert {entry.against for entry in ENTRIES.values()} <= set(ENTRIES)
