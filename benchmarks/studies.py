"""`python -m benchmarks.studies`: what a study costs over the kernel alone, and how it scales.

Ratios are taken repetition by repetition between contestants that alternate, as in
`python -m benchmarks`. The EMA workbench, whose multiprocessing evaluator runs the same points one
process each, is left out with a line where it is not installed (extra `bench`).
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.worlds import SEED
from sim.agents.model import EngagementModel
from sim.engine.draws import key
from sim.engine.ensemble import empty_trajectories, threads_by_default
from sim.engine.kernel import Start, compiled, new_workspace
from sim.planning.compile import Compiled, compile_scenario
from sim.runs.cluster import cluster
from sim.runs.gather import plan_study
from sim.runs.sweep import run_study
from sim.runs.task import BATCH, piece_of, ready_point
from sim.scenario.load import load_scenario
from sim.store.chunk import Stretch
from sim.study.load import load_study
from sim.study.plan import Planned
from sim.study.points import Point

STUDY = """\
title: Every documented range at once
scenarios: baseline
months: 60
runs: {runs}
blocks:
  all:
    uncertainties: ["*"]
    design: {{method: latin_hypercube, points: {points}}}
"""
AT_ONCE = BATCH
"""Runs that the kernel records at once: as many as in a study, else the slower cache decides."""
RATE = "parameters.climb_rate"


@contextmanager
def planned(points: int, runs: int) -> Iterator[Planned]:
    """A study in a folder that does not stay."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "study.yaml"
        file.write_text(STUDY.format(points=points, runs=runs), encoding="utf-8")
        yield plan_study(load_study(str(file)), Path(folder) / "out")


def clear(study: Planned) -> None:
    """Forget all runs."""
    shutil.rmtree(study.folder / "chunks", ignore_errors=True)


def ready(study: Planned, point: Point) -> Compiled:
    """A point ready to run, in room of its own."""
    made = ready_point(study.common, piece_of(point, Stretch(point.id, 0, 1))).made
    return replace(made, start=Start(*(array.copy() for array in made.start)))


def kernel_alone(study: Planned, threads: int) -> Callable[[], None]:
    """The runs of a study without setting up points, reading or keeping anything."""
    made = [ready(study, each) for each in study.points]
    runs, months = study.study.study.runs, study.common.months
    own = threading.local()

    def one(point: Compiled) -> None:
        if not hasattr(own, "room"):
            room = empty_trajectories(point.start, AT_ONCE, months)
            own.room = (new_workspace(point.start, point.uids), room)
        for first in range(0, runs, AT_ONCE):
            compiled()(point.start, point.uids, own.room[0], *key(SEED), first, own.room[1])

    def every() -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(one, made))

    return every


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def overhead(points: int, runs: int, repetitions: int, threads: int) -> None:
    """A study against the kernel alone."""
    with planned(points, runs) as study:
        alone = kernel_alone(study, threads)
        alone()
        ratios = []
        for _ in range(repetitions):
            kernel = seconds(alone)
            clear(study)
            ratios.append(seconds(lambda: run_study(study, workers=threads)) / kernel)
        shown = ", ".join(f"{ratio:.3f}" for ratio in ratios)
        median = statistics.median(ratios)
        print(f"study over kernel alone, {points} points of {runs:,} runs, {threads} threads:")
        print(f"  {median:.3f} (median of {shown})")


MEASURING = """\
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small process in between: a child begins with the most memory of its parent."""


