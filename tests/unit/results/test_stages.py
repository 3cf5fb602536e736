"""Pools and projects one by one, by hand (model 11)."""

import numpy as np

from sim.engine.kernel import Trajectories
from sim.results.stages import EXTREMES, STAGES, stage_outcomes, stage_series
from tests.recorded import blank, members

MEMBERS = members([0, 1], {"East": [0], "West": [1]})


def recorded() -> Trajectories:
    """Two runs of three months of one pool and one project."""
    found = blank(runs=2, months=4)
    found.pools["stage"] = np.array([[2, 3, 4, 3], [2, 2, 1, 1]])[:, :, None]
    found.pools["balance"] = np.array([[90, 91, 41, 42], [90, 90, 90, 90]])[:, :, None]
    found.pools["paid"] = np.array([[0, 0, 50, 50], [0, 0, 0, 0]])[:, :, None]
    found.projects["stage"] = np.array([[3, 2, 3, 2], [3, 3, 3, 4]])[:, :, None]
    found.projects["investment"] = np.array([[0, 4, 0, 4], [0, 1, 2, 3]])[:, :, None]
    return found


def test_every_pool_and_project_has_its_series() -> None:
    """11: assets frozen, disbursed, investment; by pool and project."""
    found = {key: values.tolist() for key, values in stage_series(recorded(), MEMBERS).items()}
    assert found == {
        ("pool_stage", "fund"): [[2, 3, 4, 3], [2, 2, 1, 1]],
        ("pool_balance", "fund"): [[90, 91, 41, 42], [90, 90, 90, 90]],
        ("pool_paid", "fund"): [[0, 0, 50, 50], [0, 0, 0, 0]],
        ("project_stage", "oil"): [[3, 2, 3, 2], [3, 3, 3, 4]],
        ("project_investment", "oil"): [[0, 4, 0, 4], [0, 1, 2, 3]],
    }
    assert {name for name, _ in found} == set(STAGES)


def test_the_highest_stage_and_the_falls_are_those_of_the_run() -> None:
    """7.11: a fall is a termination."""
    found = {name: values.tolist() for name, values in stage_outcomes(recorded(), MEMBERS).items()}
    assert found == {
        "pool_stage_highest:fund": [4, 2],
        "project_stage_highest:oil": [3, 4],
        "project_falls:oil": [2, 0],
    }
    assert {name.partition(":")[0] for name in found} == set(EXTREMES)
