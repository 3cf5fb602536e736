"""Fits of the recognition kernel: what it made itself is found again; errors by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.model.calendar import Calendar
from sim.record.patterns.checks import Fitted
from sim.record.patterns.fitting import (
    Fitting,
    described,
    deviations,
    error,
    figure_of_fit,
    fit_kernel,
    goal_of,
    residuals,
    value_of,
)
from sim.record.patterns.play import fittings, load_patterns
from sim.record.patterns.recognition import (
    Fit,
    Group,
    Kernel,
    Record,
    cells_of,
    expected_shares,
)

FIT = Fit(
    record="any.csv",
    first_month="2008-01",
    events=["recognition"],
    fitted=[2008, 2009],
    left_out=[2010],
    groups=[Group(title="near", any_of={"near": "1"}), Group(title="far")],
    worry="worry",
    heavy="heavy",
    heavy_weight=1.0,
)
MADE = Kernel(np.array([0.2, -0.9]), 0.5, 0.0, 0.5, 0.45, 0.35, 0.6, 0.02)
STATES = 4_000


def made() -> Record:
    """A record in which as many states recognise in each month as the kernel `MADE` expects."""
    group = np.repeat([0, 0, 1, 1], STATES // 4)
    worried = np.tile(np.repeat([0, 1], STATES // 4), 2)
    empty = Record(group, worried, np.ones(STATES), np.zeros(STATES, np.int64), Calendar(2008, 1))
    shares = expected_shares(MADE, cells_of(empty), 36)
    month = np.zeros(STATES, np.int64)
    for cell in range(4):
        taken = np.round(shares[:, cell] * STATES / 4).astype(int)
        first = cell * STATES // 4
        for each in range(1, 37):
            month[first + taken[each - 1] : first + taken[each]] = each
    return Record(group, worried, np.ones(STATES), month, Calendar(2008, 1))


@pytest.fixture(scope="module")
def fitted() -> Fitting:
    return fit_kernel(FIT, made(), MADE)


def a_fitting(expected: list[float], recorded: list[float]) -> Fitting:
    """A fitting with these counts; the last year is left out."""
    return Fitting(FIT, made(), MADE, np.array(expected), np.array(recorded), (1.0, 2.0))


def a_check(figure: str) -> Fitted:
    parts = {"says": "x", "unit": "ratio", "high": 1.0, "kind": "fitted", "fit": "any"}
    return Fitted.model_validate({**parts, "figure": figure})


def test_the_goal_is_shares_of_all_states_then_of_parts() -> None:
    record = made()
    goal = goal_of(FIT, record, cells_of(record))
    by_year = record.counts([2008, 2009]) / STATES
    near = (record.month[record.group == 0] > 0) & (record.month[record.group == 0] <= 24)
    assert goal.end == 24
    assert goal.parts.tolist() == [STATES / 2] * 3
    assert goal.shares[:2] == pytest.approx(by_year)
    assert goal.shares[2] == pytest.approx(near.mean())
    assert goal.deviations[0] == pytest.approx(math.sqrt(by_year[0] * (1 - by_year[0]) / STATES))


def test_the_kernel_that_made_a_record_lies_at_its_goal() -> None:
    record = made()
    cells = cells_of(record)
    far = residuals(MADE, FIT, record, cells, goal_of(FIT, record, cells))
    assert np.abs(far).max() < 0.1
    other = replace(MADE, stances=MADE.stances + 0.2)
    assert np.abs(residuals(other, FIT, record, cells, goal_of(FIT, record, cells))).max() > 1


def test_a_fit_finds_what_made_the_record_and_goes_on_into_the_left_out_year(
    fitted: Fitting,
) -> None:
    assert fitted.expected == pytest.approx(fitted.recorded, abs=6.0)
    assert fitted.kernel.penalty == pytest.approx(0.5, abs=0.1)


def test_a_share_of_nothing_has_a_deviation() -> None:
    found = deviations(np.array([0.0, 0.5, 1.0]), np.array([10.0, 10.0, 10.0]))
    edge = math.sqrt(0.05 * 0.95 / 10)
    assert found == pytest.approx([edge, math.sqrt(0.025), edge])


def test_errors_and_naive_rules_by_hand() -> None:
    fitting = a_fitting([40.0, 12.0, 9.0], [50.0, 10.0, 12.0])
    assert error(np.array([1.0, 5.0]), np.array([4.0, 1.0])) == pytest.approx(math.sqrt(12.5))
    assert value_of(fitting, "first_year", fitting.recorded) == 0.8
    assert value_of(fitting, "against_persistence", fitting.recorded) == pytest.approx(3 / 2)
    assert value_of(fitting, "against_mean", fitting.recorded) == pytest.approx(3 / 18)


def test_a_rule_without_error_gives_no_figure() -> None:
    fitting = a_fitting([40.0, 12.0, 9.0], [0.0, 10.0, 10.0])
    assert math.isnan(value_of(fitting, "first_year", fitting.recorded))
    assert math.isnan(value_of(fitting, "against_persistence", fitting.recorded))


def test_the_interval_is_that_of_resampled_states_and_repeats() -> None:
    fitting = a_fitting([400.0, 120.0, 90.0], [400.0, 100.0, 120.0])
    one = figure_of_fit(a_check("first_year"), fitting, 3)
    spread = 1.645 * math.sqrt(0.1 * 0.9 / STATES) / 0.1
    assert one == figure_of_fit(a_check("first_year"), fitting, 3)
    assert one.value == 1.0
    assert (one.low, one.high) == pytest.approx((1 - spread, 1 + spread), abs=0.02)


def test_a_fit_is_told_with_its_losses() -> None:
    words = described(a_fitting([40.0, 12.0, 9.0], [50.0, 10.0, 12.0]))
    for part in (
        "40, 12 a year, against 50, 10 recorded",
        "9.0 against 12",
        "square error 3.0 a year; 2.0 if the last fitted year came again, 18.0 for the mean",
        "First three months: 1 against 2",
    ):
        assert part in words


def test_the_shipped_record_is_counted_as_the_document_prints_it() -> None:
    patterns = load_patterns("afghanistan")
    fitting = fittings(patterns, patterns.file.patterns["P17"].tests)["kosovo"]
    assert fitting.recorded.tolist() == [53, 11, 8, 12, 13]
    assert fitting.opening[1] == 38
    sizes = [int((fitting.record.group == group).sum()) for group in range(5)]
    assert (sum(sizes), sizes) == (194, [33, 55, 31, 27, 48])
    left_out = fitting.recorded[3:]
    assert error(fitting.expected[3:], left_out) == pytest.approx(5.7, abs=0.1)
    assert error(8.0, left_out) == pytest.approx(4.5, abs=0.05)
    assert error(9.5, left_out) == pytest.approx(3.0, abs=0.05)
    assert fitting.expected == pytest.approx([52, 12, 9, 7.4, 6.4], abs=0.5)
    assert fitting.opening[0] == pytest.approx(36, abs=0.5)
    for check in patterns.file.patterns["P17"].tests:
        assert isinstance(check, Fitted)
        figure = figure_of_fit(check, fitting, 1)
        assert figure.low < float(check.reference or 0.0) < figure.high
