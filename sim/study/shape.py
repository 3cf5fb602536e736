"""Distributions of numbers in a range: where in it a share of all draws lies below.

`mode` is the likeliest value: the documented one unless a study says another. A normal distribution
is cut off at the ends of the range, and what is left of it is drawn from.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

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
