"""From numbers to an anchored start: in plain Python, or compiled."""

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Start, compile_cached, register_functions
from sim.engine.plain import plain_state, with_attributes
from sim.model.plan import Plan, StartViews
from sim.model.rules.anchoring import set_start
from sim.model.rules.preparing import Verdict, write_start
from sim.model.state import State

Prepare = Callable[[npt.NDArray[np.float64], Plan, StartViews, Start], Verdict]
"""Fills and anchors a start that lies in memory that a plan describes."""


def write_start_array(numbers: Any, plan: Plan, views: StartViews) -> Verdict:
    """Fill a block; compiled without the promise that no array overlaps another one."""
    return write_start(numbers, plan, views)


def anchor_start(start: Start) -> None:
    """Anchor every actor of `start`, in place."""
    set_start(State(start.world[0], *start[1:]))


def prepare_plainly(numbers: Any, plan: Plan, views: StartViews, start: Start) -> Verdict:
    """Fill and anchor a start in plain Python: slower, but nothing has to be compiled."""
    verdict = write_start(numbers.tolist(), *as_plain_lists(plan, views))
    if verdict[0] == 0:
        set_start(plain_state(start))
    return verdict


def as_plain_lists(plan: Plan, views: StartViews) -> tuple[Plan, StartViews]:
    """A plan and its views as plain lists of records with attributes."""
    parts: list[Any] = [with_attributes(array) for array in views]
    return Plan(*map(nested_list, plan)), StartViews(*parts)


def nested_list(array: Any) -> Any:
    """An array of a plan as a list, which plain Python reads faster."""
    if array.dtype.names is None:
        return array.tolist()
    names = array.dtype.names
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in array.tolist()]


@cache
def compiled_prepare() -> Prepare:
    """Fill and anchor a start in compiled code, with the same bits."""
    register_functions()
    filled = compile_cached(write_start_array, overlap=True, short=True)
    anchored = compile_cached(anchor_start, short=True)

    def prepare(numbers: Any, plan: Plan, views: StartViews, start: Start) -> Verdict:
        verdict: Verdict = filled(numbers, plan, views)
        if verdict[0] == 0:
            anchored(start)
        return verdict

    return prepare
