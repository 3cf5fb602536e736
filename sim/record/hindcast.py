"""The record of a case beside simulated runs of the same time: calibration, not validation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, ValidationInfo, model_validator

from sim.case.case import StartFacts
from sim.case.numbers import Real, Strict
from sim.io.validation import Finding, wrong
from sim.measures.catalog import is_flow, is_whole
from sim.measures.distribution import Distribution, Reals
from sim.measures.measure import Key
from sim.model.calendar import MONTHS_A_YEAR
from sim.record.dots import Dot, Record, span
from sim.record.ensemble import (
    Batch,
    Ensemble,
    MetricId,
    Numbers,
    Runs,
    Span,
    batches,
    load_file,
    over_span,
    record_folder,
)
from sim.scenario.names import Name, PoolId
from sim.scenario.selection import Chosen
from sim.scenario.setting import setting_in
from sim.store.tables import QUANTILE_NAMES


class GroupRung(Strict):
    """Mean rung of actors."""

    kind: Literal["mean_rung"]
    who: Chosen

    @property
    def key(self) -> Key | None:
        """The series by month that it is; None for a rung of others than one group."""
        groups = self.who.group if self.who.model_fields_set == {"group"} else None
        return ("mean_rung", groups[0]) if groups and len(groups) == 1 else None

    def series(self, batch: Batch) -> Numbers:
        """The quantity `[run, month]`."""
        return np.asarray(batch.rungs(self.who).mean(axis=2))


class OneMetric(Strict):
    """A metric."""

    kind: Literal["metric"]
    metric: MetricId

    @property
    def key(self) -> Key | None:
        """The series by month that it is."""
        metric, _, subject = self.metric.partition(":")
        return metric, subject

    def series(self, batch: Batch) -> Numbers:
        """The quantity `[run, month]`."""
        return batch.metric(self.metric)


class PoolBalance(Strict):
    """Balance of a pool."""

    kind: Literal["balance"]
    pool: PoolId

    @property
    def key(self) -> Key | None:
        """The series by month that it is."""
        return "pool_balance", self.pool

    def series(self, batch: Batch) -> Numbers:
        """The quantity `[run, month]`."""
        return batch.balance(self.pool)


class PanelFile(Strict):
    """A panel: a quantity by month or by calendar year, and the record of it.

    `least` and `most` are ends that the axis must show.
    """

    title: Name
    unit: Name
    by: Literal["month", "year"]
    least: Real | None = None
    most: Real | None = None
    quantity: Annotated[GroupRung | OneMetric | PoolBalance, Field(discriminator="kind")]
    record: Record

    @property
    def flow(self) -> bool:
        """Whether the quantity adds up over months."""
        return isinstance(self.quantity, OneMetric) and is_flow(self.quantity.metric)

    @property
    def whole(self) -> bool:
        """Whether its values are whole numbers."""
        key = self.quantity.key
        return self.by == "month" and key is not None and is_whole(key[0])

    def spans(self, ensemble: Ensemble, start: StartFacts) -> list[Span]:
        """The points of a fan: each month (a flow has none at the start), or each whole year."""
        if self.by == "month":
            return [(month, month) for month in range(int(self.flow), ensemble.months + 1)]
        years = range(start.calendar.year, start.calendar.year + ensemble.months // 12 + 2)
        spans = [start.calendar.months_of_year(year) for year in years]
        return [each for each in spans if each[0] >= 1 and each[1] <= ensemble.months]


class HindcastFile(Strict):
    """`hindcast.yaml`; `says` are the words below the picture about the record."""

    says: Name
    ensemble: Ensemble
    panels: Annotated[list[PanelFile], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_time(self, info: ValidationInfo) -> Self:
        findings = list(self._empty(info))
        if findings:
            raise wrong(findings)
        return self

    def _empty(self, info: ValidationInfo) -> Iterator[Finding]:
        """Panels without a point."""
        setting = setting_in(info)
        for place, panel in enumerate(self.panels if setting else ()):
            assert setting is not None
            if not panel.spans(self.ensemble, setting.case.starts[self.ensemble.start]):
                yield ("panels", place, "by"), "no whole year lies in the ensemble"


@dataclass(frozen=True)
class Fan:
    """Mean and quantiles over runs at some points, each from `first` to `last` in decimal years."""

    first: Reals
    last: Reals
    mean: Reals
    quantiles: Mapping[str, Reals]


@dataclass(frozen=True)
class Panel:
    """A panel: what is simulated and what the record has; `shown` are values the axis must show."""

    title: str
    unit: str
    by_year: bool
    shown: tuple[float, ...]
    fan: Fan
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Hindcast:
    """All panels, with what they rest on; `first` and `last` are the months shown."""

    says: str
    scenario: str
    runs: int
    seed: int
    first: str
    last: str
    panels: tuple[Panel, ...]


def load_hindcast(case: str) -> HindcastFile:
    """The hindcast of a case; raises MissingFile where there is none, and BadFile."""
    return load_file(HindcastFile, case, "hindcast.yaml")[1]


def points(panel: PanelFile, batch: Batch, spans: list[Span]) -> Reals:
    """The quantity at each point, `[run, point]`: a flow's total, or the mean of a level."""
    series = panel.quantity.series(batch)
    return np.stack([over_span(series, each, panel.flow) for each in spans], axis=1)


