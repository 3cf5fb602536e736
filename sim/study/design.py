"""Designs: which values the factors of a block take together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from math import prod
from typing import Any

import numpy as np

from sim.io.errors import MissingExtra
from sim.measures.members import Reals
from sim.study.factors import Factor
from sim.study.levers import Value
from sim.study.methods import Grid, LatinHypercube, Morris, Sobol, Table, Zip


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
