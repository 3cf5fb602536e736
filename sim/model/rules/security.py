"""Incidents, grievances and corridors (model 7.7)."""

from sim.model.parameters import Parameters
from sim.model.rules.ordinal import clip
from sim.model.slots import Draws
from sim.model.state import Actor, State
from sim.model.vocab import TOP_LEVEL


def militancy(state: State) -> float:
    """Multiplier of incidents: high where the issues that curb them stand low.

    The curbs are taken off from the last issue to the first, an order that results rest on.
    """
    world = state.world
    parameters = state.parameters[world.parameters]
    multiplier = parameters.incident_ceiling
    for k in range(world.issues - 1, -1, -1):
        multiplier -= parameters.incident_curb[k] * world.level[k] / TOP_LEVEL
    return clip(multiplier, parameters.incident_floor, parameters.incident_ceiling)


def draw_incidents(state: State, draws: Draws) -> None:
    """Step 2: incidents by actor, and the corridors they close."""
    parameters = state.parameters[state.world.parameters]
    multiplier = militancy(state)
    for actor in state.actors:
        exposure = 1.0 if actor.corridor else parameters.incident_far
        stake = state.policies[actor.policy].security_stake
        chance = parameters.incident_rate * stake * exposure * multiplier
        actor.incident = 0
        if draws.incident[actor.index] < chance:
            actor.incident = 1
            if actor.corridor and draws.closure[actor.index] < parameters.closure_share:
                actor.openness = min(actor.openness, parameters.closure_openness)


def update_grievance(actor: Actor, parameters: Parameters) -> None:
    """Step 12 for one actor: grievance, and the reopening of its corridor."""
    actor.next_grievance = clip(
        parameters.grievance_decay * actor.grievance
        + parameters.grievance_incident * actor.incident
        - parameters.conference_relief * actor.attended,
        0.0,
        1.5,
    )
    actor.next_openness = actor.openness
    if not actor.corridor_held:
        reopened = parameters.reopening_rate * (1.0 - actor.openness) + parameters.reopening_least
        actor.next_openness = min(1.0, actor.openness + reopened)
