"""The CSV file of a table design: a row for each point, a column for each factor."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.io.documents import Document, did_you_mean
from sim.io.errors import BadFile, Fault
from sim.io.reader import read_table
from sim.study.factors import Factor
from sim.study.levers import Value
from sim.study.methods import AnyDesign, Table

ALL = 10**6
"""Whole rows are the keys of a table: none may stand there twice."""


def read(path: Path, design: Table) -> Document:
    """The table beside the file of a study; raises BadFile or MissingFile."""
    file = path.parent / design.file
    return read_table(file, str(file), keys=ALL)


def value_of(factor: Factor, cell: str) -> Value:
    """The value in a cell; raises ValueError with what is wrong."""
    if factor.is_named:
        if cell not in factor.options:
            raise ValueError(
                f"{cell!r} is no choice{did_you_mean(cell, list(map(str, factor.options)))}"
            )
        return cell
    try:
        value = float(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is no number") from None
    if factor.options and value not in factor.options:
        raise ValueError(f"{value:g} is none of the values that {factor.name} has")
    if not factor.options and not factor.low <= value <= factor.high:
        raise ValueError(f"{value:g} lies outside {factor.low:g} to {factor.high:g}")
    return float(round(value)) if factor.whole else value


def faults_of_table(table: Document, factors: Sequence[Factor]) -> Iterator[Fault]:
    """What is wrong with the columns and cells of a table."""
    known = {factor.name: factor for factor in factors}
    first = next(iter(table.value.values()), None)
    if first is None:
        yield Fault(table.name, (1, 1), "", "the table has no rows")
        return
    for name in first:
        if name not in known:
            message = f"no factor of this name{did_you_mean(name, list(known))}"
            yield Fault(table.name, (1, 1 + list(first).index(name)), name, message)
    for name in known:
        if name not in first:
            yield Fault(table.name, (1, 1), name, "a column is missing")
    for row, cells in table.value.items():
        for name in [name for name in cells if name in known]:
            try:
                value_of(known[name], cells[name])
            except ValueError as error:
                yield Fault(table.name, table.place((row, name)), name, str(error))


def columns_of(path: Path, design: AnyDesign, factors: Sequence[Factor]) -> list[list[Value]]:
    """The values of each factor by row, none for a design without a table.

    Raises BadFile with all faults of the table, or MissingFile.
    """
    if not isinstance(design, Table):
        return []
    table = read(path, design)
    if faults := list(faults_of_table(table, factors)):
        raise BadFile(faults)
    rows = table.value.values()
    return [[value_of(factor, cells[factor.name]) for cells in rows] for factor in factors]
