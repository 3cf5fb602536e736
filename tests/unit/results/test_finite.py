"""A number that is none is told with the first run and month in which it stands."""

import numpy as np
import pytest

from sim.engine.ensemble import empty_trajectories
from sim.engine.kernel import Trajectories
from sim.planning.compile import compile_scenario
from sim.results.finite import NotFinite, check_finite
from sim.scenario.load import load_scenario


@pytest.fixture
def runs() -> Trajectories:
    """Three runs of four months in which nothing happens."""
    loaded = load_scenario("baseline")
    start = compile_scenario(loaded.case, loaded.scenario, 4).start
    recorded = empty_trajectories(start, 3, 4)
    recorded.metrics["gdp"] = 0.0
    return recorded


def test_finite_numbers_pass(runs: Trajectories) -> None:
    check_finite(runs, 0)


@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan])
def test_the_first_run_and_month_are_told(runs: Trajectories, bad: float) -> None:
    runs.metrics["gdp"][1, 3] = bad
    runs.metrics["people_in_need"][2, 1] = bad
    with pytest.raises(
        NotFinite, match=r"^gdp is no finite number in run 101, month 3: "
    ) as caught:
        check_finite(runs, 100)
    assert caught.value.run == 101
