"""The designs of a study: which values of its factors go together."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.case.numbers import Strict
from sim.scenario.names import Name

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
