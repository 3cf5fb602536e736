"""The sweep over recorded runs: by hand, plain and compiled alike."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures.sweep import (
    END_OF_RUN,
    FALLS_OF_LINE,
    FIRST_ABOVE_0,
    FIRST_RISE_OF_LINE,
    GREATEST,
    LARGEST,
    LARGEST_WITH_START,
    LEAST,
    MEAN,
    RISE_OF_LINE,
    SPREAD,
    TOTAL_OF_LINE,
    WEIGHTED_MEAN,
    Plan,
    compiled_sweep,
    new_room,
    no_months,
    sweep,
)

Sweep = Callable[..., int]
Reals = npt.NDArray[np.float64]


def plan(
    fields: list[int],
    sets: list[list[int]],
    least: list[int],
    size: list[float],
    taken: list[tuple[int, int]],
    recorded: list[int],
) -> Plan:
    """A plan; a set is written as 1 for each member and 0 for others, weights are line 1."""

    def places(values: list[int]) -> npt.NDArray[np.int64]:
        return np.array(values, np.int64)

    return Plan(
        places(fields),
        -np.array(sets, np.int32).reshape(len(sets), 3),
        np.array(least, np.int32),
        np.array(size),
        places([*range(len(taken))]),
        places([line for line, _ in taken]),
        places([1 if way == WEIGHTED_MEAN else 0 for _, way in taken]),
        places([how for _, how in taken]),
        places(recorded),
    )


def swept(
    how: Sweep, metrics: Reals, rungs: npt.NDArray[np.int64], others: Reals, what: Plan
) -> tuple[int, Reals, Reals]:
    """What a sweep gives: the first fault, the outcomes and the sums."""
    runs, months, _ = metrics.shape
    outcomes = np.zeros((len(what.taken), runs))
    sums = no_months(len(what.recorded), months)
    room, series = new_room(what, len(others), months), np.zeros((runs, 0, months))
    fault = how(metrics, rungs, others, what, room, outcomes, 0, sums, series)
    return fault, outcomes, sums


METRICS = np.array([[[1.0, 5.0], [2.0, 4.0], [4.0, 4.5]], [[1.0, 5.0], [3.0, 5.0], [0.5, 5.0]]])
"""Two runs of three months (the start included) with two fields."""

RUNGS = np.array([[[0, 3, 7], [1, 3, 7], [2, 4, 6]], [[0, 3, 7], [0, 2, 7], [0, 1, 7]]])
OTHERS = np.array([[[9.0, 8.0, 7.0], [0.0, 9.0, 9.5]]])

BOTH = pytest.mark.parametrize("how", [sweep, compiled_sweep()], ids=["plain", "compiled"])


@BOTH
@pytest.mark.parametrize(
    ("line", "way", "expected"),
    [
        (0, TOTAL_OF_LINE, [6.0, 3.5]),
        (0, END_OF_RUN, [4.0, 0.5]),
        (0, LARGEST, [4.0, 3.0]),
        (0, RISE_OF_LINE, [1.0, 1.0]),
        (1, TOTAL_OF_LINE, [8.5, 10.0]),
        (1, LARGEST, [4.5, 5.0]),
        (1, RISE_OF_LINE, [1.0, 0.0]),
        (2, END_OF_RUN, [3.0, 0.5]),
        (3, END_OF_RUN, [2.0, 1.0]),
        (3, TOTAL_OF_LINE, [3.0, 2.0]),
        (4, END_OF_RUN, [7.0, 9.5]),
        (4, RISE_OF_LINE, [0.0, 1.0]),
        (4, LARGEST_WITH_START, [9.0, 9.5]),
        (4, LARGEST, [8.0, 9.5]),
        (0, FIRST_RISE_OF_LINE, [1.0, 1.0]),
        (4, FIRST_RISE_OF_LINE, [np.nan, 1.0]),
        (0, FALLS_OF_LINE, [0.0, 1.0]),
        (4, FALLS_OF_LINE, [2.0, 0.0]),
        (1, FALLS_OF_LINE, [1.0, 0.0]),
        (4, FIRST_ABOVE_0, [0.0, 1.0]),
        (5, FIRST_ABOVE_0, [np.nan, np.nan]),
        (0, WEIGHTED_MEAN, [(2 * 4 + 4 * 4.5) / 8.5, (3 * 5 + 0.5 * 5) / 10]),
    ],
)
def test_a_line_becomes_an_outcome(how: Sweep, line: int, way: int, expected: list[float]) -> None:
    """Lines: two fields, the mean rung of the first two, how many stand at 4 or above, others."""
    what = plan([0, 1], [[1, 1, 0], [1, 1, 1]], [-1, 4], [2.0, 1.0], [(line, way)], [])
    others = np.concatenate([OTHERS, np.zeros_like(OTHERS)])
    fault, outcomes, _ = swept(how, METRICS, RUNGS, others, what)
    assert fault == -1
    assert outcomes[0].tolist() == pytest.approx(expected, nan_ok=True)


@BOTH
def test_the_largest_month_leaves_out_the_start(how: Sweep) -> None:
    falling = np.array([[[5.0], [2.0], [1.0]]])
    what = plan([0], [], [], [], [(0, LARGEST)], [])
    _, outcomes, _ = swept(how, falling, RUNGS[:1], OTHERS[:0, :1], what)
    assert outcomes.tolist() == [[2.0]]


@BOTH
def test_months_are_kept_over_runs(how: Sweep) -> None:
    what = plan([0], [[1, 1, 0]], [-1], [2.0], [], [1, 0])
    _, _, sums = swept(how, METRICS, RUNGS, OTHERS, what)
    assert sums[1, MEAN].tolist() == [1.0, 2.5, 2.25]
    assert sums[1, SPREAD].tolist() == [0.0, 0.5, 6.125]
    assert sums[1, LEAST].tolist() == [1.0, 2.0, 0.5]
    assert sums[1, GREATEST].tolist() == [1.0, 3.0, 4.0]
    assert sums[0, MEAN].tolist() == [1.5, 1.5, 1.75]


@BOTH
def test_a_line_that_is_the_same_in_all_runs_has_no_spread(how: Sweep) -> None:
    metrics = np.full((7, 2, 1), 9212.6)
    what = plan([0], [], [], [], [], [0])
    _, _, sums = swept(how, metrics, np.zeros((7, 2, 3), np.int64), np.zeros((0, 7, 2)), what)
    assert sums[0].tolist() == [[9212.6] * 2, [0.0] * 2, [9212.6] * 2, [9212.6] * 2]


@BOTH
def test_a_spread_that_is_small_beside_its_mean_keeps_its_digits(how: Sweep) -> None:
    values = 1e8 + np.array([0.0, 0.25, 0.75, 1.0])
    what = plan([0], [], [], [], [], [0])
    rungs, others = np.zeros((4, 1, 3), np.int64), np.zeros((0, 4, 1))
    _, _, sums = swept(how, values[:, None, None], rungs, others, what)
    assert sums[0, SPREAD, 0] == pytest.approx(0.625, rel=1e-7)


@BOTH
def test_series_are_written_by_run(how: Sweep) -> None:
    what = plan([0], [], [], [], [], [1, 0])
    series, room = np.zeros((2, 2, 3)), new_room(what, 1, 3)
    nothing = np.zeros((0, 2)), 0, no_months(0, 3)
    how(METRICS, RUNGS, OTHERS, what, room, *nothing, series)
    assert series.tolist() == [[[9, 8, 7], [1, 2, 4]], [[0, 9, 9.5], [1, 3, 0.5]]]


@BOTH
@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan])
def test_the_first_number_that_is_not_finite_is_found(how: Sweep, bad: float) -> None:
    metrics = METRICS.copy()
    metrics[1, 2, 0] = metrics[1, 1, 1] = bad
    what = plan([], [], [], [], [], [])
    fault, _, _ = swept(how, metrics, RUNGS, OTHERS, what)
    assert divmod(fault, 6) == (1, 1 * 2 + 1)


@BOTH
def test_the_largest_finite_numbers_are_fine(how: Sweep) -> None:
    metrics = np.full_like(METRICS, np.finfo(np.float64).max)
    fault, _, _ = swept(how, metrics, RUNGS, OTHERS, plan([], [], [], [], [], []))
    assert fault == -1


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_sums_do_not_depend_on_how_many_runs_come_at_once(seed: int, at_once: int) -> None:
    chance = np.random.default_rng(seed)
    metrics = chance.normal(size=(11, 4, 3)) * 10.0 ** chance.integers(-8, 8, (11, 4, 3))
    rungs = chance.integers(0, 8, (11, 4, 3))
    others = np.zeros((0, 11, 4))
    what = plan(
        [0, 2], [[1, 0, 1]], [-1], [2.0], [(0, TOTAL_OF_LINE), (2, TOTAL_OF_LINE)], [0, 1, 2]
    )
    _, outcomes, sums = swept(compiled_sweep(), metrics, rungs, others, what)
    parts, again = [], no_months(3, 4)
    for first in range(0, 11, at_once):
        part = slice(first, first + at_once)
        values, room = np.zeros((2, len(metrics[part]))), new_room(what, 0, 4)
        series = np.zeros((len(metrics[part]), 0, 4))
        recorded = metrics[part], rungs[part], others[:, part]
        compiled_sweep()(*recorded, what, room, values, first, again, series)
        parts.append(values)
    assert np.array_equal(np.concatenate(parts, axis=1), outcomes)
    assert np.array_equal(again, sums)
    plain = swept(sweep, metrics, rungs, others, what)
    assert np.array_equal(plain[1], outcomes)
    assert np.array_equal(plain[2], sums)
