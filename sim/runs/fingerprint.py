"""A number for all that is recorded of a run in a month, to find where two scenarios part."""

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Trajectories

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant whose multiples differ in all bits."""


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
        mixed = words * (SPREAD * (2 * places + 1))
        mixed ^= mixed >> np.uint64(29)
        total += mixed.sum(axis=2)
        place += words.shape[2]
    total ^= total >> np.uint64(32)
    total *= SPREAD
    return (total >> np.uint64(32)).astype(np.uint32)
