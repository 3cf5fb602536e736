"""What offers are worth to the authority, once, before month 1 (model 7.5a).

Two copies of the anchored start are compared, both with the levels that the offer asks for: one as
the rows of its first month stand without it, one in which it is met. The copies are made in place.
"""

import math

from sim.model.calendar import MONTHS_A_YEAR
from sim.model.interventions import Deal, Part
from sim.model.rules.assets import release_value
from sim.model.rules.interventions import take_rows, take_terms
from sim.model.rules.observing import update_observations
from sim.model.rules.ordinal import logistic
from sim.model.rules.relief import conditional_share
from sim.model.state import Actor, State
from sim.model.vocab import DISBURSING, LEVEL, RECOGNITION

LEAST_WORTH = 1e-9
"""US$ m a year; what is worth no more is no part of an offer."""


def ask_levels(place: int, state: State) -> None:
    """Move the levels of the start into the bounds of an offer."""
    world = state.world
    for clause in state.clauses:
        if clause.condition == place and clause.quantity == LEVEL:
            if world.level[clause.target] < clause.low:
                world.level[clause.target] = math.ceil(clause.low)
            elif world.level[clause.target] > clause.high:
                world.level[clause.target] = math.floor(clause.high)


def take_start(state: State) -> None:
    """Take the rows and the levels of the start again."""
    world = state.world
    world.parameters = 0
    for k in range(world.issues):
        world.level[k] = world.level_start[k]
    for actor in state.actors:
        actor.policy = actor.index
    for j in range(len(state.pools)):
        take_terms(state.pools[j], state.terms[j])


def given_by_actor(actor: Actor, state: State) -> float:
    """What an actor gives at the levels and by the rows as they are, US$ m a year."""
    policy = state.policies[actor.policy]
    parameters = state.parameters[state.world.parameters]
    development = actor.development_capacity * policy.development_factor
    contact = parameters.stake_development * development
    contact += parameters.stake_political * actor.salience
    relief = parameters.stake_relief * (actor.relief_capacity * policy.relief_factor)
    given = conditional_share(policy.development_conditionality, actor.score) * contact
    return given + relief * conditional_share(policy.relief_conditionality, actor.score)


def given_by_pool(place: int, state: State) -> float:
    """What a pool would pay by the will of its custodians, at its hardest step, US$ m a year."""
    pool = state.pools[place]
    parameters = state.parameters[state.world.parameters]
    will = release_value(pool, DISBURSING - 1, state.vetoes[place], state)
    chance = logistic((will - parameters.dead_band) / parameters.noise)
    return MONTHS_A_YEAR * min(pool.tranche, pool.balance / MONTHS_A_YEAR) * chance


def given(part: Part, state: State) -> float:
    """What is given of a part, US$ m a year."""
    if part.pool >= 0:
        return given_by_pool(part.pool, state)
    return given_by_actor(state.actors[part.actor], state)


def worth_of_rung(part: Part, state: State) -> float:
    """Worth of an actor on a rung over that of where it began, US$ m a year."""
    actor = state.actors[part.actor]
    parameters = state.parameters[state.world.parameters]
    climbed = (part.rung - actor.rung_start) / RECOGNITION
    if int(part.rung) == RECOGNITION:
        climbed += parameters.stake_recognition
    if actor.rung_start == RECOGNITION:
        climbed -= parameters.stake_recognition
    return parameters.stake_political * actor.salience * climbed


def worth_of_deal(deal: Deal, state: State) -> float:
    """What a deal pays by the balance of the start, US$ m a year, or in all if it is shorter."""
    total = deal.amount + deal.share * state.pools[deal.pool].balance
    return total * MONTHS_A_YEAR / max(deal.months, MONTHS_A_YEAR)


def given_more(part: Part, state: State) -> float:
    """What a part gives more than is noted of it without the offer, US$ m a year."""
    if part.deal >= 0:
        return worth_of_deal(state.deals[part.deal], state)
    if part.suspended:
        return -part.worth
    return part.worth if part.rung >= 0.0 else given(part, state) - part.worth


def write_without(place: int, state: State) -> None:
    """What the parts of an offer give without it; of a rung, all that it is worth."""
    for part in state.parts:
        if part.condition == place:
            part.worth = worth_of_rung(part, state) if part.rung >= 0.0 else given(part, state)


def write_worth(place: int, state: State) -> None:
    """The worth of the parts of an offer: what is said, else what it gives more."""
    for part in state.parts:
        if part.condition == place:
            worth = given_more(part, state)
            if not math.isnan(part.said):
                worth = part.said / part.sharers
            part.worth = worth / state.world.revenue_start if abs(worth) > LEAST_WORTH else 0.0


def infer_worths(state: State) -> None:
    """Write the worth of all parts of all offers, and leave everything else as it was."""
    if len(state.parts) == 0:
        return
    for place in range(len(state.conditions)):
        condition = state.conditions[place]
        if condition.announced:
            ask_levels(place, state)
            month = min(condition.first, len(state.parameters_of[0]))
            take_rows(0, month, state)
            update_observations(state)
            write_without(place, state)
            take_rows(condition.switch, month, state)
            update_observations(state)
            write_worth(place, state)
            take_start(state)
    update_observations(state)
