"""Chunks of runs: in order, each run once, in constant memory, and over when the caller is."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.ensemble import (
    CHUNK_BYTES,
    Chunk,
    chunk_starts,
    empty_trajectories,
    first_rows,
    runs_a_chunk,
    simulate,
    threads_by_default,
)
from sim.engine.kernel import Trajectories
from sim.planning.compile import Compiled

PATIENCE = 10.0
"""Seconds after which a thread that waits for another one gives up."""


class Loop:
    """Stands for the kernel: notes its calls and writes the number of the run as the population.

    `wait_for[first]` is the first run of the chunk that must be done before this one goes on. A
    loop that lingers leaves others the time to begin.
    """

    def __init__(
        self, wait_for: dict[int, int] | None = None, fails_at: int = -1, lingers: bool = False
    ) -> None:
        self.calls: list[tuple[int, int]] = []
        self.rooms: set[int] = set()
        self.at_once = 0
        self.most_at_once = 0
        self.done: dict[int, threading.Event] = {}
        self.wait_for = wait_for or {}
        self.fails_at = fails_at
        self.lingers = lingers
        self.lock = threading.Lock()

    def event(self, first: int) -> threading.Event:
        with self.lock:
            return self.done.setdefault(first, threading.Event())

    def __call__(
        self, start: Any, uids: Any, workspace: Any, key_0: Any, key_1: Any, first: int, part: Any
    ) -> None:
        count = len(part.metrics)
        with self.lock:
            self.calls.append((first, count))
            self.rooms.add(workspace.world.ctypes.data)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        if first in self.wait_for:
            assert self.event(self.wait_for[first]).wait(PATIENCE)
        if self.lingers:
            time.sleep(0.02)
        if first == self.fails_at:
            raise ZeroDivisionError(f"chunk of run {first}")
        part.metrics["population"] = np.arange(first, first + count)[:, None]
        with self.lock:
            self.at_once -= 1
        self.event(first).set()


def chunks(compiled: Compiled, loop: Loop, runs: int, **how: Any) -> Iterator[Chunk]:
    """The chunks of some runs, `loop` standing for the kernel."""
    return simulate(compiled.start, compiled.uids, compiled.months, runs, 1, loop=loop, **how)


def numbers(chunk: Chunk) -> list[int]:
    """The runs that a chunk holds, as `Loop` wrote them."""
    return [int(number) for number in chunk.trajectories.metrics["population"][:, -1]]


def workers() -> list[str]:
    """Threads of a pool that are still there."""
    return [each.name for each in threading.enumerate() if "ThreadPool" in each.name]


# Sizes


@given(st.integers(0, 50), st.integers(1, 60))
def test_chunks_cover_every_run_once(runs: int, chunk: int) -> None:
    starts = chunk_starts(runs, chunk)
    covered = [run for first, count in starts for run in range(first, first + count)]
    assert covered == list(range(runs))
    assert all(0 < count <= chunk for _, count in starts)


def test_a_chunk_records_no_more_than_its_bytes(baseline: Compiled) -> None:
    for months in (1, 60, 480):
        runs = runs_a_chunk(baseline.start, months)
        a_run = sum(array.nbytes for array in empty_trajectories(baseline.start, 1, months))
        assert runs * a_run <= CHUNK_BYTES < (runs + 1) * a_run


def test_a_chunk_has_a_run_however_large_the_world(baseline: Compiled) -> None:
    many = np.concatenate([baseline.start.actors] * 400)
    assert runs_a_chunk(baseline.start._replace(actors=many), 60) == 1


def test_the_first_rows_are_a_view(baseline: Compiled) -> None:
    recorded = empty_trajectories(baseline.start, 5, baseline.months)
    part = first_rows(recorded, 2)
    assert [len(array) for array in part] == [2] * len(Trajectories._fields)
    assert np.shares_memory(part.actors, recorded.actors)


def test_there_is_a_thread_for_each_processor() -> None:
    assert threads_by_default() >= 1


# Order


def test_chunks_come_in_order_though_a_later_one_is_done_first(baseline: Compiled) -> None:
    loop = Loop(wait_for={0: 2})
    found = [
        (chunk.first_run, numbers(chunk)) for chunk in chunks(baseline, loop, 5, chunk=2, threads=2)
    ]
    assert found == [(0, [0, 1]), (2, [2, 3]), (4, [4])]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_no_more_threads_and_rooms_than_asked_for(baseline: Compiled, threads: int) -> None:
    loop = Loop(lingers=True)
    found = [
        run
        for each in chunks(baseline, loop, 20, chunk=2, threads=threads)
        for run in numbers(each)
    ]
    assert found == list(range(20))
    assert sorted(loop.calls) == [(first, 2) for first in range(0, 20, 2)]
    assert loop.most_at_once <= threads
    assert len(loop.rooms) <= threads + 1


def test_several_threads_work_at_once(baseline: Compiled) -> None:
    """Each of the first two chunks waits until the other one has begun."""
    begun = threading.Barrier(2, timeout=PATIENCE)

    def loop(*args: Any) -> None:
        begun.wait()

    assert len(list(chunks(baseline, loop, 4, chunk=2, threads=2))) == 2


def test_a_chunk_stays_until_the_next_one_is_asked_for(baseline: Compiled) -> None:
    """All others run meanwhile, as far as there is room for them."""
    loop = Loop()
    going = chunks(baseline, loop, 12, chunk=2, threads=2)
    first = next(going)
    assert all(loop.event(start).wait(PATIENCE) for start in (0, 2, 4))
    assert numbers(first) == [0, 1]
    assert len(loop.calls) == 3
    assert [numbers(chunk) for chunk in going] == [[n, n + 1] for n in range(2, 12, 2)]


def test_no_run_is_no_chunk(baseline: Compiled) -> None:
    assert list(chunks(baseline, Loop(), 0)) == []


def test_all_runs_are_one_chunk_if_they_fit(baseline: Compiled) -> None:
    loop = Loop()
    assert [numbers(chunk) for chunk in chunks(baseline, loop, 7)] == [list(range(7))]


# Ends


def test_what_a_worker_raises_reaches_the_caller(baseline: Compiled) -> None:
    loop = Loop(fails_at=2)
    going = chunks(baseline, loop, 20, chunk=2, threads=2)
    assert numbers(next(going)) == [0, 1]
    with pytest.raises(ZeroDivisionError, match="chunk of run 2"):
        next(going)
    assert workers() == []
    assert len(loop.calls) < 10


def test_a_caller_who_stops_early_leaves_no_thread(baseline: Compiled) -> None:
    loop = Loop()
    going = chunks(baseline, loop, 20, chunk=2, threads=2)
    next(going)
    assert workers() != []
    going.close()
    assert workers() == []
    assert len(loop.calls) <= 3


def test_an_error_of_the_caller_leaves_no_thread(baseline: Compiled) -> None:
    def interrupted() -> None:
        for _ in chunks(baseline, Loop(), 20, chunk=2, threads=2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert workers() == []


# With the kernel


def test_seed_and_run_alone_decide(baseline: Compiled) -> None:
    def recorded(seed: int, **how: Any) -> bytes:
        found = partial(simulate, baseline.start, baseline.uids, baseline.months, 5)(seed, **how)
        return b"".join(chunk.trajectories.metrics.tobytes() for chunk in found)

    assert recorded(9) == recorded(9, chunk=2, threads=2) == recorded(9, chunk=1, threads=1)
    assert recorded(9) != recorded(10)
