"""Hardship, hunger, refugees and returns, population, need and health (model 7.11)."""

from sim.model.arithmetic import cosine
from sim.model.calendar import JANUARY, MONTHS_A_YEAR
from sim.model.rules.economy import income_a_head
from sim.model.rules.ordinal import clip
from sim.model.rules.swings import swing_factor
from sim.model.state import Actor, State


def update_hardship(state: State) -> None:
    """Step 11: hardship, in logs: chance, income a head and relief delivered bear on it."""
    world = state.world
    parameters = state.parameters[world.parameters]
    more = 0.0
    if world.delivered_start > 0.0:
        more = (world.delivered + world.humanitarian_window) / world.delivered_start - 1.0
    world.hardship = (
        world.hardship_swing
        - parameters.hardship_income * (income_a_head(state) - 1.0)
        - parameters.hardship_delivery * more
    )
    world.hardship_factor = swing_factor(world.hardship)


def update_food_insecurity(state: State) -> None:
    """Step 11: share of people at IPC 3 or worse; hardship, winter and drought raise it."""
    world = state.world
    parameters = state.parameters[world.parameters]
    winter = cosine(world.calendar - JANUARY)
    seasonal = 1.0 + parameters.food_winter * winter
    world.food_insecure = clip(
        world.hunger_rest * seasonal * world.hardship_factor
        + parameters.food_drought * world.drought,
        0.0,
        1.0,
    )


def returning_share(actor: Actor, state: State) -> float:
    """Share of the refugees whom an actor hosts that goes home this month."""
    share = state.policies[actor.policy].return_rate
    if actor.expelling:
        share = share * state.parameters[state.world.parameters].expulsion_factor
    return min(share, 1.0)


def update_refugees(state: State) -> None:
    """Step 11: refugees who leave for and return from each host, and the population, m people."""
    world = state.world
    parameters = state.parameters[world.parameters]
    hungry = max(0.0, world.food_insecure - parameters.departure_hunger)
    leaving = parameters.departures * (1.0 + parameters.departure_slope * hungry)
    world.departed = 0.0
    world.returned = 0.0
    for actor in state.actors:
        actor.departed = 0.0
        actor.returned = 0.0
        if actor.refugees_start > 0.0:
            actor.departed = leaving * (actor.refugees_start / world.refugees_start)
            actor.returned = returning_share(actor, state) * actor.refugees
        world.departed += actor.departed
        world.returned += actor.returned
        actor.next_refugees = max(actor.refugees + actor.departed - actor.returned, 0.0)
    natural = 1.0 + parameters.population_growth / MONTHS_A_YEAR
    world.next_population = max(world.population * natural + world.returned - world.departed, 1e-6)


def update_need(state: State) -> None:
    """Step 11: people in need move towards the share set by hardship, shocks and returns."""
    world = state.world
    parameters = state.parameters[world.parameters]
    arriving = max(0.0, world.returned - world.returns_start)
    strain = parameters.need_returns * MONTHS_A_YEAR * arriving / world.population
    target = clip(
        world.need_rest * world.hardship_factor
        + parameters.need_drought * world.drought
        + parameters.need_quake * world.quake
        + strain,
        0.15,
        0.95,
    )
    world.next_need = clip(world.need + parameters.need_rate * (target - world.need), 0.15, 0.95)


def update_health(state: State) -> None:
    """Step 11: health services, carried by relief and development money."""
    world = state.world
    parameters = state.parameters[world.parameters]
    delivery = min(1.0, world.delivered / world.required) if world.required > 0.0 else 1.0
    support = 1.0
    if world.development_start > 0.0:
        support = world.development / world.development_start
    target = (
        parameters.health_base
        + parameters.health_relief * delivery
        + parameters.health_development * support
    )
    world.next_health = clip(
        world.health + parameters.health_rate * (target - world.health), 0.0, 1.0
    )
