"""The third way: rules in plain Python on rows, for anchoring, coverage and planted faults."""

from typing import Any

import numpy as np

from sim.engine.draws import Uids
from sim.engine.kernel import Start, Trajectories, Workspace, run_chunk
from sim.model.state import State


def with_attributes(array: Any) -> Any:
    """A view of a structured array whose rows have attributes; other arrays as they are."""
    return array.view(np.recarray) if array.dtype.names else array


def plain_state(start: Start) -> State:
    """The state on the arrays of `start` themselves: what a rule writes is written there."""
    parts: list[Any] = [with_attributes(array) for array in start]
    return State(parts[0][0], *parts[1:])


def run_chunk_plainly(
    start: Start,
    uids: Uids,
    workspace: Workspace,
    key_0: np.uint64,
    key_1: np.uint64,
    first_run: int,
    recorded: Trajectories,
) -> None:
    """The compiled loop's source, uncompiled: the same bits, some thousand times slower."""
    run_chunk(
        Start(*(with_attributes(array) for array in start)),
        uids,
        Workspace(*(with_attributes(array) for array in workspace)),
        key_0,
        key_1,
        first_run,
        Trajectories(*(with_attributes(array) for array in recorded)),
    )
