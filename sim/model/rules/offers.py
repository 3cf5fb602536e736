"""Offers and threats of which the authority is told: belief, pull and resistance (model 7.5a).

An offer is a condition that is announced. What it is worth was inferred before month 1.
"""

import math

from sim.model.interventions import Condition, Part
from sim.model.parameters import Parameters
from sim.model.rules.conditions import clause_value, has_part
from sim.model.rules.deals import is_over
from sim.model.state import Actor, State
from sim.model.vocab import LEVEL


def is_live(condition: Condition, state: State) -> bool:
    """Whether an offer stands this month: a gift once given, or a word once broken, does not."""
    if not condition.announced or condition.broken or (condition.lasting and condition.met > 0):
        return False
    return condition.first <= state.world.month <= condition.last


def nearness(place: int, issue: int, moved: int, parameters: Parameters, state: State) -> float:
    """How near an offer is once a level has moved: 1 where it is met, 0 out of reach."""
    steps = 0
    for clause in state.clauses:
        if clause.condition == place:
            amount = clause_value(clause, state)
            if clause.quantity == LEVEL:
                if clause.target == issue:
                    amount += moved
                steps += math.ceil(max(0.0, clause.low - amount, amount - clause.high))
            elif amount < clause.low or amount > clause.high:
                return 0.0
    near = 1.0
    for _ in range(steps):
        near *= parameters.offer_nearness
    return near


def belief_in_actor(
    actor: Actor, part: Part, condition: Condition, parameters: Parameters, state: State
) -> float:
    """Belief in the word of one actor: resentment at home makes threats credible, not promises."""
    if condition.credibility >= 0.0:
        return condition.credibility * actor.belief
    if part.worth < 0.0:
        doubt = parameters.offer_doubt * (1.0 - actor.domestic_salience)
        return parameters.offer_talk * actor.belief * (1.0 - doubt)
    credible = parameters.offer_talk * state.policies[actor.policy].reward_credibility
    doubt = parameters.offer_doubt * actor.domestic_salience
    return credible * actor.belief * (1.0 - doubt)


def belief(part: Part, parameters: Parameters, state: State) -> float:
    """Belief in a part of an offer: for a pool in the custodian who is believed least."""
    condition = state.conditions[part.condition]
    least = math.inf
    for actor in state.actors:
        if has_part(actor, part, state):
            least = min(least, belief_in_actor(actor, part, condition, parameters, state))
    return least if least < math.inf else 0.0


def offered(place: int, parameters: Parameters, state: State) -> float:
    """What an offer is worth to the authority as far as it believes it, in shares of revenue."""
    total = 0.0
    for part in state.parts:
        over = part.deal >= 0 and is_over(state.deals[part.deal])
        if part.condition == place and part.worth != 0.0 and not over:
            weight = parameters.threat_loss if part.worth < 0.0 else 1.0
            total += weight * part.worth * belief(part, parameters, state)
    return total


def pull(issue: int, above: int, below: int, parameters: Parameters, state: State) -> float:
    """Omega: what live offers add where a level moves by `above`, not `below`, shares of revenue.

    Of one potential, so that the pulls along any path add up to what was offered.
    """
    total = 0.0
    for place in range(len(state.conditions)):
        if is_live(state.conditions[place], state):
            nearer = nearness(place, issue, above, parameters, state)
            nearer -= nearness(place, issue, below, parameters, state)
            if nearer != 0.0:
                total += nearer * offered(place, parameters, state)
    return total


def names_issue(place: int, issue: int, state: State) -> bool:
    """Whether a clause of a condition looks at an issue."""
    for clause in state.clauses:
        if clause.condition == place and clause.quantity == LEVEL and clause.target == issue:
            return True
    return False


def threatens(actor: Actor, issue: int, state: State) -> bool:
    """Whether the actor threatens over the issue in an offer that is live."""
    for part in state.parts:
        if part.worth < 0.0 and has_part(actor, part, state):
            if is_live(state.conditions[part.condition], state):
                if names_issue(part.condition, issue, state):
                    return True
    return False


def resistance(issue: int, parameters: Parameters, state: State) -> float:
    """R: what hard-liners hold against giving way, by the political weight of all who threaten."""
    weight = 0.0
    for actor in state.actors:
        if threatens(actor, issue, state):
            weight += actor.salience
    if weight == 0.0:
        return 0.0
    against = parameters.ideological_cost[issue] * state.world.hard_line
    return parameters.resistance_weight * against * (weight / state.world.salience_total)
