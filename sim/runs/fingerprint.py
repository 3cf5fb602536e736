"""A number for all that is recorded of a run in a month, to find where two scenarios part."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Trajectories, compile_cached

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant whose multiples differ in all bits."""

SHIFT = np.uint64(29)


def add_words(words: Any, factors: Any, total: Any) -> None:
    """Add `words[run, month, place]`, each mixed with the factor of its place, to `total`."""
    for run in range(words.shape[0]):
        for month in range(words.shape[1]):
            for place in range(words.shape[2]):
                mixed = words[run, month, place] * factors[place]
                total[run, month] += mixed ^ (mixed >> SHIFT)


@cache
def compiled_add_words() -> Callable[..., None]:
    """`add_words`, compiled."""
    return compile_cached(add_words)


def fingerprints(trajectories: Trajectories) -> npt.NDArray[np.uint32]:
    """Fingerprint `[run, month]`: equal where every recorded bit is equal."""
    runs, months = trajectories.metrics.shape
    total = np.zeros((runs, months), np.uint64)
    place = 1
    for array in trajectories:
        if array.size == 0:
            continue
        words = np.ascontiguousarray(array).view(np.uint64).reshape(runs, months, -1)
        places = np.arange(place, place + words.shape[2], dtype=np.uint64)
        compiled_add_words()(words, SPREAD * (2 * places + 1), total)
        place += words.shape[2]
    total ^= total >> np.uint64(32)
    total *= SPREAD
    return (total >> np.uint64(32)).astype(np.uint32)