def fan_of(spread: Distribution, spans: list[Span], start: StartFacts) -> Fan:
    """The fan of a distribution over points."""
    first = np.array([span(start.calendar.date(month))[0] for month, _ in spans])
    last = np.array([span(start.calendar.date(month))[1] for _, month in spans])
    return Fan(first, last, spread.mean, dict(zip(QUANTILE_NAMES, spread.quantiles(), strict=True)))


def record_by_month(case: str) -> dict[Key, list[Dot]]:
    """What the record of a case has of series by month; of a flow by year a twelfth of it.

    Raises MissingFile where the case has no hindcast, and BadFile.
    """
    loaded, file = load_file(HindcastFile, case, "hindcast.yaml")
    series: dict[Key, list[Dot]] = {}
    for panel in file.panels:
        share = 1.0 / MONTHS_A_YEAR if panel.by == "year" and panel.flow else 1.0
        if key := panel.quantity.key:
            dots = panel.record.dots(loaded, record_folder(case))
            series[key] = [replace(dot, value=share * dot.value) for dot in dots]
    return series


def hindcast(case: str, how: Runs) -> Hindcast:
    """The panels of a case's hindcast; raises MissingFile or BadFile.

    Of the record those dots are taken whose middle lies in the time of the fan.
    """
    loaded, file = load_file(HindcastFile, case, "hindcast.yaml")
    start = loaded.starts[file.ensemble.start]
    spans = [panel.spans(file.ensemble, start) for panel in file.panels]
    spreads = [
        Distribution((len(own),), how.runs, panel.whole)
        for panel, own in zip(file.panels, spans, strict=True)
    ]
    for batch in batches(loaded, file.ensemble, how):
        for panel, spread, own in zip(file.panels, spreads, spans, strict=True):
            spread.add(points(panel, batch, own))
    compared = []
    for panel, spread, own in zip(file.panels, spreads, spans, strict=True):
        fan = fan_of(spread, own, start)
        dots = panel.record.dots(loaded, record_folder(case))
        inside = tuple(dot for dot in dots if fan.first[0] <= dot.middle <= fan.last[-1])
        shown = tuple(end for end in (panel.least, panel.most) if end is not None)
        by_year = panel.by == "year"
        compared.append(Panel(panel.title, panel.unit, by_year, shown, fan, inside))
    ends = start.calendar.date(1), start.calendar.date(file.ensemble.months)
    return Hindcast(file.says, file.ensemble.scenario, how.runs, how.seed, *ends, tuple(compared))
