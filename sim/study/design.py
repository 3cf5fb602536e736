"""Designs: which values the factors of a block take together, sampled, crossed or from a table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from sim.io.documents import Document, did_you_mean
from sim.io.errors import BadFile, Fault, MissingExtra
from sim.io.reader import read_table
from sim.measures.members import Reals
from sim.study.factors import Factor
from sim.study.levers import Value
from sim.study.methods import AnyDesign, Grid, LatinHypercube, Morris, Sobol, Table, Zip


@dataclass(frozen=True)
class Design:
    """Rows of values that go together, each crossed with every choice of the other factors.

    `rows[row, factor]` holds the values of the `joint` factors; where these are names, their
    places among the factor's options.
    """

    joint: tuple[Factor, ...]
    rows: Reals
    crossed: tuple[Factor, ...]

    @cached_property
    def combinations(self) -> int:
        """Number of choices of the crossed factors."""
        return prod(len(factor.options) for factor in self.crossed)

    @cached_property
    def _names(self) -> list[str]:
        return [factor.name for factor in self.joint]

    @cached_property
    def _named(self) -> list[Factor]:
        return [factor for factor in self.joint if factor.is_named]

    def __len__(self) -> int:
        return len(self.rows) * self.combinations

    def row_of(self, place: int) -> int:
        """The row of the point at `place`; neighbours share one."""
        return place // self.combinations

    def in_row(self, row: int) -> dict[str, Value]:
        """Values of the joint factors in a row."""
        found: dict[str, Value] = dict(zip(self._names, self.rows[row].tolist(), strict=True))
        for factor in self._named:
            found[factor.name] = factor.options[int(found[factor.name])]
        return found

    def chosen(self, place: int) -> dict[str, Value]:
        """Values of the crossed factors at a point; the last one turns fastest."""
        choice, found = place % self.combinations, []
        for factor in reversed(self.crossed):
            choice, turn = divmod(choice, len(factor.options))
            found.append((factor.name, factor.options[turn]))
        return dict(reversed(found))

    def values(self, place: int) -> dict[str, Value]:
        """The value of each factor at a point, joint ones first."""
        return {**self.in_row(self.row_of(place)), **self.chosen(place)}


Sampled = LatinHypercube | Sobol | Morris


def latin_hypercube(method: LatinHypercube, factors: int) -> Reals:
    """Points in the unit cube, each in a slice of its own of every factor."""
    from scipy.stats import qmc

    found: Reals = qmc.LatinHypercube(factors, rng=method.seed).random(method.points)
    return found


def _salib(what: str, module: str) -> Any:
    try:
        return import_module(f"SALib.sample.{module}")
    except ImportError:
        raise MissingExtra(what, "SALib") from None


def unit_problem(factors: int) -> dict[str, Any]:
    """The unit cube, as SALib describes it."""
    names = [str(place) for place in range(factors)]
    return {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}


def sobol(method: Sobol, factors: int) -> Reals:
    """Points in the unit cube, by Saltelli's scheme for Sobol' indices."""
    sample: Callable[..., Reals] = _salib("a Sobol' design", "sobol").sample
    problem = unit_problem(factors)
    return sample(problem, method.points, calc_second_order=method.second_order, seed=method.seed)


def morris(method: Morris, factors: int) -> Reals:
    """Points in the unit cube, trajectories that change one factor at a time."""
    sample: Callable[..., Reals] = _salib("a Morris design", "morris").sample
    problem = unit_problem(factors)
    return sample(problem, method.trajectories, num_levels=method.levels, seed=method.seed)


def unit_points(method: Sampled, factors: int) -> Reals:
    """Points of a sampled design in the unit cube, `[point, factor]`; raises MissingExtra."""
    if isinstance(method, LatinHypercube):
        return latin_hypercube(method, factors)
    return sobol(method, factors) if isinstance(method, Sobol) else morris(method, factors)


def sampled(method: Sampled, factors: Sequence[Factor], rows: Reals | None = None) -> Design:
    """Drawn factors sampled together, unless the `rows` of samples are given; others crossed.

    Factors of a group follow one dimension of the unit cube: low with low, high with high.
    """
    joint = tuple(factor for factor in factors if factor.is_drawn)
    if rows is None or not _holds(joint, rows):
        dimensions = list(dict.fromkeys(factor.dimension for factor in joint))
        shares = unit_points(method, len(dimensions))
        columns = [factor.at(shares[:, dimensions.index(factor.dimension)]) for factor in joint]
        rows = np.column_stack(columns)
    return Design(joint, rows, tuple(factor for factor in factors if not factor.is_drawn))


def _holds(joint: Sequence[Factor], rows: Reals) -> bool:
    """Whether rows that a file has are samples of these factors."""
    whole = rows.ndim == 2 and rows.shape[1] == len(joint)
    return whole and all(factor.holds(rows[:, i]) for i, factor in enumerate(joint))


def in_rows(factors: Sequence[Factor], columns: Sequence[Sequence[Value]]) -> Design:
    """A design of rows that are given; names become places."""
    places = [
        [float(factor.options.index(value)) if factor.is_named else float(value) for value in each]
        for factor, each in zip(factors, columns, strict=True)
    ]
    return Design(tuple(factors), np.array(places, np.float64).T, ())


def made(
    method: Grid | Zip | Sampled | Table,
    factors: Sequence[Factor],
    table: Sequence[Sequence[Value]] = (),
    rows: Reals | None = None,
) -> Design:
    """The design of a block; `table` holds a column of values for each factor.

    `rows` are the samples of a sampled design where these are known. Raises MissingExtra.
    """
    if isinstance(method, Grid):
        return Design((), np.zeros((1, 0)), tuple(factors))
    if isinstance(method, Zip):
        return in_rows(factors, [factor.options for factor in factors])
    if isinstance(method, Table):
        return in_rows(factors, table)
    return sampled(method, factors, rows)


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
