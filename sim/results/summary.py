"""Summaries over runs, collected chunk by chunk: series by month, rungs and flows by actor."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Trajectories
from sim.model.metrics import ActorMonth, Metrics
from sim.model.schema import columns
from sim.model.vocab import RUNGS
from sim.results.distribution import QUANTILES, Distribution, Reals
from sim.results.ladder import Key
from sim.results.outcomes import as_columns
from sim.results.series import Read

ACTOR_FLOWS = tuple(name for name, column in columns(ActorMonth).items() if column.flow)
"""Flows of an actor, added up over a run."""


class Summary:
    """What is kept of all runs: distributions of series, counts of rungs, totals by actor."""

    def __init__(self, series: Iterable[Key], actors: int, months: int, runs: int) -> None:
        self.runs = runs
        self.months = months
        self.series: list[Key] = [*((name, "") for name in columns(Metrics)), *series]
        self.values = Distribution((months + 1, len(self.series)), runs)
        self.flows = Distribution((actors, len(ACTOR_FLOWS)), runs)
        self.rungs = np.zeros((months + 1, actors, RUNGS), np.int64)
        self.reached = np.zeros((actors, RUNGS), np.int64)

    def add(self, trajectories: Trajectories, read: Read) -> None:
        """Add the runs of a chunk, of which `read` was read off."""
        rungs = read.rungs
        others = (series[:, :, None] for series in read.series.values())
        stacked = [as_columns(trajectories.metrics), *others]
        self.values.add(np.concatenate(stacked, axis=2))
        self.flows.add(actor_totals(trajectories))
        for rung in range(RUNGS):
            self.rungs[:, :, rung] += (rungs == rung).sum(axis=0)
        highest = rungs.max(axis=1)
        for rung in range(RUNGS):
            self.reached[:, rung] += (highest >= rung).sum(axis=0)


def actor_totals(trajectories: Trajectories) -> Reals:
    """Flows of each actor over the run, `[run, actor, flow]`, US$ m; months added one by one."""
    actors = trajectories.actors
    totals = np.zeros((actors.shape[0], actors.shape[2], len(ACTOR_FLOWS)))
    for month in range(1, actors.shape[1]):
        for place, name in enumerate(ACTOR_FLOWS):
            totals[:, :, place] += actors[name][:, month]
    return totals


def rung_means(counts: npt.NDArray[np.int64]) -> Reals:
    """Mean rung from counts `[…, rung]`."""
    return np.asarray((counts * np.arange(RUNGS)).sum(axis=-1) / counts.sum(axis=-1), np.float64)


def rung_quantiles(counts: npt.NDArray[np.int64]) -> Reals:
    """Lowest rung that at least the share of runs does not exceed, `[quantile, …]`."""
    below = np.cumsum(counts, axis=-1) / counts.sum(axis=-1, keepdims=True)
    return np.array([np.argmax(below >= share, axis=-1) for share in QUANTILES], np.float64)
