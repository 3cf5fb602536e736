"""Development money and that of the lenders (model 7.9)."""

from sim.model.calendar import MONTHS_A_YEAR
from sim.model.state import Actor, State
from sim.model.vocab import RECOGNITION


def contact_factor(rung: int, without_contact: float) -> float:
    """Share of development money that flows at `rung`: all of it from rung 1 on."""
    return 1.0 if rung >= 1 else without_contact


def development_money(actor: Actor, state: State) -> float:
    """Development money of the actor, US$ m of the month; the slow budget state bears on it."""
    parameters = state.parameters[state.world.parameters]
    return (
        actor.development_capacity
        / MONTHS_A_YEAR
        * state.world.slow_budget
        * actor.money
        * actor.development_share
        * contact_factor(actor.rung, parameters.development_without_contact)
        * state.policies[actor.policy].development_factor
    )


def disburse_development(state: State) -> None:
    """Step 9: development money by actor, of all, and of it on the authority's own budget."""
    world = state.world
    world.development = 0.0
    world.development_on_budget = 0.0
    for actor in state.actors:
        actor.development = development_money(actor, state)
        world.development += actor.development
        if actor.institution and actor.rung == RECOGNITION:
            world.development_on_budget += actor.development
