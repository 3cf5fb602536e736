"""The rules for the start, compiled: in a study every point has a start of its own to anchor."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sim.engine.kernel import Start, cache_folder
from sim.engine.kernel import compiled as compiled_loop
from sim.engine.plain import plain_state
from sim.rules.anchoring import set_start
from sim.state import State


def anchor(start: Start) -> None:
    """Anchor every actor of `start`, in place."""
    state = State(
        start.world[0],
        start.actors,
        start.pools,
        start.projects,
        start.conditions,
        start.parameters,
        start.policies,
        start.ties,
        start.vetoes,
        start.clauses,
        start.events,
        start.policy_of,
        start.parameters_of,
    )
    set_start(state)


def anchor_plainly(start: Start) -> None:
    """Anchor every actor of `start` in plain Python: slower, but nothing has to be compiled."""
    set_start(plain_state(start))


@cache
def compiled_anchor() -> Callable[[Start], None]:
    """`anchor`, compiled; the same bits as in plain Python."""
    import numba

    config: Any = numba.config
    njit: Any = numba.njit
    compiled_loop()
    folder, before = cache_folder(), config.CACHE_DIR
    config.CACHE_DIR = str(folder or "")
    try:
        made: Callable[[Start], None] = njit(
            nogil=True, cache=folder is not None, error_model="numpy", _nrt=False
        )(anchor)
    finally:
        config.CACHE_DIR = before
    return made
