"""Step 1, before all else: which conditions of interventions hold this month.

A condition is looked at as the month opens, on the state in which the month before ended.
"""

from sim.model.interventions import Clause, Condition, Part
from sim.model.slots import Draws
from sim.model.state import Actor, State
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


def has_part(actor: Actor, part: Part, state: State) -> bool:
    """Whether the actor gives or takes what a part is worth, alone or as one of the custodians."""
    if part.worth == 0.0:
        return False
    if part.pool >= 0:
        return state.vetoes[part.pool][actor.index] != 0
    return part.actor == actor.index


def give_word(place: int, word: int, state: State) -> None:
    """Note for all with a part in an offer that their word was kept (1) or broken (-1).

    A broken word outweighs one that is kept in the same month.
    """
    for part in state.parts:
        if part.condition == place:
            for actor in state.actors:
                if actor.word >= 0 and has_part(actor, part, state):
                    actor.word = word


def note_met(condition: Condition, place: int, state: State, draws: Draws) -> None:
    """Note that a condition is met for the first time, and whether an offer is then kept (7.5a)."""
    condition.met = state.world.month
    if condition.announced:
        if draws.word[condition.word_issue] < condition.kept:
            give_word(place, 1, state)
        else:
            condition.broken = 1
            give_word(place, -1, state)


def evaluate_conditions(state: State, draws: Draws) -> None:
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
    for place in range(len(state.conditions)):
        condition = state.conditions[place]
        if condition.fulfilled and condition.met == 0:
            note_met(condition, place, state, draws)
        condition.holds = condition.fulfilled
        if condition.lasting and condition.met > 0:
            condition.holds = 1
        if condition.broken:
            condition.holds = 0
        if condition.holds:
            world.pattern += condition.switch
