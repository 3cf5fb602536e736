"""The text of the tables in a results folder: ten significant digits, blank for what is unknown."""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from sim.case.case import Case
from sim.measures.catalog import MEASURES
from sim.measures.codebook import (
    ACTOR_FLOWS,
    ACTORS,
    RUNS,
    SUMMARY,
    CodebookRow,
    is_reported,
)
from sim.measures.distribution import QUANTILES, Reals, quantiles
from sim.model.calendar import Calendar
from sim.model.metrics import ActorMonth
from sim.model.schema import columns
from sim.model.vocab import RUNGS
from sim.store.summary import Summary, reached

Row = Sequence[object]

OF_QUANTILES = {
    f"q{round(100 * share):02d}": f"{round(100 * share)} % of the runs lie at or below it"
    for share in QUANTILES
}
QUANTILE_NAMES = tuple(OF_QUANTILES)
OF_RUNS = {"mean": "mean over the runs", **OF_QUANTILES, "runs": "number of runs"}

OF_SUMMARY = {
    "metric": "series, as in this table",
    "unit": "unit of the series",
    "subject": "group, bloc, pool, project or issue that the series is of; blank for all",
    "month": "months since the start, which is 0",
    "date": "year and month",
    **OF_RUNS,
    "bin_width": "width of the bins from which quantiles are read, in the unit of the series: half "
    "of it is the most that a quantile may be off; 0 where all runs were sorted",
}
OF_ACTORS = {
    "actor": "id of the actor",
    "name": "its name",
    "group": "its group",
    "quantity": "what the numbers are of, as in this table",
    "unit": "unit of the quantity",
    **OF_RUNS,
}
OF_CODEBOOK = {
    "file": "table of this folder",
    "column": "column of the table, or a name that stands in one of its columns",
    "unit": "its unit; blank where it has none",
    "meaning": "what it means",
}
"""Columns of tables in their order, each with its meaning."""

ROWS_A_PART = 2_000
"""Rows of `runs.csv.gz` that become text at once."""

LARGEST_WHOLE = 1e10
"""Whole numbers below it have ten digits at most."""


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


def column_rows() -> Iterator[CodebookRow]:
    """What the columns beside outcomes, series and quantities mean, for a codebook."""
    tables = {SUMMARY: OF_SUMMARY, ACTORS: OF_ACTORS, "codebook.csv": OF_CODEBOOK}
    for file, meanings in tables.items():
        yield from ((file, name, "", meaning, "") for name, meaning in meanings.items())
    yield (RUNS, "run", "", "number of the run; run k of every scenario meets the same events", "")
    yield ("codebook.csv", "title", "", "what an outcome or a series is called for short", "")


def run_parts(outcomes: dict[str, Reals], runs: int) -> Iterator[str]:
    """The text of `runs.csv.gz` in parts: a header, then a line for each run."""
    yield as_csv(("run", *outcomes), [])
    for first in range(0, runs, ROWS_A_PART):
        last = min(first + ROWS_A_PART, runs)
        numbers = [map(str, range(first, last))]
        cells = [*numbers, *(as_text(values[first:last]) for values in outcomes.values())]
        yield "\n".join(map(",".join, zip(*cells, strict=True))) + "\n"
