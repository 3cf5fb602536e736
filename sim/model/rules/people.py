"""Hunger, refugees and returns, population, need and health (model 7.11)."""

from sim.model.arithmetic import cosine
from sim.model.calendar import JANUARY, MONTHS_A_YEAR
from sim.model.rules.economy import income_a_head
from sim.model.rules.ordinal import clip
from sim.model.state import State


def update_food_insecurity(state: State) -> None:
    """Step 11: share of people at IPC 3 or worse; winter and drought raise it."""
    world = state.world
    parameters = state.parameters[world.parameters]
    winter = cosine(world.calendar - JANUARY)
    seasonal = 1.0 + parameters.food_winter * winter
    world.food_insecure = clip(
        parameters.food_share * world.need * seasonal + parameters.food_drought * world.drought,
        0.0,
        1.0,
    )


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
            rate = min(state.policies[actor.policy].return_rate, 1.0)
            actor.returned = rate * actor.refugees
        world.departed += actor.departed
        world.returned += actor.returned
        actor.next_refugees = max(actor.refugees + actor.departed - actor.returned, 0.0)
    natural = 1.0 + parameters.population_growth / MONTHS_A_YEAR
    world.next_population = max(world.population * natural + world.returned - world.departed, 1e-6)


def update_need(state: State) -> None:
    """Step 11: people in need move towards the share set by income, shocks, aid and returns."""
    world = state.world
    parameters = state.parameters[world.parameters]
    arriving = max(0.0, world.returned - world.returns_start)
    strain = parameters.need_returns * MONTHS_A_YEAR * arriving / world.population
    helped = 0.0
    if world.delivered_start > 0.0:
        helped = (world.delivered + world.humanitarian_window) / world.delivered_start - 1.0
    target = clip(
        parameters.need_rest
        - parameters.need_income * (income_a_head(state) - 1.0)
        + parameters.need_drought * world.drought
        + parameters.need_quake * world.quake
        - parameters.need_delivery * helped
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
