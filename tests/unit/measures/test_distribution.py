"""Means and quantiles over runs: exact up to a limit, in fixed bins beyond it."""

import numpy as np
import pytest

from sim.measures.distribution import (
    BINS,
    EXACT_RUNS,
    PILOT_RUNS,
    QUANTILES,
    Distribution,
    Reals,
    quantiles,
)

MANY = EXACT_RUNS + 700


def numbers(runs: int) -> Reals:
    """Two quantities by three months: one smooth, one skewed, one whole, one that never moves."""
    drawn = np.random.default_rng(7)
    values = drawn.normal(100.0, 5.0, (runs, 2, 3))
    values[:, 0, 1] = drawn.exponential(3.0, runs)
    values[:, 1, 0] = drawn.integers(0, 8, runs)
    values[:, 1, 2] = 42.5
    return values


def collected(values: Reals, chunk: int) -> Distribution:
    """The distribution of the runs in `values`, added chunk by chunk."""
    found = Distribution(values.shape[1:], len(values))
    for first in range(0, len(values), chunk):
        found.add(values[first : first + chunk])
    return found


@pytest.fixture(scope="module")
def many() -> Reals:
    return numbers(MANY)


@pytest.fixture(scope="module")
def binned(many: Reals) -> Distribution:
    return collected(many, 250)


def test_up_to_the_limit_quantiles_are_those_of_numpy() -> None:
    values = numbers(173)
    found = collected(values, 50)
    assert found.exact
    assert (found.quantiles() == np.quantile(values, QUANTILES, axis=0)).all()
    assert found.mean == pytest.approx(values.mean(axis=0), rel=1e-13)
    assert not found.width.any()


def test_quantiles_are_those_of_ninety_and_fifty_per_cent_and_the_median() -> None:
    assert QUANTILES == (0.05, 0.25, 0.5, 0.75, 0.95)


@pytest.mark.parametrize(
    ("runs", "exact"), [(1, True), (EXACT_RUNS, True), (EXACT_RUNS + 1, False)]
)
def test_the_limit_itself_is_exact(runs: int, exact: bool) -> None:
    assert Distribution((1,), runs).exact is exact


@pytest.mark.parametrize("chunk", [1, 7, 173])
def test_exact_bits_do_not_depend_on_the_chunks(chunk: int) -> None:
    values = numbers(173)
    one, other = collected(values, 60), collected(values, chunk)
    assert one.mean.tobytes() == other.mean.tobytes()
    assert one.quantiles().tobytes() == other.quantiles().tobytes()


@pytest.mark.parametrize("chunk", [97, PILOT_RUNS - 1, PILOT_RUNS, 1_003, MANY])
def test_binned_bits_do_not_depend_on_the_chunks(
    many: Reals, binned: Distribution, chunk: int
) -> None:
    other = collected(many, chunk)
    assert binned.mean.tobytes() == other.mean.tobytes()
    assert binned.quantiles().tobytes() == other.quantiles().tobytes()
    assert binned.width.tobytes() == other.width.tobytes()


def test_the_mean_is_that_of_numpy_however_many_runs(many: Reals, binned: Distribution) -> None:
    assert binned.mean == pytest.approx(many.mean(axis=0), rel=1e-12)


def test_a_binned_quantile_is_off_by_half_a_width_at_most(
    many: Reals, binned: Distribution
) -> None:
    assert not binned.exact
    low = np.quantile(many, QUANTILES, axis=0, method="lower")
    high = np.quantile(many, QUANTILES, axis=0, method="higher")
    found, half = binned.quantiles(), binned.width / 2 * (1 + 1e-9)
    assert (found >= low - half).all()
    assert (found <= high + half).all()


def test_bins_span_three_times_the_range_of_the_pilot_runs(
    many: Reals, binned: Distribution
) -> None:
    pilot = many[:PILOT_RUNS, 0, 0]
    assert binned.width[0, 0] == pytest.approx(3 * (pilot.max() - pilot.min()) / BINS)


def test_whole_numbers_stay_whole_and_exact(many: Reals, binned: Distribution) -> None:
    exact = np.quantile(many[:, 1, 0], QUANTILES, method="lower")
    assert binned.width[1, 0] == 1.0
    assert binned.quantiles()[:, 1, 0].tolist() == exact.tolist()


def test_what_never_moves_has_itself_as_every_quantile(binned: Distribution) -> None:
    assert binned.quantiles()[:, 1, 2].tolist() == [42.5] * 5


