"""Chosen outcomes and series of many runs: the same bits as in full, at a fraction of the cost.

What is a total, an end, a peak or a rise of a metric, a number of states or a mean rung is read in
one compiled sweep (`sim.engine.fold`); anything else is computed in full, as results have it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.case.case import Case
from sim.engine.ensemble import empty_trajectories
from sim.engine.fold import (
    END,
    MOST,
    RISES,
    TOTAL,
    Places,
    Reading,
    Reals,
    compiled_fold,
    new_room,
)
from sim.engine.kernel import Trajectories
from sim.model.metrics import Metrics
from sim.model.schema import columns
from sim.model.vocab import RECOGNITION
from sim.planning.compile import Compiled
from sim.results.absent import absent
from sim.results.easing import LEVEL, level_at
from sim.results.finite import METRICS, NotFinite
from sim.results.ladder import Key, ladder_outcomes
from sim.results.members import Membership, members_of
from sim.results.outcomes import as_columns, coverage, months_met, name_of, outcomes_of
from sim.results.series import read_off
from sim.results.tables import ladder_columns

ADDED_UP = -1
"""Stands where the rungs of a set of actors are added up, not counted."""


def every_outcome(
    trajectories: Trajectories, members: Membership, compiled: Compiled
) -> dict[str, Reals]:
    """Every outcome `[run]`, as `runs.csv.gz` has them."""
    read = read_off(trajectories, members)
    rungs = ladder_columns(read.rungs, compiled.actors)
    return {
        **outcomes_of(trajectories, members, read),
        **months_met(trajectories.conditions, compiled.conditions),
        **{name: values.astype(np.float64) for name, values in rungs.items()},
    }


def every_series(
    trajectories: Trajectories, members: Membership, compiled: Compiled
) -> dict[Key, Reals]:
    """Every series `[run, month]`, as `summary.csv` has them."""
    values, rungs = as_columns(trajectories.metrics), trajectories.actors["rung"]
    return {
        **{(name, ""): values[:, :, place] for place, name in enumerate(METRICS)},
        **read_off(trajectories, members).series,
        **{("rung", actor): rungs[:, :, i] for i, actor in enumerate(compiled.actors)},
    }


def names(case: Case, compiled: Compiled) -> tuple[list[str], list[Key]]:
    """Names of all outcomes and of all series: those of a run of one month.

    What the case is without is left out.
    """
    nothing = empty_trajectories(compiled.start, 1, 1)
    members = members_of(case)
    without = absent(case)
    return (
        [name for name in every_outcome(nothing, members, compiled) if name not in without],
        [key for key in every_series(nothing, members, compiled) if key[0] not in without],
    )


@dataclass(frozen=True)
class _Set:
    """A line of rungs: members at a rung or above, or the mean rung of them."""

    places: tuple[int, ...]
    least: int
    size: float


def _sets(members: Membership, actors: Sequence[str]) -> dict[Key, _Set]:
    """The series of rungs that the sweep can read."""
    states = tuple(members.states.tolist())
    found = {("recognitions", ""): _Set(states, RECOGNITION, 1.0)}
    found |= {(f"states_at_{rung}", ""): _Set(states, rung, 1.0) for rung in (6, 5, 4)}
    for name, sets in (("mean_rung", members.groups), ("bloc_rung", members.blocs)):
        for subject, at in sets.items():
            found[name, subject] = _Set(tuple(at.tolist()), ADDED_UP, float(len(at)))
    found |= {("rung", actor): _Set((i,), ADDED_UP, 1.0) for i, actor in enumerate(actors)}
    return found


def _ways(sets: dict[Key, _Set], members: Membership) -> dict[str, tuple[Key, int]]:
    """Outcomes that the sweep can read: the series, and how its months become one number."""
    found = {}
    for name, column in columns(Metrics).items():
        found[name] = ((name, ""), TOTAL if column.flow else END)
    found |= {name_of(key): (key, END) for key in sets if key[0] != "rung"}
    found |= {f"rung_end:{key[1]}": (key, END) for key in sets if key[0] == "rung"}
    for issue in members.issues:
        found[f"{LEVEL}:{issue}"] = ((LEVEL, issue), END)
        found[f"eased:{issue}"] = ((LEVEL, issue), RISES)
    for name in ("food_share", "food_insecure"):
        found[f"peak_{name}"] = ((name, ""), MOST)
    return found


PARTS_OF_COVERAGE = ("relief_pledged", "relief_required")


class _Lines:
    """Lines that a sweep reads, each once, in the order in which they are asked for."""

    def __init__(self, sets: dict[Key, _Set]) -> None:
        self.known = sets
        self.metrics: list[Key] = []
        self.sets: list[Key] = []
        self.others: list[Key] = []

    def ask(self, key: Key) -> None:
        """Read this series, too."""
        if key[0] in METRICS:
            group = self.metrics
        else:
            group = self.sets if key in self.known else self.others
        if key not in group:
            group.append(key)

    def place(self, key: Key) -> int:
        """The line of a series."""
        return [*self.metrics, *self.sets, *self.others].index(key)


def _places(values: Sequence[int]) -> Places:
    return np.array(values, np.int64)


class Wanted:
    """Reads chosen outcomes and series off runs of one case, `months` long."""

    def __init__(
        self, case: Case, compiled: Compiled, outcomes: Sequence[str], series: Sequence[Key]
    ) -> None:
        self.outcomes = tuple(outcomes)
        self.series = tuple(series)
        members = members_of(case)
        sets = _sets(members, compiled.actors)
        ways = _ways(sets, members)
        lines = _Lines(sets)
        swept = [name for name in outcomes if name in ways]
        if "coverage" in outcomes:
            swept += PARTS_OF_COVERAGE
        for key in (*(ways[name][0] for name in swept), *series):
            lines.ask(key)
        self._swept = swept
        self._others = lines.others
        self._reading = self._lay_out(lines, ways, len(compiled.actors))

    def _lay_out(self, lines: _Lines, ways: dict[str, tuple[Key, int]], actors: int) -> Reading:
        members = np.zeros((len(lines.sets), actors), np.int32)
        for own, key in zip(members, lines.sets, strict=True):
            own[list(lines.known[key].places)] = -1
        return Reading(
            _places([METRICS.index(key[0]) for key in lines.metrics]),
            members,
            np.array([lines.known[key].least for key in lines.sets], np.int32),
            np.array([lines.known[key].size for key in lines.sets]),
            _places([lines.place(ways[name][0]) for name in self._swept]),
            _places([ways[name][1] for name in self._swept]),
            _places([lines.place(key) for key in self.series]),
        )

    def read(
        self,
        members: Membership,
        made: Compiled,
        trajectories: Trajectories,
        first_run: int,
        before: int,
        kept: Reals,
    ) -> Reals:
        """The outcomes `[outcome, run]`; the series are added to `kept[series, what, month]`.

        `before` is the number of runs that `kept` holds already.
        `members` and `made` are those of these runs; between points their numbers differ. Raises
        NotFinite where a metric is no finite number, with the run and the month.
        """
        runs, months = trajectories.metrics.shape
        others = self._in_full(members, made, trajectories)
        swept = np.zeros((len(self._swept), runs))
        fault = compiled_fold()(
            as_columns(trajectories.metrics),
            trajectories.actors["rung"],
            others,
            self._reading,
            new_room(self._reading, len(self._others), months),
            swept,
            before,
            kept,
        )
        if fault >= 0:
            run, rest = divmod(fault, months * len(METRICS))
            month, metric = divmod(rest, len(METRICS))
            raise NotFinite(metric, first_run + run, month)
        return self._put_together(members, made, trajectories, swept)

    def _in_full(self, members: Membership, made: Compiled, trajectories: Trajectories) -> Reals:
        """The series that the sweep cannot read by itself, `[run, month, series]`."""
        found = np.zeros((*trajectories.metrics.shape, len(self._others)))
        known: dict[Key, Reals] = {}
        if any(name != LEVEL for name, _ in self._others):
            known = every_series(trajectories, members, made)
        for place, (name, subject) in enumerate(self._others):
            if name == LEVEL:
                found[:, :, place] = level_at(trajectories, made.issues.index(subject))
            else:
                found[:, :, place] = known[name, subject]
        return found

    def _put_together(
        self, members: Membership, made: Compiled, trajectories: Trajectories, swept: Reals
    ) -> Reals:
        """The outcomes as they are asked for; a condition that these runs do not have is NaN."""
        known = dict(zip(self._swept, swept, strict=True))
        if "coverage" in self.outcomes:
            known["coverage"] = coverage(known)
        missing = {name for name in self.outcomes if name not in known}
        if missing:
            known |= ladder_outcomes(trajectories.actors["rung"], members)
            if missing - known.keys():
                known |= every_outcome(trajectories, members, made)
        runs = swept.shape[1]
        unknown = np.full(runs, np.nan)
        found = [known.get(name, unknown) for name in self.outcomes]
        return np.array(found).reshape(len(self.outcomes), runs)
