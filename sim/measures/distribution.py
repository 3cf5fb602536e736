"""The spread of many runs in constant memory: exact up to a limit, in fixed bins beyond it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

EXACT_RUNS = 5_000
"""Most runs whose values are all kept, so that quantiles are exact."""

PILOT_RUNS = 1_000
"""Runs whose range lays out the bins when there are more than `EXACT_RUNS`."""

BINS = 1_500
"""Bins of one quantity: three times the range of the pilot runs."""

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

ROUNDING = 1e-9
"""What the product of a share and a number of runs may be off."""


def quantiles(
    values: npt.NDArray[Any], whole: Flags | bool = False, shares: Sequence[float] = QUANTILES
) -> Reals:
    """Quantiles `[…, share]` of `values[…, run]`.

    Where values are `whole`, the least that a share of the runs does not exceed; else that of
    numpy, which lies between two of them. NaN where there are no runs.
    """
    return of_sorted(np.sort(values, axis=-1), whole, shares)


def of_sorted(
    ordered: npt.NDArray[Any], whole: Flags | bool, shares: Sequence[float] = QUANTILES
) -> Reals:
    """As `quantiles`, of values that are sorted."""
    runs = ordered.shape[-1]
    if runs == 0:
        return np.full((*ordered.shape[:-1], len(shares)), np.nan)
    ranks = np.ceil(np.multiply(shares, runs) - ROUNDING).astype(np.int64) - 1
    exact = ordered[..., np.maximum(ranks, 0)]
    return np.where(np.asarray(whole)[..., None], exact, between(ordered, shares))


def between(ordered: npt.NDArray[Any], shares: Sequence[float]) -> Reals:
    """Quantiles of sorted values with the bits of `numpy.quantile`."""
    last = ordered.shape[-1] - 1
    at = np.multiply(shares, last)
    below = np.floor(at).astype(np.int64)
    low, high = ordered[..., below], ordered[..., np.minimum(below + 1, last)]
    part, gap = at - below, high - low
    found = np.where(part >= 0.5, high - gap * (1 - part), low + gap * part)
    return np.asarray(found, np.float64)


class Distribution:
    """Means and quantiles over runs of an array of quantities.

    Runs are added in order of their number. Beyond `EXACT_RUNS` runs each quantity has `BINS` bins
    of one width, laid out by the first `PILOT_RUNS` runs whatever the chunks; a quantity that is
    whole in all of these has bins centred on whole numbers. A quantile is then the middle of its
    bin, off by half a width at most inside the range of the bins. `whole` marks the quantities
    whose values are whole numbers, as in `quantiles`.
    """

    def __init__(self, shape: tuple[int, ...], runs: int, whole: Flags | bool = False) -> None:
        self.shape = shape
        self.runs = runs
        self.added = 0
        self.exact = runs <= EXACT_RUNS
        kept, size = runs if self.exact else PILOT_RUNS, int(np.prod(shape))
        self.whole = np.broadcast_to(whole, shape).reshape(size)
        self._kept = np.zeros((size, kept))
        self._total = np.zeros(size)
        self._counts: npt.NDArray[np.uint32] | None = None

    def add(self, values: Reals) -> None:
        """Add some runs, `[run, …shape]`."""
        flat = values.reshape(len(values), -1)
        for row in flat:
            self._total += row
        room = max(0, self._kept.shape[1] - self.added)
        if room:
            self._kept[:, self.added : self.added + len(flat)] = flat[:room].T
        self.added += len(flat)
        if self.exact or self.added < PILOT_RUNS:
            return
        if self._counts is None:
            self._lay_out()
            self._count(self._kept.T)
            self._kept = np.zeros((len(self._total), 0))
        self._count(flat[room:])

    def _lay_out(self) -> None:
        low, high = self._kept.min(axis=1), self._kept.max(axis=1)
        whole = (self._kept == np.round(self._kept)).all(axis=1)
        reach = np.maximum(high - low, np.maximum(1e-6, 0.01 * np.abs(high)))
        self._width = np.where(whole, np.maximum(1.0, np.ceil(3 * reach / BINS)), 3 * reach / BINS)
        middle = np.where(whole, np.round((low + high) / 2), (low + high) / 2)
        self._low = middle - (BINS // 2 + 0.5) * self._width
        self._least, self._most = low, high
        self._counts = np.zeros((len(low), BINS), np.uint32)

    def _count(self, flat: Reals) -> None:
        assert self._counts is not None
        if not len(flat):
            return
        self._least = np.minimum(self._least, flat.min(axis=0))
        self._most = np.maximum(self._most, flat.max(axis=0))
        places = np.clip((flat - self._low) / self._width, 0, BINS - 1).astype(np.int64)
        places += np.arange(flat.shape[1]) * BINS
        np.add.at(self._counts.reshape(-1), places.ravel(), np.uint32(1))

    @property
    def mean(self) -> Reals:
        """Mean over all runs, added in order of their number."""
        return (self._total / self.runs).reshape(self.shape)

    @property
    def width(self) -> Reals:
        """Width of the bins; 0 where quantiles are exact."""
        width = np.zeros(len(self._total)) if self.exact else self._width
        return width.reshape(self.shape)

    def quantiles(self) -> Reals:
        """The `QUANTILES`, `[quantile, …shape]`."""
        if self.exact:
            self._kept.sort(axis=1)
            found = of_sorted(self._kept, self.whole).T
        else:
            found = np.array([self._quantile(share) for share in QUANTILES])
        return found.reshape(len(QUANTILES), *self.shape)

    def _quantile(self, share: float) -> Reals:
        assert self._counts is not None
        below = np.cumsum(self._counts, axis=1)
        least = np.where(self.whole, share * self.runs - ROUNDING, share * (self.runs - 1))
        place = np.argmax(
            np.where(self.whole[:, None], below >= least[:, None], below > least[:, None]), axis=1
        )
        value = self._low + (place + 0.5) * self._width
        return np.asarray(np.clip(value, self._least, self._most), np.float64)
