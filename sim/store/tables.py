"""The text of the tables in a results folder: ten significant digits, blank for what is unknown."""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from sim.case.case import Case
from sim.measures.catalog import MEASURES
from sim.measures.codebook import ACTOR_FLOWS, is_reported
from sim.measures.distribution import QUANTILES, Reals, quantiles
from sim.model.calendar import Calendar
from sim.model.metrics import ActorMonth
from sim.model.schema import columns
from sim.model.vocab import RUNGS
from sim.store.summary import Summary, reached

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
LARGEST_WHOLE = 1e10
"""Whole numbers below it have ten digits at most."""

ACTORS_HEADER = ("actor", "name", "group", "quantity", "unit", "mean", *QUANTILE_NAMES, "runs")


def number(value: float) -> str:
    """A number with ten significant digits; blank for NaN.

    >>> number(1 / 3), number(2.0), number(float("nan"))
    ('0.3333333333', '2', '')
    """
    return "" if math.isnan(value) else format(value, ".10g")


def as_csv(header: Row, rows: Iterable[Row]) -> str:
    """A table as CSV text with LF line ends; no cell is a formula (see `inert`)."""
    found = _csv([header], rows)
    if DOUBTFUL.search(found):
        cells = csv.reader(io.StringIO(found))
        return _csv([], ([inert(cell) for cell in row] for row in cells))
    return found


def _csv(*parts: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for rows in parts:
        writer.writerows(rows)
    return text.getvalue()


FORMULA = r"(?:[=+@\t\r]|-(?![0-9.]+(?:e[+-]?[0-9]+)?(?:[,\n]|$)))"
"""How a cell begins that a spreadsheet would take for a formula; a number with a sign is none."""

DOUBTFUL = re.compile(rf"(?:^|[,\n\"]){FORMULA}")


def inert(cell: str) -> str:
    """A cell that no spreadsheet computes: what begins as a formula gets a quote before it.

    >>> inert("=1+1"), inert("-1.5e-07"), inert("-"), inert("a=b")
    ("'=1+1", '-1.5e-07', "'-", 'a=b')
    """
    return f"'{cell}" if re.match(FORMULA, cell) else cell


def as_text(values: Reals) -> list[str]:
    """A column of numbers as text, as `number` has each; whole numbers as they are."""
    if values.dtype.kind == "i":
        return [str(value) for value in values.tolist()]
    if (np.abs(values) < LARGEST_WHOLE).all() and (values == np.rint(values)).all():
        return [str(value) for value in values.astype(np.int64).tolist()]
    texts = [format(value, ".10g") for value in values.tolist()]
    return ["" if text == "nan" else text for text in texts]


def summary_rows(summary: Summary, calendar: Calendar) -> Iterator[Row]:
    """Rows of `summary.csv`: each series by month."""
    dates = [calendar.date(month) for month in range(summary.months + 1)]
    shown, width = [summary.values.mean, *summary.values.quantiles()], summary.values.width
    for place, (metric, subject) in enumerate(summary.series):
        measure = MEASURES[metric]
        first = measure.first_month
        texts = [as_text(part[place, first:]) for part in (*shown, width)]
        for month, cells in enumerate(zip(*texts, strict=True), first):
            named = (metric, measure.unit, subject, month, dates[month])
            yield (*named, *cells[:-1], summary.runs, cells[-1])


def actor_rows(summary: Summary, case: Case) -> Iterator[Row]:
    """Rows of `actors.csv`: flows over the run, the rung at the end, the chance of each rung."""
    mean, spread = summary.flows.mean, summary.flows.quantiles()
    flows = [place for place, name in enumerate(ACTOR_FLOWS) if is_reported(case, name)]
    blank, runs, rungs = [""] * len(QUANTILES), summary.runs, range(1, RUNGS)
    for i, facts in enumerate(case.actors.values()):
        named = (facts.id, facts.name, facts.group)
        for place in flows:
            name, cells = ACTOR_FLOWS[place], as_text(spread[:, i, place])
            unit = columns(ActorMonth)[name].unit
            yield (*named, name, unit, number(mean[i, place]), *cells, runs)
        end = summary.outcomes[f"rung_end:{facts.id}"]
        cells = as_text(quantiles(end, whole=True))
        yield (*named, "rung_end", "rung", number(float(end.mean())), *cells, runs)
        shares = reached(summary.outcomes[f"rung_highest:{facts.id}"], rungs)
        for rung, chance in zip(rungs, shares, strict=True):
            yield (*named, f"reached_{rung}", "probability", number(chance), *blank, runs)


def run_rows(outcomes: dict[str, Reals], first: int, last: int) -> Iterator[Row]:
    """Rows of `runs.csv.gz` for runs `first` to `last - 1`."""
    formatted = [as_text(values[first:last]) for values in outcomes.values()]
    for place, cells in enumerate(zip(*formatted, strict=True)):
        yield (first + place, *cells)
