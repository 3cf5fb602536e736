"""What the record of a case has of a quantity: values, each with the time for which it stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from sim.case.case import Case
from sim.case.numbers import Real, Strict
from sim.io.documents import did_you_mean
from sim.io.errors import BadFile, Fault
from sim.io.reader import read_table
from sim.model.calendar import MONTHS_A_YEAR, month_number
from sim.record.ensemble import NumberPath
from sim.scenario.names import Name
from sim.scenario.selection import Chosen, selected

WHOLE_ROW = 99
"""More columns than any table has: the key of a row is all of it."""

LONGEST_MONTH = 31

Year = Annotated[int, Field(ge=1900, le=2200)]

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


NUMBER = ("a number", re.compile(r"(-?\d+(\.\d+)?(e[+-]?\d\d?)?)?"))
TIME = ("a year, month or day", re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"))
YEAR = ("a year", re.compile(r"\d{4}"))

Form = tuple[str, re.Pattern[str]]
"""What a cell must be, in words and as a pattern; a cell may be blank where the pattern may."""


def lines_of(path: Path, columns: Iterable[str], forms: Mapping[str, Form] = {}) -> Lines:
    """The rows of a table of the record; `forms` says what the cells of a column are.

    Raises MissingFile, or BadFile for a missing column or a cell of another form.
    """
    document = read_table(path, path.name, WHOLE_ROW)
    lines: Lines = list(document.value.values())
    known = list(lines[0]) if lines else []
    for column in (*columns, *forms):
        if column not in known:
            message = f"no column {column!r}{did_you_mean(column, known)}"
            raise BadFile([Fault(path.name, (1, 1), "", message)])
    faults = [
        Fault(path.name, document.places[(key, column)], column, f"{line[column]!r} is not {what}")
        for key, line in document.value.items()
        for column, (what, pattern) in forms.items()
        if not pattern.fullmatch(line[column])
    ]
    if faults:
        raise BadFile(faults)
    return lines


class Rows(Strict):
    """A dot for each row of a table: `value` times `times`, for the time from `first` to `last`.

    Without `last` the cell in `first` says it all: a year, a month or a day. `where` keeps rows
    whose cell is one of those listed; rows with a blank value are left out.
    """

    kind: Literal["rows"]
    table: Name
    first: Name
    last: Name | None = None
    value: Name
    times: Real = 1.0
    where: dict[str, list[str]] = {}

    def dots(self, case: Case, folder: Path) -> list[Dot]:
        """The dots of its tables in `folder`; raises BadFile or MissingFile."""
        last = self.last or self.first
        forms = {self.first: TIME, last: TIME, self.value: NUMBER}
        lines = lines_of(folder / self.table, self.where, forms)
        return [
            Dot(span(line[self.first])[0], span(line[last])[1], float(cell) * self.times)
            for line in lines
            if (cell := line[self.value])
            and all(line[name] in cells for name, cells in self.where.items())
        ]


class ByActor(Strict):
    """A dot for each date of a table: the mean of `value` over the rows of selected actors."""

    kind: Literal["by_actor"]
    table: Name
    actor: Name
    date: Name
    value: Name
    who: Chosen

    def dots(self, case: Case, folder: Path) -> list[Dot]:
        """The dots of its tables in `folder`; raises BadFile or MissingFile."""
        who = set(selected(case, self.who))
        values: dict[str, list[float]] = {}
        forms = {self.date: TIME, self.value: NUMBER}
        for line in lines_of(folder / self.table, (self.actor,), forms):
            if line[self.actor] in who and line[self.value]:
                values.setdefault(line[self.date], []).append(float(line[self.value]))
        return [Dot(*span(date), sum(own) / len(own)) for date, own in values.items()]


class Growth(Strict):
    """A dot for each year after `base_year`: `base` times the growth (%) of all years since."""

    kind: Literal["growth"]
    table: Name
    year: Name
    value: Name
    base_year: Year
    base: Real

    def dots(self, case: Case, folder: Path) -> list[Dot]:
        """The dots of its tables in `folder`; raises BadFile or MissingFile."""
        lines = lines_of(folder / self.table, (), {self.year: YEAR, self.value: NUMBER})
        rates = {int(line[self.year]): line[self.value] for line in lines if line[self.value]}
        dots, level = [], self.base
        for year in sorted(year for year in rates if year > self.base_year):
            level *= 1.0 + float(rates[year]) / 100.0
            dots.append(Dot(*span(str(year)), level))
        return dots


class CaseNumbers(Strict):
    """A dot for each date, at the number of the case with that path."""

    kind: Literal["numbers"]
    at: dict[str, NumberPath]

    def dots(self, case: Case, folder: Path) -> list[Dot]:
        """The dots, which need no table."""
        return [Dot(*span(date), case.value_at(path)) for date, path in self.at.items()]


Record = Annotated[Rows | ByActor | Growth | CaseNumbers, Field(discriminator="kind")]
