"""`make bench`: runs per second of the kernel, and its ratios to the Mesa front.

Each rate is a median over repetitions that alternate between the contestants, so that a machine
whose speed drifts does not favour one of them; the ratios are taken repetition by repetition.
"""

import argparse
import platform
import statistics
import time
from collections.abc import Callable

from benchmarks.batch import SEED, baseline, run_batch
from sim.agents import EngagementModel
from sim.engine.ensemble import simulate, threads_by_default

Contestant = tuple[str, int, Callable[[int], object]]
"""Name, runs of a repetition, and what runs them."""


def kernel(threads: int) -> Callable[[int], None]:
    """Run the baseline on the kernel."""

    def run(runs: int) -> None:
        compiled = baseline()
        chunks = simulate(
            compiled.start, compiled.uids, compiled.months, runs, SEED, threads=threads
        )
        for _ in chunks:
            pass

    return run


def bare_mesa(runs: int) -> None:
    """Step the Mesa front and collect nothing."""
    compiled = baseline()
    for run in range(runs):
        model = EngagementModel(compiled.start, compiled.uids, SEED, run, collect=False)
        for _ in range(compiled.months):
            model.step()


def rates(contestants: list[Contestant], repetitions: int) -> dict[str, list[float]]:
    """Runs per second of each contestant in each repetition, in turn."""
    found: dict[str, list[float]] = {name: [] for name, _, _ in contestants}
    for _ in range(repetitions):
        for name, runs, run in contestants:
            start = time.perf_counter()
            run(runs)
            found[name].append(runs / (time.perf_counter() - start))
    return found


def median_ratio(ours: list[float], theirs: list[float]) -> float:
    """Median of the ratios, repetition by repetition."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=5)
    repetitions = parser.parse_args().repetitions
    threads = threads_by_default()
    contestants: list[Contestant] = [
        ("kernel, 1 thread", 1_000, kernel(1)),
        (f"kernel, {threads} threads", 1_000 * threads, kernel(threads)),
        ("Mesa front, bare, 1 process", 5, bare_mesa),
        ("mesa.batch_run, 2 processes, monthly data", 8, lambda runs: run_batch(runs, 2)),
    ]
    for _, _, run in contestants:
        run(2)
    measured = rates(contestants, repetitions)
    compiled = baseline()
    print(f"{len(compiled.actors)} actors, {compiled.months} months, {threads} processors,")
    print(f"Python {platform.python_version()}; medians of {repetitions} repetitions in turn")
    for name, found in measured.items():
        print(f"  {name:<42} {statistics.median(found):>9,.1f} runs/s")
    one, many, bare, batch = measured.values()
    print(f"  kernel over bare Mesa front, a thread each {median_ratio(one, bare):>9,.0f}")
    print(f"  kernel over mesa.batch_run, as above       {median_ratio(many, batch):>9,.0f}")


if __name__ == "__main__":
    main()
