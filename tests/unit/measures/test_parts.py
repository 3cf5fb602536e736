"""Pools, projects and issues one by one, by hand (model 11)."""

import math

import numpy as np
import pytest

from sim.engine.kernel import Trajectories
from sim.measures.catalog import outcomes_of, series_of
from tests.recorded import blank, by_month, members, outcome

MEMBERS = members([0, 1], {"East": [0], "West": [1]}, issues=("ART", "BUS", "CAR"))


def recorded() -> Trajectories:
    """Two runs of three months of one pool, one project and three issues, and the start."""
    found = blank(runs=2, months=4, issues=3)
    found.pools["stage"] = np.array([[2, 3, 4, 3], [2, 2, 1, 1]])[:, :, None]
    found.pools["balance"] = np.array([[90, 91, 41, 42], [90, 90, 90, 90]])[:, :, None]
    found.pools["paid"] = np.array([[0, 0, 50, 50], [0, 0, 0, 0]])[:, :, None]
    found.projects["stage"] = np.array([[3, 2, 3, 2], [3, 3, 3, 4]])[:, :, None]
    found.projects["investment"] = np.array([[0, 4, 0, 4], [0, 1, 2, 3]])[:, :, None]
    found.issues["level"][:, :, 0] = [[0, 0, 1, 2], [1, 0, 0, 0]]
    found.issues["level"][:, :, 1] = 1
    found.issues["level"][:, :, 2] = [[2, 3, 3, 3], [2, 2, 2, 2]]
    return found


@pytest.mark.parametrize(
    ("name", "subject", "values"),
    [
        ("pool_stage", "fund", [[2, 3, 4, 3], [2, 2, 1, 1]]),
        ("pool_balance", "fund", [[90, 91, 41, 42], [90, 90, 90, 90]]),
        ("pool_paid", "fund", [[0, 0, 50, 50], [0, 0, 0, 0]]),
        ("project_stage", "oil", [[3, 2, 3, 2], [3, 3, 3, 4]]),
        ("project_investment", "oil", [[0, 4, 0, 4], [0, 1, 2, 3]]),
        ("level", "ART", [[0, 0, 1, 2], [1, 0, 0, 0]]),
    ],
)
def test_each_pool_project_and_issue_has_its_series(
    name: str, subject: str, values: list[list[float]]
) -> None:
    """11: assets frozen, disbursed, investment; by pool and project. Levels, by issue."""
    assert by_month(recorded(), MEMBERS, name, subject) == values
    assert (name, subject) in series_of(MEMBERS)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("pool_stage_highest:fund", [4, 2]),
        ("project_stage_highest:oil", [3, 4]),
        ("project_falls:oil", [2, 0]),
        ("project_investment:oil", [8, 6]),
        ("eased:ART", [1, 0]),
        ("eased:BUS", [0, 0]),
        ("reached:ART:1", [1, 1]),
        ("reached:ART:2", [1, 0]),
        ("reached:ART:3", [0, 0]),
        ("reached:CAR:3", [1, 0]),
        ("eased_any", [1, 0]),
        ("issue_levels", [6, 3]),
    ],
)
def test_outcomes_of_a_run(name: str, values: list[float]) -> None:
    """7.11: a fall is a termination. 11: P(any improvement)."""
    assert outcome(recorded(), MEMBERS, name) == values
    assert name in outcomes_of(MEMBERS)


def test_the_first_easing_has_a_month_or_none() -> None:
    """11: months to an improvement."""
    assert outcome(recorded(), MEMBERS, "first_easing:ART")[0] == 2
    assert outcome(recorded(), MEMBERS, "first_easing_any")[0] == 1
    assert math.isnan(outcome(recorded(), MEMBERS, "first_easing:ART")[1])
    assert math.isnan(outcome(recorded(), MEMBERS, "first_easing_any")[1])


def test_without_issues_nothing_eases() -> None:
    none, nobody = blank(runs=2, months=4), members([0, 1], {"East": [0, 1]})
    assert outcome(none, nobody, "eased_any") == [0, 0]
    assert outcome(none, nobody, "issue_levels") == [0, 0]
    told = ("eased:", "first_easing:", "reached:")
    assert not any(name.startswith(told) for name in outcomes_of(nobody))
