"""A representative month by the rules: the subset that `month.c` holds, in the kernel's manner."""

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from benchmarks.worlds import SEED
from sim.engine.draws import Uids, fill_draws, key
from sim.engine.kernel import Start, Workspace, compile_function, copy_rows, new_workspace
from sim.model.calendar import calendar_month
from sim.model.rules.authority import move_issues
from sim.model.rules.development import disburse_development
from sim.model.rules.engagement import decide, score
from sim.model.rules.relief import deliver_relief, pledge_relief
from sim.model.rules.trade import update_trade
from sim.model.slots import named_draws
from sim.model.state import State
from sim.planning.compile import Compiled

Totals = npt.NDArray[np.float64]
"""Relief delivered, development money and trade of all months, US$ m, `[run, flow]`."""

FLOWS = 3


def run_months(
    start: Start,
    uids: Uids,
    workspace: Workspace,
    key_0: np.uint64,
    key_1: np.uint64,
    months: int,
    totals: Totals,
) -> None:
    """As many runs as `totals` has rows."""
    worlds, actors, _, _, _, _, buffer = workspace
    world = worlds[0]
    state = State(world, *workspace[1:6], *start[6:])
    for run in range(len(totals)):
        copy_rows(worlds, start.world)
        copy_rows(actors, start.actors)
        for month in range(1, months + 1):
            fill_draws(buffer, uids, run, month, key_0, key_1)
            drawn = named_draws(buffer, uids.actors, uids.issues, uids.pools, uids.projects)
            world.calendar = calendar_month(world.start_calendar, month)
            for i in range(len(actors)):
                actors[i].score = score(state.policies[actors[i].policy], state)
            for i in range(len(actors)):
                decide(actors[i], state, drawn)
            move_issues(state, drawn)
            pledge_relief(state, drawn)
            deliver_relief(state)
            disburse_development(state)
            update_trade(state)
            for i in range(len(actors)):
                actors[i].rung = actors[i].next_rung
            for k in range(world.issues):
                world.level[k] = world.next_level[k]
            world.carry_over = world.next_carry_over
            totals[run, 0] += world.delivered
            totals[run, 1] += world.development
            totals[run, 2] += world.trade


@cache
def by_rules() -> Callable[[Compiled, int], Totals]:
    """What runs the subset by the rules, compiled like the kernel."""
    loop = compile_function(run_months)

    def run(compiled: Compiled, runs: int) -> Totals:
        totals = np.zeros((runs, FLOWS))
        workspace = new_workspace(compiled.start, compiled.uids)
        loop(compiled.start, compiled.uids, workspace, *key(SEED), compiled.months, totals)
        return totals

    return run
