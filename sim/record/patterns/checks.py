"""The kinds of tests: what each may say in the file, what it reads off runs, and its figure."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.case.numbers import Real, Strict
from sim.measures.members import Reals
from sim.model.calendar import MONTHS_A_YEAR, calendar_month
from sim.record.patterns.estimate import PERCENT, Figure, mean, quantile, ratio, share
from sim.record.patterns.panel import Panel, Span, within
from sim.scenario.limits import LONGEST
from sim.scenario.names import Name
from sim.scenario.selection import Selection

Month = Annotated[int, Field(ge=0, le=LONGEST)]
CalendarMonth = Annotated[int, Field(ge=1, le=12)]
Season = Annotated[list[CalendarMonth], Field(min_length=2, max_length=2)]
"""First and last calendar month."""
Rung = Annotated[int, Field(ge=1, le=7)]
Year = Annotated[int, Field(ge=1900, le=2200)]

Read = Callable[[Panel], Reals]
"""Takes one number for each run off a panel."""


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

    def estimate(self, numbers: Sequence[Reals]) -> Figure:
        """The figure from the numbers that were needed, in their order."""
        return mean(numbers[0])


class OfRuns(Check):
    """A test that reads one number off each run of one ensemble; its figure is their mean."""

    ensemble: Name

    def needs(self) -> list[tuple[str, Read]]:
        """One number a run."""
        return [(self.ensemble, self.read)]

    @abstractmethod
    def read(self, panel: Panel) -> Reals:
        """The number of each run."""


class OfFlags(OfRuns):
    """A test whose number is 1 or 0; its figure is the share of runs."""

    def estimate(self, numbers: Sequence[Reals]) -> Figure:
        """The share of runs with a 1."""
        return share(numbers[0])


class Reaching(OfRuns):
    """Number of actors who stand at `rung` or above in any of the months.

    Its mean over runs, its quantile at 0.95, or the share of runs in which there is none.
    """

    kind: Literal["reaching"]
    who: Selection
    rung: Rung
    months: Months
    figure: Literal["mean", "q95", "none"]

    def read(self, panel: Panel) -> Reals:
        """Actors who stand there."""
        there = within(panel.rungs(self.who), self.months.span) >= self.rung
        return np.asarray(there.any(axis=1).sum(axis=1), np.float64)

    def estimate(self, numbers: Sequence[Reals]) -> Figure:
        """As `figure` says."""
        if self.figure == "none":
            return share(np.asarray(numbers[0] == 0, np.float64))
        return quantile(numbers[0], 0.95) if self.figure == "q95" else mean(numbers[0])


class MeanRung(OfRuns):
    """Mean rung of actors over the months."""

    kind: Literal["mean_rung"]
    who: Selection
    months: Months

    def read(self, panel: Panel) -> Reals:
        """The mean rung."""
        return panel.mean_rung(self.who, self.months.span)


class Rise(OfRuns):
    """Rise of the mean rung of actors from the first to the last month, in rungs a year.

    With `less` the rise over those months is taken off it.
    """

    kind: Literal["rise"]
    who: Selection
    months: Months
    less: Months | None = None

    @model_validator(mode="after")
    def _apart(self) -> Self:
        for months in (self.months, self.less):
            if months is not None and months.first == months.last:
                raise ValueError("a rise needs two months that differ")
        return self

    def read(self, panel: Panel) -> Reals:
        """Rungs a year."""
        rise = self._rise(panel, self.months)
        return rise - self._rise(panel, self.less) if self.less else rise

    def _rise(self, panel: Panel, months: Months) -> Reals:
        first, last = months.span
        gained = panel.mean_rung(self.who, (last, last)) - panel.mean_rung(self.who, (first, first))
        return np.asarray(gained * MONTHS_A_YEAR / (last - first), np.float64)


class Moves(OfRuns):
    """Moves up and down the ladder, per actor and year."""

    kind: Literal["moves"]
    who: Selection

    def read(self, panel: Panel) -> Reals:
        """Months in which an actor moved, not rungs."""
        steps = panel.steps(self.who)
        actor_years = steps.shape[2] * panel.horizon / MONTHS_A_YEAR
        return np.asarray((steps != 0).sum(axis=(1, 2)) / actor_years, np.float64)


class Falls(Check):
    """Falls among all moves of actors, in per cent, runs taken together."""

    kind: Literal["falls"]
    ensemble: Name
    who: Selection

    def needs(self) -> list[tuple[str, Read]]:
        """Months in which an actor fell, and in which one moved, over all actors."""
        return [
            (self.ensemble, lambda panel: _total(panel.steps(self.who) < 0)),
            (self.ensemble, lambda panel: _total(panel.steps(self.who) != 0)),
        ]

    def estimate(self, numbers: Sequence[Reals]) -> Figure:
        """Falls over moves."""
        return ratio(numbers[0], numbers[1]).scaled(PERCENT)


def _total(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Reals:
    """Flags `[run, month, actor]` counted in each run."""
    return np.asarray(flags.sum(axis=(1, 2)), np.float64)


class Leaving(OfFlags):
    """Share of runs in which any of the actors falls from `rung`."""

    kind: Literal["leaving"]
    who: Selection
    rung: Rung

    def read(self, panel: Panel) -> Reals:
        """Whether one falls from the rung itself."""
        left = (panel.rungs(self.who)[:, :-1] == self.rung) & (panel.steps(self.who) < 0)
        return np.asarray(left.any(axis=(1, 2)), np.float64)


class Yearly(OfRuns):
    """Flows, added up over metrics and months, a year."""

    kind: Literal["yearly"]
    metrics: Annotated[list[Name], Field(min_length=1)]

    def read(self, panel: Panel) -> Reals:
        """The total a year."""
        total = np.sum([panel.metric(name)[:, 1:].sum(axis=1) for name in self.metrics], axis=0)
        return np.asarray(total * MONTHS_A_YEAR / panel.horizon, np.float64)


class Positive(OfFlags):
    """Share of runs in which a metric lies above 0 in a month."""

    kind: Literal["positive"]
    metric: Name
    month: Month

    def read(self, panel: Panel) -> Reals:
        """Whether it lies above 0."""
        return np.asarray(panel.metric(self.metric)[:, self.month] > 0.0, np.float64)


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

    def read(self, panel: Panel) -> Reals:
        """The amount in one ensemble."""
        span = self.months.span if self.months else (0, 0)
        if self.year is not None:
            span = panel.compiled.calendar.months_of_year(self.year)
        return panel.over_months(self.metric, span)

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

    def estimate(self, numbers: Sequence[Reals]) -> Figure:
        """The ratio, each amount less another one where the test says so."""
        rest = iter(numbers)

        def value_of(amount: Amount) -> Reals:
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
    metric: Name
    peak: Season
    trough: Season

    def read(self, panel: Panel) -> Reals:
        """The mean ratio."""
        values = panel.metric(self.metric)
        pairs = seasons(panel.compiled.calendar.month, panel.horizon, self.peak, self.trough)
        ratios = [values[:, high].max(axis=1) / values[:, low].min(axis=1) for high, low in pairs]
        return np.asarray(np.mean(ratios, axis=0), np.float64)


def seasons(
    start: int, horizon: int, peak: Sequence[int], trough: Sequence[int]
) -> list[tuple[range, range]]:
    """Months of each peak season and of the trough that follows, both whole within the horizon.

    `start` is the calendar month of month 1; a season is its first and last calendar month.

    >>> seasons(2, 24, (11, 3), (5, 10))
    [(range(10, 15), range(16, 22))]
    """
    lengths = [(last - first) % MONTHS_A_YEAR + 1 for first, last in (peak, trough)]
    found = []
    for first in range(1, horizon + 1):
        after = first + lengths[0]
        opening = after + (trough[0] - calendar_month(start, after)) % MONTHS_A_YEAR
        end = opening + lengths[1]
        if calendar_month(start, first) == peak[0] and end <= horizon + 1:
            found.append((range(first, after), range(opening, end)))
    return found


class StageFalls(OfFlags):
    """Share of runs in which a project falls a stage between the first and the last month."""

    kind: Literal["stage_falls"]
    project: Name
    months: Months

    def read(self, panel: Panel) -> Reals:
        """Whether it falls."""
        stages = within(panel.stages(self.project), self.months.span)
        return np.asarray((np.diff(stages, axis=1) < 0).any(axis=1), np.float64)


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
    | Seasonal
    | StageFalls
    | CaseNumber
    | Fitted,
    Field(discriminator="kind"),
]
