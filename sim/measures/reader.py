"""Reads chosen outcomes and series off runs of one case, in one sweep."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Trajectories
from sim.io.errors import CannotCompile
from sim.measures.catalog import MEASURES
from sim.measures.measure import Field, Key, OfRuns, Over, Read, Standing
from sim.measures.members import Membership, Reals, Runs, as_columns
from sim.measures.sweep import Places, Plan, Small, compiled_sweep, new_room, no_months
from sim.measures.world import METRICS

FIELDS = tuple(METRICS)

PLACE_OF: dict[Read, int] = {Field("metrics", name): place for place, name in enumerate(FIELDS)}
"""The place of each metric among the recorded ones."""

Line = tuple[Read, str]
"""What is read, and of which subject."""


class NotFinite(CannotCompile):
    """A metric that is no finite number in some run and month; `metric` is its place."""

    def __init__(self, metric: int, run: int, month: int) -> None:
        super().__init__(
            f"{FIELDS[metric]} is no finite number in run {run}, month {month}: "
            "some number of the scenario is far too large"
        )
        self.run = run


def line_of(key: Key) -> Line:
    """What the months of a measure are read from; raises ValueError where it has none."""
    read = MEASURES[key[0]].read
    if read is None:
        raise ValueError(f"{key[0]} has no months")
    return read, key[1]


def places(values: Iterable[int]) -> Places:
    """Places as the sweep takes them."""
    return np.array(list(values), np.int64)


def sets_of(lines: Sequence[Line], members: Membership) -> tuple[Small, Small, Reals]:
    """Masks of members, least rungs and sizes of the sets that some standings read."""
    masks = np.zeros((len(lines), len(members.actors)), np.int32)
    least, size = np.full(len(lines), -1, np.int32), np.ones(len(lines))
    sets = {"": members.states, **members.groups, **members.blocs}
    for place, (read, subject) in enumerate(lines):
        if isinstance(read, Standing):
            masks[place, sets[subject]] = -1
            least[place] = -1 if read.least is None else read.least
            size[place] = len(sets[subject]) if read.least is None else 1.0
    return masks, least, size


class Reader:
    """Reads chosen outcomes and series off runs of one case.

    `outcomes` are by name, `series` by measure and subject. What is recorded of a metric or of the
    rungs is read in the compiled sweep as it lies there; other lines of months are handed over to
    it; few outcomes have no months.
    """

    def __init__(
        self, members: Membership, outcomes: Sequence[str], series: Sequence[Key] = ()
    ) -> None:
        self.outcomes = tuple(outcomes)
        self.series = tuple(series)
        swept: dict[int, tuple[Line, Over]] = {}
        self._odd: dict[int, OfRuns] = {}
        for place, name in enumerate(outcomes):
            metric, _, subject = name.partition(":")
            over = MEASURES[metric].over
            if isinstance(over, Over):
                swept[place] = line_of((metric, subject)), over
            elif over is not None:
                self._odd[place] = over
        self._plan, self._others = plan_of(members, swept, [*map(line_of, series)])

    def read(
        self,
        members: Membership,
        trajectories: Trajectories,
        first_run: int,
        before: int,
        kept: Reals,
    ) -> Reals:
        """The outcomes `[outcome, run]`; the series are added to `kept[series, what, month]`.

        `before` is the number of runs that `kept` holds already. `members` are those of these runs;
        between points their numbers and conditions differ. Raises NotFinite where a metric is no
        finite number, with the run and the month.
        """
        runs, months = trajectories.metrics.shape
        none = np.zeros((runs, 0, months))
        return self._sweep(Runs(trajectories, members), first_run, before, kept, none)

    def read_months(
        self, members: Membership, trajectories: Trajectories, first_run: int
    ) -> tuple[Reals, Reals]:
        """The outcomes `[outcome, run]` and the series `[run, series, month]`; raises NotFinite."""
        runs, months = trajectories.metrics.shape
        series = np.empty((runs, len(self.series), months))
        found = Runs(trajectories, members)
        return self._sweep(found, first_run, 0, no_months(0, months), series), series

    def _sweep(self, runs: Runs, first_run: int, before: int, kept: Reals, series: Reals) -> Reals:
        metrics, actors = runs.trajectories.metrics, runs.trajectories.actors
        count, months = metrics.shape
        others = np.empty((len(self._others), count, months))
        for place, line in enumerate(self._others):
            others[place] = in_full(runs, line)
        room = new_room(self._plan, len(others), months)
        values = np.empty((len(self.outcomes), count))
        recorded = as_columns(metrics), actors["rung"], others
        fault = compiled_sweep()(*recorded, self._plan, room, values, before, kept, series)
        if fault >= 0:
            run, rest = divmod(fault, months * len(FIELDS))
            month, metric = divmod(rest, len(FIELDS))
            raise NotFinite(metric, first_run + run, month)
        for place, over in self._odd.items():
            values[place] = over(runs)
        return values


def plan_of(
    members: Membership, swept: dict[int, tuple[Line, Over]], series: Sequence[Line]
) -> tuple[Plan, list[Line]]:
    """The plan of a sweep, and the lines that are handed over to it; each line is read once."""
    besides = {place: (over.beside, "") for place, (_, over) in swept.items() if over.beside}
    asked = dict.fromkeys([*(line for line, _ in swept.values()), *besides.values(), *series])
    metrics = [line for line in asked if line[0] in PLACE_OF]
    standings = [line for line in asked if isinstance(line[0], Standing)]
    others = [line for line in asked if line not in metrics and line not in standings]
    of = {line: place for place, line in enumerate([*metrics, *standings, *others])}
    plan = Plan(
        places(PLACE_OF[read] for read, _ in metrics),
        *sets_of(standings, members),
        places(swept),
        places(of[line] for line, _ in swept.values()),
        places(of[besides.get(place, line)] for place, (line, _) in swept.items()),
        places(over.way for _, over in swept.values()),
        places(of[line] for line in series),
    )
    return plan, others


def in_full(runs: Runs, line: Line) -> npt.NDArray[Any]:
    """A line `[run, month]` that is handed over to the sweep."""
    read, subject = line
    if isinstance(read, Field):
        return runs.field(read.record, read.name, subject)
    if isinstance(read, Standing):
        raise TypeError(f"{read} is read by the sweep")
    return read(runs, subject)
