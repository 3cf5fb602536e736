"""What `patterns.yaml` of a case may say: which ensembles to run, and each fact with its tests.

All names of actors, groups, projects and scenarios stand in that file; the code knows only the
kinds of tests.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.case.numbers import Confidence, Real, Strict
from sim.scenario.names import Name
from sim.scenario.parts import LONGEST
from sim.scenario.selection import Selection

Month = Annotated[int, Field(ge=0, le=LONGEST)]
Calendar = Annotated[int, Field(ge=1, le=12)]
Rung = Annotated[int, Field(ge=1, le=7)]
Year = Annotated[int, Field(ge=1900, le=2200)]


class Months(Strict):
    """The months from `first` to `last`, both included; month 0 is the start."""

    first: Month
    last: Month

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"the last month {self.last} lies before the first {self.first}")
        return self


class Ensemble(Strict):
    """A scenario, played many times from a start of the case over some months."""

    scenario: Name
    start: Name
    months: Annotated[int, Field(ge=1, le=LONGEST)]


class Check(Strict):
    """What all tests say: the quantity in words, its unit, the bounds, the document's figure.

    A bound that is missing is open. `reference` is the figure of the model document and
    `reference_half` half a unit of its last printed digit.
    """

    says: Name
    unit: Name
    low: Real | None = None
    high: Real | None = None
    reference: Real | None = None
    reference_half: Real | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("needs a bound: low, high or both")
        if self.low is not None and self.high is not None and self.high < self.low:
            raise ValueError(f"high {self.high:g} lies below low {self.low:g}")
        if (self.reference is None) != (self.reference_half is None):
            raise ValueError("reference and reference_half go together")
        return self


class Reaching(Check):
    """Number of actors who stand at `rung` or above in any of the months.

    Its mean over runs, its quantile at 0.95, or the share of runs in which there is none.
    """

    kind: Literal["reaching"]
    ensemble: Name
    who: Selection
    rung: Rung
    months: Months
    figure: Literal["mean", "q95", "none"]


class MeanRung(Check):
    """Mean rung of actors over the months."""

    kind: Literal["mean_rung"]
    ensemble: Name
    who: Selection
    months: Months


class Rise(Check):
    """Rise of the mean rung of actors from the first to the last month, in rungs a year.

    With `less` the rise over those months is taken off it.
    """

    kind: Literal["rise"]
    ensemble: Name
    who: Selection
    months: Months
    less: Months | None = None

    @model_validator(mode="after")
    def _apart(self) -> Self:
        for months in (self.months, self.less):
            if months is not None and months.first == months.last:
                raise ValueError("a rise needs two months that differ")
        return self


class Moves(Check):
    """Moves up and down the ladder, per actor and year."""

    kind: Literal["moves"]
    ensemble: Name
    who: Selection


class Falls(Check):
    """Falls among all moves of actors, in per cent, runs taken together."""

    kind: Literal["falls"]
    ensemble: Name
    who: Selection


class Leaving(Check):
    """Share of runs in which any of the actors falls from `rung`."""

    kind: Literal["leaving"]
    ensemble: Name
    who: Selection
    rung: Rung


class Yearly(Check):
    """Flows, added up over metrics and months, a year."""

    kind: Literal["yearly"]
    ensemble: Name
    metrics: Annotated[list[Name], Field(min_length=1)]


class Positive(Check):
    """Share of runs in which a metric lies above 0 in a month."""

    kind: Literal["positive"]
    ensemble: Name
    metric: Name
    month: Month


class Amount(Strict):
    """A metric over a calendar year or over months: a flow's total, or the mean of a level.

    With `less` the same amount in another ensemble is taken off it, run by run.
    """

    ensemble: Name
    metric: Name
    year: Year | None = None
    months: Months | None = None
    less: Name | None = None

    @model_validator(mode="after")
    def _when(self) -> Self:
        if (self.year is None) == (self.months is None):
            raise ValueError("needs a year or months, and not both")
        return self


class Ratio(Check):
    """One amount over another one, or over a number: means over runs, the second below the first.

    `figure` is the ratio itself, the ratio in per cent, or its distance from 1 in per cent.
    """

    kind: Literal["ratio"]
    over: Amount
    under: Amount | Real
    figure: Literal["ratio", "percent", "change"]


class Season(Check):
    """Largest value of a metric in a season over the smallest in the season that follows.

    Seasons are the first and last calendar month; the mean is over all pairs within the horizon.
    """

    kind: Literal["season"]
    ensemble: Name
    metric: Name
    peak: Annotated[list[Calendar], Field(min_length=2, max_length=2)]
    trough: Annotated[list[Calendar], Field(min_length=2, max_length=2)]


class StageFalls(Check):
    """Share of runs in which a project falls a stage between the first and the last month."""

    kind: Literal["stage_falls"]
    ensemble: Name
    project: Name
    months: Months


class CaseNumber(Check):
    """A number of the case, which needs no run."""

    kind: Literal["number"]
    path: Name


class Fitted(Check):
    """A figure of a fit of the recognition kernel to a record.

    `first_year` is the fitted over the recorded count of the first year; the others are the root
    mean square error of the left-out years over that of a naive rule.
    """

    kind: Literal["fitted"]
    fit: Name
    figure: Literal["first_year", "against_persistence", "against_mean"]


AnyCheck = Annotated[
    Reaching
    | MeanRung
    | Rise
    | Moves
    | Falls
    | Leaving
    | Yearly
    | Positive
    | Ratio
    | Season
    | StageFalls
    | CaseNumber
    | Fitted,
    Field(discriminator="kind"),
]


class Group(Strict):
    """States of which any of the columns has its value; without `any_of`, all that are left."""

    title: Name
    any_of: dict[str, str] = {}


class Fit(Strict):
    """The recognition kernel alone, fitted to a record of recognitions (model 12).

    `record` is a table below `seeds/`; its first two columns name a row. Rows are used whose
    column `event` is one of `events`; those with a date have recognised. The groups are asked in
    order. States with `1` in the column `worry` pay a penalty, and those with `1` in `heavy` count
    `heavy_weight` times among peers.
    """

    record: Name
    first_month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    events: Annotated[list[Name], Field(min_length=1)]
    fitted: Annotated[list[Year], Field(min_length=2)]
    left_out: Annotated[list[Year], Field(min_length=1)]
    groups: Annotated[list[Group], Field(min_length=1)]
    worry: Name
    heavy: Name
    heavy_weight: Real


class Pattern(Strict):
    """A stylised fact, what stands behind it, and the tests that hold the model against it.

    `reference` is the verdict of the model document.
    """

    title: Name
    fact: Name
    evidence: Name
    source: Name
    confidence: Confidence
    reference: Literal["met", "partly", "missed"]
    note: str = ""
    tests: Annotated[list[AnyCheck], Field(min_length=1)]


class PatternsFile(Strict):
    """`patterns.yaml`."""

    caution: Name
    reference: Name
    ensembles: dict[str, Ensemble]
    fits: dict[str, Fit]
    patterns: dict[str, Pattern]
