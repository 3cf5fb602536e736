"""What is kept of many runs, collected chunk by chunk: outcomes, series, flows, fingerprints."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Trajectories, compile_cached
from sim.measures.catalog import MEASURES, is_of_an_actor
from sim.measures.codebook import ACTOR_FLOWS
from sim.measures.distribution import Distribution
from sim.measures.measure import scale_of_unit
from sim.measures.members import Membership, Reals
from sim.measures.reader import Reader
from sim.model.metrics import ActorMonth
from sim.model.schema import columns

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant whose multiples differ in all bits."""

SHIFT = np.uint64(29)


def add_words(words: Any, factors: Any, total: Any) -> None:
    """Add `words[run, month, place]`, each mixed with the factor of its place, to `total`."""
    for run in range(words.shape[0]):
        for month in range(words.shape[1]):
            for place in range(words.shape[2]):
                mixed = words[run, month, place] * factors[place]
                total[run, month] += mixed ^ (mixed >> SHIFT)


@cache
def compiled_add_words() -> Callable[..., None]:
    """`add_words`, compiled."""
    return compile_cached(add_words)


def fingerprints(trajectories: Trajectories) -> npt.NDArray[np.uint32]:
    """Fingerprint `[run, month]`: equal where every recorded bit is equal."""
    runs, months = trajectories.metrics.shape
    total = np.zeros((runs, months), np.uint64)
    place = 1
    for array in trajectories:
        if array.size == 0:
            continue
        words = np.ascontiguousarray(array).view(np.uint64).reshape(runs, months, -1)
        places = np.arange(place, place + words.shape[2], dtype=np.uint64)
        compiled_add_words()(words, SPREAD * (2 * places + 1), total)
        place += words.shape[2]
    total ^= total >> np.uint64(32)
    total *= SPREAD
    return (total >> np.uint64(32)).astype(np.uint32)


class Summary:
    """What is kept of all runs: every outcome by run, distributions of series and of flows.

    `values` are by series and month, `flows` by actor and flow, `fingerprints` by run and month.
    """

    def __init__(self, reader: Reader, members: Membership, months: int, runs: int) -> None:
        self.runs, self.months = runs, months
        self.members = members
        self.series = reader.series
        self._reader = reader
        whole = np.array([MEASURES[name].scale.whole for name, _ in reader.series])
        self.values = Distribution((len(whole), months + 1), runs, whole[:, None])
        whole = np.array(
            [scale_of_unit(columns(ActorMonth)[name].unit).whole for name in ACTOR_FLOWS]
        )
        self.flows = Distribution((len(members.actors), len(ACTOR_FLOWS)), runs, whole)
        self.outcomes: dict[str, npt.NDArray[Any]] = {
            name: np.zeros(runs, kind_of(name)) for name in reader.outcomes
        }
        self.fingerprints = np.zeros((runs, months + 1), np.uint32)

    def add(self, trajectories: Trajectories, first_run: int) -> None:
        """Add the runs of a chunk; raises NotFinite."""
        values, series = self._reader.read_months(self.members, trajectories, first_run)
        last = first_run + len(series)
        for kept, own in zip(self.outcomes.values(), values, strict=True):
            kept[first_run:last] = own
        self.values.add(series)
        self.flows.add(actor_totals(trajectories))
        self.fingerprints[first_run:last] = fingerprints(trajectories)


def kind_of(outcome: str) -> type[np.generic]:
    """How an outcome is kept: rungs of actors in a byte, all else as float64."""
    return np.int8 if is_of_an_actor(outcome) else np.float64


def actor_totals(trajectories: Trajectories) -> Reals:
    """Flows of each actor over the run, `[run, actor, flow]`, US$ m; months added one by one."""
    actors = trajectories.actors
    totals = np.zeros((actors.shape[0], actors.shape[2], len(ACTOR_FLOWS)))
    for month in range(1, actors.shape[1]):
        for place, name in enumerate(ACTOR_FLOWS):
            totals[:, :, place] += actors[name][:, month]
    return totals


def reached(highest: npt.NDArray[np.int8], rungs: Sequence[int]) -> list[float]:
    """Shares of runs that ever reach each rung."""
    return [int(np.count_nonzero(highest >= rung)) / len(highest) for rung in rungs]
