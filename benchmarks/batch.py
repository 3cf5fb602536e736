"""The Mesa front as `mesa.batch_run` wants it: parameters by name, data every month."""

from functools import cache
from typing import Any

import mesa

from sim.agents import EngagementModel
from sim.scenario.compile import Compiled, compile_scenario
from sim.scenario.load import load_scenario

SEED = 20240201


@cache
def baseline() -> Compiled:
    """The baseline, compiled once a process."""
    loaded = load_scenario("baseline")
    return compile_scenario(loaded.case, loaded.scenario)


class BatchModel(EngagementModel):
    """One run of the baseline."""

    def __init__(self, run: int, seed: Any = None, rng: Any = None) -> None:
        compiled = baseline()
        super().__init__(compiled.start, compiled.uids, SEED, run)


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
