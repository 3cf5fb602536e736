"""Summaries over runs: series by month, rungs and flows by actor."""

import numpy as np
import pytest

from sim.engine.kernel import Trajectories
from sim.results.series import keys_of, read_off
from sim.results.summary import ACTOR_FLOWS, Summary, actor_totals, rung_means, rung_quantiles
from tests.recorded import blank, members

MEMBERS = members([0, 1], {"East": [0], "West": [1]}, permanent=[0])


def recorded() -> Trajectories:
    """Three runs of two months."""
    found = blank(runs=3, months=3)
    found.metrics["gdp"] = [[76, 77, 78], [76, 75, 74], [76, 76, 76]]
    found.actors["rung"] = [
        [[3, 1], [4, 1], [5, 2]],
        [[3, 1], [7, 1], [6, 0]],
        [[3, 1], [3, 1], [3, 1]],
    ]
    found.actors["trade"] = [[[99, 99], [1, 2], [3, 4]]] * 3
    found.actors["attended"] = [[[0, 0], [1, 0], [1, 0]]] * 3
    return found


def summary(chunk: int) -> Summary:
    """The summary of the runs, added chunk by chunk."""
    found = Summary(keys_of(MEMBERS), actors=2, months=2, runs=3)
    every = recorded()
    for first in range(0, 3, chunk):
        part = Trajectories(*(array[first : first + chunk] for array in every))
        found.add(part, read_off(part, MEMBERS))
    return found


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_series_have_their_mean_and_median_by_month(chunk: int) -> None:
    found = summary(chunk)
    place = found.series.index(("gdp", ""))
    assert found.values.mean[:, place].tolist() == [76, 76, 76]
    assert found.values.quantiles()[2, :, place].tolist() == [76, 76, 76]
    east = found.series.index(("mean_rung", "East"))
    assert found.values.mean[:, east].tolist() == pytest.approx([3, 14 / 3, 14 / 3])


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_rungs_are_counted_by_month_and_actor(chunk: int) -> None:
    found = summary(chunk)
    assert found.rungs[0, 0].tolist() == [0, 0, 0, 3, 0, 0, 0, 0]
    assert found.rungs[2, 0].tolist() == [0, 0, 0, 1, 0, 1, 1, 0]
    assert found.rungs[2, 1].tolist() == [1, 1, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("chunk", [1, 3])
def test_a_rung_is_reached_by_runs_that_ever_stood_there_or_above(chunk: int) -> None:
    found = summary(chunk)
    assert found.reached[0].tolist() == [3, 3, 3, 3, 2, 2, 1, 1]
    assert found.reached[1].tolist() == [3, 3, 1, 0, 0, 0, 0, 0]


def test_flows_of_an_actor_add_up_over_the_run_without_the_start() -> None:
    assert ACTOR_FLOWS == ("relief_pledged", "development", "trade", "attended")
    assert actor_totals(recorded())[0].tolist() == [[0, 0, 4, 2], [0, 0, 6, 0]]
    assert summary(2).flows.mean.tolist() == [[0, 0, 4, 2], [0, 0, 6, 0]]


def test_a_mean_rung_is_that_of_the_counts() -> None:
    assert rung_means(np.array([[0, 1, 0, 3, 0, 0, 0, 0]])).tolist() == [2.5]


def test_a_quantile_of_rungs_is_the_lowest_that_so_many_runs_do_not_exceed() -> None:
    counts = np.array([1, 4, 0, 10, 4, 0, 1, 0])
    assert rung_quantiles(counts).tolist() == [0, 1, 3, 3, 4]
