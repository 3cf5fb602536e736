"""What the runs of one point come to: outcomes over runs, series by month."""

from dataclasses import dataclass

import numpy as np

from sim.measures.distribution import QUANTILES, Flags, quantiles
from sim.measures.members import Reals
from sim.measures.sweep import GREATEST, LEAST, MEAN, SPREAD, no_months
from sim.runs.status import Standing
from sim.store.chunk import ATOM, Read, length_of
from sim.store.chunks import Place, Store


def read_point(store: Store, standing: Standing, runs: int) -> Read:
    """All runs of a point, from the chunks that hold them, in the order of their number.

    `months` has one row: the atoms put together in their order.
    """
    layout = store.layout
    outcomes = np.zeros((len(layout.outcomes), runs))
    months, counted = no_months(len(layout.series), layout.months + 1), 0
    for place, atoms in in_places(standing.atoms):
        found, stretch = store.read(place), place.entry.stretch
        first, last = atoms[0] * ATOM, min((atoms[-1] + 1) * ATOM, runs)
        outcomes[:, first:last] = found.outcomes[:, first - stretch.first : last - stretch.first]
        for atom in atoms:
            own, length = found.months[atom - stretch.atoms.start], length_of(atom, runs)
            months = together(months, counted, own, length)
            counted += length
    return Read(outcomes, months[None])


def in_places(atoms: dict[int, Place]) -> list[tuple[Place, list[int]]]:
    """Atoms in order, neighbours of the same stretch together."""
    found: list[tuple[Place, list[int]]] = []
    for atom in sorted(atoms):
        if found and found[-1][0] is atoms[atom]:
            found[-1][1].append(atom)
        else:
            found.append((atoms[atom], [atom]))
    return found


def together(one: Reals, count: int, other: Reals, more: int) -> Reals:
    """What is kept by month of `count` runs and `more` others, `[series, kept, month]`.

    Spreads are put together by way of the distance of the means (Chan, Golub and LeVeque 1983,
    doi:10.1080/00031305.1983.10483115).
    """
    both = one.copy()
    apart, share = other[:, MEAN] - one[:, MEAN], more / (count + more)
    both[:, MEAN] += apart * share
    both[:, SPREAD] += other[:, SPREAD] + apart * apart * (count * share)
    both[:, LEAST] = np.minimum(one[:, LEAST], other[:, LEAST])
    both[:, GREATEST] = np.maximum(one[:, GREATEST], other[:, GREATEST])
    return both


@dataclass(frozen=True)
class Spread:
    """An outcome over the runs of a point in which it is known; NaN where it cannot be said."""

    runs: int
    mean: float
    deviation: float
    error: float
    quantiles: tuple[float, ...]


def spreads_of(outcomes: Reals, whole: Flags) -> list[Spread]:
    """The spread of each outcome `[outcome, run]`; those known in every run are taken at once.

    `whole` marks those whose values are whole numbers.
    """
    missing = np.isnan(outcomes)
    full: Flags = ~np.any(missing, axis=1)
    found = iter(_spreads(outcomes[full], whole[full]))
    return [
        next(found) if own else _spreads(values[None, ~gaps], whole[[place]])[0]
        for place, (own, values, gaps) in enumerate(zip(full, outcomes, missing, strict=True))
    ]


def _spreads(values: Reals, whole: Flags) -> list[Spread]:
    """Mean, standard deviation, Monte-Carlo error and exact quantiles of each row of numbers."""
    count, runs = values.shape
    if runs == 0:
        return [Spread(0, np.nan, np.nan, np.nan, (np.nan,) * len(QUANTILES))] * count
    means = values.mean(axis=1).tolist()
    deviations = values.std(axis=1, ddof=1) if runs > 1 else np.full(count, np.nan)
    errors = (deviations / np.sqrt(runs)).tolist()
    shown = quantiles(values, whole).tolist()
    rows = zip(means, deviations.tolist(), errors, shown, strict=True)
    return [Spread(runs, mean, sd, error, tuple(each)) for mean, sd, error, each in rows]


def by_month(months: Reals, runs: int) -> Reals:
    """Mean, standard deviation, least and greatest of each series, `[series, month, 4]`."""
    mean, spread = months[:, MEAN], months[:, SPREAD]
    deviation = np.sqrt(spread / (runs - 1)) if runs > 1 else np.full_like(mean, np.nan)
    return np.stack([mean, deviation, months[:, LEAST], months[:, GREATEST]], axis=2)