def child(arguments: list[str]) -> tuple[float, int]:
    """Seconds and most memory in bytes of a command of its own."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", MEASURING, *arguments]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return time.perf_counter() - begun, int(told) * (1 if sys.platform == "darwin" else 1024)


def memory(points: int, sizes: list[int], threads: int) -> None:
    """The most memory that `sim study run` takes, by number of runs."""
    print(f"most memory of sim study run, {points} points, {threads} threads:")
    for runs in sizes:
        with planned(points, runs) as study:
            command = ["sim", "study", "run", str(study.folder), "--threads", str(threads)]
            taken, most = child(command)
            print(f"  {points * runs:>9,} runs  {most / 1e6:>6.0f} MB  {taken:>6.1f} s")


def shards(study: Planned, count: int) -> None:
    """All shards of a study, each a process of one thread."""
    command = [sys.executable, "-m", "sim", "study", "run", str(study.folder), "--threads", "1"]
    children = [
        subprocess.Popen(
            [*command, "--shard", f"{number}/{count}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for number in range(1, count + 1)
    ]
    if any(process.wait() for process in children):
        raise RuntimeError("a shard failed")


def on_dask(study: Planned, address: str) -> None:
    """A study on a cluster."""
    with cluster(address) as (executor, workers):
        run_study(study, executor=executor, workers=workers)


def scaling(points: int, most: int) -> None:
    """Runs a second in threads, shards and workers of a local cluster."""
    print(f"runs a second, {points} points of 1,000 runs:")
    with planned(points, 1_000) as study:

        def tell(name: str, count: int, work: Callable[[], object]) -> None:
            clear(study)
            rate = points * 1_000 / seconds(work)
            print(f"  {count} {name:<12} {rate:>9,.0f}")

        for count in range(1, most + 1):
            tell("threads", count, lambda count=count: run_study(study, workers=count))
        for count in range(1, most + 1):
            tell("shards", count, lambda count=count: shards(study, count))
        import distributed

        for count in range(1, most + 1):
            with distributed.LocalCluster(
                n_workers=count, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
            ) as local:
                address = local.scheduler_address
                on_dask(study, address)  # workers load the compiled rules
                tell("dask workers", count, lambda address=address: on_dask(study, address))


def changed(climb_rate: float) -> Compiled:
    """The baseline with another rate of climbing."""
    base = load_scenario("baseline")
    return compile_scenario(base.case.with_values_at({RATE: climb_rate}), base.scenario)


def with_mesa(climb_rate: float) -> dict[str, float]:
    """One run of a point on the Mesa front."""
    made = changed(climb_rate)
    model = EngagementModel(made.start, made.uids, SEED, 0, collect=False)
    for _ in range(made.months):
        model.step()
    return {"gdp": float(model.state.world.gdp)}


def with_kernel(climb_rate: float) -> dict[str, float]:
    """A thousand runs of a point on the kernel."""
    made = changed(climb_rate)
    recorded = empty_trajectories(made.start, 1_000, made.months)
    workspace = new_workspace(made.start, made.uids)
    compiled()(made.start, made.uids, workspace, *key(SEED), 0, recorded)
    return {"gdp": float(recorded.metrics["gdp"][:, -1].mean())}


def with_workbench(function: Callable[..., dict[str, float]], points: int, processes: int) -> float:
    """Seconds that the EMA workbench takes for some points, its processes started before."""
    import ema_workbench as ema

    model: Any = ema.Model("legation", function=function)
    model.uncertainties = [ema.RealParameter("climb_rate", 0.03, 0.25)]
    model.outcomes = [ema.ScalarOutcome("gdp")]
    with ema.MultiprocessingEvaluator(model, n_processes=processes) as evaluator:
        evaluator.perform_experiments(scenarios=processes)
        return seconds(lambda: evaluator.perform_experiments(scenarios=points))


def workbench(points: int, processes: int) -> None:
    """The EMA workbench around the Mesa front and around the kernel, against a study."""
    if find_spec("ema_workbench") is None:
        print("EMA workbench: left out, as it is not installed; pip install -e '.[bench]'")
        return
    mesa = points / with_workbench(with_mesa, points, processes)
    kernel = 1_000 * points / with_workbench(with_kernel, points, processes)
    with planned(points, 1_000) as study:
        run_study(study, workers=processes)
        clear(study)
        own = 1_000 * points / seconds(lambda: run_study(study, workers=processes))
    print(f"runs a second, {points} points, {processes} processes or threads:")
    print(f"  EMA workbench around the Mesa front             {mesa:>9,.1f}")
    print(f"  EMA workbench around the kernel, 1,000 at once  {kernel:>9,.0f}")
    print(f"  a study                                         {own:>9,.0f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.studies", description=__doc__)
    parser.add_argument("--points", type=int, default=40)
    parser.add_argument("--runs", type=int, default=1_000, help="runs of a point, for the overhead")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument(
        "--million", action="store_true", help="a study of 1,000 points of 1,000 runs, alone"
    )
    chosen = parser.parse_args()
    threads = threads_by_default()
    if chosen.million:
        overhead(1_000, 1_000, chosen.repetitions, threads)
        memory(1_000, [1_000], threads)
        return
    overhead(chosen.points, chosen.runs, chosen.repetitions, threads)
    memory(chosen.points, [10, 100, 1_000, 5_000], threads)
    scaling(chosen.points, threads)
    workbench(chosen.points, threads)


if __name__ == "__main__":
    main()
