"""Random worlds on a kernel that looks at every index: NUMBA_BOUNDSCHECK=1 python -m tests.bounds.

The compiler asks for the variable when it starts, and its cache does not know of it. So this runs
in a process of its own, and keeps no compiled code.
"""

import sys

import numpy as np
from hypothesis import given, settings

from sim.engine import kernel
from tests.worlds import World, worlds

WORLDS = 60


def write_behind(values: "np.ndarray", length: int) -> None:
    """A loop with an index out of bounds."""
    values[length] = 1.0


def checks_indices() -> bool:
    """Whether the compiler looks at indices at all; else the worlds would show nothing."""
    try:
        kernel.compile_function(write_behind)(np.zeros(3), 3)
    except IndexError:
        return True
    return False


@settings(max_examples=WORLDS, derandomize=True, database=None, deadline=None)
@given(worlds())
def run_some(world: World) -> None:
    """Run worlds; the kernel raises IndexError where an index is out of bounds."""
    world.recorded(2)


if __name__ == "__main__":
    kernel.cache_folder = lambda name: None
    if not checks_indices():
        sys.exit("indices are not looked at")
    run_some()
    print("all indices are within bounds")
