"""Step 13: what is reported of a month (model 11)."""

from sim.model.arithmetic import power
from sim.model.metrics import Metrics, Report
from sim.model.state import State
from sim.model.vocab import DISBURSING


def report_people(metrics: Metrics, state: State) -> None:
    """Need, hunger, health and movements of people."""
    world = state.world
    parameters = state.parameters[world.parameters]
    metrics.people_in_need = world.need * world.population
    metrics.people_counted = metrics.people_in_need * power(
        world.reach * world.appeal_factor, parameters.squeeze_on_count
    )
    metrics.people_targeted = parameters.target_share * world.reach * metrics.people_in_need
    metrics.need_share = world.need
    metrics.food_insecure = world.food_insecure * world.population
    metrics.food_share = world.food_insecure
    metrics.health = world.health
    metrics.population = world.population
    metrics.refugees = 0.0
    for actor in state.actors:
        metrics.refugees += actor.refugees
    metrics.returned = world.returned
    metrics.departed = world.departed
    metrics.unemployment = world.unemployment


def report_aid(metrics: Metrics, state: State) -> None:
    """Relief and development money."""
    world = state.world
    metrics.relief_pledged = world.pledged
    metrics.relief_delivered = world.delivered
    metrics.relief_required = world.required
    metrics.requirement = world.price * world.appeal_factor
    metrics.carry_over = world.carry_over
    metrics.access = world.access
    metrics.development = world.development
    metrics.development_on_budget = world.development_on_budget


def report_assets(metrics: Metrics, state: State) -> None:
    """Frozen pools and where their tranches went."""
    metrics.assets_frozen = 0.0
    metrics.assets_paid = 0.0
    metrics.assets_awarded = 0.0
    for pool in state.pools:
        metrics.assets_frozen += pool.balance
        metrics.assets_paid += pool.paid
        metrics.assets_awarded += pool.awarded
    metrics.interest = state.world.interest
    metrics.stalls = state.world.stalls
    metrics.refreezes = state.world.refreezes
    metrics.reserves = state.world.reserves
    metrics.debt_paid = state.world.debt_paid
    metrics.window_paid = state.world.window_paid


def report_economy(metrics: Metrics, state: State) -> None:
    """Trade, projects, revenue and output."""
    world = state.world
    metrics.trade = world.trade
    metrics.trade_lost = world.trade_lost
    metrics.rerouting = world.rerouting
    metrics.investment = world.investment
    metrics.royalties = world.royalties
    metrics.revenue = world.revenue
    metrics.terminations = world.terminations
    metrics.stress = world.stress
    metrics.gdp = world.gdp


def report_authority(metrics: Metrics, state: State) -> None:
    """Factions, forums and shocks."""
    world = state.world
    metrics.concessions = world.conceded
    metrics.tightenings = world.tightened
    metrics.hard_line = world.hard_line
    metrics.cohesion = world.cohesion
    metrics.momentum = world.momentum
    metrics.forums_held = world.forum_held
    metrics.forums_refused = world.forum_refused
    metrics.pitches = world.pitch
    metrics.drought = world.drought
    metrics.quakes = world.quake
    metrics.attendance = 0.0
    metrics.incidents = 0.0
    for actor in state.actors:
        metrics.attendance += actor.attended
        metrics.incidents += actor.incident


def count_moves(state: State) -> None:
    """Count the month's concessions, tightenings, stalls, re-freezes and terminations.

    Called before the commit, while both levels are at hand.
    """
    world = state.world
    world.conceded = 0
    world.tightened = 0
    world.stalls = 0
    world.refreezes = 0
    world.terminations = 0
    for k in range(world.issues):
        moved = world.next_level[k] - world.level_opened[k]
        world.conceded += max(moved, 0)
        world.tightened += max(-moved, 0)
    for pool in state.pools:
        if pool.next_stage < pool.stage:
            if pool.stage == DISBURSING:
                world.refreezes += 1
            else:
                world.stalls += 1
    for project in state.projects:
        if project.next_stage < project.stage:
            world.terminations += 1


def write_report(report: Report, state: State) -> None:
    """Write the report of the month, after its commit."""
    report_people(report.metrics, state)
    report_aid(report.metrics, state)
    report_assets(report.metrics, state)
    report_economy(report.metrics, state)
    report_authority(report.metrics, state)
    for i in range(len(state.actors)):
        actor = state.actors[i]
        line = report.actors[i]
        line.rung = actor.rung
        line.relief_pledged = actor.pledged
        line.development = actor.development
        line.trade = actor.trade
        line.attended = actor.attended
    for j in range(len(state.pools)):
        pool = state.pools[j]
        report.pools[j].stage = pool.stage
        report.pools[j].balance = pool.balance
        report.pools[j].paid = pool.paid
    for p in range(len(state.projects)):
        report.projects[p].stage = state.projects[p].stage
        report.projects[p].investment = state.projects[p].investment
    for k in range(state.world.issues):
        issue = report.issues[k]
        issue.level = state.world.level[k]
    for c in range(len(state.conditions)):
        report.conditions[c].holds = state.conditions[c].holds
