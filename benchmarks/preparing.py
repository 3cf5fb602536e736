"""`python -m benchmarks.preparing`: what it takes to plan a scenario and to prepare its numbers.

Filling and anchoring are timed in compiled loops on the processor clock of the thread, in turn, so
that a busy machine disturbs all alike. The share of a study that is spent on preparing points is
measured on one thread, on points of a single run, in seconds of processors.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numba

from sim.engine.block import copy_block, start_of, views_of
from sim.engine.kernel import compile_function, register_functions
from sim.engine.prepare import anchor_start, write_start_array
from sim.planning.compile import compile_scenario
from sim.planning.plan import make_plan
from sim.runs import task
from sim.runs.gather import plan_study
from sim.runs.sweep import run_study
from sim.scenario.load import load_scenario
from sim.store.chunk import Stretch
from sim.study.load import load_study

SCENARIOS = ("baseline", "engagement-without-recognition", "schools-for-tranches")
"""No change, one change of policy, and four patterns of conditions."""

IN_A_LOOP = 300

STUDY = """\
title: Points of one run
scenarios: baseline
months: 60
runs: 1
blocks:
  all:
    uncertainties: ["parameters.climb_rate", "parameters.noise", "actors.*", "policies.*"]
    design: {{method: latin_hypercube, points: {points}}}
"""


def looped(function: Callable[..., Any]) -> Callable[..., None]:
    """A compiled function, called many times from compiled code."""
    njit: Any = numba.njit

    def loop(times: int, *args: Any) -> None:
        for _ in range(times):
            function(*args)

    found: Callable[..., None] = njit(nogil=True, error_model="numpy", _nrt=False)(loop)
    return found


def spent(work: Callable[[], object]) -> float:
    """Seconds of this thread's processor that something takes."""
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


def told(name: str, seconds: list[float], unit: float, word: str) -> None:
    """Print a median and the lowest and highest value."""
    found = sorted(each / unit for each in seconds)
    print(f"  {name:<44} {statistics.median(found):8.2f} {word}", end="")
    print(f"  ({found[0]:.2f} to {found[-1]:.2f})")


def show_preparing(repetitions: int) -> None:
    """Microseconds to fill and to anchor a start."""
    register_functions()
    fill = looped(compile_function(write_start_array, overlap=True))
    settle = looped(compile_function(anchor_start))
    calls: dict[str, Callable[[], object]] = {}
    for name in SCENARIOS:
        loaded = load_scenario(name)
        planned = make_plan(loaded.case, loaded.scenario, loaded.scenario.months)
        block = copy_block(planned.template, planned.layout)
        given = planned.numbers, planned.plan, views_of(block, planned.layout)
        start = start_of(block, planned.layout)
        fill(1, *given)
        settle(1, start)
        calls[f"{name}: fill"] = partial(fill, IN_A_LOOP, *given)
        calls[f"{name}: anchor"] = partial(settle, IN_A_LOOP, start)
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(repetitions):
        for name, call in calls.items():
            found[name].append(spent(call))
    print("compiled, microseconds:")
    for name, seconds in found.items():
        told(name, seconds, 1e-6 * IN_A_LOOP, "us")


def show_planning(repetitions: int) -> None:
    """Milliseconds to plan a scenario, and to compile it in plain Python."""
    print("in plain Python, milliseconds:")
    for name in SCENARIOS:
        loaded = load_scenario(name)
        given = loaded.case, loaded.scenario, 60
        plans = [spent(partial(make_plan, *given)) for _ in range(repetitions)]
        told(f"{name}: plan", plans, 1e-3, "ms")
        starts = [spent(partial(compile_scenario, *given)) for _ in range(3)]
        told(f"{name}: plan, fill and anchor", starts, 1e-3, "ms")


def show_share(points: int) -> None:
    """How much of a study of points of one run goes into preparing them."""
    ready, preparing = task.ready_point, [0.0, 0.0]

    def timed(*args: Any) -> Any:
        begun = time.thread_time()
        try:
            return ready(*args)
        finally:
            preparing[0] += time.thread_time() - begun
            preparing[1] += 1

    task.ready_point = timed
    with TemporaryDirectory() as folder:
        file = Path(folder) / "study.yaml"
        file.write_text(STUDY.format(points=points), encoding="utf-8")
        begun = time.perf_counter()
        study = plan_study(load_study(str(file)), Path(folder) / "out")
        planning = time.perf_counter() - begun
        first = next(iter(study.points))
        task.run_piece(study.common, task.piece_of(first, Stretch(first.id, 0, 1)))
        preparing[:] = 0.0, 0.0
        begun = time.process_time()
        run_study(study, workers=1)
        whole = time.process_time() - begun
    task.ready_point = ready
    share, a_point = preparing[0] / whole, preparing[0] / preparing[1]
    print(f"a study of {points:,} points of one run, one thread:")
    print(
        f"  planned in {planning:.1f} s, run in {whole:.1f} s: "
        f"{1e6 * whole / points:.0f} us a point"
    )
    print(f"  preparing takes {100 * share:.1f} % of the run, {1e6 * a_point:.1f} us a point")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preparing", description=__doc__)
    parser.add_argument("--points", type=int, default=20_000)
    parser.add_argument("--repetitions", type=int, default=31)
    chosen = parser.parse_args()
    show_preparing(chosen.repetitions)
    show_planning(chosen.repetitions)
    show_share(chosen.points)


if __name__ == "__main__":
    main()
