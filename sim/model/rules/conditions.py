"""Step 1, before all else: which conditions of interventions hold this month.

A condition is looked at as the month opens, on the state in which the month before ended.
"""

from sim.model.state import Clause, State
from sim.model.vocab import (
    COHESION,
    GDP,
    HARD_LINE,
    HUNGER,
    LEVEL,
    MET,
    MOMENTUM,
    NEED,
    RECOGNITION,
    RECOGNITIONS,
    RUNG,
    STAGE,
    STRESS,
)


def recognitions(state: State) -> int:
    """Number of states at formal recognition."""
    count = 0
    for actor in state.actors:
        if actor.sovereign and actor.rung == RECOGNITION:
            count += 1
    return count


def world_quantity(quantity: int, state: State) -> float:
    """A quantity of the country or of the authority, in its own unit."""
    world = state.world
    found = 0.0
    if quantity == NEED:
        found = world.need
    elif quantity == STRESS:
        found = world.stress
    elif quantity == MOMENTUM:
        found = world.momentum
    elif quantity == HARD_LINE:
        found = world.hard_line
    elif quantity == COHESION:
        found = world.cohesion
    elif quantity == GDP:
        found = world.gdp
    elif quantity == HUNGER:
        found = world.food_insecure
    return found


def clause_value(clause: Clause, state: State) -> float:
    """Value of the clause: a level, a rung, a stage, a number of states, or a share.

    Of another condition it is the month in which that was met, if it was in an earlier month.
    """
    if clause.quantity == LEVEL:
        return float(state.world.level[clause.target])
    if clause.quantity == RUNG:
        return float(state.actors[clause.target].rung)
    if clause.quantity == STAGE:
        return float(state.pools[clause.target].stage)
    if clause.quantity == MET:
        return float(state.conditions[clause.target].met)
    if clause.quantity == RECOGNITIONS:
        return float(recognitions(state))
    return world_quantity(clause.quantity, state)


def evaluate_conditions(state: State) -> None:
    """Evaluate each condition, and the pattern that all of them make together."""
    world = state.world
    for condition in state.conditions:
        condition.fulfilled = 0
        if condition.first <= world.month <= condition.last:
            condition.fulfilled = 1
    for clause in state.clauses:
        amount = clause_value(clause, state)
        if amount < clause.low or amount > clause.high:
            state.conditions[clause.condition].fulfilled = 0
    world.pattern = 0
    for condition in state.conditions:
        if condition.fulfilled and condition.met == 0:
            condition.met = world.month
        condition.holds = condition.fulfilled
        if condition.lasting and condition.met > 0:
            condition.holds = 1
        if condition.holds:
            world.pattern += condition.switch
