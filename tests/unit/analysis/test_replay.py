"""Runs played again: the same as when the result was made, or a word why not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.replay import check_again, gaps_by_month, runs_by_month
from sim.io.errors import NotAgain
from sim.store.read import Result, read_result

KEYS = [("gdp", ""), ("mean_rung", "West"), ("relief_pledged", ""), ("pool_stage", "fund")]


@pytest.fixture(scope="module")
def results(made: dict[str, Path]) -> list[Result]:
    return [read_result(folder) for folder in made.values()]


def test_runs_end_where_the_result_says(results: list[Result]) -> None:
    result = results[1]
    found = runs_by_month(result, KEYS, result.runs)
    assert found.shape == (result.runs, len(KEYS), result.months + 1)
    for place, name in enumerate(["gdp", "mean_rung:West", "", "pool_stage:fund"]):
        if name:
            assert found[:, place, -1] == pytest.approx(result.outcomes[name])
    assert found[:, 2, 1:].sum(axis=1) == pytest.approx(result.outcomes["relief_pledged"])


def test_fewer_runs_are_the_first_ones(results: list[Result]) -> None:
    some, every = (runs_by_month(results[0], KEYS, runs) for runs in (3, 30))
    assert np.array_equal(some, every[:3])


def test_gaps_by_month_are_those_of_pairs(results: list[Result]) -> None:
    base, other = results
    [gaps] = gaps_by_month(results, KEYS)
    ours, theirs = (runs_by_month(one, KEYS, one.runs) for one in results)
    for place, key in enumerate(KEYS):
        one, months = gaps[key], base.series[key].months
        assert one.mean == pytest.approx(other.series[key].mean - base.series[key].mean, abs=1e-6)
        pairs = (theirs - ours)[:, place, months]
        whole = key[0] == "pool_stage"
        expected = np.sort(pairs, axis=0)[28] if whole else np.quantile(pairs, 0.95, axis=0)
        assert np.array_equal(one.quantiles["q95"], expected)
        assert len(one.dates) == len(one.mean)
    before = gaps["gdp", ""].quantiles["q95"][:6]
    assert np.array_equal(before, np.zeros(6))


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("code_hash", "0123456789", "made with another code"),
        ("case_hash", "0123456789", "made with another case"),
        ("agents", {"name": "Bold"}, "agents of your own decided"),
    ],
)
def test_what_would_not_come_out_the_same_is_refused(
    results: list[Result], key: str, value: object, words: str
) -> None:
    other = replace(results[0], manifest={**results[0].manifest, key: value})
    check_again(results)
    with pytest.raises(NotAgain, match=words):
        check_again([results[1], other])


def test_runs_that_differ_from_what_was_kept_are_refused(results: list[Result]) -> None:
    other = replace(results[0])
    vars(other)["fingerprints"] = results[0].fingerprints + np.uint32(1)
    with pytest.raises(NotAgain, match="do not come out the same"):
        runs_by_month(other, KEYS, 2)
