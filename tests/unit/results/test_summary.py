"""Summaries over runs: outcomes by run, series by month, flows by actor."""

import numpy as np
import pytest

from sim.engine.kernel import Trajectories
from sim.measures.catalog import outcomes_of, series_of
from sim.measures.codebook import ACTOR_FLOWS
from sim.measures.reader import Reader
from sim.store.summary import Summary, actor_totals, reached
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
    found = Summary(Reader(MEMBERS, outcomes_of(MEMBERS), series_of(MEMBERS)), MEMBERS, 2, runs=3)
    every = recorded()
    for first in range(0, 3, chunk):
        part = Trajectories(*(array[first : first + chunk] for array in every))
        found.add(part, first)
    return found


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_series_have_their_mean_and_median_by_month(chunk: int) -> None:
    found = summary(chunk)
    place = found.series.index(("gdp", ""))
    assert found.values.mean[place].tolist() == [76, 76, 76]
    assert found.values.quantiles()[2, place].tolist() == [76, 76, 76]
    east = found.series.index(("mean_rung", "East"))
    assert found.values.mean[east].tolist() == pytest.approx([3, 14 / 3, 14 / 3])


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_rungs_have_order_statistics_by_month_and_actor(chunk: int) -> None:
    found = summary(chunk)
    quantiles = found.values.quantiles()
    assert quantiles[:, found.series.index(("rung", "a0")), 2].tolist() == [3, 3, 5, 6, 6]
    assert quantiles[:, found.series.index(("rung", "a1")), 2].tolist() == [0, 0, 1, 2, 2]


@pytest.mark.parametrize("chunk", [1, 3])
def test_outcomes_are_kept_by_run(chunk: int) -> None:
    found = summary(chunk)
    assert found.outcomes["gdp"].tolist() == [78, 74, 76]
    assert found.outcomes["rung_end:a0"].tolist() == [5, 6, 3]
    assert found.outcomes["rung_end:a0"].dtype == np.int8


def test_a_rung_is_reached_by_runs_that_ever_stood_there_or_above() -> None:
    highest = summary(3).outcomes["rung_highest:a0"]
    assert highest.tolist() == [5, 7, 3]
    assert reached(highest, [3, 4, 5, 6, 7]) == [1, 2 / 3, 2 / 3, 1 / 3, 1 / 3]


def test_flows_of_an_actor_add_up_over_the_run_without_the_start() -> None:
    assert ACTOR_FLOWS == ("relief_pledged", "development", "trade", "attended")
    assert actor_totals(recorded())[0].tolist() == [[0, 0, 4, 2], [0, 0, 6, 0]]
    assert summary(2).flows.mean.tolist() == [[0, 0, 4, 2], [0, 0, 6, 0]]
