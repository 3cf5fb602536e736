"""`python -m tests.properties.escapes`: numbers at and beyond their bounds, with bounds checked.

Run with NUMBA_BOUNDSCHECK=1, compiled code raises IndexError where it would touch memory outside
an array. Numbers are put into the vector of a plan as any file, option or slider could; those that
`prepare` takes are run. Then plans lose their bounds, so that an escape must be seen.
"""

import argparse
import math
import random
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from sim.engine.block import copy_block, start_of, views_of
from sim.engine.draws import key
from sim.engine.ensemble import empty_trajectories
from sim.engine.kernel import compile_function, new_workspace, register_functions, run_chunk
from sim.engine.prepare import anchor_start, write_start_array
from sim.planning.compile import uids_of
from sim.planning.plan import Planned, make_plan
from sim.planning.vector import Vector
from sim.scenario.load import load_scenario

SCENARIOS = (
    "schools-for-tranches",
    "baseline-2021",
    "russia-then-china-recognition",
    "girls-schools-reopen",
)
"""Rows by condition, another start, rungs that are forced, and levels that are set."""

EXTREME = (-1.0, -2.0, 0.5, 7.5, 8.0, 9.0, 60.0, 241.0, 1e4, 2.0**31, 1e18, 1e300, -1e18)
NO_NUMBER = (math.nan, math.inf, -math.inf)
MONTHS, RUNS = 30, 2


class Fuzz:
    """One scenario, planned, with room to run it."""

    def __init__(self, name: str, unchecked: bool) -> None:
        loaded = load_scenario(name)
        planned = make_plan(loaded.case, loaded.scenario, MONTHS)
        block = copy_block(planned.template, planned.layout)
        self.planned: Planned = planned
        self.room, self.start = (
            views_of(block, planned.layout),
            start_of(block, planned.layout),
        )
        self.uids = uids_of(loaded.case)
        self.workspace = new_workspace(self.start, self.uids)
        self.recorded = empty_trajectories(self.start, RUNS, MONTHS)
        self.plan = planned.plan
        if unchecked:
            self.plan = self.plan._replace(
                low=np.full_like(self.plan.low, -math.inf),
                high=np.full_like(self.plan.high, math.inf),
                must_be_whole=self.plan.must_be_whole[:0],
            )

    def vectors(self, chance: random.Random, times: int) -> Iterator[Vector]:
        """Numbers as they are, with one or several of them somewhere else."""
        low, high = self.planned.plan.low, self.planned.plan.high
        whole = [int(place) for place in self.planned.plan.must_be_whole]
        kinds: dict[tuple[str, str], list[int]] = {}
        for place in whole:
            number = self.planned.places.ids[place]
            kinds.setdefault((number.kind, number.field), []).append(place)
        for places in kinds.values():
            for place in chance.sample(places, min(times, len(places))):
                for value in (*EXTREME, *NO_NUMBER, low[place], high[place]):
                    yield self._with({place: value})
        for _ in range(times):
            ends = {}
            for place in chance.sample(range(len(low)), 20):
                end = chance.choice((low, high))[place]
                if abs(end) < 1e7:
                    ends[place] = end
            counted = {
                place: chance.choice((low[place], min(high[place], 1e4)))
                for place in chance.sample(whole, 40)
            }
            yield self._with(counted)
            yield self._with({**ends, **counted})

    def _with(self, changes: dict[int, float]) -> Vector:
        numbers = self.planned.numbers.copy()
        for place, value in changes.items():
            numbers[place] = value
        return numbers


class Compiled(NamedTuple):
    """What fills, anchors and runs a start, with the bounds of arrays checked."""

    filled: Callable[..., Any]
    anchored: Callable[..., Any]
    loop: Callable[..., Any]


def tried(tools: Compiled, unchecked: bool, seed: int, times: int) -> tuple[int, int]:
    """How many vectors were refused and how many were run; raises IndexError for an escape."""
    chance, counts = random.Random(seed), [0, 0]
    for name in SCENARIOS:
        fuzz = Fuzz(name, unchecked)
        for numbers in fuzz.vectors(chance, times):
            verdict = tools.filled(numbers, fuzz.plan, fuzz.room)
            counts[verdict[0] == 0] += 1
            if verdict[0] == 0:
                tools.anchored(fuzz.start)
                tools.loop(fuzz.start, fuzz.uids, fuzz.workspace, *key(1), 0, fuzz.recorded)
    return counts[0], counts[1]


def main() -> None:
    """Try, and print how many vectors were refused and how many were run.

    Then try without the bounds of the plans, which must escape: else the fuzz could not fail.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.properties.escapes")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    register_functions()
    tools = Compiled(
        compile_function(write_start_array, overlap=True),
        compile_function(anchor_start),
        compile_function(run_chunk),
    )
    refused, run = tried(tools, False, chosen.seed, chosen.times)
    print(f"{refused} refused, {run} run")
    try:
        tried(tools, True, chosen.seed, chosen.times)
    except IndexError:
        print("unchecked: escaped")


if __name__ == "__main__":
    main()
