"""The fans: where the simulated runs lie, panel by panel, and the record beside them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.case.case import Case, StartFacts
from sim.case.numbers import Strict
from sim.io.documents import Document
from sim.io.errors import BadFile, Fault
from sim.io.places import shipped
from sim.io.reader import read_yaml
from sim.io.validation import validate
from sim.measures.catalog import is_flow
from sim.measures.distribution import Distribution, Reals
from sim.measures.measure import Key
from sim.model.calendar import MONTHS_A_YEAR
from sim.record.hindcast.file import GroupRung, HindcastFile, OneMetric, PanelFile, PoolBalance
from sim.record.hindcast.record import Dot, dots_of, span
from sim.record.patterns.file import Ensemble
from sim.record.patterns.panel import Panel, Span, metrics_of, within
from sim.record.patterns.play import Runs, panels_of
from sim.scenario.catalog import case_named
from sim.scenario.names import unknown
from sim.scenario.selection import Selection, selected
from sim.store.tables import QUANTILE_NAMES

Moments = list[Span]
"""First and last month of each point of a fan."""


@dataclass(frozen=True)
class Fan:
    """Mean and quantiles over runs at some points, each from `first` to `last` in decimal years."""

    first: Reals
    last: Reals
    mean: Reals
    quantiles: Mapping[str, Reals]


@dataclass(frozen=True)
class Compared:
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
    panels: tuple[Compared, ...]


def load_hindcast(case: str) -> HindcastFile:
    """The hindcast of a case; raises MissingFile where there is none, and BadFile."""
    document = read_yaml(shipped("seeds") / case / "hindcast.yaml", f"{case}/hindcast.yaml")
    file = validate(HindcastFile, document)
    faults = list(faults_of(case_named(case), file, document))
    if faults:
        raise BadFile(faults)
    return file


def faults_of(case: Case, file: HindcastFile, document: Document) -> Iterator[Fault]:
    """Names that lead nowhere, and panels without a point."""
    if file.ensemble.start not in case.starts:
        message = unknown("start", file.ensemble.start, case.starts)
        yield document.fault(("ensemble", "start"), message)
        return
    for place, panel in enumerate(file.panels):
        for part in ("quantity", "record"):
            for key, message in _wrong(case, getattr(panel, part)):
                yield document.fault(("panels", place, part, key), message)
        if not moments(panel, file.ensemble, case.starts[file.ensemble.start]):
            yield document.fault(("panels", place, "by"), "no whole year lies in the ensemble")


def _wrong(case: Case, part: Strict) -> Iterator[tuple[str, str]]:
    """Keys of a quantity or a record whose name leads nowhere."""
    known: dict[str, Collection[str]] = {"metric": metrics_of(case), "pool": case.pools}
    for key in type(part).model_fields:
        value = getattr(part, key)
        if key in known and value not in known[key]:
            yield key, unknown(key, value, known[key])
        elif isinstance(value, Selection) and not selected(case, value):
            yield key, "selects nobody"
        elif key == "at":
            yield from (
                (key, unknown("path", path, ()))
                for path in value.values()
                if path not in map(str, case.numbers)
            )


def moments(panel: PanelFile, ensemble: Ensemble, start: StartFacts) -> Moments:
    """The points of a fan: each month (a flow has none at the start), or each whole year."""
    if panel.by == "month":
        return [(month, month) for month in range(int(adds_up(panel)), ensemble.months + 1)]
    first = start.calendar.year
    spans = [
        start.calendar.months_of_year(year)
        for year in range(first, first + ensemble.months // MONTHS_A_YEAR + 2)
    ]
    return [each for each in spans if each[0] >= 1 and each[1] <= ensemble.months]


def adds_up(panel: PanelFile) -> bool:
    """Whether the quantity adds up over months."""
    quantity = panel.quantity
    return isinstance(quantity, OneMetric) and is_flow(quantity.metric)


def series_of(file: PanelFile, panel: Panel) -> Reals:
    """The quantity of a panel, `[run, month]`."""
    quantity = file.quantity
    if isinstance(quantity, GroupRung):
        return np.asarray(panel.rungs(quantity.who).mean(axis=2), np.float64)
    if isinstance(quantity, OneMetric):
        return panel.metric(quantity.metric)
    place = panel.compiled.pools.index(quantity.pool)
    return np.asarray(panel.trajectories.pools["balance"][:, :, place], np.float64)


def points(file: PanelFile, panel: Panel, at: Moments) -> Reals:
    """The quantity at each point, `[run, point]`: a flow's total, or the mean of a level."""
    series = series_of(file, panel)
    spans = [within(series, each) for each in at]
    parts = [each.sum(axis=1) if adds_up(file) else each.mean(axis=1) for each in spans]
    return np.stack(parts, axis=1)