@pytest.mark.parametrize(("place", "side"), [(4, 1.0), (0, -1.0)])
def test_values_far_outside_the_bins_count_in_the_last_one(place: int, side: float) -> None:
    values = np.zeros((MANY, 1))
    values[:, 0] = np.linspace(0.0, 1.0, MANY)
    values[PILOT_RUNS:, 0] += side * 1_000.0
    found = collected(values, 400)
    reach = values[PILOT_RUNS - 1, 0]
    last = reach / 2 + side * (BINS // 2 - (side > 0)) * 3 * reach / BINS
    assert found.quantiles()[place, 0] == pytest.approx(last)
    assert found.mean[0] == pytest.approx(values.mean())


def test_a_quantile_lies_within_what_was_seen() -> None:
    values = np.full((MANY, 1), 0.5)
    values[0, 0], values[-1, 0] = 0.0, 1.0
    values[-3_000:, 0] = 1.0
    found = collected(values, 400)
    assert found.quantiles().max() <= 1.0
    assert found.quantiles().min() >= 0.0


def test_wide_whole_numbers_get_wider_bins_that_hold_whole_numbers() -> None:
    values = np.zeros((MANY, 1))
    values[:, 0] = np.arange(MANY) * 7 % 30_011
    found = collected(values, 400)
    pilot = values[:PILOT_RUNS, 0]
    assert found.width[0] == np.ceil(3 * (pilot.max() - pilot.min()) / BINS)
    assert found.width[0] > 1.0


def test_a_quantity_that_is_whole_in_the_pilot_alone_keeps_its_bins() -> None:
    values = np.zeros((MANY, 1))
    values[PILOT_RUNS:, 0] = 0.4
    found = collected(values, 400)
    assert found.width[0] == 1.0
    assert found.quantiles()[2, 0] == 0.0


def test_a_distribution_may_have_any_shape() -> None:
    assert collected(numbers(5)[:, 0], 2).quantiles().shape == (5, 3)
    assert collected(numbers(5), 2).mean.shape == (2, 3)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0] * 9 + [1.0] * 11, [0, 0, 1, 1, 1]),
        ([0.0] * 10 + [1.0] * 10, [0, 0, 0, 1, 1]),
        ([3.0] * 19 + [7.0], [3, 3, 3, 3, 3]),
        ([3.0] * 18 + [5.0, 7.0], [3, 3, 3, 3, 5]),
        ([4.0], [4] * 5),
    ],
)
def test_a_quantile_of_whole_numbers_is_the_least_that_so_many_runs_do_not_exceed(
    values: list[float], expected: list[float]
) -> None:
    assert quantiles(np.array(values), whole=True).tolist() == expected


@pytest.mark.parametrize(("share", "runs"), [(0.05, 140), (0.07, 100), (0.14, 50), (0.95, 20)])
def test_a_share_that_is_a_number_of_runs_is_that_number(share: float, runs: int) -> None:
    """0.07 * 100 is a little more than 7."""
    values = np.arange(1.0, runs + 1)
    assert quantiles(values, whole=True, shares=(share,))[0] == round(share * runs)


def test_whole_numbers_and_others_stand_side_by_side() -> None:
    values = np.array([[1.0, 2.0, 3.0, 4.0]] * 2)
    whole = np.array([True, False])
    assert quantiles(values, whole, (0.5,)).tolist() == [[2.0], [2.5]]
    assert np.isnan(quantiles(np.zeros((2, 0)), whole)).all()


@pytest.mark.parametrize("runs", [400, MANY])
def test_whole_numbers_have_order_statistics_however_many_runs(runs: int) -> None:
    drawn = np.random.default_rng(3).integers(0, 5, (runs, 2)).astype(float)
    drawn[:, 1] = np.sort(drawn[:, 1])
    found = Distribution((2,), runs, whole=True)
    found.add(drawn)
    assert found.quantiles().tolist() == quantiles(drawn.T, whole=True).T.tolist()


def test_in_bins_the_rank_of_whole_numbers_counts_all_runs() -> None:
    """A twentieth of 5,701 runs is 285.05, so that the 286th counts."""
    values = (np.arange(5_701.0) >= 285).reshape(-1, 1).astype(float)
    found = Distribution((1,), len(values), whole=True)
    found.add(values)
    assert found.quantiles()[0, 0] == 1.0
