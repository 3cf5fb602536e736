"""The Mesa front: bare, and as `mesa.batch_run` wants it, with parameters by name and data."""

from typing import Any

import mesa

from benchmarks.worlds import SEED, baseline
from sim.agents.model import EngagementModel


class BatchModel(EngagementModel):
    """One run of the baseline."""

    def __init__(self, run: int, seed: Any = None, rng: Any = None) -> None:
        compiled = baseline()
        super().__init__(compiled.start, compiled.uids, SEED, run)


def run_bare(runs: int) -> None:
    """Step the Mesa front and collect nothing."""
    compiled = baseline()
    for run in range(runs):
        model = EngagementModel(compiled.start, compiled.uids, SEED, run, collect=False)
        for _ in range(compiled.months):
            model.step()


def run_batch(runs: int, processes: int) -> int:
    """Run with `mesa.batch_run`, recording every month; the number of rows it gives."""
    rows = mesa.batch_run(
        BatchModel,
        {"run": list(range(runs))},
        number_processes=processes,
        data_collection_period=1,
        max_steps=baseline().months,
        display_progress=False,
    )
    return len(rows)
