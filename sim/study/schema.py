"""What a study file may say: uncertainties, levers, outcomes and designs, in blocks."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.case.numbers import Real, Strict
from sim.results.make import DEFAULT_SEED
from sim.scenario.names import Name, Names
from sim.scenario.parts import LONGEST, Month
from sim.scenario.selection import Selection
from sim.scenario.verbs import AnyIntervention

MOST_RUNS = 1_000_000
MOST_POINTS = 200_000
MOST_STEPS = 10_000
LARGEST_SEED = 2**64 - 1

OUTCOMES = [
    "recognitions",
    "states_at_6",
    "mean_rung:*",
    "relief_pledged",
    "development",
    "assets_paid",
    "gdp",
    "people_in_need",
    "girls_education",
    "womens_employment",
    "counter_terrorism",
    "eased_girls_education",
]
"""Outcomes that are kept unless the file names its own: rights stand beside money."""

SERIES = [
    "recognitions",
    "mean_rung:*",
    "relief_pledged",
    "development",
    "assets_paid",
    "gdp",
    "people_in_need",
    "girls_education",
]
"""Series by month that are kept unless the file names its own."""

BEFORE = ("point", "id", "block", "scenario")
AFTER = ("runs", "status", "done", "stage", "run", "message")
"""Columns of `experiments.csv` before and after those of the factors."""

Label = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""A name that stands in a cell or at the head of a column of a table."""

Ends = Annotated[list[Real], Field(min_length=2, max_length=2)]
Values = Annotated[list[Real], Field(min_length=1)]
Steps = Annotated[int, Field(ge=2, le=MOST_STEPS)]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]


class Spread(Strict):
    """Where a number may lie: a range, in so many steps, or a list of values."""

    range: Ends | None = None
    values: Values | None = None
    steps: Steps | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.values is not None and (self.range is not None or self.steps is not None):
            raise ValueError("either values, or a range with or without steps")
        if self.range is not None and not self.range[0] < self.range[1]:
            raise ValueError(f"range: {self.range[0]:g} is not below {self.range[1]:g}")
        return self


class Uncertainty(Spread):
    """A number of the case by its path; its documented range holds where nothing else is said.

    A path that ends in `.*`, or `*` alone, means every number below it that has such a range.
    """

    number: Name

    @property
    def is_many(self) -> bool:
        """Whether the path means all numbers below it."""
        return self.number.endswith("*")

    @model_validator(mode="after")
    def _many_as_documented(self) -> Self:
        if self.is_many and (self.range is not None or self.values is not None):
            raise ValueError("a path that ends in * takes each number's documented range")
        return self


def _uncertainty(value: Any) -> Any:
    return {"number": value} if isinstance(value, str) else value


AnyUncertainty = Annotated[
    Uncertainty,
    BeforeValidator(_uncertainty, json_schema_input_type=str | Uncertainty),
]
"""An uncertainty; the path alone will do."""

OF_VERB = ("month", "until", "select", "verb", "param", "range", "values", "steps")
OF_POLICIES = ("month", "until", "select", "policies")
OF_OPTIONS = ("options",)
KINDS = {"policies": OF_POLICIES, "verb": OF_VERB, "options": OF_OPTIONS}
"""The key by which a kind of lever is known, and all its keys."""


class Lever(Spread):
    """What somebody may choose: a policy, the number of a verb, or a bundle of interventions."""

    name: Label
    month: Month | None = None
    until: Month | None = None
    select: Selection | None = None
    policies: Names | None = None
    verb: Literal["set", "shift", "scale", "set_global"] | None = None
    param: Name | None = None
    options: Annotated[dict[Label, list[AnyIntervention]], Field(min_length=1)] | None = None

    @property
    def kind(self) -> str:
        """`policies`, `verb` or `options`."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = {name for name in self.model_fields_set if getattr(self, name) is not None}
        kinds = [kind for kind in KINDS if kind in given]
        if len(kinds) != 1:
            raise ValueError("is one of three: policies, a verb with its param, or options")
        foreign = sorted(given - {"name", *KINDS[kinds[0]]})
        if foreign:
            raise ValueError(f"a lever of {kinds[0]} takes no {foreign[0]}")
        for key in self._needed(kinds[0]):
            if key not in given:
                raise ValueError(f"a lever of {kinds[0]} needs {key}")
        if kinds[0] == "verb" and not {"range", "values"} & given:
            raise ValueError("a lever of verb needs a range or values")
        return self

    def _needed(self, kind: str) -> tuple[str, ...]:
        if kind == "options":
            return ()
        if kind == "policies":
            return ("month", "select")
        return ("month", "param") if self.verb == "set_global" else ("month", "select", "param")


class Grid(Strict):
    """Every value of every factor with every value of all others."""

    method: Literal["grid"]


class Zip(Strict):
    """The first values of all factors together, then all second ones, and so on."""

    method: Literal["zip"]


class LatinHypercube(Strict):
    """So many points, each in a slice of its own of every range."""

    method: Literal["latin_hypercube"]
    points: Annotated[int, Field(ge=1, le=MOST_POINTS)]
    seed: Seed = 1


class Sobol(Strict):
    """The scheme for Sobol' indices: `points` × (factors + 2) points, or × 2 (factors + 1)."""

    method: Literal["sobol"]
    points: Annotated[int, Field(ge=2, le=MOST_POINTS)]
    second_order: bool = False
    seed: Seed = 1

    @model_validator(mode="after")
    def _power_of_two(self) -> Self:
        if self.points & (self.points - 1):
            below = 2 ** (self.points.bit_length() - 1)
            raise ValueError(
                f"points must be a power of two, as {below} or {2 * below}, not {self.points}"
            )
        return self


class Morris(Strict):
    """Elementary effects: `trajectories` × (factors + 1) points on a grid of `levels`."""

    method: Literal["morris"]
    trajectories: Annotated[int, Field(ge=2, le=MOST_POINTS)]
    levels: Annotated[int, Field(ge=2, le=1_000, multiple_of=2)] = 4
    seed: Seed = 1


class Table(Strict):
    """The rows of a CSV file beside the study, with a column for each factor."""

    method: Literal["table"]
    file: Name


AnyDesign = Annotated[
    Grid | Zip | LatinHypercube | Sobol | Morris | Table, Field(discriminator="method")
]

SAMPLED = (LatinHypercube, Sobol, Morris)
"""Designs that place points in ranges; what has no range is crossed with all of them."""


class Block(Strict):
    """Factors and their design; scenarios and runs are those of the study unless it has its own."""

    uncertainties: list[AnyUncertainty] = []
    levers: list[Lever] = []
    design: AnyDesign
    scenarios: Names | None = None
    runs: Annotated[int, Field(ge=1, le=MOST_RUNS)] | None = None


class Study(Strict):
    """A study: scenarios, what is uncertain, what can be chosen, and what is looked at."""

    title: Name
    question: str = ""
    description: str = ""
    cannot_say: str = ""
    scenarios: Names
    months: Annotated[int, Field(ge=1, le=LONGEST)] | None = None
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = DEFAULT_SEED
    runs: Annotated[int, Field(ge=1, le=MOST_RUNS)]
    outcomes: Annotated[list[Name], Field(min_length=1)] = OUTCOMES
    series: list[Name] = SERIES
    blocks: Annotated[dict[Label, Block], Field(min_length=1)]
