"""Revenue and fiscal stress, output and unemployment (model 7.11)."""

from sim.model.arithmetic import power
from sim.model.calendar import MONTHS_A_YEAR
from sim.model.parameters import Parameters
from sim.model.rules.ordinal import clip
from sim.model.rules.swings import swing_factor
from sim.model.state import State
from sim.model.vocab import TOP_LEVEL

LEAST_GDP = 1e-6
"""Keeps output positive, so that ratios to it stay defined."""


def revenue(trade: float, income: float, royalties: float, parameters: Parameters) -> float:
    """Revenue of the authority, US$ m of the month: customs, domestic revenue and royalties.

    `income` is GDP over GDP at the start.
    """
    domestic = parameters.domestic_rate * parameters.gdp_value / MONTHS_A_YEAR * income
    return parameters.customs_rate * trade + domestic + royalties


def stress(received: float, needed: float, parameters: Parameters) -> float:
    """Fiscal stress in [0, 1] from revenue received and needed, US$ m of the month."""
    missing = 1.0 - received / needed
    return clip(parameters.stress_base + parameters.stress_slope * missing, 0.0, 1.0)


def collect_revenue(state: State) -> None:
    """Step 10: revenue of the month and the stress it leaves."""
    world = state.world
    parameters = state.parameters[world.parameters]
    world.revenue = revenue(world.trade, world.gdp / world.gdp_start, world.royalties, parameters)
    years = (world.month - 1) / MONTHS_A_YEAR
    needed = parameters.revenue_need * power(1.0 + parameters.revenue_need_growth, years)
    world.next_stress = stress(world.revenue, needed, parameters)


def demand(parameters: Parameters, state: State) -> float:
    """Output won by outside money beyond that of the start, in shares of GDP."""
    world = state.world
    added = (
        parameters.multiplier_relief * (world.delivered - world.delivered_start)
        + parameters.multiplier_development * (world.development - world.development_start)
        + parameters.multiplier_trade * (world.trade - world.trade_start)
        + parameters.multiplier_investment * world.investment
        + parameters.multiplier_tranches * world.tranches
    )
    return MONTHS_A_YEAR * added / parameters.gdp_value


def exclusion_loss(parameters: Parameters, state: State) -> float:
    """Output lost by issues below their level at the start, in shares of GDP; a gain below 0."""
    world = state.world
    lost = 0.0
    for k in range(world.issues):
        fallen = (world.level_start[k] - world.level[k]) / TOP_LEVEL
        lost += parameters.output_loss[k] * fallen
    return lost


def update_gdp(state: State) -> None:
    """Step 11: trend and level of GDP, and unemployment."""
    world = state.world
    parameters = state.parameters[world.parameters]
    idle = max(0.0, 1.0 - world.gdp_trend / 100.0)
    growth = parameters.trend_growth + parameters.catch_up * idle
    world.next_gdp_trend = max(world.gdp_trend * (1.0 + growth / MONTHS_A_YEAR), LEAST_GDP)
    target = (
        world.next_gdp_trend
        * (
            1.0
            + demand(parameters, state)
            - parameters.drought_loss * world.drought
            - exclusion_loss(parameters, state)
        )
        * swing_factor(world.output_swing)
    )
    world.next_gdp = max(world.gdp + parameters.gdp_adjustment * (target - world.gdp), LEAST_GDP)
    world.unemployment = unemployment(state)


def income_a_head(state: State) -> float:
    """Income a head over that of the start."""
    world = state.world
    return (world.gdp / world.gdp_start) * (world.population_start / world.population)


def unemployment(state: State) -> float:
    """Share of the labour force out of work, by income a head."""
    parameters = state.parameters[state.world.parameters]
    return clip(
        parameters.unemployment_base - parameters.unemployment_slope * (income_a_head(state) - 1.0),
        0.02,
        0.6,
    )
