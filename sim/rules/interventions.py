"""Step 1: what interventions do to parameters and state (model 9)."""

from sim.rules.ordinal import clip
from sim.state import Event, State
from sim.vocab import (
    ATROCITY,
    AWARD_LITIGATION,
    BUDGET_CUT,
    CLOSE_CORRIDOR,
    DROUGHT,
    FORCE_RUNG,
    FORUM,
    ISSUES,
    MOVE_LITIGATION,
    PITCH,
    QUAKE,
    RELEASE_LITIGATION,
    SET_ISSUE,
)


def acts(event: Event, month: int) -> bool:
    """Whether the event acts in `month`."""
    return event.first <= month <= event.last and (month - event.first) % event.every == 0


def lift_flags(state: State) -> None:
    """Forget what interventions and shocks imposed on the month before."""
    world = state.world
    world.quake = 0
    world.forum_scheduled = 0
    world.civil_society = -1
    world.pitch_scheduled = 0
    for k in range(ISSUES):
        world.level_forced[k] = 0
        world.level_opened[k] = world.level[k]
    for actor in state.actors:
        actor.rung_opened = actor.rung
        actor.rung_forced = 0
        actor.corridor_held = 0
        actor.atrocity = 0.0


def act_on_actor(event: Event, state: State) -> None:
    """Carry out a verb that has an actor as its target."""
    actor = state.actors[event.target]
    if event.verb == FORCE_RUNG:
        actor.rung = int(event.value)
        actor.rung_forced = 1
    elif event.verb == CLOSE_CORRIDOR:
        closed = state.parameters[state.world.parameters].closure_openness
        actor.openness = min(actor.openness, closed)
        actor.corridor_held = 1
    elif event.verb == BUDGET_CUT:
        actor.budget_cut = clip(actor.budget_cut * (1.0 - event.value), 0.0, 1.0)
    elif event.verb == ATROCITY:
        actor.atrocity += event.value


def act_on_world(event: Event, state: State) -> None:
    """Carry out a verb on an issue, the environment or the calendar of diplomacy."""
    world = state.world
    if event.verb == SET_ISSUE:
        world.level[event.target] = int(event.value)
        world.level_forced[event.target] = 1
    elif event.verb == DROUGHT:
        world.drought = max(world.drought, event.value)
        world.drought_left = max(world.drought_left, event.months)
    elif event.verb == QUAKE:
        world.quake = 1
    elif event.verb == FORUM:
        world.forum_scheduled = 1
        world.civil_society = int(event.value)
    elif event.verb == PITCH:
        world.pitch_scheduled = 1


def settle_litigation(event: Event, state: State) -> None:
    """End the litigation over a pool: the balance stays, moves to another pool or leaves."""
    pool = state.pools[event.target]
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


def intervene(state: State) -> None:
    """Take the month's parameter and policy rows, then carry out its events in file order."""
    world = state.world
    world.parameters = state.parameters_of[world.month - 1]
    for actor in state.actors:
        actor.policy = state.policy_of[world.month - 1][actor.index]
    for event in state.events:
        if not acts(event, world.month):
            continue
        if is_litigation(event.verb):
            settle_litigation(event, state)
        elif event.verb in (FORCE_RUNG, CLOSE_CORRIDOR, BUDGET_CUT, ATROCITY):
            act_on_actor(event, state)
        else:
            act_on_world(event, state)
