"""Outcomes of a run: totals of flows, ends of levels, and what is read off both (model 11)."""

import numpy as np
import pytest

from sim.engine.kernel import Trajectories
from sim.measures.members import as_columns
from sim.model.metrics import Metrics
from sim.model.schema import columns
from tests.recorded import blank, members, outcome

MEMBERS = members([0, 1], {"East": [0], "West": [1]}, permanent=[0], issues=("ART", "BUS", "CAR"))


def recorded() -> Trajectories:
    """Two runs of two months; month 0 is the start."""
    found = blank(runs=2, months=3, issues=3)
    found.metrics["gdp"] = [[76, 77, 78], [76, 75, 74]]
    found.metrics["trade"] = [[99, 10, 20], [99, 30, 40]]
    found.metrics["relief_pledged"] = [[99, 10, 20], [99, 1, 1]]
    found.metrics["relief_required"] = [[99, 50, 50], [99, 0, 0]]
    found.metrics["food_insecure"] = [[36, 16, 12], [36, 8, 20]]
    found.metrics["food_share"] = [[0.9, 0.4, 0.3], [0.9, 0.2, 0.5]]
    found.issues["level"][:, :, 0] = [[0, 1, 0], [2, 1, 1]]
    found.issues["level"][:, :, 1] = [[1, 1, 1], [1, 0, 1]]
    found.actors["rung"] = [[[3, 1], [4, 1], [7, 2]], [[3, 1], [3, 1], [2, 0]]]
    found.actors["trade"] = [[[99, 99], [10, 0], [5, 15]], [[99, 99], [0, 30], [20, 20]]]
    found.pools["stage"] = [[[2], [4], [3]], [[2], [2], [2]]]
    found.pools["paid"] = [[[0], [0], [50]], [[0], [0], [0]]]
    found.projects["stage"] = [[[3], [2], [1]], [[3], [4], [4]]]
    found.projects["investment"] = [[[0], [4], [5]], [[0], [1], [1]]]
    return found


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("trade", [30, 70]),
        ("gdp", [78, 74]),
        ("level:ART", [0, 1]),
        ("eased:ART", [1, 0]),
        ("eased:BUS", [0, 1]),
        ("eased:CAR", [0, 0]),
        ("issue_levels", [1, 2]),
        ("coverage", [0.3, 0]),
        ("peak_food_share", [0.4, 0.5]),
        ("peak_food_insecure", [16, 20]),
        ("eased_any", [1, 1]),
        ("recognition_share", [0.5, 0]),
        ("recognitions", [1, 0]),
        ("recognitions_ever", [1, 0]),
        ("climbs", [3, 0]),
        ("falls", [0, 2]),
        ("mean_rung:East", [7, 2]),
        ("mean_rung:West", [2, 0]),
        ("bloc_rung:West", [2, 0]),
        ("trade_share:East", [0.5, 20 / 70]),
        ("trade_share:West", [0.5, 50 / 70]),
        ("pool_stage:fund", [3, 2]),
        ("pool_stage_highest:fund", [4, 2]),
        ("pool_paid:fund", [50, 0]),
        ("project_stage:oil", [1, 4]),
        ("project_falls:oil", [2, 0]),
        ("project_investment:oil", [9, 2]),
    ],
)
def test_flows_add_up_over_the_run_and_levels_are_those_of_its_end(
    name: str, values: list[float]
) -> None:
    """11; the start reports no flows, and its hunger is no peak of the run."""
    assert outcome(recorded(), MEMBERS, name) == pytest.approx(values)


def test_months_are_added_one_by_one_so_that_neighbours_do_not_matter() -> None:
    found = blank(runs=3, months=40)
    found.metrics["trade"] = np.random.default_rng(1).normal(1e3, 1e2, (3, 40))
    added = 0.0
    for value in found.metrics["trade"][1, 1:]:
        added += value
    assert outcome(found, MEMBERS, "trade")[1] == added


def test_months_of_coverage_are_added_one_by_one_too() -> None:
    found = blank(runs=3, months=40)
    values = np.random.default_rng(1).normal(1e3, 1e2, (2, 3, 40))
    found.metrics["relief_pledged"], found.metrics["relief_required"] = values
    added = np.zeros((2, 3))
    for month in range(1, 40):
        added += values[:, :, month]
    assert outcome(found, MEMBERS, "coverage") == (added[0] / added[1]).tolist()


def test_metrics_are_columns_in_the_order_of_the_schema() -> None:
    values = as_columns(recorded().metrics)
    assert values.shape == (2, 3, len(columns(Metrics)))
    assert values[0, :, list(columns(Metrics)).index("gdp")].tolist() == [76, 77, 78]
