"""Runs of a study one by one, and how points differ from the first one, run by run."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from sim.measures.catalog import is_whole
from sim.measures.distribution import Flags
from sim.measures.members import Reals
from sim.runs.experiments import cell, line
from sim.store.tables import number
from sim.study.plan import Planned
from sim.study.points import Point

HEADER = ("point", "reference", "outcome", "unit", "runs")
OVER_PAIRS = ("difference", "standard_error", "higher", "equal", "lower")

PREFIX, NO_NUMBER = "\0", "nan"
"""Stands for the point, its scenario and factors while the numbers of its runs become text."""


@dataclass(frozen=True)
class Kept:
    """All outcomes of a study and its shares of runs, by name with units, of one point.

    `values[outcome, run]`; a share of runs is 1 in a run that reaches it and 0 in any other.
    `whole` marks those whose values are whole numbers.
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    values: Reals
    whole: Flags


def kept(planned: Planned, outcomes: Reals) -> Kept:
    """Outcomes `[outcome, run]` of a point, then its shares of runs."""
    recorded = planned.study.recorded
    names = [*recorded.outcomes, *(share.name for share in recorded.shares)]
    units = [recorded.known.outcomes[name][0] for name in recorded.outcomes]
    units += ["share of runs"] * len(recorded.shares)
    places = [recorded.outcomes.index(share.outcome) for share in recorded.shares]
    reached = [
        (outcomes[place] >= share.low) & (outcomes[place] <= share.high)
        for place, share in zip(places, recorded.shares, strict=True)
    ]
    whole = np.array([*map(is_whole, recorded.outcomes), *(True for _ in recorded.shares)])
    return Kept(tuple(names), tuple(units), np.vstack([outcomes, *reached]), whole)


def runs_header(planned: Planned) -> str:
    """The columns of `runs.csv.gz`: point, scenario, factors, run, outcomes."""
    factors = [factor.name for factor in planned.points.factors]
    return line(["point", "scenario", *factors, "run", *planned.study.recorded.outcomes])


def runs_text(planned: Planned, point: Point, outcomes: Reals, factors: list[str]) -> str:
    """The rows of `runs.csv.gz` for a point, one for each run; blank for what is unknown."""
    values = point.values
    named = [str(point.number), planned.study.bases[point.scenario].name]
    prefix = line([*named, *(cell(values.get(name)) for name in factors)]).removesuffix("\n")
    count, runs = outcomes.shape
    rows = np.vstack([np.arange(runs), outcomes]).T
    template = f"{PREFIX},%d{',%.10g' * count}\n" * runs
    text: str = template % tuple(rows.ravel().tolist())
    return text.replace(NO_NUMBER, "").replace(PREFIX, prefix)


def paired_rows(point: int, own: Kept, reference: int, first: Kept) -> Iterator[tuple[object, ...]]:
    """Rows of `differences.csv`: each outcome of a point less that of the reference, run by run."""
    runs = min(own.values.shape[1], first.values.shape[1])
    gaps = own.values[:, :runs] - first.values[:, :runs]
    for name, unit, row in zip(own.names, own.units, gaps, strict=True):
        gap = row[~np.isnan(row)]
        pairs = len(gap)
        error = float(gap.std(ddof=1)) / sqrt(pairs) if pairs > 1 else np.nan
        shares = ((gap > 0).mean(), (gap == 0).mean(), (gap < 0).mean()) if pairs else (np.nan,) * 3
        mean = float(gap.mean()) if pairs else np.nan
        numbers = map(number, (mean, error, *map(float, shares)))
        yield (point, reference, name, unit, pairs, *numbers)
