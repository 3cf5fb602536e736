"""Numbers of single runs that the tests of patterns ask for: a panel in, one number a run out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.engine.kernel import Trajectories
from sim.measures.catalog import is_flow
from sim.measures.members import Reals
from sim.measures.parts import LEVEL
from sim.model.calendar import MONTHS_A_YEAR, calendar_month
from sim.model.metrics import Metrics
from sim.model.schema import columns
from sim.planning.compile import Compiled
from sim.scenario.selection import Selection, selected

Number = TypeVar("Number", bound=np.generic)

Span = tuple[int, int]
"""First and last month, both included."""


@dataclass(frozen=True)
class Panel:
    """Some runs of an ensemble as recorded; month 0 is the start, before month 1."""

    case: Case
    compiled: Compiled
    trajectories: Trajectories

    @property
    def horizon(self) -> int:
        """The last month."""
        return int(self.trajectories.metrics.shape[1]) - 1

    def metric(self, name: str) -> Reals:
        """A metric `[run, month]`, or the level of an issue: `level:XYZ`."""
        kind, _, issue = name.partition(":")
        if kind == LEVEL:
            place = self.compiled.issues.index(issue)
            return np.asarray(self.trajectories.issues["level"][:, :, place], np.float64)
        return np.asarray(self.trajectories.metrics[name], np.float64)

    def rungs(self, who: Selection) -> npt.NDArray[np.int64]:
        """Rungs `[run, month, actor]` of the selected actors."""
        chosen = set(selected(self.case, who))
        places = [i for i, actor in enumerate(self.compiled.actors) if actor in chosen]
        return np.asarray(self.trajectories.actors["rung"][:, :, places], np.int64)


def metrics_of(case: Case) -> list[str]:
    """What a panel has by month: the metrics, and the level of each issue of the case."""
    return [*columns(Metrics), *(f"{LEVEL}:{issue}" for issue in case.issues)]


def within(values: npt.NDArray[Number], span: Span) -> npt.NDArray[Number]:
    """The part of `values[run, month, …]` that lies in a span."""
    return values[:, span[0] : span[1] + 1]


def reaching(panel: Panel, who: Selection, rung: int, span: Span) -> Reals:
    """Number of actors who stand at `rung` or above in any month of a span."""
    there = within(panel.rungs(who), span) >= rung
    return np.asarray(there.any(axis=1).sum(axis=1), np.float64)


def mean_rung(panel: Panel, who: Selection, span: Span) -> Reals:
    """Mean rung over actors and months."""
    return np.asarray(within(panel.rungs(who), span).mean(axis=(1, 2)), np.float64)


def rise(panel: Panel, who: Selection, span: Span) -> Reals:
    """Rise of the mean rung from the first to the last month of a span, rungs a year."""
    first, last = span
    gained = mean_rung(panel, who, (last, last)) - mean_rung(panel, who, (first, first))
    return np.asarray(gained * MONTHS_A_YEAR / (last - first), np.float64)


def moves(panel: Panel, who: Selection) -> Reals:
    """Months in which an actor moved, over all actors."""
    return np.asarray((np.diff(panel.rungs(who), axis=1) != 0).sum(axis=(1, 2)), np.float64)


def moves_a_year(panel: Panel, who: Selection) -> Reals:
    """Moves per actor and year."""
    actor_years = panel.rungs(who).shape[2] * panel.horizon / MONTHS_A_YEAR
    return np.asarray(moves(panel, who) / actor_years, np.float64)


def falls(panel: Panel, who: Selection) -> Reals:
    """Months in which an actor fell, over all actors."""
    return np.asarray((np.diff(panel.rungs(who), axis=1) < 0).sum(axis=(1, 2)), np.float64)


def leaving(panel: Panel, who: Selection, rung: int) -> Reals:
    """1 where any actor falls from `rung`."""
    rungs = panel.rungs(who)
    left = (rungs[:, :-1] == rung) & (np.diff(rungs, axis=1) < 0)
    return np.asarray(left.any(axis=(1, 2)), np.float64)


def yearly(panel: Panel, metrics: Sequence[str]) -> Reals:
    """Total of some flows over all months, a year."""
    total = np.sum([panel.metric(name)[:, 1:].sum(axis=1) for name in metrics], axis=0)
    return np.asarray(total * MONTHS_A_YEAR / panel.horizon, np.float64)


def positive(panel: Panel, metric: str, month: int) -> Reals:
    """1 where a metric lies above 0 in a month."""
    return np.asarray(panel.metric(metric)[:, month] > 0.0, np.float64)


def over_months(panel: Panel, metric: str, span: Span) -> Reals:
    """Total of a flow over the months of a span, or the mean of a level."""
    values = within(panel.metric(metric), span)
    return np.asarray(values.sum(axis=1) if is_flow(metric) else values.mean(axis=1), np.float64)


def over_year(panel: Panel, metric: str, year: int) -> Reals:
    """Total of a flow in a calendar year, or the mean of a level."""
    return over_months(panel, metric, panel.compiled.calendar.months_of_year(year))


def stage_falls(panel: Panel, project: str, span: Span) -> Reals:
    """1 where a project falls a stage between the first and the last month of a span."""
    place = panel.compiled.projects.index(project)
    stages = within(panel.trajectories.projects["stage"], span)[:, :, place]
    return np.asarray((np.diff(stages, axis=1) < 0).any(axis=1), np.float64)


def seasons(
    start: int, horizon: int, peak: Sequence[int], trough: Sequence[int]
) -> list[tuple[range, range]]:
    """Months of each peak season and of the trough that follows, both whole within the horizon.

    `start` is the calendar month of month 1; a season is its first and last calendar month.

    >>> seasons(2, 24, (11, 3), (5, 10))
    [(range(10, 15), range(16, 22))]
    """
    found = []
    for first in range(1, horizon + 1):
        if calendar_month(start, first) == peak[0]:
            high = range(first, first + _length(peak))
            after = high[-1] + 1
            opening = after + (trough[0] - calendar_month(start, after)) % MONTHS_A_YEAR
            low = range(opening, opening + _length(trough))
            if low[-1] <= horizon:
                found.append((high, low))
    return found


def _length(season: Sequence[int]) -> int:
    """Months of a season."""
    return (season[1] - season[0]) % MONTHS_A_YEAR + 1


def season(panel: Panel, metric: str, peak: Sequence[int], trough: Sequence[int]) -> Reals:
    """Largest value in a season over the smallest in the next, the mean over all such pairs."""
    values = panel.metric(metric)
    pairs = seasons(panel.compiled.calendar.month, panel.horizon, peak, trough)
    ratios = [values[:, high].max(axis=1) / values[:, low].min(axis=1) for high, low in pairs]
    return np.asarray(np.mean(ratios, axis=0), np.float64)
