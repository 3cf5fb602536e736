"""Ensembles: a scenario of a case played many times from a start, and what is read off the runs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import Field

from sim.case.case import Case
from sim.case.numbers import Strict
from sim.engine.ensemble import simulate
from sim.engine.kernel import Trajectories
from sim.io.errors import BadFile, Fault
from sim.io.places import shipped
from sim.io.reader import read_yaml
from sim.io.validation import validate
from sim.measures.catalog import is_flow
from sim.measures.parts import LEVEL
from sim.model.metrics import Metrics
from sim.model.schema import columns
from sim.planning.compile import Compiled, compile_scenario
from sim.runs.make import Simulate
from sim.scenario.catalog import case_named
from sim.scenario.limits import DEFAULT_SEED, LONGEST, PATTERN_RUNS
from sim.scenario.load import Loaded, load_scenario
from sim.scenario.names import Name, named
from sim.scenario.selection import Selection, selected
from sim.scenario.setting import Setting

AnyFile = TypeVar("AnyFile", bound=Strict)
Number = TypeVar("Number", bound=np.generic)

Numbers = npt.NDArray[Any]
"""Reals, whole numbers or flags."""

Span = tuple[int, int]
"""First and last month, both included."""


def metrics_of(case: Case) -> list[str]:
    """What a batch has by month: the metrics, and the level of each issue of the case."""
    return [*columns(Metrics), *(f"{LEVEL}:{issue}" for issue in case.issues)]


MetricId = Annotated[Name, named("metric", metrics_of)]
ProjectId = Annotated[Name, named("project", lambda case: list(case.projects))]
NumberPath = Annotated[Name, named("path", lambda case: list(map(str, case.numbers)))]
StartId = Annotated[Name, named("start", lambda case: list(case.starts))]


class Ensemble(Strict):
    """A scenario, played many times from a start of the case over some months."""

    scenario: Name
    start: StartId
    months: Annotated[int, Field(ge=1, le=LONGEST)]


@dataclass(frozen=True)
class Runs:
    """How to play an ensemble; `progress` takes the number of runs done since its last call."""

    runs: int = PATTERN_RUNS
    seed: int = DEFAULT_SEED
    using: Simulate = simulate
    progress: Callable[[int], None] = lambda more: None


def record_folder(case: str) -> Path:
    """Where the tables of a case's record lie."""
    return shipped("seeds") / case / "record"


def load_file(model: type[AnyFile], case: str, name: str) -> tuple[Case, AnyFile]:
    """A case and one of its files; raises MissingFile where there is none, and BadFile."""
    loaded = case_named(case)
    document = read_yaml(shipped("seeds") / case / name, f"{case}/{name}")
    return loaded, validate(model, document, Setting(loaded, None, LONGEST))


@dataclass(frozen=True)
class Batch:
    """Some runs of an ensemble as recorded; month 0 is the start, before month 1."""

    case: Case
    compiled: Compiled
    trajectories: Trajectories

    @property
    def horizon(self) -> int:
        """The last month."""
        return int(self.trajectories.metrics.shape[1]) - 1

    def metric(self, name: str) -> Numbers:
        """A metric `[run, month]`, or the level of an issue: `level:XYZ`."""
        kind, _, issue = name.partition(":")
        if kind != LEVEL:
            return np.asarray(self.trajectories.metrics[name])
        return np.asarray(
            self.trajectories.issues["level"][:, :, self.compiled.issues.index(issue)]
        )

    def balance(self, pool: str) -> Numbers:
        """The balance of a pool, `[run, month]`."""
        return np.asarray(self.trajectories.pools["balance"][:, :, self.compiled.pools.index(pool)])

    def stages(self, project: str) -> Numbers:
        """The stage of a project, `[run, month]`."""
        place = self.compiled.projects.index(project)
        return np.asarray(self.trajectories.projects["stage"][:, :, place], np.int64)

    def rungs(self, who: Selection) -> Numbers:
        """Rungs `[run, month, actor]` of the selected actors."""
        chosen = set(selected(self.case, who))
        places = [i for i, actor in enumerate(self.compiled.actors) if actor in chosen]
        return np.asarray(self.trajectories.actors["rung"][:, :, places], np.int64)

    def steps(self, who: Selection) -> Numbers:
        """Rungs that the selected actors climb in each month from 1 on, `[run, month, actor]`."""
        return np.diff(self.rungs(who), axis=1)

    def mean_rung(self, who: Selection, span: Span) -> Numbers:
        """Mean rung over the selected actors and the months of a span, by run."""
        return np.asarray(within(self.rungs(who), span).mean(axis=(1, 2)))

    def over_months(self, metric: str, span: Span) -> Numbers:
        """Total of a flow over the months of a span, or the mean of a level, by run."""
        return over_span(self.metric(metric), span, is_flow(metric))


def within(values: npt.NDArray[Number], span: Span) -> npt.NDArray[Number]:
    """The part of `values[run, month, …]` that lies in a span."""
    return values[:, span[0] : span[1] + 1]


def over_span(values: Numbers, span: Span, flow: bool) -> Numbers:
    """Total of a flow `[run, month]` over the months of a span, or the mean of a level, by run."""
    some = within(values, span)
    return np.asarray(some.sum(axis=1) if flow else some.mean(axis=1))


def scenario_of(case: Case, ensemble: Ensemble) -> Loaded:
    """The scenario of an ensemble from its start; raises MissingFile or BadFile."""
    loaded = load_scenario(ensemble.scenario)
    if loaded.case.id != case.id:
        message = f"{ensemble.scenario} is a scenario of case {loaded.case.id}, not of {case.id}"
        raise BadFile([Fault(loaded.path.name, None, "case", message)])
    scenario = loaded.scenario.model_copy(update={"start": ensemble.start})
    return replace(loaded, scenario=scenario)


def batches(case: Case, ensemble: Ensemble, how: Runs) -> Iterator[Batch]:
    """Play an ensemble, some runs at a time, in the order of their number.

    The arrays of a batch are used again once the next one is asked for.
    """
    loaded = scenario_of(case, ensemble)
    compiled = compile_scenario(loaded.case, loaded.scenario, ensemble.months)
    for chunk in how.using(compiled.start, compiled.uids, compiled.months, how.runs, how.seed):
        yield Batch(loaded.case, compiled, chunk.trajectories)
        how.progress(len(chunk.trajectories.metrics))
