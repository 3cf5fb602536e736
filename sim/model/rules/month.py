"""The schedule of a month (model 3): open_month, decide for each actor, close_month."""

from sim.model.rules.assets import move_pools, pay, spend_tranches
from sim.model.rules.authority import move_issues, open_windows, remember, remember_rewards
from sim.model.rules.commit import commit
from sim.model.rules.development import disburse
from sim.model.rules.economy import collect, produce
from sim.model.rules.engagement import decide
from sim.model.rules.forums import (
    hold_forum,
    host_conference,
    make_pitch,
    remember_pitch,
    remember_salience,
)
from sim.model.rules.interventions import intervene, keep_held, lift_flags
from sim.model.rules.observing import observe
from sim.model.rules.people import heal, hunger, migrate, suffer
from sim.model.rules.relief import deliver, pledge, remember_budget, remember_budgets, reset_appeal
from sim.model.rules.reporting import count_moves
from sim.model.rules.security import remember_incident, suffer_incidents
from sim.model.rules.shocks import remember_drought, shake, unsettle
from sim.model.rules.trade import exchange, invest, learn_rerouting, move_projects
from sim.model.slots import Draws
from sim.model.state import State
from sim.model.vocab import calendar_month

__all__ = ["close_month", "decide", "open_month"]


def open_month(state: State, draws: Draws) -> None:
    """Steps 1 to 4: interventions and shocks edit the state, then all observe and meet."""
    world = state.world
    world.month += 1
    world.calendar = calendar_month(world.start_calendar, world.month)
    lift_flags(state)
    intervene(state)
    shake(state, draws)
    suffer_incidents(state, draws)
    unsettle(state, draws)
    observe(state)
    reset_appeal(state)
    hold_forum(state, draws)
    host_conference(state, draws)
    make_pitch(state, draws)


def close_month(state: State, draws: Draws) -> None:
    """Steps 6 to 12: issues, stages, flows, accounts, people and memories, then the commit."""
    move_issues(state, draws)
    move_pools(state, draws)
    move_projects(state, draws)
    pledge(state, draws)
    deliver(state)
    disburse(state)
    pay(state)
    exchange(state)
    learn_rerouting(state)
    invest(state)
    collect(state)
    spend_tranches(state)
    produce(state)
    hunger(state)
    migrate(state)
    suffer(state)
    heal(state)
    remember_all(state, draws)
    count_moves(state)
    keep_held(state)
    commit(state)


def remember_all(state: State, draws: Draws) -> None:
    """Step 12: the memories of the authority, the donors, the environment and each actor."""
    parameters = state.parameters[state.world.parameters]
    remember(state, draws)
    remember_pitch(state)
    remember_budgets(state)
    remember_drought(state)
    for actor in state.actors:
        remember_rewards(actor, parameters, state)
        remember_incident(actor, parameters)
        remember_salience(actor, state)
        remember_budget(actor, parameters, state)
    open_windows(parameters, state)
