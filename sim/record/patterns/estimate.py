"""A figure over runs with its Monte-Carlo error and its spread."""

import math
from dataclasses import dataclass

import numpy as np

from sim.measures.members import Reals

NORMAL_90 = 1.6448536269514722
"""Standard errors on either side of a mean that hold 90 % of a normal distribution."""


PERCENT = 100.0


@dataclass(frozen=True)
class Figure:
    """A figure and the ends of its 90 % interval; NaN where there is none.

    The interval holds the Monte-Carlo error alone. The spread holds 90 % of the runs; it is NaN
    for a share of runs and for what has no number in each run. `note` says what else belongs to it.
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    spread_low: float = math.nan
    spread_high: float = math.nan
    note: str = ""

    def scaled(self, factor: float, offset: float = 0.0) -> "Figure":
        """The figure and all its ends times `factor` (above 0) plus `offset`."""
        return Figure(
            factor * self.value + offset,
            factor * self.low + offset,
            factor * self.high + offset,
            factor * self.spread_low + offset,
            factor * self.spread_high + offset,
            self.note,
        )


def _around(value: float, residuals: Reals) -> tuple[float, float]:
    """Ends of the 90 % interval of a mean whose runs scatter as `residuals` do."""
    if len(residuals) < 2:
        return math.nan, math.nan
    reach = NORMAL_90 * float(residuals.std(ddof=1)) / math.sqrt(len(residuals))
    return value - reach, value + reach


def _spread(values: Reals) -> tuple[float, float]:
    low, high = np.quantile(values, (0.05, 0.95))
    return float(low), float(high)


def mean(values: Reals) -> Figure:
    """Mean over runs of `values[run]`."""
    value = float(values.mean())
    return Figure(value, *_around(value, values), *_spread(values))


def share(flags: Reals) -> Figure:
    """Share of runs whose flag is 1; the interval is that of Wilson, which 0 and 1 do not empty."""
    runs, value = len(flags), float(flags.mean())
    square = NORMAL_90 * NORMAL_90 / runs
    middle = (value + square / 2) / (1 + square)
    inner = value * (1 - value) * square + square * square / 4
    reach = math.sqrt(inner) / (1 + square)
    return Figure(value, max(0.0, middle - reach), min(1.0, middle + reach))


def ratio(over: Reals, under: Reals) -> Figure:
    """Mean of `over[run]` over mean of `under[run]`; both share their runs, and so does the error.

    NaN where the second mean is 0. The spread is that of the runs' own ratios, where all have one.
    """
    base = float(under.mean())
    if base == 0.0:
        return Figure(math.nan)
    value = float(over.mean()) / base
    ends = _around(value, (over - value * under) / base)
    spread = _spread(over / under) if under.min() > 0.0 else (math.nan, math.nan)
    return Figure(value, *ends, *spread)


def quantile(values: Reals, at: float) -> Figure:
    """Quantile `at` over runs of `values[run]`, between order statistics of the same share of runs.

    The interval follows from the binomial number of runs below the quantile.
    """
    reach = NORMAL_90 * math.sqrt(at * (1 - at) / len(values))
    low, high = np.quantile(values, np.clip((at - reach, at + reach), 0.0, 1.0))
    return Figure(float(np.quantile(values, at)), float(low), float(high), *_spread(values))
