"""Step 1: what interventions do to parameters and state (model 9)."""

import math

from sim.model.interventions import Event
from sim.model.rules.conditions import evaluate_conditions
from sim.model.rules.ordinal import clip
from sim.model.slots import Draws
from sim.model.state import Pool, State, Terms
from sim.model.vocab import COHESION, GDP, HARD_LINE, HOLDABLE, MOMENTUM, NEED, STRESS

FORCE_RUNG = 0
SET_ISSUE = 1
CLOSE_CORRIDOR = 2
DROUGHT = 3
QUAKE = 4
BUDGET_CUT = 5
ATROCITY = 6
FORUM = 7
PITCH = 8
RELEASE_LITIGATION = 9
MOVE_LITIGATION = 10
AWARD_LITIGATION = 11
HOLD = 12
HOLD_RUNG = 13
HOLD_ISSUE = 14
SUSPEND = 15
"""What an event does to the state, by the verbs of a scenario (model 9)."""


def first_month(event: Event, state: State) -> int:
    """The month in which an event began, which for one that waits is that of its condition."""
    if event.condition >= 0 and state.conditions[event.condition].lasting:
        return state.conditions[event.condition].met
    return event.first


def is_active(event: Event, state: State) -> bool:
    """Whether the event acts this month: between its months, and only where its condition holds."""
    if event.condition >= 0 and not state.conditions[event.condition].holds:
        return False
    first, month = first_month(event, state), state.world.month
    return first <= month <= event.last and (month - first) % event.every == 0


def clear_flags(state: State) -> None:
    """Clear what interventions and shocks imposed on the month before."""
    world = state.world
    world.quake = 0
    world.forum_scheduled = 0
    world.civil_society = -1
    world.pitch_scheduled = 0
    for k in range(world.issues):
        world.level_forced[k] = 0
        world.level_opened[k] = world.level[k]
    for quantity in range(HOLDABLE):
        world.held[quantity] = 0
    for actor in state.actors:
        actor.rung_opened = actor.rung
        actor.rung_forced = 0
        actor.corridor_held = 0
        actor.word = 0
        actor.atrocity = 0.0
    for pool in state.pools:
        pool.suspended = 0


def act_on_actor(event: Event, state: State) -> None:
    """Carry out a verb that has an actor as its target.

    A rung is that of the verb that began last, which need not be the last of the file.
    """
    actor, first = state.actors[event.target], first_month(event, state)
    if event.verb == FORCE_RUNG:
        if first >= actor.rung_forced:
            actor.rung = int(event.value)
            actor.rung_forced = first
    elif event.verb == HOLD_RUNG:
        actor.rung_forced = max(actor.rung_forced, 1)
    elif event.verb == CLOSE_CORRIDOR:
        closed = state.parameters[state.world.parameters].closure_openness
        actor.openness = min(actor.openness, closed)
        actor.corridor_held = 1
    elif event.verb == BUDGET_CUT:
        actor.budget_cut = clip(actor.budget_cut * (1.0 - event.value), 0.0, 1.0)
    elif event.verb == ATROCITY:
        actor.atrocity += event.value


def act_on_world(event: Event, state: State) -> None:
    """Carry out a verb on an issue, a pool, the environment or the calendar of diplomacy.

    A level, or a seat at a forum, is that of the verb that began last.
    """
    world, first = state.world, first_month(event, state)
    if event.verb == SET_ISSUE:
        if first >= world.level_forced[event.target]:
            world.level[event.target] = int(event.value)
            world.level_forced[event.target] = first
    elif event.verb == HOLD_ISSUE:
        world.level_forced[event.target] = max(world.level_forced[event.target], 1)
    elif event.verb == DROUGHT:
        world.drought = max(world.drought, event.value)
        world.drought_left = max(world.drought_left, event.months)
    elif event.verb == QUAKE:
        world.quake = 1
    elif event.verb == FORUM:
        if first >= world.forum_scheduled:
            world.civil_society = int(event.value)
            world.forum_scheduled = first
    elif event.verb == PITCH:
        world.pitch_scheduled = 1
    elif event.verb == SUSPEND:
        state.pools[event.target].suspended = 1


