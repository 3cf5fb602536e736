"""The kinds of tests: what each may say in the file, what it reads off runs, and its figure."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.case.numbers import Real, Strict
from sim.model.calendar import MONTHS_A_YEAR, calendar_month
from sim.record.dots import Year
from sim.record.ensemble import (
    Batch,
    MetricId,
    NumberPath,
    Numbers,
    ProjectId,
    Span,
    within,
)
from sim.record.patterns.estimate import PERCENT, Figure, mean, quantile, ratio
from sim.scenario.limits import LONGEST
from sim.scenario.names import Name
from sim.scenario.selection import Chosen

Month = Annotated[int, Field(ge=0, le=LONGEST)]
CalendarMonth = Annotated[int, Field(ge=1, le=12)]
Season = Annotated[list[CalendarMonth], Field(min_length=2, max_length=2)]
"""First and last calendar month."""
Rung = Annotated[int, Field(ge=1, le=7)]

Read = Callable[[Batch], Numbers]
"""Takes one number or flag for each run off a batch."""


class Months(Strict):
    """The months from `first` to `last`, both included; month 0 is the start."""

    first: Month
    last: Month

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"the last month {self.last} lies before the first {self.first}")
        return self

    @property
    def span(self) -> Span:
        """First and last month."""
        return self.first, self.last


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

    def needs(self) -> list[tuple[str, Read]]:
        """Ensembles, and what is to be read off the runs of each; none where no run is needed."""
        return []

    @property
    def ensembles(self) -> list[str]:
        """The ensembles whose runs are needed, each once."""
        return list(dict.fromkeys(name for name, _ in self.needs()))

    def estimate(self, numbers: Sequence[Numbers]) -> Figure:
        """The figure from the numbers that were needed, in their order."""
        return mean(numbers[0])


class OfRuns(Check):
    """A test that reads one number off each run of an ensemble; its figure is their mean.

    Where that is a flag, the figure is the share of runs that have it.
    """

    ensemble: Name

    def needs(self) -> list[tuple[str, Read]]:
        """One number a run."""
        return [(self.ensemble, self.read)]

    @abstractmethod
    def read(self, batch: Batch) -> Numbers:
        """The number of each run."""


class Reaching(OfRuns):
    """Number of actors who stand at `rung` or above in any of the months.

    Its mean over runs, its quantile at 0.95, or the share of runs in which there is none.
    """

    kind: Literal["reaching"]
    who: Chosen
    rung: Rung
    months: Months
    figure: Literal["mean", "q95", "none"]

    def read(self, batch: Batch) -> Numbers:
        """Actors who stand there."""
        there = within(batch.rungs(self.who), self.months.span) >= self.rung
        return np.asarray(there.any(axis=1).sum(axis=1))

    def estimate(self, numbers: Sequence[Numbers]) -> Figure:
        """As `figure` says."""
        [actors] = numbers
        if self.figure == "q95":
            return quantile(actors, 0.95)
        return mean(actors == 0 if self.figure == "none" else actors)


class MeanRung(OfRuns):
    """Mean rung of actors over the months."""

    kind: Literal["mean_rung"]
    who: Chosen
    months: Months

    def read(self, batch: Batch) -> Numbers:
        """The mean rung."""
        return batch.mean_rung(self.who, self.months.span)


class Rise(OfRuns):
    """Rise of the mean rung of actors from the first to the last month, in rungs a year.

    With `less` the rise over those months is taken off it.
    """

    kind: Literal["rise"]
    who: Chosen
    months: Months
    less: Months | None = None

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if any(each and each.first == each.last for each in (self.months, self.less)):
            raise ValueError("a rise needs two months that differ")
        return self

    def read(self, batch: Batch) -> Numbers:
        """Rungs a year."""
        rise = self._rise(batch, self.months)
        return rise - self._rise(batch, self.less) if self.less else rise

    def _rise(self, batch: Batch, months: Months) -> Numbers:
        first, last = (batch.mean_rung(self.who, (month, month)) for month in months.span)
        return (last - first) * MONTHS_A_YEAR / (months.last - months.first)


class Moves(OfRuns):
    """Months in which an actor moves on the ladder, up or down, per actor and year."""

    kind: Literal["moves"]
    who: Chosen

    def read(self, batch: Batch) -> Numbers:
        """Months in which an actor moved, not rungs."""
        steps = batch.steps(self.who)
        return np.asarray((steps != 0).mean(axis=(1, 2)) * MONTHS_A_YEAR)


class Falls(Check):
    """Falls among all moves of actors, in per cent, runs taken together."""

    kind: Literal["falls"]
    ensemble: Name
    who: Chosen

    def needs(self) -> list[tuple[str, Read]]:
        """Months in which an actor fell, and in which one moved, over all actors."""
        return [
            (self.ensemble, lambda batch: (batch.steps(self.who) < 0).sum(axis=(1, 2))),
            (self.ensemble, lambda batch: (batch.steps(self.who) != 0).sum(axis=(1, 2))),
        ]

    def estimate(self, numbers: Sequence[Numbers]) -> Figure:
        """Falls over moves."""
        return ratio(*numbers).scaled(PERCENT)


class Leaving(OfRuns):
    """Share of runs in which any of the actors falls from `rung`."""

    kind: Literal["leaving"]
    who: Chosen
    rung: Rung

    def read(self, batch: Batch) -> Numbers:
        """Whether one falls from the rung itself."""
        left = (batch.rungs(self.who)[:, :-1] == self.rung) & (batch.steps(self.who) < 0)
        return np.asarray(left.any(axis=(1, 2)))


class Yearly(OfRuns):
    """Flows, added up over metrics and months, a year."""

    kind: Literal["yearly"]
    metrics: Annotated[list[MetricId], Field(min_length=1)]

    def read(self, batch: Batch) -> Numbers:
        """The total a year."""
        total = np.sum([batch.metric(name)[:, 1:].sum(axis=1) for name in self.metrics], axis=0)
        return np.asarray(total * MONTHS_A_YEAR / batch.horizon)


class Positive(OfRuns):
    """Share of runs in which a metric lies above 0 in a month."""

    kind: Literal["positive"]
    metric: MetricId
    month: Month

    def read(self, batch: Batch) -> Numbers:
        """Whether it lies above 0."""
        return batch.metric(self.metric)[:, self.month] > 0


class Amount(Strict):
    """A metric over a calendar year or over months: a flow's total, or the mean of a level.

    With `less` the same amount in another ensemble is taken off it, run by run.
    """

    ensemble: Name
    metric: MetricId
    year: Year | None = None
    months: Months | None = None
    less: Name | None = None

    @model_validator(mode="after")
    def _when(self) -> Self:
        if (self.year is None) == (self.months is None):
            raise ValueError("needs a year or months, and not both")
        return self

    def read(self, batch: Batch) -> Numbers:
        """The amount in one ensemble."""
        if self.year is not None:
            return batch.over_months(self.metric, batch.compiled.calendar.months_of_year(self.year))
        assert self.months is not None
        return batch.over_months(self.metric, self.months.span)

    def needs(self) -> list[tuple[str, Read]]:
        """The amount, and the one that is taken off it."""
        return [(name, self.read) for name in (self.ensemble, self.less) if name]


class Ratio(Check):
    """One amount over another one, or over a number: means over runs, the second below the first.

    `figure` is the ratio itself, the ratio in per cent, or its distance from 1 in per cent.
    """

    kind: Literal["ratio"]
    over: Amount
    under: Amount | Real
    figure: Literal["ratio", "percent", "change"]

    def needs(self) -> list[tuple[str, Read]]:
        """Both amounts."""
        amounts = (self.over, self.under)
        return [need for each in amounts if isinstance(each, Amount) for need in each.needs()]

    def estimate(self, numbers: Sequence[Numbers]) -> Figure:
        """The ratio, each amount less another one where the test says so."""
        rest = iter(numbers)

        def value_of(amount: Amount) -> Numbers:
            return next(rest) - next(rest) if amount.less else next(rest)

        over, base = value_of(self.over), self.under
        under = value_of(base) if isinstance(base, Amount) else np.full(len(over), base)
        if self.figure == "ratio":
            return ratio(over, under)
        return ratio(over, under).scaled(PERCENT, -PERCENT if self.figure == "change" else 0.0)


class Seasonal(OfRuns):
    """Largest value of a metric in a season over the smallest in the season that follows.

    The mean is over all pairs of seasons within the horizon.
    """

    kind: Literal["season"]
    metric: MetricId
    peak: Season
    trough: Season

    def read(self, batch: Batch) -> Numbers:
        """The mean ratio."""
        values = batch.metric(self.metric)
        pairs = seasons(batch.compiled.calendar.month, batch.horizon, self.peak, self.trough)
        ratios = [values[:, high].max(axis=1) / values[:, low].min(axis=1) for high, low in pairs]
        return np.asarray(np.mean(ratios, axis=0))


def seasons(
    start: int, horizon: int, peak: Sequence[int], trough: Sequence[int]
) -> list[tuple[range, range]]:
    """Months of each peak season and of the trough that follows, both whole within the horizon.

    `start` is the calendar month of month 1; a season is its first and last calendar month.

    >>> seasons(2, 24, (11, 3), (5, 10))
    [(range(10, 15), range(16, 22))]
    """
    high, low = ((last - first) % MONTHS_A_YEAR + 1 for first, last in (peak, trough))
    gap = high + (trough[0] - peak[0] - high) % MONTHS_A_YEAR
    return [
        (range(first, first + high), range(first + gap, first + gap + low))
        for first in range(1, horizon + 2 - gap - low)
        if calendar_month(start, first) == peak[0]
    ]


class StageFalls(OfRuns):
    """Share of runs in which a project falls a stage between the first and the last month."""

    kind: Literal["stage_falls"]
    project: ProjectId
    months: Months

    def read(self, batch: Batch) -> Numbers:
        """Whether it falls."""
        stages = within(batch.stages(self.project), self.months.span)
        return np.asarray((np.diff(stages, axis=1) < 0).any(axis=1))


class CaseNumber(Check):
    """A number of the case, which needs no run."""

    kind: Literal["number"]
    path: NumberPath


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
    | Seasonal
    | StageFalls
    | CaseNumber
    | Fitted,
    Field(discriminator="kind"),
]
