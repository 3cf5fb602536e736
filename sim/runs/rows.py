"""The text of a study's tables: the rows of each point, CSV with all that is said of it."""

from collections.abc import Iterable, Iterator
from math import sqrt

import numpy as np

from sim.measures.members import Reals
from sim.runs.statistics import by_month, spreads_of
from sim.runs.status import Standing
from sim.runs.task import COMPILING
from sim.store.tables import Row, as_csv, number
from sim.study.levers import Value
from sim.study.load import Recording
from sim.study.plan import Planned
from sim.study.points import Point

POINT, COUNT, NO_NUMBER = "\0", "\1", "nan"
"""What stands for a point and its number of runs while numbers become text, and for no number."""


def cell(value: Value | None) -> str:
    """A value with all its digits; blank where a block does not have the factor.

    >>> cell(0.1), cell(4.0), cell(1e-07), cell("isolation"), cell(None)
    ('0.1', '4', '1e-07', 'isolation', '')
    """
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value or ""


def line(cells: list[str]) -> str:
    """A line of CSV."""
    return as_csv(cells, [])


def text_of(rows: Iterable[Row]) -> str:
    """Rows as CSV, without a header."""
    return as_csv((), rows).removeprefix("\n")


def experiment_row(planned: Planned, point: Point, names: list[str], standing: Standing) -> str:
    """The row of a point; `names` are those of all factors."""
    values, name_of_base = point.values, planned.study.bases[point.scenario].name
    failure = standing.failure
    told = ["", "", ""]
    if failure is not None:
        run = "" if failure.stage == COMPILING else str(failure.run)
        told = [failure.stage, run, failure.message]
    before = line([str(point.number), point.id, point.block.name, name_of_base, str(point.world)])
    factors = [cell(values.get(name)) for name in names]
    wanted = str(planned.points.wanted[point.id])
    after = line([wanted, standing.status, str(standing.runs), *told])
    return ",".join([before.removesuffix("\n"), *factors, after])


def outcome_rows(point: int, recording: Recording, values: Reals) -> Iterator[Row]:
    """Rows of `outcomes.csv` for a point: outcomes first, then shares of runs."""
    spreads = spreads_of(values, recording.whole)
    for name, unit, spread in zip(recording.names, recording.units, spreads, strict=True):
        numbers = (spread.mean, spread.deviation, spread.error, *spread.quantiles)
        yield (point, name, unit, spread.runs, *map(number, numbers))


def paired_rows(
    point: int, reference: int, recording: Recording, values: Reals, others: Reals
) -> Iterator[Row]:
    """Rows of `differences.csv`: each outcome of a point less that of the reference, run by run."""
    runs = min(values.shape[1], others.shape[1])
    gaps = values[:, :runs] - others[:, :runs]
    for name, unit, row in zip(recording.names, recording.units, gaps, strict=True):
        gap = row[~np.isnan(row)]
        pairs = len(gap)
        error = float(gap.std(ddof=1)) / sqrt(pairs) if pairs > 1 else np.nan
        shares = ((gap > 0).mean(), (gap == 0).mean(), (gap < 0).mean()) if pairs else (np.nan,) * 3
        mean = float(gap.mean()) if pairs else np.nan
        numbers = map(number, (mean, error, *map(float, shares)))
        yield (point, reference, name, unit, pairs, *numbers)


def runs_text(planned: Planned, point: Point, outcomes: Reals, factors: list[str]) -> str:
    """The rows of `runs.csv.gz` for a point, one for each run; blank for what is unknown."""
    values = point.values
    named = [str(point.number), planned.study.bases[point.scenario].name]
    prefix = line([*named, *(cell(values.get(name)) for name in factors)]).removesuffix("\n")
    count, runs = outcomes.shape
    rows = np.vstack([np.arange(runs), outcomes]).T
    template = f"{POINT},%d{',%.10g' * count}\n" * runs
    text: str = template % tuple(rows.ravel().tolist())
    return text.replace(NO_NUMBER, "").replace(POINT, prefix)


def month_lines(planned: Planned) -> str:
    """The rows of `months.csv.gz` for any point, with room for its number and for four values."""
    recording, case = planned.study.recording, planned.study.case
    base = next(iter(planned.study.bases.values()))
    start = case.starts[base.start]
    lines = []
    for metric, subject in recording.series:
        unit = recording.inventory.months[metric][0]
        for month in range(planned.study.months + 1):
            when = start.calendar.date(month)
            head = line([POINT, metric, unit, subject, str(month), str(when)]).removesuffix("\n")
            lines.append(f"{head.replace('%', '%%')},{COUNT},%.10g,%.10g,%.10g,%.10g\n")
    return "".join(lines)


def month_text(lines: str, point: int, months: Reals, runs: int) -> str:
    """The rows of `months.csv.gz` for a point; blank for what is unknown."""
    values = tuple(by_month(months, runs).ravel().tolist())
    text = (lines % values).replace(POINT, str(point)).replace(COUNT, str(runs))
    return text.replace(",nan", ",") if runs == 1 else text
