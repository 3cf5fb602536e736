"""A figure over runs with its Monte-Carlo error and its spread."""

import math
from dataclasses import dataclass, replace

from sim.measures.distribution import quantiles
from sim.measures.estimate import half_interval, quantile_interval, share_interval
from sim.record.ensemble import Numbers

PERCENT = 100.0
OUTER = (0.05, 0.95)


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


def _spread(values: Numbers) -> tuple[float, float]:
    low, high = quantiles(values, values.dtype.kind == "i", OUTER)
    return float(low), float(high)


def mean(values: Numbers) -> Figure:
    """Mean over runs of `values[run]`, or the share of runs where these are flags."""
    value, half = float(values.mean()), half_interval(values)
    if values.dtype.kind == "b":
        return Figure(value, *share_interval(int(values.sum()), len(values)))
    return Figure(value, value - half, value + half, *_spread(values))


def ratio(over: Numbers, under: Numbers) -> Figure:
    """Mean of `over[run]` over mean of `under[run]`; both share their runs, and so does the error.

    NaN where the second mean is 0. The spread is that of the runs' own ratios, where all have one.
    """
    base = float(under.mean())
    if base == 0.0:
        return Figure(math.nan)
    value = float(over.mean()) / base
    half = half_interval((over - value * under) / base)
    figure = Figure(value, value - half, value + half)
    if under.min() <= 0.0:
        return figure
    low, high = _spread(over / under)
    return replace(figure, spread_low=low, spread_high=high)


def quantile(values: Numbers, share: float) -> Figure:
    """A quantile over runs of `values[run]`; the ends of its interval are values of runs."""
    value = float(quantiles(values, values.dtype.kind == "i", (share,))[0])
    return Figure(value, *quantile_interval(values, share), *_spread(values))