def fan_of(spread: Distribution, at: Moments, start: StartFacts) -> Fan:
    """The fan of a distribution over points."""
    spans = [[span(start.calendar.date(month)) for month in each] for each in at]
    return Fan(
        np.array([first[0] for first, _ in spans]),
        np.array([last[1] for _, last in spans]),
        spread.mean,
        dict(zip(QUANTILE_NAMES, spread.quantiles(), strict=True)),
    )


def key_of(panel: PanelFile) -> Key | None:
    """The series by month that a panel is about; None for a rung of others than one group."""
    quantity = panel.quantity
    if isinstance(quantity, OneMetric):
        metric, _, subject = quantity.metric.partition(":")
        return metric, subject
    if isinstance(quantity, PoolBalance):
        return "pool_balance", quantity.pool
    who = quantity.who
    groups = who.group if who.group and who.model_fields_set == {"group"} else []
    return ("mean_rung", groups[0]) if len(groups) == 1 else None


def observed(case: str) -> dict[Key, list[Dot]]:
    """What the record of a case has of series by month; of a flow by year a twelfth of it.

    Raises MissingFile where the case has no hindcast, and BadFile.
    """
    file, loaded = load_hindcast(case), case_named(case)
    found: dict[Key, list[Dot]] = {}
    for panel in file.panels:
        share = 1.0 / MONTHS_A_YEAR if panel.by == "year" and adds_up(panel) else 1.0
        dots = dots_of(panel.record, loaded, shipped("seeds") / case / "record")
        if key := key_of(panel):
            found[key] = [replace(dot, value=share * dot.value) for dot in dots]
    return found


def hindcast(case: str, how: Runs) -> Hindcast:
    """The panels of a case's hindcast; raises MissingFile or BadFile.

    Of the record those dots are taken whose middle lies in the time of the fan.
    """
    file, loaded = load_hindcast(case), case_named(case)
    start = loaded.starts[file.ensemble.start]
    at = [moments(panel, file.ensemble, start) for panel in file.panels]
    spreads = [Distribution((len(each),), how.runs) for each in at]
    for _, panel in panels_of(loaded, file.ensemble, how):
        for own, spread, each in zip(file.panels, spreads, at, strict=True):
            spread.add(points(own, panel, each))
    folder = shipped("seeds") / case / "record"
    compared = []
    for own, spread, each in zip(file.panels, spreads, at, strict=True):
        fan = fan_of(spread, each, start)
        dots = [
            dot
            for dot in dots_of(own.record, loaded, folder)
            if fan.first[0] <= dot.middle <= fan.last[-1]
        ]
        shown = tuple(end for end in (own.least, own.most) if end is not None)
        compared.append(Compared(own.title, own.unit, own.by == "year", shown, fan, tuple(dots)))
    last = start.calendar.date(file.ensemble.months)
    ends = (start.calendar.date(1), last)
    return Hindcast(file.says, file.ensemble.scenario, how.runs, how.seed, *ends, tuple(compared))