def hold_quantity(event: Event, state: State) -> None:
    """Hold a quantity where it is, or put it to a value and hold it there.

    The value is that of the verb that began last; holding it where it is overrides nothing.
    """
    world, first = state.world, first_month(event, state)
    if math.isnan(event.value):
        world.held[event.target] = max(world.held[event.target], 1)
        return
    if first < world.held[event.target]:
        return
    world.held[event.target] = first
    if event.target == NEED:
        world.need = event.value
    elif event.target == STRESS:
        world.stress = event.value
    elif event.target == MOMENTUM:
        world.momentum = event.value
    elif event.target == HARD_LINE:
        world.hard_line = event.value
    elif event.target == COHESION:
        world.cohesion = event.value
    elif event.target == GDP:
        world.gdp = event.value


def keep_held_quantities(state: State) -> None:
    """Before the commit: quantities that are held end the month as they began."""
    world = state.world
    if world.held[NEED]:
        world.next_need = world.need
    if world.held[STRESS]:
        world.next_stress = world.stress
    if world.held[MOMENTUM]:
        world.next_momentum = world.momentum
    if world.held[HARD_LINE]:
        world.next_hard_line = world.hard_line
    if world.held[COHESION]:
        world.next_cohesion = world.cohesion
    if world.held[GDP]:
        world.next_gdp = world.gdp


def settle_litigation(event: Event, state: State) -> None:
    """End the litigation over a pool: the balance stays, moves to another pool or leaves."""
    pool = state.pools[event.target]
    pool.settled = 1
    pool.lock = 0.0
    if event.verb == MOVE_LITIGATION:
        other = state.pools[event.destination]
        other.balance += pool.balance
        other.moved += pool.balance
        pool.moved -= pool.balance
        pool.balance = 0.0
    elif event.verb == AWARD_LITIGATION:
        pool.awarded += pool.balance
        pool.balance = 0.0


def is_litigation(verb: int) -> bool:
    """Whether `verb` ends a litigation."""
    return verb in (RELEASE_LITIGATION, MOVE_LITIGATION, AWARD_LITIGATION)


def is_on_actor(verb: int) -> bool:
    """Whether `verb` has an actor as its target."""
    return verb in (FORCE_RUNG, HOLD_RUNG, CLOSE_CORRIDOR, BUDGET_CUT, ATROCITY)


def take_terms(pool: Pool, terms: Terms) -> None:
    """Take over the numbers of a pool; a lock that has fallen stays so."""
    pool.interest_rate = terms.interest_rate
    pool.tranche = terms.tranche
    pool.lock = 0.0 if pool.settled else terms.lock


def take_rows(pattern: int, month: int, state: State) -> None:
    """Take the rows of parameters, policies and pools of a month under a pattern of conditions."""
    state.world.parameters = state.parameters_of[pattern][month - 1]
    for actor in state.actors:
        actor.policy = state.policy_of[pattern][month - 1][actor.index]
    for j in range(len(state.pools)):
        take_terms(state.pools[j], state.terms[state.terms_of[pattern][month - 1][j]])


def apply_interventions(state: State, draws: Draws) -> None:
    """Evaluate conditions, switch to the month's rows, then carry out events in file order."""
    evaluate_conditions(state, draws)
    take_rows(state.world.pattern, state.world.month, state)
    for event in state.events:
        if not is_active(event, state):
            continue
        if is_litigation(event.verb):
            settle_litigation(event, state)
        elif is_on_actor(event.verb):
            act_on_actor(event, state)
        elif event.verb == HOLD:
            hold_quantity(event, state)
        else:
            act_on_world(event, state)
