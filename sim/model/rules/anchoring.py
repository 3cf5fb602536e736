"""Before month 1: intercepts and capacities solved from what is observed at the start (model 5)."""

from sim.model.calendar import MONTHS_A_YEAR
from sim.model.rules.development import contact_factor
from sim.model.rules.economy import revenue, stress, unemployment
from sim.model.rules.engagement import peers_at, value
from sim.model.rules.observing import update_observations
from sim.model.rules.people import update_food_insecurity
from sim.model.rules.relief import access, conditional_share
from sim.model.rules.swings import swing_factor
from sim.model.rules.worth import infer_worths
from sim.model.state import Actor, State

LEAST_SHARE = 0.05
"""Lowest share of money from which a capacity is inferred."""


def anchor_actor(actor: Actor, state: State) -> None:
    """Solve the intercept that makes the starting rung worth the drift, peers left out.

    So peers pull from month 1 on. Rung 0 has no value; there the next one of the ladder counts.
    """
    rung = state.world.rung_above[0] if actor.rung == 0 else actor.rung
    policy = state.policies[actor.policy]
    parameters = state.parameters[state.world.parameters]
    actor.anchor = 0.0
    peers = policy.weight_peers * parameters.loading_peers[rung] * peers_at(actor, rung, state)
    actor.anchor = policy.drift - (value(actor, rung, state) - peers)


def set_capacity(actor: Actor, state: State) -> None:
    """Infer capacities from the flows of the start, which the conditions of the start had cut.

    On entry the capacities hold those flows, US$ m a year.
    """
    policy = state.policies[actor.policy]
    actor.relief_share = conditional_share(policy.relief_conditionality, actor.score)
    actor.development_share = conditional_share(policy.development_conditionality, actor.score)
    actor.relief_capacity = actor.relief_capacity / max(LEAST_SHARE, actor.relief_share)
    actor.development_capacity = actor.development_capacity / max(
        LEAST_SHARE, actor.development_share
    )


def set_references(state: State) -> None:
    """Flows of the start, without noise or season and with open corridors, as references."""
    world = state.world
    parameters = state.parameters[world.parameters]
    pledged = 0.0
    world.trade_start = 0.0
    world.development_start = 0.0
    world.returns_start = 0.0
    world.refugees_start = 0.0
    for actor in state.actors:
        pledged += actor.relief_capacity / MONTHS_A_YEAR * actor.relief_budget * actor.relief_share
        world.development_start += (
            actor.development_capacity
            / MONTHS_A_YEAR
            * actor.development_share
            * contact_factor(actor.rung, parameters.development_without_contact)
        )
        world.trade_start += actor.trade_capacity / MONTHS_A_YEAR
        world.refugees_start += actor.refugees
        world.returns_start += state.policies[actor.policy].return_rate * actor.refugees
    world.appeal_factor = swing_factor(world.appeal_swing)
    world.hardship_factor = swing_factor(world.hardship)
    world.need_rest = world.need / world.hardship_factor
    world.hunger_rest = world.hunger_start / world.hardship_factor
    world.access = access(state)
    world.delivered_start = world.access * (
        pledged + world.carry_over / parameters.carry_over_months
    )
    monthly = revenue(world.trade_start, 1.0, 0.0, parameters)
    world.revenue_start = MONTHS_A_YEAR * monthly
    world.stress = stress(monthly, parameters.revenue_need, parameters)


def set_start(state: State) -> None:
    """Anchor every actor at the start and set what later months are compared with."""
    update_observations(state)
    for actor in state.actors:
        anchor_actor(actor, state)
        set_capacity(actor, state)
    set_references(state)
    update_food_insecurity(state)
    state.world.unemployment = unemployment(state)
    infer_worths(state)
