"""The recognition kernel alone, in mean field, fitted to a record of recognitions (model 12).

Rungs are collapsed to none and recognition. States of one group, worry and weight are alike, so
each such cell has one expected share that has recognised; a state's monthly chance is that of the
model's own ordinal kernel. Recognition is kept: the record knows no withdrawal in its years.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.io.documents import Document
from sim.io.errors import BadFile, Fault
from sim.measures.members import Places, Reals
from sim.model.calendar import Calendar, calendar_from
from sim.model.rules.ordinal import climb_chance
from sim.record.patterns.file import Fit, Group


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
    """Values of recognition by group, penalty of the worried, weight of peers, largest chance."""

    stances: Reals
    penalty: float
    peers: float
    rate: float
    dead_band: float
    noise: float


def group_of(row: Mapping[str, str], groups: Sequence[Group]) -> int:
    """Place of the first group to which a row belongs; -1 for none."""
    for place, group in enumerate(groups):
        if not group.any_of or any(row[name] == value for name, value in group.any_of.items()):
            return place
    return -1


def record_of(fit: Fit, document: Document) -> Record:
    """The record in a table; raises BadFile for a column that is not there."""
    rows = [row for row in document.value.values() if row.get("event") in fit.events]
    wanted = {"event", "date", fit.worry, fit.heavy, *(key for g in fit.groups for key in g.any_of)}
    header = set(rows[0]) if rows else set()
    if missing := sorted(wanted - header):
        raise BadFile([Fault(document.name, (1, 1), "", f"no rows with {', '.join(missing)}")])
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
    found, counts = np.unique(kinds, axis=0, return_counts=True)
    weights = found[:, 2] * counts
    return Cells(
        found[:, 0].astype(np.int64),
        found[:, 1].astype(np.int64),
        counts.astype(np.float64),
        weights / weights.sum(),
    )


def expected_shares(kernel: Kernel, cells: Cells, months: int) -> Reals:
    """Expected share of each cell that has recognised, `[month, cell]`; month 0 has none."""
    shares = np.zeros((months + 1, len(cells.states)))
    values = (kernel.stances[cells.group] - kernel.penalty * cells.worried).tolist()
    for month in range(1, months + 1):
        before = shares[month - 1]
        pull = kernel.peers * float(cells.influence @ before)
        chances = [
            climb_chance(kernel.rate, value + pull, kernel.dead_band, kernel.noise)
            for value in values
        ]
        shares[month] = before + (1.0 - before) * chances
    return shares


def expected_counts(shares: Reals, cells: Cells, record: Record, years: Sequence[int]) -> Reals:
    """Expected number of states that recognise in each year."""
    taken = shares @ cells.states
    spans = [record.months_of(year) for year in years]
    return np.array([taken[span.stop - 1] - taken[span.start - 1] for span in spans])
