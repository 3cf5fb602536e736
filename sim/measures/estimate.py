"""The 90 % intervals of means, shares and quantiles over runs: what chance leaves open."""

import math

from sim.measures.distribution import Reals

INTERVAL = 0.9
"""Probability that an interval is to hold what it is about."""

Ends = tuple[float, float]


def standard_error(values: Reals) -> float:
    """Of the mean of `values[run]`; NaN for a single run."""
    return float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else math.nan


def half_interval(values: Reals) -> float:
    """What lies on either side of the mean in its interval (Student's t); NaN for a single run."""
    from scipy.special import stdtrit

    if len(values) < 2:
        return math.nan
    return float(stdtrit(len(values) - 1, (1 + INTERVAL) / 2)) * standard_error(values)


def share_interval(times: int, runs: int) -> Ends:
    """Ends of the interval of a share of runs, that of Wilson, which 0 and 1 do not empty."""
    from scipy.stats import binomtest

    low, high = binomtest(times, runs).proportion_ci(INTERVAL, "wilson")
    return float(low), float(high)


def quantile_interval(values: Reals, share: float) -> Ends:
    """Ends of the interval of a quantile, which are values of runs; infinite where too few are."""
    from scipy.stats import quantile_test

    low, high = quantile_test(values, p=share).confidence_interval(INTERVAL)
    return float(low), float(high)


def most_unseen(runs: int) -> float:
    """The largest share of runs that an event never seen in `runs` may have, at 95 %.

    The upper end of the interval of Clopper and Pearson, close to 3 / `runs`.

    >>> round(most_unseen(20), 3), round(most_unseen(1000), 4)
    (0.139, 0.003)
    """
    return float(1.0 - ((1.0 - INTERVAL) / 2.0) ** (1.0 / runs))
