"""Recognitions a year: what the fitted kernel and naive rules gave the years left out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom, poisson

from sim.measures.members import Reals
from sim.record.patterns.fitting import NAIVE_YEARS, Fitting
from sim.record.patterns.recognition import cells_of, expected_shares

MODEL = "the recognition kernel, fitted"


@dataclass(frozen=True)
class Count:
    """A left-out year: how many states recognised, and the chances `[count]` that each rule gave.

    All chances have one for every number of states from none to all.
    """

    record: str
    year: int
    seen: int
    chances: Mapping[str, Reals]


def counts_of(name: str, fitting: Fitting) -> list[Count]:
    """The left-out years of a fit, in their order."""
    record, years = fitting.record, fitting.fit.left_out
    cells = cells_of(record)
    shares = expected_shares(fitting.kernel, cells, record.months_of(years[-1]).stop - 1)
    past, counts = fitting.recorded[: fitting.years], []
    for place, year in enumerate(years):
        months = record.months_of(year)
        chance = shares[months.stop - 1] - shares[months.start - 1]
        rules = {MODEL: total_chances(cells.states, chance)}
        for rule, mean in naive_means(past, place + 1).items():
            rules[rule] = poisson_chances(mean, len(record.group))
        seen = int(fitting.recorded[fitting.years + place])
        counts.append(Count(name, year, seen, rules))
    return counts


def naive_means(past: Reals, ahead: int) -> dict[str, float]:
    """Recognitions that each naive rule expects `ahead` years after the last one fitted."""
    ages = np.arange(1, len(past) + 1)
    return {
        "last year again": float(past[-1]),
        f"mean of {NAIVE_YEARS} years": float(past[-NAIVE_YEARS:].mean()),
        "number that falls as 1/t": float(past.sum() / (1.0 / ages).sum() / (len(past) + ahead)),
    }


def total_chances(states: Reals, chance: Reals) -> Reals:
    """Chances `[count]` of how many states do what those of cell c do with `chance[c]`, apart."""
    total = np.ones(1)
    for number, each in zip(states.astype(np.int64), chance, strict=True):
        total = np.convolve(total, binom.pmf(np.arange(number + 1), number, each))
    return total


def poisson_chances(mean: float, most: int) -> Reals:
    """Poisson chances `[count]` from none to `most`; a mean of 0 is taken for half a state."""
    chances = poisson.pmf(np.arange(most + 1), mean or 0.5)
    return np.asarray(chances / chances.sum())
