"""What a study will take: time by a short probe, memory, bytes on disk; what cannot be run."""

import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from sim.io.errors import CannotCompile
from sim.runs.sweep import AHEAD
from sim.runs.task import (
    BATCH,
    RUNNING,
    At,
    Piece,
    piece_of,
    ready_point,
    run_piece,
    run_stretch,
    tools,
)
from sim.scenario.limits import CHUNK
from sim.store.chunk import ATOM, Failure, Stretch
from sim.study.plan import Planned
from sim.study.points import Point
from sim.study.ready import TITLE, Common

PROBED = 8
"""Points that are set up to see how long that takes; the first that can be run is run."""

SECONDS = 1.0
"""How long a probe runs."""

BYTES_A_STRETCH = 60
BYTES_A_POINT = 1_000
"""About what is held of a point while its study is run: its name, its runs, and where they are."""

BYTES_OF_ROWS = {"outcomes": 150, "months": 20, "factor": 14, "run": 4}
"""About what a row of a table, a cell of a factor, or an outcome of a single run takes."""


class NoProbe(Exception):
    """None of the first points can be run."""


@dataclass(frozen=True)
class Pace:
    """Runs a second of one thread, and seconds to set up a point."""

    runs: float
    point: float

    def seconds(self, points: int, runs: int, threads: int) -> float:
        """About how long so many points and runs take; a point is set up for each of its chunks."""
        return ((points + runs / CHUNK) * self.point + runs / self.runs) / threads


def measured(planned: Planned, seconds: float | None = None) -> Pace:
    """The pace of the first point that can be run, for a second or so; raises NoProbe."""
    setups, able, message = [], [], ""
    for point, _ in zip(planned.points, range(PROBED), strict=False):
        piece = piece_of(point, Stretch(point.id, 0, ATOM))
        found = run_piece(planned.common, piece)
        if isinstance(found, Failure):
            message = found.message
            continue
        begun = time.perf_counter()
        ready_point(planned.common, piece)
        setups.append(time.perf_counter() - begun)
        able.append(piece)
    if not able:
        raise NoProbe(message)
    runs = pace_of(planned.common, able[0], seconds or SECONDS)
    return Pace(runs, sorted(setups)[len(setups) // 2])


def pace_of(common: Common, piece: Piece, seconds: float) -> float:
    """Runs a second of a point that is set up."""
    ready = ready_point(common, piece)
    begun, spent, atoms = time.perf_counter(), 0.0, 0
    while spent < seconds:
        run_stretch(common, piece, ready, At(RUNNING, 0))
        atoms += 1
        spent = time.perf_counter() - begun
    return atoms * ATOM / spent


def bytes_on_disk(planned: Planned) -> int:
    """About what chunks and tables take."""
    layout, wanted = planned.common.layout, planned.points.wanted
    chunks = sum(
        8 * layout.numbers(Stretch(point, 0, runs)) + BYTES_A_STRETCH
        for point, runs in wanted.items()
    )
    months = len(layout.series) * (layout.months + 1) * BYTES_OF_ROWS["months"]
    outcomes = len(layout.outcomes) * BYTES_OF_ROWS["outcomes"]
    factors = (8 + len(planned.points.factors)) * BYTES_OF_ROWS["factor"]
    a_run = len(layout.outcomes) * BYTES_OF_ROWS["run"]
    runs = sum(point.block.runs for point in planned.points) * a_run
    return chunks + runs + len(planned.points) * (months + outcomes + factors)


def memory(planned: Planned, threads: int) -> int:
    """About the memory in bytes that a run on so many threads takes.

    What this process holds after a probe, the room of each thread, and chunks that wait.
    """
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    used = peak if sys.platform == "darwin" else peak * 1024
    layout = planned.common.layout
    chunk = 8 * layout.numbers(Stretch("", 0, CHUNK))
    actors = len(planned.study.case.actors)
    room = BATCH * (layout.months + 1) * (32 * actors + 1_000)
    points = len(planned.points.wanted) * BYTES_A_POINT
    return int(used + points + threads * room + (AHEAD + 1) * threads * chunk)


def faults_of_points(planned: Planned) -> Iterator[tuple[Point, str]]:
    """Points whose numbers make no start, and why; each point takes some microseconds."""
    plans, prepare = planned.common.plans, tools().prepare
    for point in planned.points:
        try:
            plans.ready(point.scenario, point.change, prepare)
        except CannotCompile as error:
            yield point, str(error).replace(f"{TITLE}: ", "")
