"""Where a number of a study may lie, and how it is drawn from there.

`mode` is the likeliest value of a distribution: the documented one unless a study says another. A
normal distribution is cut off at the ends of the range, and the part inside is drawn from.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.case.numbers import Real, Strict
from sim.measures.members import Reals

Distribution = Literal["uniform", "triangular", "normal", "log_uniform"]


@dataclass(frozen=True)
class Shape:
    """A distribution with its likeliest value and its standard deviation, where it has them."""

    distribution: Distribution = "uniform"
    mode: float = np.nan
    sd: float = np.nan

    @property
    def is_uniform(self) -> bool:
        """Whether every part of a range is as likely as any other."""
        return self.distribution == "uniform"

    def at(self, share: Reals, low: float, high: float) -> Reals:
        """The values between `low` and `high` below which these shares of all draws lie."""
        if self.distribution == "log_uniform":
            values = low * (high / low) ** share
        elif self.distribution == "triangular":
            values = self._triangular(share, low, high)
        elif self.distribution == "normal":
            values = self._normal(share, low, high)
        else:
            values = low + share * (high - low)
        return np.clip(values, low, high)

    def _triangular(self, share: Reals, low: float, high: float) -> Reals:
        rising = share * (high - low) * (self.mode - low)
        falling = (1.0 - share) * (high - low) * (high - self.mode)
        left = share * (high - low) < self.mode - low
        return np.where(left, low + np.sqrt(rising), high - np.sqrt(falling))

    def _normal(self, share: Reals, low: float, high: float) -> Reals:
        from scipy.stats import truncnorm

        ends = (np.array([low, high]) - self.mode) / self.sd
        values: Reals = truncnorm.ppf(share, *ends, loc=self.mode, scale=self.sd)
        return values


UNIFORM = Shape()


def whole_months(share: Reals, low: float, high: float) -> Reals:
    """The whole numbers from `low` to `high`, each with an equal part of the unit interval."""
    return np.minimum(np.floor(low + share * (high - low + 1.0)), high)


MOST_STEPS = 10_000

Label = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""A name that stands in a cell or at the head of a column of a table."""

Ends = Annotated[list[Real], Field(min_length=2, max_length=2)]
Values = Annotated[list[Real], Field(min_length=1)]
Steps = Annotated[int, Field(ge=2, le=MOST_STEPS)]


class Varied(Strict):
    """How a factor is sampled: in steps, from its list of values, with others of its group."""

    steps: Steps | None = None
    sampled: Literal[True] | None = None
    group: Label | None = None


class Spread(Varied):
    """Where a number may lie: a range, in so many steps, or a list of values.

    `mode` is the likeliest value of a triangular or normal distribution, `sd` the standard
    deviation of a normal one before it is cut off at the ends of the range.
    """

    range: Ends | None = None
    values: Values | None = None
    distribution: Distribution | None = None
    mode: Real | None = None
    sd: Annotated[Real, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if message := fault_of_ends(self.range, self.values, self.steps):
            raise ValueError(message)
        if self.distribution is not None and (self.values is not None or self.steps is not None):
            raise ValueError("a distribution lies over a range, not over steps or values")
        peaked = self.distribution in ("triangular", "normal")
        if self.mode is not None and not peaked:
            raise ValueError("mode belongs to a triangular or normal distribution")
        if (self.sd is not None) != (self.distribution == "normal"):
            raise ValueError("a normal distribution, and no other, needs its sd")
        return self

    def given(self) -> Iterator[tuple[float, tuple[str, int]]]:
        """The numbers that are written out, each with its place."""
        for key, numbers in (("range", self.range), ("values", self.values)):
            yield from ((number, (key, i)) for i, number in enumerate(numbers or ()))

    def shape(self, documented: float = math.nan) -> Shape:
        """Its distribution; the likeliest value is the documented one unless it says another."""
        peaked = self.distribution in ("triangular", "normal")
        mode = documented if self.mode is None else self.mode
        return Shape(
            self.distribution or "uniform", mode if peaked else math.nan, self.sd or math.nan
        )

    def fault_of_shape(self, low: float, high: float, documented: float = math.nan) -> str:
        """Why no number between the ends is drawn so, if that is so."""
        shape = self.shape(documented)
        if shape.distribution == "log_uniform" and low <= 0:
            return f"log_uniform needs a range above 0, not from {low:g}"
        if shape.distribution in ("triangular", "normal"):
            if math.isnan(shape.mode):
                return f"{shape.distribution} needs a mode, the likeliest value"
            if not low <= shape.mode <= high:
                return f"the mode {shape.mode:g} lies outside {low:g} to {high:g}"
        return ""


def fault_of_ends(
    ends: Sequence[float] | None, values: Sequence[float] | None, steps: int | None
) -> str:
    """Why a range, values and steps do not go together; empty if they do."""
    if values is not None and (ends is not None or steps is not None):
        return "either values, or a range with or without steps"
    if ends is not None and not ends[0] < ends[1]:
        return f"range: {ends[0]:g} is not below {ends[1]:g}"
    return ""
