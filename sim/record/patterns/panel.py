"""Some runs of an ensemble as recorded, from which tests and pictures read one number a run."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.engine.kernel import Trajectories
from sim.measures.catalog import is_flow
from sim.measures.members import Reals
from sim.measures.parts import LEVEL
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

    def steps(self, who: Selection) -> npt.NDArray[np.int64]:
        """Rungs that the selected actors climb in each month from 1 on, `[run, month, actor]`."""
        return np.diff(self.rungs(who), axis=1)

    def mean_rung(self, who: Selection, span: Span) -> Reals:
        """Mean rung over the selected actors and the months of a span."""
        return np.asarray(within(self.rungs(who), span).mean(axis=(1, 2)), np.float64)

    def stages(self, project: str) -> npt.NDArray[np.int64]:
        """The stage of a project, `[run, month]`."""
        place = self.compiled.projects.index(project)
        return np.asarray(self.trajectories.projects["stage"][:, :, place], np.int64)

    def over_months(self, metric: str, span: Span) -> Reals:
        """Total of a flow over the months of a span, or the mean of a level."""
        values = within(self.metric(metric), span)
        taken = values.sum(axis=1) if is_flow(metric) else values.mean(axis=1)
        return np.asarray(taken, np.float64)


def metrics_of(case: Case) -> list[str]:
    """What a panel has by month: the metrics, and the level of each issue of the case."""
    return [*columns(Metrics), *(f"{LEVEL}:{issue}" for issue in case.issues)]


def within(values: npt.NDArray[Number], span: Span) -> npt.NDArray[Number]:
    """The part of `values[run, month, …]` that lies in a span."""
    return values[:, span[0] : span[1] + 1]
