"""The work of a study: a task is some stretches of runs, and its result is the bytes of a chunk.

`run_task` is a pure function of a task that can be pickled, so threads, processes and the workers
of a cluster do the same and nothing but the bytes comes back.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from sim.engine.draws import Uids, key
from sim.engine.ensemble import empty_trajectories, first_rows
from sim.engine.kernel import Start, Trajectories, Workspace, compiled, new_workspace
from sim.engine.prepare import Prepare, compiled_prepare
from sim.io.errors import CannotCompile, CodeMismatch
from sim.measures.members import members_of
from sim.measures.reader import NotFinite, Reader
from sim.measures.sweep import compiled_sweep, no_months
from sim.store.chunk import ATOM, Failure, Read, Stretch, encoded
from sim.study.points import Change, Point, code_version
from sim.study.ready import TITLE, Common, Ready

BATCH = 100
"""Runs that the kernel records before they are read. Most that a thread does between two batches
holds up all other threads, so that few large ones are better than many small ones."""

COMPILING, RUNNING = "compile", "run"
"""The stages at which a point can fail."""


@dataclass(frozen=True)
class Piece:
    """A stretch of runs of one point: the scenario it starts from, and what it changes there."""

    stretch: Stretch
    scenario: str
    change: Change


def piece_of(point: Point, stretch: Stretch) -> Piece:
    """A stretch of the runs of a point."""
    return Piece(stretch, point.scenario, point.change)


@dataclass(frozen=True)
class Task:
    """Stretches that are run one after the other and kept in one chunk."""

    common: Common
    pieces: tuple[Piece, ...]

    @property
    def runs(self) -> int:
        """Number of runs."""
        return sum(piece.stretch.runs for piece in self.pieces)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The runs of each point, as the chunk is to hold them."""
        return tuple(piece.stretch for piece in self.pieces)


@cache
def own_code() -> str:
    """The version of the code of this process."""
    return code_version()


class Tools(NamedTuple):
    """What is compiled: the loop over runs and months, and what fills and anchors a start."""

    loop: Callable[..., None]
    prepare: Prepare


_ONE_AT_A_TIME = Lock()


def tools() -> Tools:
    """The compiled tools, made once in a process though many threads ask at the same time."""
    with _ONE_AT_A_TIME:
        compiled_sweep()
        return Tools(compiled(), compiled_prepare())


def run_task(task: Task) -> bytes:
    """Run a task and give the bytes of its chunk; raises CodeMismatch.

    A point that cannot be run is told as such in the chunk. Raises MemoryError, OSError and errors
    of the compiler as they come: they say nothing about a point.
    """
    if task.common.code != own_code():
        raise CodeMismatch(
            f"code {own_code()} here, {task.common.code} where the study was planned"
        )
    tools()
    found = [(piece.stretch, run_piece(task.common, piece)) for piece in task.pieces]
    return encoded(task.common.layout, found)


@dataclass
class At:
    """How far the work on a stretch is: its stage, and the run that comes next."""

    stage: str
    run: int


def run_piece(common: Common, piece: Piece) -> Read | Failure:
    """The runs of a stretch, or why there are none."""
    at = At(COMPILING, piece.stretch.first)
    try:
        ready = ready_point(common, piece)
        at.stage = RUNNING
        return run_stretch(common, piece, ready, at)
    except (MemoryError, OSError):
        raise
    except NotFinite as error:
        return Failure(error.run, at.stage, str(error))
    except CannotCompile as error:
        return Failure(at.run, at.stage, str(error).replace(f"{TITLE}: ", ""))
    except Exception as error:
        return Failure(at.run, at.stage, f"{type(error).__name__}: {error}")


def ready_point(common: Common, piece: Piece) -> Ready:
    """A point ready to run, until the next one is on this thread; raises CannotCompile."""
    return common.plans.ready(piece.scenario, piece.change, tools().prepare)


def reader(common: Common, piece: Piece) -> Reader:
    """What reads the runs of a scenario's points."""
    if piece.scenario not in common.readers:
        case = common.bases[piece.scenario].case
        common.readers[piece.scenario] = Reader(members_of(case), common.outcomes, common.series)
    return common.readers[piece.scenario]


class _Rooms(threading.local):
    """Room for the runs of one thread, kept from one stretch to the next."""

    shapes: tuple[Any, ...] = ()
    workspace: Workspace
    trajectories: Trajectories

    def of(self, start: Start, uids: Uids, months: int) -> tuple[Workspace, Trajectories]:
        """Room for runs from `start`."""
        shapes = (months, len(uids.words), *(len(array) for array in start[:5]))
        if shapes != self.shapes:
            self.workspace = new_workspace(start, uids)
            self.trajectories = empty_trajectories(start, BATCH, months)
            self.shapes = shapes
        return self.workspace, self.trajectories


_ROOMS = _Rooms()


def run_stretch(common: Common, piece: Piece, ready: Ready, at: At) -> Read:
    """Run a stretch; raises CannotCompile where a metric is no finite number."""
    made, members = ready.made, ready.members
    stretch, reading = piece.stretch, reader(common, piece)
    workspace, recorded = _ROOMS.of(made.start, made.uids, common.months)
    loop = tools().loop
    outcomes = np.zeros((len(common.outcomes), stretch.runs))
    months = [no_months(len(common.series), common.months + 1) for _ in stretch.atoms]
    for first, runs in batches(stretch):
        at.run = first
        part = first_rows(recorded, runs)
        loop(made.start, made.uids, workspace, *key(common.seed), first, part)
        kept = months[first // ATOM - stretch.atoms.start]
        begin = first - stretch.first
        outcomes[:, begin : begin + runs] = reading.read(members, part, first, first % ATOM, kept)
    return Read(outcomes, np.array(months))


def batches(stretch: Stretch) -> Sequence[tuple[int, int]]:
    """First run and number of runs of each batch; none reaches over the end of an atom."""
    return [
        (first, min(BATCH, stretch.last - first))
        for first in range(stretch.first, stretch.last, BATCH)
    ]
