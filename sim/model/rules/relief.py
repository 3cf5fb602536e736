"""Humanitarian money: budgets, pledges, carry-over, delivery and the appeal (model 7.8)."""

from sim.model.arithmetic import cosine, power
from sim.model.calendar import JANUARY, JULY, MONTHS_A_YEAR
from sim.model.parameters import Parameters
from sim.model.rules.ordinal import clip
from sim.model.slots import Draws
from sim.model.state import Actor, State
from sim.model.vocab import TOP_LEVEL


def conditional_share(conditionality: float, score: float) -> float:
    """Share of money that flows at `score` when `conditionality` of it depends on the score."""
    return 1.0 - conditionality * (1.0 - score)


def access(state: State) -> float:
    """Share of relief that reaches people: issues below their top level may lower it."""
    world = state.world
    parameters = state.parameters[world.parameters]
    lost = 0.0
    for k in range(world.issues):
        lost += parameters.access_loss[k] * (1.0 - world.level[k] / TOP_LEVEL)
    return clip(1.0 - lost, 0.0, 1.0)


def reset_appeal(state: State) -> None:
    """Step 3 of each January and July: poor coverage squeezes the price and who is targeted."""
    world = state.world
    if world.calendar not in (JANUARY, JULY):
        return
    parameters = state.parameters[world.parameters]
    if world.appeal_required > 0.0:
        coverage = min(world.appeal_pledged / world.appeal_required, 1.0)
        squeezed = clip(
            1.0 - parameters.requirement_squeeze * (1.0 - coverage),
            parameters.requirement_least_cut,
            1.0,
        )
        fewer = power(squeezed, parameters.squeeze_on_people)
        world.price = max(parameters.requirement_floor, world.price * squeezed / fewer)
        world.reach = world.reach * fewer
    world.appeal_pledged = 0.0
    world.appeal_required = 0.0


def season_factor(state: State) -> float:
    """Seasonal factor of pledges."""
    parameters = state.parameters[state.world.parameters]
    after_peak = state.world.calendar - parameters.season_peak
    return 1.0 + parameters.season_amplitude * cosine(after_peak)


def pledge_relief(state: State, draws: Draws) -> None:
    """Step 9: relief pledged by each actor and by all, US$ m of the month."""
    world = state.world
    parameters = state.parameters[world.parameters]
    seasonal = season_factor(state)
    needed = power(world.need / world.need_start, parameters.need_elasticity)
    world.pledged = 0.0
    for actor in state.actors:
        noise = (
            parameters.pledge_noise_low + parameters.pledge_noise_span * draws.pledge[actor.index]
        )
        actor.pledged = (
            actor.relief_capacity
            / MONTHS_A_YEAR
            * actor.relief_budget
            * actor.money
            * seasonal
            * needed
            * actor.relief_share
            * noise
            * state.policies[actor.policy].relief_factor
        )
        world.pledged += actor.pledged


def deliver_relief(state: State) -> None:
    """Step 9: delivery, carry-over, requirement and the sums since the last reset."""
    world = state.world
    parameters = state.parameters[world.parameters]
    world.access = access(state)
    world.delivered = world.access * (
        world.pledged + world.carry_over / parameters.carry_over_months
    )
    world.next_carry_over = max(world.carry_over + world.pledged - world.delivered, 0.0)
    world.required = (
        world.price
        * world.appeal_factor
        * parameters.target_share
        * world.reach
        * world.need
        * world.population
        / MONTHS_A_YEAR
    )
    world.next_appeal_pledged = world.appeal_pledged + world.pledged
    world.next_appeal_required = world.appeal_required + world.required


def update_slow_budget(state: State) -> None:
    """Step 12: the slow budget state of all donors and the attention window."""
    world = state.world
    parameters = state.parameters[world.parameters]
    tired = world.slow_budget * (1.0 - parameters.fatigue)
    world.next_slow_budget = clip(max(tired, parameters.fatigue_floor), 0.0, 1.0)
    world.next_attention = max(world.attention - 1, 0)


def update_relief_budget(actor: Actor, parameters: Parameters, state: State) -> None:
    """Step 12 for one actor: relief budget, budget cut and conditionality factors."""
    world = state.world
    policy = state.policies[actor.policy]
    reversion = parameters.ordinary_reversion
    if world.attention > 0:
        reversion = parameters.attention_reversion
    budget = actor.relief_budget + reversion * (world.slow_budget - actor.relief_budget)
    budget += parameters.quake_relief * world.quake
    if world.drought > parameters.severe_drought:
        budget += parameters.drought_relief
    actor.next_relief_budget = max(budget, 0.0)
    actor.next_budget_cut = clip(
        actor.budget_cut + parameters.budget_cut_recovery * (1.0 - actor.budget_cut), 0.0, 1.0
    )
    relief = conditional_share(policy.relief_conditionality, actor.score)
    actor.next_relief_share = clip(
        actor.relief_share + parameters.relief_adjustment * (relief - actor.relief_share), 0.0, 1.0
    )
    development = conditional_share(policy.development_conditionality, actor.score)
    actor.next_development_share = clip(
        actor.development_share
        + parameters.development_adjustment * (development - actor.development_share),
        0.0,
        1.0,
    )
