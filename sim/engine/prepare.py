"""From numbers to a start that is anchored: in plain Python, or compiled."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from sim.engine.kernel import Start
from sim.engine.plain import plain_state, with_attributes
from sim.plan import Plan, Room
from sim.rules.anchoring import set_start
from sim.rules.preparing import Verdict, fill


def prepare_plainly(numbers: Any, plan: Plan, room: Room, start: Start) -> Verdict:
    """Fill and anchor `start`, which lies in the memory of `room`, in plain Python."""
    verdict = fill(
        numbers.tolist(), Plan(*map(with_attributes, plan)), Room(*map(with_attributes, room))
    )
    if verdict[0] == 0:
        set_start(plain_state(start))
    return verdict
