"""Trade, its rerouting around closed corridors, and extractive projects (model 7.11)."""

from sim.model.arithmetic import power
from sim.model.calendar import MONTHS_A_YEAR
from sim.model.rules.ordinal import clip, move_level
from sim.model.rules.swings import swing_factor
from sim.model.slots import Draws
from sim.model.state import Project, State
from sim.model.vocab import INVESTING, PRODUCING, RECOGNITION, TOP_LEVEL


def update_trade(state: State) -> None:
    """Step 9: trade by actor and of all, US$ m of the month, and what closed corridors cost."""
    world = state.world
    parameters = state.parameters[world.parameters]
    income = power(world.gdp / world.gdp_start, parameters.trade_income)
    swung = swing_factor(world.trade_swing)
    world.trade_wanted = 0.0
    world.trade_lost = 0.0
    passing = 0.0
    for actor in state.actors:
        climbed = parameters.trade_rung * (actor.rung - actor.rung_start) / RECOGNITION
        actor.trade_wanted = (
            actor.trade_capacity
            / MONTHS_A_YEAR
            * (1.0 + climbed)
            * income
            * swung
            * state.policies[actor.policy].trade_factor
        )
        world.trade_wanted += actor.trade_wanted
        world.trade_lost += actor.trade_wanted * (1.0 - actor.openness)
        passing += actor.trade_wanted * actor.openness
    rerouted = world.rerouting * world.trade_lost / passing if passing > 0.0 else 0.0
    world.trade = 0.0
    for actor in state.actors:
        actor.trade = actor.trade_wanted * actor.openness * (1.0 + rerouted)
        world.trade += actor.trade


def update_rerouting(state: State) -> None:
    """Step 9: large losses build capacity to reroute, which otherwise decays."""
    world = state.world
    parameters = state.parameters[world.parameters]
    change = -parameters.rerouting_loss
    if world.trade_lost > parameters.lost_trade_threshold:
        change = parameters.rerouting_gain
    world.next_rerouting = clip(
        world.rerouting + change, parameters.rerouting_least, parameters.rerouting_most
    )


def lift_from_issues(state: State) -> float:
    """What the issues add to the value of every project, in utility."""
    world = state.world
    parameters = state.parameters[world.parameters]
    added = 0.0
    for k in range(world.issues):
        added += parameters.project_lift[k] * world.level[k] / TOP_LEVEL
    return added


def project_value(project: Project, state: State) -> float:
    """Value of a project's next stage to its sponsor, in utility."""
    parameters = state.parameters[state.world.parameters]
    sponsor = state.actors[project.sponsor]
    return (
        project.base_value
        + parameters.project_rung * sponsor.rung / RECOGNITION
        + lift_from_issues(state)
        - parameters.project_grievance * sponsor.grievance
    )


def move_projects(state: State, draws: Draws) -> None:
    """Step 8: each project keeps its stage or moves by one."""
    parameters = state.parameters[state.world.parameters]
    for p in range(len(state.projects)):
        project = state.projects[p]
        value = project_value(project, state)
        project.next_stage = move_level(
            project.stage,
            PRODUCING,
            draws.project[p],
            value,
            value,
            project.up_rate,
            project.down_rate,
            parameters.dead_band,
            parameters.noise,
        )


def update_investment(state: State) -> None:
    """Step 9: investment and royalties, US$ m; investment pauses below stage 3."""
    world = state.world
    parameters = state.parameters[world.parameters]
    world.investment = 0.0
    world.royalties = 0.0
    for project in state.projects:
        project.investment = 0.0
        project.next_months_invested = project.months_invested
        if project.stage >= INVESTING:
            month = min(project.months_invested, len(project.schedule) - 1)
            project.investment = parameters.delivery_ratio * project.schedule[month]
            project.next_months_invested = project.months_invested + 1
        if project.stage == PRODUCING:
            world.royalties += project.royalty
        world.investment += project.investment
