"""The rules for the start, compiled: in a study every point has a start of its own to anchor."""

from collections.abc import Callable
from functools import cache

from sim.engine.kernel import Start, kept_code, register_functions
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
    register_functions()
    return kept_code(anchor)
