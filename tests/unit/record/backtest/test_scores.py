"""Scores against a published package, and what each must say of forecasts that are known."""

import math
from typing import Any

import numpy as np
import scoringrules as published
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.record.backtest.scores import (
    FEWEST_CASES,
    brier,
    continuous_ranked_probability,
    ignorance,
    interval_score,
    ranked_probability,
    resampled_interval,
    rung_intervals,
    sample_intervals,
    transform_spread,
)

RUNGS = 8
some = st.floats(0.01, 1.0)


@st.composite
def forecasts(draw: st.DrawFn) -> tuple[Any, Any]:
    """Chances `[case, rung]`, and what was seen."""
    cases = draw(st.integers(1, 6))
    weights = draw(arrays(np.float64, (cases, RUNGS), elements=some))
    seen = draw(arrays(np.int64, cases, elements=st.integers(0, RUNGS - 1)))
    return weights / weights.sum(axis=1, keepdims=True), seen


@st.composite
def ensembles(draw: st.DrawFn) -> tuple[Any, Any]:
    """Samples `[case, member]`, and what was seen."""
    cases, members = draw(st.integers(1, 4)), draw(st.integers(1, 30))
    numbers = st.floats(-50, 50)
    return (
        draw(arrays(np.float64, (cases, members), elements=numbers)),
        draw(arrays(np.float64, cases, elements=numbers)),
    )


@given(forecasts())
def test_scores_of_chances_are_those_of_the_published_package(made: tuple[Any, Any]) -> None:
    chances, seen = made
    assert np.allclose(ranked_probability(chances, seen), published.rps_score(seen + 1, chances))
    happened = (seen > 3).astype(float)
    chance = np.clip(chances[:, 4:].sum(axis=1), 0.0, 1.0)
    assert np.allclose(brier(chance, happened), published.brier_score(happened, chance))
    onehot = np.eye(RUNGS)[seen]
    logs = -np.log((chances * onehot).sum(axis=1))
    assert np.allclose(ignorance(chances, seen) * math.log(2), logs)


@given(ensembles())
def test_scores_of_samples_are_those_of_the_published_package(made: tuple[Any, Any]) -> None:
    samples, seen = made
    ours = continuous_ranked_probability(samples, seen)
    assert np.allclose(ours, published.crps_ensemble(seen, samples, estimator="nrg"), atol=1e-9)
    held = sample_intervals(samples, seen, 0.9)
    theirs = published.interval_score(seen, held.low, held.high, 0.1)
    assert np.allclose(interval_score(held, seen, 0.9), theirs)


def test_a_certain_forecast_is_wrong_by_its_distance() -> None:
    chances = np.eye(RUNGS)[[2, 5, 7]]
    seen = np.array([2, 3, 0])
    assert ranked_probability(chances, seen).tolist() == [0.0, 2.0, 7.0]
    assert ignorance(chances[:1], seen[:1]).tolist() == [0.0]
    held = rung_intervals(chances, seen, 0.9)
    assert (held.low.tolist(), held.high.tolist()) == ([2, 5, 7], [2, 5, 7])
    assert held.held.tolist() == [1.0, 0.0, 0.0]


@given(forecasts(), st.sampled_from([0.5, 0.9]))
def test_an_interval_holds_at_least_what_it_promises(made: tuple[Any, Any], share: float) -> None:
    chances, seen = made
    held = rung_intervals(chances, seen, share)
    inside = (np.arange(RUNGS) >= held.low[:, None]) & (np.arange(RUNGS) <= held.high[:, None])
    assert ((chances * inside).sum(axis=1) >= share - 1e-9).all()


def test_the_transform_is_uniform_where_the_forecast_is_right() -> None:
    """Each rung as often as its chance says: spread 1; too sure more, too wide less."""
    chance = np.array([0.1, 0.2, 0.4, 0.2, 0.1, 0, 0, 0])
    seen = np.repeat(np.arange(RUNGS), (1000 * chance).astype(int))
    assert abs(transform_spread(np.tile(chance, (1000, 1)), seen) - 1.0) < 1e-9
    sure = np.array([0.0, 0.1, 0.8, 0.1, 0.0, 0, 0, 0])
    wide = np.full(RUNGS, 1.0 / RUNGS)
    assert transform_spread(np.tile(sure, (1000, 1)), seen) > 1.2
    assert transform_spread(np.tile(wide, (1000, 1)), seen) < 0.8


def test_resampling_holds_the_mean_and_narrows_with_the_cases() -> None:
    values = np.random.default_rng(3).normal(1.0, 2.0, 400)
    low, high = resampled_interval(values, 1)
    assert low < values.mean() < high
    reach = 1.645 * values.std() / math.sqrt(400)
    assert abs((high - low) / 2 - reach) < 0.2 * reach


def test_of_a_few_cases_nothing_is_sure() -> None:
    few = np.ones(FEWEST_CASES - 1)
    assert all(map(math.isnan, resampled_interval(few, 1)))
    assert resampled_interval(np.ones(FEWEST_CASES), 1) == (1.0, 1.0)
