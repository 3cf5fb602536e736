"""The end of a month: what the steps wrote becomes the state (model 3)."""

from sim.model.interventions import Deal
from sim.model.state import Actor, Pool, Project, State, World


def commit_world(world: World) -> None:
    """Take over what the month wrote for the authority, the aid system and the country."""
    world.hard_line = world.next_hard_line
    world.cohesion = world.next_cohesion
    world.momentum = world.next_momentum
    world.stress = world.next_stress
    world.tenure = world.next_tenure
    world.pitch_left = world.next_pitch_left
    world.pitch_strength = world.next_pitch_strength
    world.pitches = world.next_pitches
    world.slow_budget = world.next_slow_budget
    world.attention = world.next_attention
    world.carry_over = world.next_carry_over
    world.appeal_pledged = world.next_appeal_pledged
    world.appeal_required = world.next_appeal_required
    world.gdp = world.next_gdp
    world.gdp_trend = world.next_gdp_trend
    world.population = world.next_population
    world.need = world.next_need
    world.health = world.next_health
    world.rerouting = world.next_rerouting
    world.reserves = world.next_reserves
    world.debt_paid = world.next_debt_paid
    world.window_paid = world.next_window_paid
    world.drought = world.next_drought
    world.drought_left = world.next_drought_left
    for k in range(world.issues):
        world.level[k] = world.next_level[k]
        world.concessions[k] = world.next_concessions[k]


def commit_actor(actor: Actor) -> None:
    """Take over what the month wrote for one actor."""
    actor.rung = actor.next_rung
    actor.domestic_salience = actor.next_domestic_salience
    actor.grievance = actor.next_grievance
    actor.relief_share = actor.next_relief_share
    actor.development_share = actor.next_development_share
    actor.relief_budget = actor.next_relief_budget
    actor.budget_cut = actor.next_budget_cut
    actor.belief = actor.next_belief
    actor.window = actor.next_window
    actor.openness = actor.next_openness
    actor.refugees = actor.next_refugees


def commit_pool(pool: Pool) -> None:
    """Take over what the month wrote for one pool."""
    pool.balance = pool.next_balance
    pool.stage = pool.next_stage
    pool.paid = pool.next_paid
    pool.earned = pool.next_earned
    pool.returned = pool.next_returned


def commit_deal(deal: Deal) -> None:
    """Take over what the month wrote for one deal."""
    deal.agreed = deal.next_agreed
    deal.instalments = deal.next_instalments
    deal.paid = deal.next_paid
    deal.recoverable = deal.next_recoverable


def commit_project(project: Project) -> None:
    """Take over what the month wrote for one project."""
    project.stage = project.next_stage
    project.months_invested = project.next_months_invested


def commit(state: State) -> None:
    """Take over what the month wrote, everywhere."""
    commit_world(state.world)
    for actor in state.actors:
        commit_actor(actor)
    for pool in state.pools:
        commit_pool(pool)
    for deal in state.deals:
        commit_deal(deal)
    for project in state.projects:
        commit_project(project)
