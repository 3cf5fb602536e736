"""What a study file may say: uncertainties, levers, outcomes and designs, in blocks."""

import math
from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from sim.case.numbers import Real, Strict
from sim.io.validation import Finding, wrong
from sim.measures.catalog import MEASURES
from sim.scenario.limits import DEFAULT_SEED, LARGEST_SEED, LONGEST, MOST_RUNS
from sim.scenario.names import Name, Names, as_list
from sim.study.factors import Factor, factors_of
from sim.study.levers import Lever
from sim.study.methods import AnyDesign, Zip, fault_of_design
from sim.study.setting import StudySetting, recordable, study_setting_in
from sim.study.spread import Label
from sim.study.uncertainty import Uncertainties, paths_of, repeated

Outcome = Annotated[Name, recordable("outcome", lambda inventory: inventory.outcomes)]
Series = Annotated[Name, recordable("series", lambda inventory: inventory.series)]


class ShareOfRuns(Strict):
    """The share of runs in which an outcome is at least, or at most, so much.

    A run in which the outcome is unknown, such as the month of what never came, is none of them.
    """

    outcome: Outcome
    at_least: Real | None = None
    at_most: Real | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a share of runs needs at_least or at_most")
        if self.low > self.high:
            raise ValueError(f"at_least {self.low:g} is above at_most {self.high:g}")
        return self

    @property
    def low(self) -> float:
        """Least value that counts."""
        return -math.inf if self.at_least is None else self.at_least

    @property
    def high(self) -> float:
        """Greatest value that counts."""
        return math.inf if self.at_most is None else self.at_most

    @property
    def name(self) -> str:
        """The name of the share in tables, as in `gdp>=100` or `1<=level<=3`."""
        if self.at_least is None:
            return f"{self.outcome}<={self.high:g}"
        if self.at_most is None:
            return f"{self.outcome}>={self.low:g}"
        return f"{self.low:g}<={self.outcome}<={self.high:g}"

    @property
    def meaning(self) -> str:
        """What the share means, for a codebook."""
        bounds = {"at least": self.at_least, "at most": self.at_most}
        said = [f"{word} {bound:g}" for word, bound in bounds.items() if bound is not None]
        return f"runs in which {self.outcome} is {' and '.join(said)}, of all runs"


AnyOutcome = Annotated[
    Annotated[Outcome, Tag("name")] | Annotated[ShareOfRuns, Tag("ShareOfRuns")],
    Discriminator(lambda given: "name" if isinstance(given, str) else "ShareOfRuns"),
]
"""The name of an outcome, or a share of runs by one."""


OF_ALL = [
    (measure, f"{measure.name}:*" if measure.of else measure.name)
    for measure in MEASURES.values()
    if measure.of != "issue"
]

OUTCOMES: list[str | ShareOfRuns] = [name for measure, name in OF_ALL if measure.studied]
"""Outcomes that are kept unless the file names its own; the case adds its headline issues."""

SERIES = [name for measure, name in OF_ALL if measure.studied and measure.by_month]
"""Series by month that are kept unless the file names its own, with the levels of issues."""

BEFORE = ("point", "id", "block", "scenario", "world")
AFTER = ("runs", "status", "done", "stage", "run", "message")
"""Columns of `experiments.csv` before and after those of the factors."""


def _each_once(names: list[str]) -> list[str]:
    if found := list(repeated(names, "stands twice")):
        raise wrong(found)
    return names


Scenarios = Annotated[Names, AfterValidator(_each_once)]
"""The names or paths of scenarios, each once."""


class Block(Strict):
    """Factors and their design; scenarios and runs are those of the study unless it has its own."""

    uncertainties: Uncertainties = []
    levers: list[Lever] = []
    design: AnyDesign
    scenarios: Scenarios | None = None
    runs: Annotated[int, Field(ge=1, le=MOST_RUNS)] | None = None

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> Self:
        setting = study_setting_in(info)
        names = list(self._names([] if setting is None else paths_of(setting, self.uncertainties)))
        if names:
            raise wrong(names)
        if setting is not None:
            message = fault_of_design(self.design, self.factors(setting), len(setting.bases))
            if message:
                raise wrong([(("design",), message)])
        return self

    def factors(self, setting: StudySetting) -> list[Factor]:
        """Its factors in the order of the file; only a zip takes a value more than once."""
        found = factors_of(setting, self.uncertainties, self.levers)
        return found if isinstance(self.design, Zip) else [factor.once_each() for factor in found]

    def _names(self, paths: list[str]) -> Iterator[Finding]:
        """Levers that have the name of another factor, or of another column."""
        taken = {*paths}
        for j, lever in enumerate(self.levers):
            for name in (lever.name, *(f"{lever.name}.{key}" for key in lever.timings)):
                if name in (*BEFORE, *AFTER):
                    yield ("levers", j, "name"), f"{name} is another column of experiments.csv"
                elif name in taken:
                    yield ("levers", j, "name"), f"another factor is called {name}, too"
                taken.add(name)


def _with_its_scenarios(
    value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> Block:
    """A block checks itself against its own scenarios where it has some."""
    setting = study_setting_in(info)
    named = as_list(value.get("scenarios")) if isinstance(value, dict) else None
    if setting is None or not isinstance(named, list):
        block: Block = handler(value)
        return block
    return Block.model_validate(value, context=setting.of(named))


class Study(Strict):
    """A study: scenarios, what is uncertain, what can be chosen, and what is looked at."""

    title: Name
    question: str = ""
    description: str = ""
    cannot_say: str = ""
    scenarios: Scenarios
    months: Annotated[int, Field(ge=1, le=LONGEST)] | None = None
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = DEFAULT_SEED
    runs: Annotated[int, Field(ge=1, le=MOST_RUNS)]
    outcomes: Annotated[list[AnyOutcome], Field(min_length=1)] = OUTCOMES
    series: list[Series] = SERIES
    blocks: Annotated[
        dict[Label, Annotated[Block, WrapValidator(_with_its_scenarios)]], Field(min_length=1)
    ]
