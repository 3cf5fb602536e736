"""Many runs: chunks of them on threads, handed over in order, in constant memory."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Thread
from typing import Any

import numpy as np

from sim.engine.draws import Uids, key
from sim.engine.kernel import Start, Trajectories, Workspace, compiled, new_workspace
from sim.model.metrics import (
    ActorMonth,
    ConditionMonth,
    IssueMonth,
    Metrics,
    PoolMonth,
    ProjectMonth,
)
from sim.model.schema import dtype

CHUNK_BYTES = 2**24
"""Most that a chunk records: it bounds memory, and an interrupt and a bar work between chunks."""


@dataclass(frozen=True)
class Chunk:
    """Runs `first_run` and following. The arrays are reused once the next chunk is asked for."""

    first_run: int
    trajectories: Trajectories

    def __repr__(self) -> str:
        return f"<Chunk of {len(self.trajectories.metrics):,} runs from run {self.first_run:,} on>"


def empty_trajectories(start: Start, runs: int, months: int) -> Trajectories:
    """Room for what `runs` runs of `months` months record, the start included."""
    shape = (runs, months + 1)
    return Trajectories(
        np.zeros(shape, dtype(Metrics)),
        np.zeros((*shape, len(start.actors)), dtype(ActorMonth)),
        np.zeros((*shape, len(start.pools)), dtype(PoolMonth)),
        np.zeros((*shape, len(start.projects)), dtype(ProjectMonth)),
        np.zeros((*shape, int(start.world[0]["issues"])), dtype(IssueMonth)),
        np.zeros((*shape, len(start.conditions)), dtype(ConditionMonth)),
    )


def first_rows(trajectories: Trajectories, runs: int) -> Trajectories:
    """The part of `trajectories` that holds its first `runs` runs."""
    return Trajectories(*(array[:runs] for array in trajectories))


def runs_a_chunk(start: Start, months: int) -> int:
    """As many runs as record `CHUNK_BYTES`: some 150 of 38 actors over 60 months; at least one."""
    a_run: int = sum(array.nbytes for array in empty_trajectories(start, 1, months))
    return max(1, CHUNK_BYTES // a_run)


def chunk_starts(runs: int, chunk: int) -> list[tuple[int, int]]:
    """First run and number of runs of each chunk.

    >>> chunk_starts(5, 2)
    [(0, 2), (2, 2), (4, 1)]
    """
    return [(first, min(chunk, runs - first)) for first in range(0, runs, chunk)]


def threads_by_default() -> int:
    """As many threads as this process may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def call_in_daemon_thread(function: Callable[..., Any], *args: Any) -> None:
    """Call a function on a thread of its own and wait; an interrupt ends the waiting at once.

    The thread is a daemon: the process need not wait for it either. Raises what the call raises.
    """
    done: Future[Any] = Future()

    def work() -> None:
        try:
            done.set_result(function(*args))
        except BaseException as error:
            done.set_exception(error)

    Thread(target=work, daemon=True).start()
    done.result()


def simulate(
    start: Start,
    uids: Uids,
    months: int,
    runs: int,
    seed: int,
    *,
    chunk: int | None = None,
    threads: int | None = None,
    loop: Callable[..., Any] | None = None,
) -> Iterator[Chunk]:
    """Yield the runs 0 to `runs - 1` in chunks, in order.

    Run k is the same whatever `runs`, `chunk`, `threads` and `months` are. A chunk has as many runs
    as `runs_a_chunk` says unless `chunk` is given. `loop` runs one chunk; it is the compiled kernel
    unless given.
    """
    run_chunk: Callable[..., Any] = loop or compiled()
    workers = threads or threads_by_default()
    size = chunk or runs_a_chunk(start, months)
    room = [
        (new_workspace(start, uids), empty_trajectories(start, min(size, runs), months))
        for _ in range(workers + 1)
    ]
    key_0, key_1 = key(seed)
    if loop is None:  # no run at all compiles the kernel, which takes long and cannot be stopped
        workspace, recorded = room[0]
        call_in_daemon_thread(
            run_chunk, start, uids, workspace, key_0, key_1, 0, first_rows(recorded, 0)
        )
    waiting = deque(chunk_starts(runs, size))
    running: deque[tuple[int, int, tuple[Workspace, Trajectories], Future[Any]]] = deque()
    pool = ThreadPoolExecutor(workers)

    def submit() -> None:
        first, count = waiting.popleft()
        workspace, recorded = room.pop()
        part = first_rows(recorded, count)
        future = pool.submit(run_chunk, start, uids, workspace, key_0, key_1, first, part)
        running.append((first, count, (workspace, recorded), future))

    try:
        while waiting and room:
            submit()
        while running:
            first, count, place, future = running.popleft()
            future.result()
            yield Chunk(first, first_rows(place[1], count))
            room.append(place)
            if waiting:
                submit()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
