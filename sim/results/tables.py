"""The text of the tables in a results folder: ten significant digits, blank for what is unknown."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from sim.case.case import Case
from sim.metrics import ActorMonth, Metrics
from sim.results.distribution import QUANTILES, Reals
from sim.results.outcomes import CONDITION_MET, LADDER_UNITS, described
from sim.results.summary import ACTOR_FLOWS, Summary, rung_means, rung_quantiles
from sim.schema import columns
from sim.vocab import RUNG_WORDS, RUNGS, date

Row = Sequence[object]

QUANTILE_NAMES = tuple(f"q{round(100 * share):02d}" for share in QUANTILES)
SUMMARY_HEADER = (
    "metric",
    "unit",
    "subject",
    "month",
    "date",
    "mean",
    *QUANTILE_NAMES,
    "runs",
    "bin_width",
)
BY_ACTOR = ("rung_end:", "rung_highest:")
"""Beginnings of the outcomes of single actors."""

ACTORS_HEADER = ("actor", "name", "group", "quantity", "unit", "mean", *QUANTILE_NAMES, "runs")


def number(value: float) -> str:
    """A number with ten significant digits; blank for NaN.

    >>> number(1 / 3), number(2.0), number(float("nan"))
    ('0.3333333333', '2', '')
    """
    return "" if math.isnan(value) else format(value, ".10g")


def as_csv(header: Row, rows: Iterable[Row]) -> str:
    """A table as CSV text with LF line ends."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def unit_of(metric: str) -> str:
    """Unit of a series; a flow is that of one month."""
    known = columns(Metrics)
    return known[metric].unit if metric in known else LADDER_UNITS[metric][0]


def summary_rows(
    summary: Summary, actors: Sequence[str], year: int, calendar: int
) -> Iterator[Row]:
    """Rows of `summary.csv`: each series by month, then the rung of each actor."""
    dates = [date(year, calendar, month) for month in range(summary.months + 1)]
    mean, quantiles, width = (
        summary.values.mean,
        summary.values.quantiles(),
        summary.values.width,
    )
    known = columns(Metrics)
    for place, (metric, subject) in enumerate(summary.series):
        first = 1 if metric in known and known[metric].flow else 0
        for month in range(first, summary.months + 1):
            yield (
                metric,
                unit_of(metric),
                subject,
                month,
                dates[month],
                number(mean[month, place]),
                *(number(value) for value in quantiles[:, month, place]),
                summary.runs,
                number(width[month, place]),
            )
    means, spreads = rung_means(summary.rungs), rung_quantiles(summary.rungs)
    for i, actor in enumerate(actors):
        for month in range(summary.months + 1):
            cells = [number(means[month, i]), *(number(value) for value in spreads[:, month, i])]
            yield ("rung", "rung", actor, month, dates[month], *cells, summary.runs, "0")


def actor_rows(summary: Summary, case: Case) -> Iterator[Row]:
    """Rows of `actors.csv`: flows over the run, the rung at the end, the chance of each rung."""
    mean, quantiles = summary.flows.mean, summary.flows.quantiles()
    end = summary.rungs[-1]
    blank = [""] * len(QUANTILES)
    for i, facts in enumerate(case.actors.values()):
        named = (facts.id, facts.name, facts.group)
        for place, flow in enumerate(ACTOR_FLOWS):
            spread = [number(value) for value in quantiles[:, i, place]]
            unit = columns(ActorMonth)[flow].unit
            yield (*named, flow, unit, number(mean[i, place]), *spread, summary.runs)
        spread = [number(value) for value in rung_quantiles(end[i])]
        yield (*named, "rung_end", "rung", number(float(rung_means(end[i]))), *spread, summary.runs)
        for rung in range(1, RUNGS):
            chance = number(summary.reached[i, rung] / summary.runs)
            yield (*named, f"reached_{rung}", "probability", chance, *blank, summary.runs)


def as_text(values: Reals) -> list[str]:
    """A column of numbers as text; whole numbers as they are."""
    if values.dtype.kind == "i":
        return [str(value) for value in values.tolist()]
    return [number(value) for value in values.tolist()]


def run_rows(outcomes: dict[str, Reals], first: int, last: int) -> Iterator[Row]:
    """Rows of `runs.csv.gz` for runs `first` to `last - 1`."""
    formatted = [as_text(values[first:last]) for values in outcomes.values()]
    for place, cells in enumerate(zip(*formatted, strict=True)):
        yield (first + place, *cells)


def codebook_rows(
    case: Case, outcomes: Iterable[str], conditions: Mapping[str, str]
) -> Iterator[Row]:
    """Rows of `codebook.csv`: what every column of the other files means.

    `conditions` gives each condition of an intervention in words, by its label.
    """
    for name, (unit, meaning) in described().items():
        yield ("runs.csv.gz", name, unit, meaning)
    for name in outcomes:
        kind, _, subject = name.partition(":")
        if name.startswith(CONDITION_MET):
            met = f"first month in which {conditions[subject]}; blank where never"
            yield ("runs.csv.gz", name, "month", met)
        elif kind == "mean_rung":
            yield ("runs.csv.gz", name, "rungs", f"mean rung of group {subject}; at the end")
        elif kind in ("rung_end", "rung_highest"):
            when = "at the end" if kind == "rung_end" else "highest in the run"
            who = case.actors[subject].name
            yield ("runs.csv.gz", name, "rung", f"rung of {who}; {when}")
    for name, column in columns(Metrics).items():
        when = "in the month" if column.flow else "at the end of the month"
        yield ("summary.csv", name, column.unit, f"{column.meaning}; {when}")
    for name, (unit, meaning) in LADDER_UNITS.items():
        yield ("summary.csv", name, unit, f"{meaning}; at the end of the month")
    for name in ACTOR_FLOWS:
        column = columns(ActorMonth)[name]
        yield ("actors.csv", name, column.unit, f"{column.meaning}; total over the run")
    yield ("actors.csv", "rung_end", "rung", "rung at the end of the run")
    for rung in range(1, RUNGS):
        meaning = f"share of runs that ever reach rung {rung}, {RUNG_WORDS[rung]}"
        yield ("actors.csv", f"reached_{rung}", "probability", meaning)


def ladder_columns(
    rungs: "np.ndarray[tuple[int, int, int], np.dtype[np.int64]]", actors: Sequence[str]
) -> dict[str, Reals]:
    """Outcomes by actor: the rung at the end and the highest one, `[run]`."""
    end = {f"rung_end:{actor}": rungs[:, -1, i] for i, actor in enumerate(actors)}
    highest = rungs.max(axis=1)
    return {**end, **{f"rung_highest:{actor}": highest[:, i] for i, actor in enumerate(actors)}}
