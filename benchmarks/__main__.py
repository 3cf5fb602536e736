"""`make bench`: how fast the model is, and how fast beside Mesa and beside plain C.

All that is compared is timed in turn within one run of this program. A figure is the median of its
repetitions, a ratio the median of their ratios; the lowest and highest values show how busy the
machine was.
"""

import argparse
import platform
import statistics
from functools import partial
from importlib.metadata import version
from itertools import product

import numpy as np

from benchmarks.batch import run_bare, run_batch
from benchmarks.month import by_rules
from benchmarks.plain_c import by_c, compiler, library
from benchmarks.starts import first_runs, whole_commands
from benchmarks.timing import in_turn, ratio, spread
from benchmarks.worlds import SEED, baseline
from sim.engine.ensemble import simulate, threads_by_default

SIZES = tuple(product((10, 38, 100, 200), (60, 180)))
"""Numbers of actors and of months."""

ACTOR_MONTHS = 1_500_000
"""Actor-months of one repetition: about a tenth of a second."""

RUNS = {
    "kernel, 1 thread": 1_000,
    "kernel, 2 threads": 2_000,
    "Mesa front, bare, 1 process": 5,
    "mesa.batch_run, 2 processes, monthly data": 8,
}
"""Runs of one repetition."""


def runs_of(actors: int, months: int) -> int:
    """Runs of one repetition in a world of this size."""
    return max(2, ACTOR_MONTHS // (actors * months))


def run_kernel(actors: int, months: int, runs: int, threads: int) -> None:
    """Run the baseline on the kernel, everything recorded."""
    compiled = baseline(actors, months)
    for _ in simulate(compiled.start, compiled.uids, months, runs, SEED, threads=threads):
        pass


def show_rates(repetitions: int) -> None:
    """Runs per second of the kernel and of the Mesa front."""
    one, two, bare, batch = RUNS
    found = in_turn(
        {
            one: partial(run_kernel, 38, 60, RUNS[one], 1),
            two: partial(run_kernel, 38, 60, RUNS[two], 2),
            bare: partial(run_bare, RUNS[bare]),
            batch: partial(run_batch, RUNS[batch], 2),
        },
        repetitions,
    )
    a_run = {name: [each / RUNS[name] for each in seconds] for name, seconds in found.items()}
    print("\nRuns per second: 38 actors, 60 months, all mechanisms, everything recorded")
    for name, seconds in a_run.items():
        print(f"  {name:<42} {spread([1 / each for each in seconds])}")
    print("  as fast, times:")
    print(f"  kernel over bare Mesa front, a thread each {ratio(a_run[bare], a_run[one]):,.0f}")
    print(f"  kernel over mesa.batch_run, 2 each         {ratio(a_run[batch], a_run[two]):,.0f}")


def show_sizes(repetitions: int) -> None:
    """Nanoseconds per actor-month of the kernel by size of the world."""
    print("\nNanoseconds per actor-month: 1 thread, all mechanisms, everything recorded")
    found = in_turn(
        {f"{a} {m}": partial(run_kernel, a, m, runs_of(a, m), 1) for a, m in SIZES}, repetitions
    )
    for (actors, months), seconds in zip(SIZES, found.values(), strict=True):
        done = runs_of(actors, months) * actors * months
        spent = spread([1e9 * each / done for each in seconds])
        print(f"  {actors:>3} actors, {months:>3} months   {spent}")


def show_beside_c(repetitions: int) -> None:
    """The representative month by the rules and in plain C."""
    cc = compiler()
    if cc is None:
        print("\nThere is no C compiler `cc`, so the rules are not set beside plain C.")
        return
    runners = {"rules": by_rules(), "plain": by_c(library(cc))}
    runners["native"] = by_c(library(cc, "-march=native"))
    print("\nOne month in plain C (benchmarks/month.c) and by the rules: draws, scores, ladder,")
    print("issues, relief, development money, trade; the same bits, checked. Speed of the rules")
    print("over that of C, by `cc -O3` and by `cc -O3 -march=native`, and ns per actor-month:")
    for actors, months in SIZES:
        runs = runs_of(actors, months)
        calls = {
            name: partial(run, baseline(actors, months), runs) for name, run in runners.items()
        }
        sums = [call() for call in calls.values()]
        if not all(np.array_equal(each, sums[0]) for each in sums):
            raise SystemExit("the C month gives other sums than the rules")
        found = in_turn(calls, repetitions)
        ratios = [ratio(found[name], found["rules"]) for name in ("plain", "native")]
        spent = 1e9 * statistics.median(found["rules"]) / (runs * actors * months)
        print(
            f"  {actors:>3} actors, {months:>3} months   "
            f"{ratios[0]:.2f}  {ratios[1]:.2f}   {spent:.1f}"
        )


def show_starts() -> None:
    """How long a fresh process takes."""
    empty, cached = first_runs(cached=3)
    print("\nSeconds of a fresh process")
    print(f"  to its first run, cache empty (once)       {empty:.1f}")
    print(f"  to its first run, cached                   {spread(cached)}")
    print(f"  sim run baseline --runs 1000, tables and all {spread(whole_commands(1_000, 3))}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=7, help="how often each is timed")
    repetitions = parser.parse_args().repetitions
    versions = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    print(f"{platform.machine()}, {threads_by_default()} processors to use;", end=" ")
    print(f"Python {platform.python_version()}, {versions}")
    print(f"Medians of {repetitions} repetitions in turn (lowest to highest)")
    run_kernel(38, 60, 1, 1)
    show_rates(repetitions)
    show_sizes(repetitions)
    show_beside_c(repetitions)
    show_starts()


if __name__ == "__main__":
    main()
