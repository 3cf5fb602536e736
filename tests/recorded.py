"""Trajectories by hand, for tests of what is read off them."""

import numpy as np

from sim.engine.kernel import Trajectories
from sim.metrics import ActorMonth, ConditionMonth, Metrics, PoolMonth, ProjectMonth
from sim.schema import dtype


def blank(runs: int = 2, months: int = 3, actors: int = 2) -> Trajectories:
    """Trajectories of nothing but zeros; `months` counts the start, too."""
    shape = (runs, months)
    return Trajectories(
        np.zeros(shape, dtype(Metrics)),
        np.zeros((*shape, actors), dtype(ActorMonth)),
        np.zeros((*shape, 1), dtype(PoolMonth)),
        np.zeros((*shape, 1), dtype(ProjectMonth)),
        np.zeros((*shape, 0), dtype(ConditionMonth)),
    )


def with_rungs(rungs: list[list[list[int]]]) -> Trajectories:
    """Trajectories with these rungs, `[run][actor][month]`, and nothing else."""
    by_month = np.array(rungs).transpose(0, 2, 1)
    found = blank(*by_month.shape)
    found.actors["rung"] = by_month
    return found
