"""The work of a study: a task is some stretches of runs, and its result is the bytes of a chunk.

`run_task` is a pure function of a task that can be pickled, so threads, processes and the workers
of a cluster do the same and nothing but the bytes comes back.
"""

import pickle
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np

from sim.case.case import Case
from sim.engine.anchor import compiled_anchor
from sim.engine.draws import Uids, key
from sim.engine.ensemble import empty_trajectories, first_rows
from sim.engine.fold import no_sums
from sim.engine.kernel import Start, Trajectories, Workspace, compiled, new_workspace
from sim.results.folder import digest
from sim.results.wanted import Key, Wanted, name_of
from sim.scenario.compile import Compiled, compile_scenario
from sim.scenario.rows import CannotCompile
from sim.scenario.schema import Scenario
from sim.study.atoms import ATOM, Stretch
from sim.study.chunk import Failure, Layout, Read, encoded
from sim.study.faults import OtherCode
from sim.study.points import Change, code_version

BATCH = 100
"""Runs that the kernel records before they are read. Most that a thread does between two batches
holds up all other threads, so that few large ones are better than many small ones."""

TITLE = "this point"
"""What faults of numbers call a point, whatever its scenario is called."""


@dataclass(frozen=True)
class Base:
    """A scenario and its case, before a point changes them."""

    case: Case
    scenario: Scenario


@dataclass(frozen=True)
class Common:
    """What all tasks of a study share: the scenarios by name, and how they are run and read."""

    bases: dict[str, Base]
    months: int
    seed: int
    outcomes: tuple[str, ...]
    series: tuple[Key, ...]
    code: str
    readers: dict[str, Wanted] = field(default_factory=dict, compare=False, repr=False)

    @property
    def layout(self) -> Layout:
        """What is recorded of each run."""
        return Layout(self.months, self.outcomes, tuple(map(name_of, self.series)))

    @cached_property
    def _content(self) -> bytes:
        parts = (self.bases, self.months, self.seed, self.outcomes, self.series, self.code)
        return pickle.dumps(parts, protocol=pickle.HIGHEST_PROTOCOL)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (digest(self._content), self._content)


_RESTORED: dict[str, Common] = {}


def _restored(name: str, content: bytes) -> Common:
    """What tasks share, unpickled once in a process."""
    if name not in _RESTORED:
        _RESTORED.clear()
        _RESTORED[name] = Common(*pickle.loads(content))
    return _RESTORED[name]


@dataclass(frozen=True)
class Piece:
    """A stretch of runs of one point: the scenario it starts from, and what it changes there."""

    stretch: Stretch
    scenario: str
    change: Change


@dataclass(frozen=True)
class Task:
    """Stretches that are run one after the other and kept in one chunk."""

    common: Common
    pieces: tuple[Piece, ...]

    @property
    def runs(self) -> int:
        """Number of runs."""
        return sum(piece.stretch.runs for piece in self.pieces)


@cache
def own_code() -> str:
    """The version of the code of this process."""
    return code_version()


def run_task(task: Task) -> bytes:
    """Run a task and give the bytes of its chunk; raises OtherCode.

    A point that cannot be run is told as such in the chunk. Raises MemoryError and OSError as they
    come: they say nothing about a point.
    """
    if task.common.code != own_code():
        raise OtherCode(f"code {own_code()} here, {task.common.code} where the study was planned")
    found = [(piece.stretch, run_piece(task.common, piece)) for piece in task.pieces]
    return encoded(task.common.layout, found)


def run_piece(common: Common, piece: Piece) -> Read | Failure:
    """The runs of a stretch, or why there are none."""
    stage, at = "compile", piece.stretch.first
    try:
        made = compile_point(common, piece)
        stage = "run"
        return run_stretch(common, piece, made)
    except (MemoryError, OSError):
        raise
    except CannotCompile as error:
        return Failure(at, stage, str(error).removeprefix(f"{TITLE}: "))
    except Exception as error:
        return Failure(at, stage, f"{type(error).__name__}: {error}")


def compile_point(common: Common, piece: Piece) -> Compiled:
    """The arrays of a point; raises CannotCompile."""
    base, change = common.bases[piece.scenario], piece.change
    numbers = dict(zip(change.paths, change.values.tolist(), strict=True))
    verbs = [*base.scenario.interventions, *change.interventions]
    scenario = base.scenario.model_copy(update={"title": TITLE, "interventions": verbs})
    case = base.case.with_numbers(numbers)
    return compile_scenario(case, scenario, common.months, compiled_anchor())


def reader(common: Common, piece: Piece, made: Compiled) -> Wanted:
    """What reads the runs of a scenario's points."""
    if piece.scenario not in common.readers:
        case = common.bases[piece.scenario].case
        common.readers[piece.scenario] = Wanted(case, made, common.outcomes, common.series)
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


def run_stretch(common: Common, piece: Piece, made: Compiled) -> Read:
    """Run a stretch; raises CannotCompile where a metric is no finite number."""
    stretch, wanted = piece.stretch, reader(common, piece, made)
    workspace, recorded = _ROOMS.of(made.start, made.uids, common.months)
    outcomes = np.zeros((len(common.outcomes), stretch.runs))
    months = [no_sums(len(common.series), common.months + 1) for _ in stretch.atoms]
    for first, runs in batches(stretch):
        part = first_rows(recorded, runs)
        compiled()(made.start, made.uids, workspace, *key(common.seed), first, part)
        sums = months[first // ATOM - stretch.atoms.start]
        begin = first - stretch.first
        outcomes[:, begin : begin + runs] = wanted.read(made, part, first, sums)
    return Read(outcomes, np.array(months))


def batches(stretch: Stretch) -> Sequence[tuple[int, int]]:
    """First run and number of runs of each batch; none reaches over the end of an atom."""
    return [
        (first, min(BATCH, stretch.last - first))
        for first in range(stretch.first, stretch.last, BATCH)
    ]
