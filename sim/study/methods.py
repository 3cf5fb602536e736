"""The designs that a study may ask for, and how many points each has."""

from collections.abc import Sequence
from math import prod
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.case.numbers import Strict
from sim.scenario.names import Name
from sim.study.factors import Factor

MOST_POINTS = 200_000

Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]


class Grid(Strict):
    """Every value of every factor with every value of all others."""

    method: Literal["grid"]


class Zip(Strict):
    """The first values of all factors together, then all second ones, and so on."""

    method: Literal["zip"]


class LatinHypercube(Strict):
    """So many points, each in a slice of its own of every range."""

    method: Literal["latin_hypercube"]
    points: Annotated[int, Field(ge=1, le=MOST_POINTS)]
    seed: Seed = 1


class Sobol(Strict):
    """The scheme for Sobol' indices: `points` × (factors + 2) points, or × 2 (factors + 1)."""

    method: Literal["sobol"]
    points: Annotated[int, Field(ge=2, le=MOST_POINTS)]
    second_order: bool = False
    seed: Seed = 1

    @model_validator(mode="after")
    def _power_of_two(self) -> Self:
        if self.points & (self.points - 1):
            below = 2 ** (self.points.bit_length() - 1)
            raise ValueError(
                f"points must be a power of two, as {below} or {2 * below}, not {self.points}"
            )
        return self


class Morris(Strict):
    """Elementary effects: `trajectories` × (factors + 1) points on a grid of `levels`."""

    method: Literal["morris"]
    trajectories: Annotated[int, Field(ge=2, le=MOST_POINTS)]
    levels: Annotated[int, Field(ge=2, le=1_000, multiple_of=2)] = 4
    seed: Seed = 1


class Table(Strict):
    """The rows of a CSV file beside the study, with a column for each factor."""

    method: Literal["table"]
    file: Name


AnyDesign = Annotated[
    Grid | Zip | LatinHypercube | Sobol | Morris | Table, Field(discriminator="method")
]

SAMPLED = (LatinHypercube, Sobol, Morris)
"""Designs that place points in ranges; what has no range is crossed with all of them."""


def fault_of_design(design: AnyDesign, factors: Sequence[Factor], scenarios: int) -> str:
    """Why factors and design do not go together, or make too many points; empty if they do."""
    ranged = [factor.name for factor in factors if factor.is_ranged]
    if isinstance(design, SAMPLED) and not any(factor.is_drawn for factor in factors):
        return f"{design.method} samples ranges, and no factor has one"
    if not isinstance(design, SAMPLED) and (message := _drawn(design.method, factors)):
        return message
    if isinstance(design, Grid | Zip) and ranged:
        more = f" and {len(ranged) - 1} more" if len(ranged) > 1 else ""
        return f"{design.method} needs steps or values for {ranged[0]}{more}"
    if isinstance(design, Zip) and not factors:
        return "zip needs factors"
    if isinstance(design, Zip) and len({len(factor.options) for factor in factors}) > 1:
        shown = ", ".join(f"{factor.name} has {len(factor.options)}" for factor in factors)
        return f"zip needs as many values for each factor: {shown}"
    return too_many(scenarios * points_of(design, factors))


def _drawn(method: str, factors: Sequence[Factor]) -> str:
    """What is said of factors that want to be drawn in a design that draws nothing."""
    for factor in factors:
        words = {"group": factor.group, "sampled": factor.sampled}
        words["distribution"] = not factor.shape.is_uniform
        if asked := [word for word, given in words.items() if given]:
            return f"{method} draws nothing, so that {asked[0]} of {factor.name} says nothing there"
    return ""


def too_many(points: int) -> str:
    """What is said of more points than a block may have."""
    return f"{points:,} points; a block may have {MOST_POINTS:,}" if points > MOST_POINTS else ""


def points_of(design: AnyDesign, factors: Sequence[Factor]) -> int:
    """Number of points of a design with one scenario; 0 where a table says it."""
    if isinstance(design, Table):
        return 0
    if isinstance(design, Zip):
        return len(factors[0].options)
    drawn = len({factor.dimension for factor in factors if factor.is_drawn})
    crossed = prod(len(factor.options) for factor in factors if not factor.is_drawn)
    if isinstance(design, Grid):
        return crossed
    if isinstance(design, Sobol):
        return crossed * design.points * (2 * drawn + 2 if design.second_order else drawn + 2)
    if isinstance(design, Morris):
        return crossed * design.trajectories * (drawn + 1)
    return crossed * design.points
