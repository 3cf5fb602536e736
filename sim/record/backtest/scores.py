"""How well a forecast did: scores of chances over rungs, and of samples of an amount.

Lower is better, except for coverage, which should be what its interval promises. The rules are
those of Gneiting and Raftery, "Strictly proper scoring rules, prediction, and estimation" (2007).
"""

import math
from dataclasses import dataclass

import numpy as np

from sim.measures.members import Places, Reals

CENTRAL = (0.5, 0.9)
"""Shares of probability of the central intervals that are looked at."""

SPREAD_OF_A_UNIFORM = 1.0 / 12.0


@dataclass(frozen=True)
class Intervals:
    """A central interval of each forecast: its ends `[case]`, and whether the case lies in it."""

    low: Reals
    high: Reals
    held: Reals


def ranked_probability(chances: Reals, seen: Places) -> Reals:
    """Ranked probability score `[case]` of `chances[case, rung]`, in rungs.

    The sum over rungs of the squared distance between the chance to stand at or below a rung and
    1 or 0 for what was seen. Of a certain forecast it is the number of rungs by which it was wrong.
    """
    rungs = np.arange(chances.shape[1])
    reached = (seen[:, None] <= rungs).astype(np.float64)
    below = np.asarray(np.cumsum(chances, axis=1), np.float64)
    return np.asarray(((below - reached) ** 2).sum(axis=1))


def ignorance(chances: Reals, seen: Places) -> Reals:
    """Bits of surprise `[case]`: less the binary logarithm of the chance given to what was seen."""
    return np.asarray(-np.log2(chances[np.arange(len(seen)), seen]))


def brier(chance: Reals, happened: Reals) -> Reals:
    """Squared distance `[case]` of a chance from 1 for what happened and 0 for what did not."""
    return np.asarray((chance - happened) ** 2)


def rung_intervals(chances: Reals, seen: Places, share: float) -> Intervals:
    """The central interval of `chances[case, rung]` that holds at least `share` of probability."""
    below = np.cumsum(chances, axis=1)
    tail = (1.0 - share) / 2.0
    low = (below > tail).argmax(axis=1)
    high = (below >= 1.0 - tail - 1e-12).argmax(axis=1)
    return _held(low.astype(np.float64), high.astype(np.float64), seen.astype(np.float64))


def sample_intervals(samples: Reals, seen: Reals, share: float) -> Intervals:
    """The central interval of `samples[case, member]` that holds `share` of them."""
    tail = (1.0 - share) / 2.0
    low, high = np.quantile(samples, (tail, 1.0 - tail), axis=1)
    return _held(low, high, seen)


def _held(low: Reals, high: Reals, seen: Reals) -> Intervals:
    return Intervals(low, high, ((low <= seen) & (seen <= high)).astype(np.float64))


def interval_score(intervals: Intervals, seen: Reals, share: float) -> Reals:
    """Width of a central interval `[case]`, and 2/(1 − share) times how far the case lies out."""
    out = np.maximum(intervals.low - seen, 0.0) + np.maximum(seen - intervals.high, 0.0)
    return np.asarray(intervals.high - intervals.low + 2.0 / (1.0 - share) * out)


def transform_spread(chances: Reals, seen: Places) -> float:
    """Variance of the randomised probability integral transform, times 12: 1 where it is uniform.

    Below 1 the forecasts are too wide, above 1 too narrow. The transform is uniform between the
    chance to stand below what was seen and the chance to stand there or below; the variance is
    taken over cases and that chance together.
    """
    below = np.cumsum(np.pad(chances, ((0, 0), (1, 0))), axis=1)
    rows = np.arange(len(seen))
    first, last = below[rows, seen], below[rows, seen + 1]
    square = float(((first * first + first * last + last * last) / 3.0).mean())
    return (square - float(((first + last) / 2.0).mean()) ** 2) / SPREAD_OF_A_UNIFORM


def continuous_ranked_probability(samples: Reals, seen: Reals) -> Reals:
    """Continuous ranked probability score `[case]` of `samples[case, member]`, in their unit.

    Mean distance of the members from what was seen, less half their mean distance from each other.
    Of a single member it is the absolute error.
    """
    members = samples.shape[1]
    ordered = np.sort(samples, axis=1)
    weights = 2.0 * np.arange(1, members + 1) - members - 1.0
    apart = (ordered * weights).sum(axis=1) / members**2
    return np.asarray(np.abs(samples - seen[:, None]).mean(axis=1) - apart)


FEWEST_CASES = 5
"""Cases below which a mean has no interval: so few, drawn again, hardly differ from themselves."""


def resampled_interval(values: Reals, seed: int, resamples: int = 4_000) -> tuple[float, float]:
    """Ends of the 90 % interval of the mean of `values[case]`, over resampled cases.

    NaN where there are fewer than `FEWEST_CASES`.
    """
    if len(values) < FEWEST_CASES:
        return math.nan, math.nan
    draws = np.random.default_rng(seed).integers(len(values), size=(resamples, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), (0.05, 0.95))
    return float(low), float(high)
