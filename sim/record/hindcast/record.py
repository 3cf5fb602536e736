"""The dots: what the record has of a quantity, each with the time for which it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.case.case import Case
from sim.io.documents import did_you_mean
from sim.io.errors import BadFile, Fault
from sim.io.reader import read_table
from sim.model.calendar import MONTHS_A_YEAR, month_number
from sim.record.hindcast.file import ByActor, CaseNumbers, Growth, Record, Rows
from sim.scenario.selection import selected

WHOLE_ROW = 99
"""More columns than any table has: the key of a row is all of it."""

LONGEST_MONTH = 31

Lines = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Dot:
    """A value of the record from `first` to `last`, in decimal years; both are one for a day."""

    first: float
    last: float
    value: float

    @property
    def middle(self) -> float:
        """The middle of its time, in decimal years."""
        return (self.first + self.last) / 2


def span(date: str) -> tuple[float, float]:
    """Begin and end of a year, of a month or of a day (its middle), in decimal years.

    >>> span("2022"), span("2022-07"), span("2022-01-16")[0] == span("2022-01-16")[1]
    ((2022.0, 2023.0), (2022.5, 2022.5833333333333), True)
    """
    _, *rest = date.split("-")
    if not rest:
        return float(date), float(date) + 1.0
    count = month_number(date)
    if len(rest) == 1:
        return count / MONTHS_A_YEAR, (count + 1) / MONTHS_A_YEAR
    middle = (count + (int(rest[1]) - 0.5) / LONGEST_MONTH) / MONTHS_A_YEAR
    return middle, middle


def dots_of(record: Record, case: Case, folder: Path) -> list[Dot]:
    """All dots of a record whose tables lie in `folder`; raises BadFile or MissingFile."""
    if isinstance(record, CaseNumbers):
        return [Dot(*span(date), case.value_at(path)) for date, path in record.at.items()]
    lines = _lines(record, folder)
    if isinstance(record, Rows):
        return _rows(record, lines)
    if isinstance(record, ByActor):
        return _by_actor(record, lines, set(selected(case, record.who)))
    return _growth(record, lines)


def _lines(record: Rows | ByActor | Growth, folder: Path) -> Lines:
    """The rows of the table of a record; raises BadFile for a column that is not there."""
    document = read_table(folder / record.table, record.table, WHOLE_ROW)
    lines: Lines = list(document.value.values())
    known = list(lines[0]) if lines else []
    wanted = [
        getattr(record, key, None) for key in ("first", "last", "value", "actor", "date", "year")
    ]
    for column in [*wanted, *getattr(record, "where", {})]:
        if column is not None and column not in known:
            message = f"no column {column!r}{did_you_mean(column, known)}"
            raise BadFile([Fault(record.table, (1, 1), "", message)])
    return lines


def _rows(record: Rows, lines: Lines) -> list[Dot]:
    kept = [
        line for line in lines if all(line[name] in cells for name, cells in record.where.items())
    ]
    return [
        Dot(
            span(line[record.first])[0],
            span(line[record.last or record.first])[1],
            float(line[record.value]) * record.times,
        )
        for line in kept
        if line[record.value]
    ]


def _by_actor(record: ByActor, lines: Lines, who: set[str]) -> list[Dot]:
    found: dict[str, list[float]] = {}
    for line in lines:
        if line[record.actor] in who and line[record.value]:
            found.setdefault(line[record.date], []).append(float(line[record.value]))
    return [Dot(*span(date), sum(values) / len(values)) for date, values in found.items()]


def _growth(record: Growth, lines: Lines) -> list[Dot]:
    dots, level = [], record.base
    for line in sorted(lines, key=lambda line: int(line[record.year])):
        if int(line[record.year]) > record.base_year and line[record.value]:
            level *= 1.0 + float(line[record.value]) / 100.0
            dots.append(Dot(*span(line[record.year]), level))
    return dots
