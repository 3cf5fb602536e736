"""The schedule of a month (model 3): open_month, decide for each actor, close_month."""

from sim.model.calendar import calendar_month
from sim.model.rules.assets import move_pools, pay_tranches, spend_tranches
from sim.model.rules.authority import (
    move_issues,
    open_reward_windows,
    update_authority,
    update_reward_belief,
)
from sim.model.rules.commit import commit
from sim.model.rules.deals import pay_deals
from sim.model.rules.development import disburse_development
from sim.model.rules.economy import collect_revenue, update_gdp
from sim.model.rules.engagement import decide
from sim.model.rules.forums import (
    hold_forum,
    host_conference,
    make_pitch,
    update_pitch,
    update_salience,
)
from sim.model.rules.interventions import apply_interventions, clear_flags, keep_held_quantities
from sim.model.rules.lines import draw_lines
from sim.model.rules.observing import update_observations
from sim.model.rules.people import (
    update_food_insecurity,
    update_hardship,
    update_health,
    update_need,
    update_refugees,
)
from sim.model.rules.relief import (
    deliver_relief,
    pledge_relief,
    reset_appeal,
    update_relief_budget,
    update_slow_budget,
)
from sim.model.rules.reporting import count_moves
from sim.model.rules.security import draw_incidents, update_grievance
from sim.model.rules.shocks import draw_disasters, draw_elections, update_drought
from sim.model.rules.swings import move_swings
from sim.model.rules.trade import move_projects, update_investment, update_rerouting, update_trade
from sim.model.slots import Draws
from sim.model.state import State

__all__ = ["close_month", "decide", "open_month"]


def open_month(state: State, draws: Draws) -> None:
    """Steps 1 to 4: interventions and shocks edit the state, then all observe and meet."""
    world = state.world
    world.month += 1
    world.calendar = calendar_month(world.start_calendar, world.month)
    clear_flags(state)
    apply_interventions(state, draws)
    draw_disasters(state, draws)
    draw_incidents(state, draws)
    draw_elections(state, draws)
    draw_lines(state, draws)
    move_swings(state, draws)
    update_observations(state)
    reset_appeal(state)
    hold_forum(state, draws)
    host_conference(state, draws)
    make_pitch(state, draws)


def close_month(state: State, draws: Draws) -> None:
    """Steps 6 to 12: issues, stages, flows, accounts, people and memories, then the commit."""
    move_issues(state, draws)
    move_pools(state, draws)
    move_projects(state, draws)
    pledge_relief(state, draws)
    deliver_relief(state)
    disburse_development(state)
    pay_deals(state)
    pay_tranches(state)
    update_trade(state)
    update_rerouting(state)
    update_investment(state)
    collect_revenue(state)
    spend_tranches(state)
    update_gdp(state)
    update_hardship(state)
    update_food_insecurity(state)
    update_refugees(state)
    update_need(state)
    update_health(state)
    update_memories(state, draws)
    count_moves(state)
    keep_held_quantities(state)
    commit(state)


def update_memories(state: State, draws: Draws) -> None:
    """Step 12: the memories of the authority, the donors, the environment and each actor."""
    parameters = state.parameters[state.world.parameters]
    update_authority(state, draws)
    update_pitch(state)
    update_slow_budget(state)
    update_drought(state)
    for actor in state.actors:
        update_reward_belief(actor, parameters, state)
        update_grievance(actor, parameters)
        update_salience(actor, state)
        update_relief_budget(actor, parameters, state)
    open_reward_windows(parameters, state)
