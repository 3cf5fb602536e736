"""The recognition kernel alone, in mean field, fitted to a record of recognitions (model 12).

Rungs are collapsed to none and recognition. States of one group, worry and weight are alike, so
each such cell has one expected share that has recognised, by the line of a state's government; a
state's monthly chance is that of the model's own ordinal kernel, and its line turns over as in the
model. Recognition is kept: the record knows no withdrawal in its years.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import Field

from sim.case.numbers import Real, Strict
from sim.measures.members import Places, Reals
from sim.model.calendar import Calendar, calendar_from
from sim.model.rules.lines import disposition
from sim.record.dots import Year, lines_of
from sim.scenario.names import Name


class Group(Strict):
    """States of which any of the columns has its value; without `any_of`, all that are left."""

    title: Name
    any_of: dict[str, str] = {}


class Fit(Strict):
    """The recognition kernel alone, fitted to a record of recognitions (model 12).

    `record` is a table below `seeds/`. Rows are used whose column `event` is one of `events`; those
    with a date have recognised. The groups are asked in order. States with `1` in the column
    `worry` pay a penalty, and those with `1` in `heavy` count `heavy_weight` times among peers.
    Lines of governments have the standard deviation `line_spread` (utility), which is held.
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
    line_spread: Real = 0.0

    @property
    def columns(self) -> list[str]:
        """The columns that its table must have."""
        of_groups = [name for group in self.groups for name in group.any_of]
        return ["event", "date", self.worry, self.heavy, *of_groups]


@dataclass(frozen=True)
class Record:
    """States of a record: group, worry (0 or 1), weight as a peer, month of recognition (0 never).

    `calendar` says when month 1 is.
    """

    group: Places
    worried: Places
    weight: Reals
    month: Places
    calendar: Calendar

    def months_of(self, year: int) -> range:
        """Months of a calendar year; month 0 and those before it do not count."""
        first, last = self.calendar.months_of_year(year)
        return range(max(first, 1), last + 1)

    def counts(self, years: Sequence[int]) -> Reals:
        """Number of states that recognised in each year."""
        spans = [self.months_of(year) for year in years]
        inside = [(self.month >= span.start) & (self.month < span.stop) for span in spans]
        return np.array([each.sum() for each in inside], np.float64)


@dataclass(frozen=True)
class Cells:
    """States that are alike, by cell: group, worry, how many, and their share of peers' weight."""

    group: Places
    worried: Places
    states: Reals
    influence: Reals


@dataclass(frozen=True)
class Kernel:
    """Values of recognition by group, penalty of the worried, weight of peers, largest chance.

    `spread` and `turnover` are those of governments' lines.
    """

    stances: Reals
    penalty: float
    peers: float
    rate: float
    dead_band: float
    noise: float
    spread: float = 0.0
    turnover: float = 0.0


LINES = 99
"""Lines by which a spread is told, each in the middle of its share."""


def group_of(row: Mapping[str, str], groups: Sequence[Group]) -> int:
    """Place of the first group to which a row belongs; -1 for none."""
    for place, group in enumerate(groups):
        if not group.any_of or any(row[name] == value for name, value in group.any_of.items()):
            return place
    return -1


def record_of(fit: Fit, seeds: Path) -> Record:
    """The record in a table below `seeds`; raises MissingFile or BadFile."""
    lines = lines_of(seeds / fit.record, fit.columns)
    rows = [row for row in lines if row["event"] in fit.events]
    calendar = calendar_from(fit.first_month)
    return Record(
        np.array([group_of(row, fit.groups) for row in rows], np.int64),
        np.array([row[fit.worry] == "1" for row in rows], np.int64),
        np.array([fit.heavy_weight if row[fit.heavy] == "1" else 1.0 for row in rows]),
        np.array([calendar.month_of(row["date"]) if row["date"] else 0 for row in rows], np.int64),
        calendar,
    )


def cells_of(record: Record) -> Cells:
    """The cells of a record, sorted."""
    kinds = np.column_stack([record.group, record.worried, record.weight])
    cells, counts = np.unique(kinds, axis=0, return_counts=True)
    weights = cells[:, 2] * counts
    return Cells(
        cells[:, 0].astype(np.int64),
        cells[:, 1].astype(np.int64),
        counts.astype(np.float64),
        weights / weights.sum(),
    )


def expected_shares(kernel: Kernel, cells: Cells, months: int) -> Reals:
    """Expected share of each cell that has recognised, `[month, cell]`; month 0 has none."""
    shares = np.zeros((months + 1, len(cells.states)))
    lines = (np.arange(LINES) + 0.5) / LINES
    dispositions = np.array([disposition(line, kernel.spread) for line in lines.tolist()])
    stances = kernel.stances[cells.group] - kernel.penalty * cells.worried
    values = stances[:, np.newaxis] + dispositions
    waiting = np.full(values.shape, 1.0 / LINES)
    for month in range(1, months + 1):
        pull = kernel.peers * float(cells.influence @ shares[month - 1])
        if month > 1:
            mean = waiting.mean(axis=1, keepdims=True)
            waiting += kernel.turnover * (mean - waiting)
        odds = np.exp((values + pull - kernel.dead_band) / kernel.noise)
        waiting *= 1.0 - kernel.rate * odds / (1.0 + odds)
        shares[month] = 1.0 - waiting.sum(axis=1)
    return shares


def expected_counts(shares: Reals, cells: Cells, record: Record, years: Sequence[int]) -> Reals:
    """Expected number of states that recognise in each year."""
    reached = shares @ cells.states
    spans = [record.months_of(year) for year in years]
    return np.array([reached[span.stop - 1] - reached[span.start - 1] for span in spans])
