"""From numbers to an anchored start: in plain Python, or compiled."""

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Start, kept_code, register_functions
from sim.engine.plain import plain_state, with_attributes
from sim.model.plan import Plan, Room
from sim.model.rules.anchoring import set_start
from sim.model.rules.preparing import Verdict, fill
from sim.model.state import State

Prepare = Callable[[npt.NDArray[np.float64], Plan, Room, Start], Verdict]
"""Fills and anchors a start that lies in the memory of a room."""


def fill_room(numbers: Any, plan: Plan, room: Room) -> Verdict:
    """Fill a block; compiled without the promise that no array overlaps another one."""
    return fill(numbers, plan, room)


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


def prepare_plainly(numbers: Any, plan: Plan, room: Room, start: Start) -> Verdict:
    """Fill and anchor a start in plain Python: slower, but nothing has to be compiled."""
    verdict = fill(numbers.tolist(), *plainly(plan, room))
    if verdict[0] == 0:
        set_start(plain_state(start))
    return verdict


def plainly(plan: Plan, room: Room) -> tuple[Plan, Room]:
    """A plan and a room whose records have attributes, for plain Python."""
    parts: list[Any] = [with_attributes(array) for array in room]
    return Plan(*map(listed, plan)), Room(*parts)


def listed(array: Any) -> Any:
    """An array of a plan as a list, which plain Python reads faster."""
    if array.dtype.names is None:
        return array.tolist()
    names = array.dtype.names
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in array.tolist()]


@cache
def compiled_prepare() -> Prepare:
    """Fill and anchor a start in compiled code, with the same bits."""
    register_functions()
    filled = kept_code(fill_room, overlap=True, short=True)
    anchored = kept_code(anchor, short=True)

    def prepare(numbers: Any, plan: Plan, room: Room, start: Start) -> Verdict:
        verdict: Verdict = filled(numbers, plan, room)
        if verdict[0] == 0:
            anchored(start)
        return verdict

    return prepare
