"""Blocks that a case may be without; their numbers are then neutral, and no file gives them.

Rates are 0 and start values such that nothing comes of them, so no rule asks whether a block is
there. What the authority takes in belongs to no block: rewards are measured by it. A number that
belongs to several blocks is neutral where one of them is left out.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Literal, get_args

from sim.case.bounds import Slot
from sim.case.numbers import Number

Block = Literal["country", "aid", "shocks", "diplomacy", "incidents"]

BLOCKS: tuple[Block, ...] = get_args(Block)

OF_BLOCKS: Mapping[Block, Mapping[str, str]] = {
    "country": {
        "parameters": """
            loading_humanitarian stress_weight cohesion_stress need_elasticity asset_need
            trade_income multiplier_relief multiplier_development multiplier_trade
            multiplier_investment multiplier_tranches trend_growth catch_up gdp_adjustment
            drought_loss output_loss stress_base stress_slope revenue_need_growth
            population_growth departures departure_hunger departure_slope
            output_spread hardship_spread appeal_spread expulsion_rate expulsion_end_rate
            expulsion_factor hardship_income hardship_delivery need_drought need_quake need_returns
            need_rate food_winter food_drought health_rate health_base health_relief
            health_development unemployment_base unemployment_slope
        """,
        "actors": "refugees return_rate",
        "starts": "gdp need hunger hardship population health revenue_need",
    },
    "aid": {
        "parameters": """
            stake_development fatigue fatigue_floor attention_reversion ordinary_reversion
            quake_relief drought_relief severe_drought money_spread giving_spread appeal_spread
            leaving_rate coming_back_rate budget_cut_recovery season_amplitude season_peak
            need_elasticity
            pledge_noise_low pledge_noise_span relief_adjustment access_loss carry_over_months
            requirement_squeeze requirement_least_cut requirement_floor squeeze_on_people
            squeeze_on_count development_adjustment development_without_contact multiplier_relief
            multiplier_development hardship_delivery health_relief health_development
        """,
        "actors": "relief development",
        "starts": "price target_share relief_budget attention carry_over",
    },
    "shocks": {
        "parameters": """
            election_rate election_swing swing_half_life money_spread giving_spread output_spread
            hardship_spread trade_spread appeal_spread interest_spread leaving_rate
            coming_back_rate expulsion_rate expulsion_end_rate expulsion_factor quake_relief
            drought_relief severe_drought budget_cut_recovery drought_loss need_drought need_quake
            food_drought drought_hazard drought_season_start drought_season_end drought_low
            drought_span drought_months quake_hazard
        """,
    },
    "diplomacy": {
        "parameters": """
            loading_momentum momentum_weight forum_hazard civil_society_share refusal_most
            refusal_slope refusal_midpoint refusal_stress momentum_decay momentum_held
            momentum_refused mediation_base mediation_span mediation_rung conference_hazard
            conference_relief pitch_hazard pitch_least_stress pitch_on_assets pitch_on_opportunity
            pitch_months refusal_shock salience_threshold asset_momentum
        """,
        "actors": "mediator",
    },
    "incidents": {
        "parameters": """
            loading_grievance insecurity_discount insecurity_scale cohesion_rally incident_rate
            incident_far incident_ceiling incident_floor incident_curb closure_share
            closure_openness reopening_rate reopening_least grievance_decay grievance_incident
            project_grievance
        """,
    },
}
"""The numbers of each block by kind, in the order of their records."""

_NEUTRAL = {
    "gdp": 100.0,
    "population": 1.0,
    "revenue_need": 1.0,
    "pledge_noise_low": 1.0,
    "closure_openness": 1.0,
    "reopening_rate": 1.0,
}
"""Neutral values other than 0, or than the least value that a number may have."""


def block_of(kind: str, field: str, without: Collection[Block]) -> Block | None:
    """The block left out to which a number belongs, if there is one."""
    owners = (block for block in BLOCKS if block in without and field in _fields(block, kind))
    return next(owners, None)


@cache
def _fields(block: Block, kind: str) -> frozenset[str]:
    return frozenset(OF_BLOCKS[block].get(kind, "").split())


def neutral(field: str, slot: Slot, what: str) -> list[Number]:
    """The number, or the numbers of the list, of a field of which the case is without."""
    value = _NEUTRAL.get(field, max(0.0, slot.bounds.low)) if slot.absent is None else slot.absent
    backing = f"the case is without {what}"
    number = Number(value, slot.bounds.unit, assumption=backing, low=value, high=value)
    return [number] * (1 if slot.length is None else slot.length)
