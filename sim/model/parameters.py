"""The global parameters: names, units and meanings (model 7.13); values live in the case."""

from sim.model.schema import columns, of
from sim.model.vocab import MOST_ISSUES, RUNGS

UTILITY = "utility"
SHARE = "share"
LOG = "log"
MONTHLY = "1/month"
YEARLY = "1/year"
MONTHS = "months"
MILLION_USD = "US$ m"
MILLION_USD_A_MONTH = "US$ m/month"


class Parameters:
    """One row of global parameters; an intervention switches the row, never a value in it."""

    # the ladder (7.1, 7.3, 7.4)
    dead_band: float = of(UTILITY, "half the dead band of every ordinal step, kappa", low=0)
    noise: float = of(UTILITY, "decision noise of every ordinal step, s", low=1e-6)
    climb_rate: float = of(MONTHLY, "largest chance of climbing a rung in a month", low=0, high=1)
    gate_slack: float = of("score", "how far a gate may be missed before it pushes down", low=0)
    exit_rate: float = of(MONTHLY, "chance of falling a rung whose gate is missed", low=0, high=1)
    derecognition_factor: float = of(
        "factor", "multiplies the chance of falling from recognition", low=0, high=1
    )
    climb_reach: float = of(
        "factor", "on the chance of a rung for each rung leapt over", low=0, high=1, absent=0
    )
    line_spread: float = of(UTILITY, "standard deviation of lines", low=0, absent=0)
    line_turnover: float = of(MONTHLY, "hazard of a new line", low=0, high=1, absent=0)
    line_sharing: float = of(
        SHARE, "of the variance of lines that others' lines bring", low=0, high=1, absent=0
    )
    durability_months: float = of(MONTHS, "time constant of the durability of control", low=1e-6)
    loading_rights: list[float] = of("loading", "of the rights gap, by rung", length=RUNGS)
    loading_security: list[float] = of("loading", "of the security stake, by rung", length=RUNGS)
    loading_resources: list[float] = of("loading", "of the resource stake, by rung", length=RUNGS)
    loading_humanitarian: list[float] = of("loading", "of human need, by rung", length=RUNGS)
    loading_peers: list[float] = of(
        "loading", "of the peers' share, by rung; at rung 7 the strength of a cascade", length=RUNGS
    )
    loading_reciprocity: list[float] = of("loading", "of recent concessions, by rung", length=RUNGS)
    loading_momentum: list[float] = of("loading", "of forum momentum, by rung", length=RUNGS)
    loading_domestic: list[float] = of("loading", "of the cost at home, by rung", length=RUNGS)
    loading_grievance: list[float] = of("loading", "of grievance, by rung", length=RUNGS)
    loading_durability: list[float] = of("loading", "of durable control, by rung", length=RUNGS)
    thresholds: list[float] = of(UTILITY, "what a rung costs, by rung, tau", length=RUNGS)
    insecurity_discount: float = of(
        "factor", "share of opportunity lost at the greatest grievance", low=0, high=1
    )
    insecurity_scale: float = of(
        "factor", "how fast mean grievance becomes the greatest discount", low=0
    )

    # the authority (7.5)
    concession_rate: float = of(MONTHLY, "largest chance of conceding on an issue", low=0, high=1)
    tightening_rate: float = of(MONTHLY, "largest chance of tightening an issue", low=0, high=1)
    settling_factor: float = of("factor", "how much faster a new authority moves, zeta", low=0)
    settling_months: float = of(MONTHS, "time constant of settling", low=1e-6)
    reward_weight: float = of(UTILITY, "weight of credible rewards, alpha_G", low=0)
    stress_weight: float = of(UTILITY, "weight of fiscal stress, alpha_M", low=0)
    momentum_weight: float = of(UTILITY, "weight of forum momentum, alpha_mu", low=0)
    ideology_weight: float = of(UTILITY, "weight of ideology times hard-liners, alpha_I", low=0)
    cohesion_weight: float = of(UTILITY, "weight of ideology times lost cohesion, alpha_C", low=0)
    coercion_weight: float = of(UTILITY, "weight of coercion, alpha_X", low=0)
    ideological_cost: list[float] = of("weight", "ideological cost of an issue", length=MOST_ISSUES)
    issue_intercept: list[float] = of(UTILITY, "intercept of an issue", length=MOST_ISSUES)
    stake_development: float = of("factor", "worth of a unit of development capacity", low=0)
    stake_political: float = of("US$ m/year", "worth of a unit of political weight", low=0)
    memory_decay: float = of("factor/month", "decay of the memory of concessions", low=0, high=1)
    memory_gain: float = of("factor", "gain of the memory of concessions", low=0)
    reward_window: int = of(
        MONTHS, "months in which a concession waits for a reward", low=0, high=6
    )
    window_issue_weight: float = of("weight", "issue weight above which an actor owes", low=0)
    credibility_step: float = of("belief", "belief gained by a reward, lost by its absence", low=0)
    credibility_reversion: float = of(MONTHLY, "return of belief to 1", low=0, high=1)
    offer_talk: float = of(
        "factor", "belief in what is announced against what is done, theta", low=0, absent=0
    )
    offer_nearness: float = of(
        "factor", "what is left of a prize with each step to it", low=0, high=1, absent=0
    )
    offer_doubt: float = of(
        "share", "of belief in a promise lost to resentment at home", low=0, high=1, absent=0
    )
    threat_loss: float = of("factor", "weight of a loss against a gain", low=0, absent=1)
    resistance_weight: float = of(UTILITY, "weight of resistance to threats", low=0, absent=0)
    word_kept: float = of("belief", "belief gained by a word that is kept", low=0, absent=0)
    word_broken: float = of("belief", "belief lost by a word that is broken", low=0, absent=0)
    stake_relief: float = of("factor", "worth of a unit of relief that is offered", low=0, absent=0)
    stake_recognition: float = of(
        "ladders", "worth of recognition beyond that of a rung", low=0, absent=0
    )
    hard_line_rest: float = of(SHARE, "resting share of hard-liners", low=0, high=1)
    hard_line_reversion: float = of(MONTHLY, "return to the resting share", low=0, high=1)
    soft_faction_hazard: float = of(MONTHLY, "hazard of a gain of the pragmatists", low=0, high=1)
    soft_faction_shift: float = of(SHARE, "share the hard-liners lose then", low=0)
    hard_faction_hazard: float = of(MONTHLY, "hazard of a gain of the hard-liners", low=0, high=1)
    hard_faction_shift: float = of(SHARE, "share the hard-liners win then", low=0)
    cohesion_rest: float = of("index", "resting cohesion", low=0, high=1)
    cohesion_reversion: float = of(MONTHLY, "return to the resting cohesion", low=0, high=1)
    cohesion_concession: float = of("index", "cohesion lost by a full concession", low=0)
    cohesion_stress: float = of("index/month", "cohesion lost at full stress", low=0)
    cohesion_rally: float = of("index", "cohesion won by an incident at a corridor", low=0)
    authority_frozen: int = of("flag", "1 while no issue moves", low=0, high=1)

    # forums, conferences, pitches, salience (7.6)
    forum_hazard: float = of(MONTHLY, "hazard of a forum", low=0, high=1)
    civil_society_share: float = of("probability", "civil society is seated", low=0, high=1)
    refusal_most: float = of("probability", "largest chance of refusing a forum", low=0, high=1)
    refusal_slope: float = of("1/share", "steepness of refusal in the hard-line share")
    refusal_midpoint: float = of(SHARE, "hard-line share at which refusal is half of its most")
    refusal_stress: float = of(SHARE, "how far full stress moves the midpoint")
    momentum_decay: float = of("factor/month", "decay of forum momentum", low=0, high=1)
    momentum_held: float = of("momentum", "won by a forum attended", low=0)
    momentum_refused: float = of("momentum", "lost by a forum refused", low=0)
    mediation_base: float = of("factor", "mediation without a mediator in place", low=0)
    mediation_span: float = of("factor", "added by a mediator at the top rung", low=0)
    mediation_rung: int = of("rung", "lowest rung from which a mediator mediates", low=0, high=7)
    mediation_override: float = of("factor", "mediation imposed; negative: none")
    conference_hazard: float = of(
        MONTHLY, "hazard of a conference hosted by the authority", low=0, high=1
    )
    conference_relief: float = of("grievance", "grievance an attending actor sheds", low=0)
    pitch_hazard: float = of(MONTHLY, "hazard of a recovery-plan pitch", low=0, high=1)
    pitch_least_stress: float = of("index", "stress below which nothing is pitched", low=0)
    pitch_on_assets: float = of(UTILITY, "lift of asset talks by a fresh pitch", low=0)
    pitch_on_opportunity: float = of("factor", "lift of opportunity by a fresh pitch", low=0)
    pitch_months: int = of(MONTHS, "how long a pitch works", low=0, high=60)
    salience_reversion: float = of(
        MONTHLY, "return of domestic salience to its base", low=0, high=1
    )
    refusal_shock: float = of("salience", "domestic salience added by a refusal", low=0)
    salience_threshold: float = of("salience", "base above which a refusal is felt", low=0)
    election_rate: float = of(MONTHLY, "hazard of an election", low=0, high=1)
    election_swing: float = of("salience", "largest swing of an election", low=0)

    # incidents and corridors (7.7)
    incident_rate: float = of(MONTHLY, "incidents at full stake on a corridor", low=0, high=1)
    incident_far: float = of("factor", "for an actor without a corridor", low=0, high=1)
    incident_ceiling: float = of("factor", "multiplier where militants are unchecked", low=0)
    incident_floor: float = of("factor", "multiplier where militants are fully checked", low=0)
    incident_curb: list[float] = of(
        "factor",
        "by how much an issue at its top level lowers incidents",
        length=MOST_ISSUES,
        low=0,
        absent=0,
    )
    closure_share: float = of("probability", "an incident closes the corridor", low=0, high=1)
    closure_openness: float = of(SHARE, "openness of a closed corridor", low=0, high=1)
    reopening_rate: float = of(MONTHLY, "share of the gap that reopens in a month", low=0, high=1)
    reopening_least: float = of("share/month", "least reopening in a month", low=0, high=1)
    grievance_decay: float = of("factor/month", "decay of grievance", low=0, high=1)
    grievance_incident: float = of("grievance", "added by an incident", low=0)

    # swings and switches (7.1a)
    swing_half_life: float = of(MONTHS, "in which half of a swing is gone, T_s", low=1e-6)
    money_spread: float = of(LOG, "of the swing of all budgets, sigma_M", low=0)
    giving_spread: float = of(LOG, "of the swing of an actor's own budget, sigma_G", low=0)
    output_spread: float = of(LOG, "of the swing of output, sigma_Y", low=0)
    hardship_spread: float = of(LOG, "of the swing of hardship, sigma_X", low=0)
    trade_spread: float = of(LOG, "of the swing of trade, sigma_T", low=0)
    appeal_spread: float = of(LOG, "of the swing of the appeal, sigma_C", low=0)
    interest_spread: float = of(LOG, "of the swing of a pool's interest, sigma_R", low=0)
    leaving_rate: float = of(MONTHLY, "hazard that an actor stops giving", low=0, high=1)
    coming_back_rate: float = of(MONTHLY, "hazard that it gives again", low=0, high=1)
    expulsion_rate: float = of(MONTHLY, "hazard that a host begins to expel", low=0, high=1)
    expulsion_end_rate: float = of(MONTHLY, "hazard that it stops", low=0, high=1)
    expulsion_factor: float = of("factor", "multiplies returns while a host expels", low=0)

    # relief (7.8)
    fatigue: float = of(MONTHLY, "slow fatigue of donors, delta_f", low=0, high=1)
    fatigue_floor: float = of(SHARE, "floor of the slow budget state", low=0, high=1)
    attention_reversion: float = of(
        MONTHLY, "budget reversion in the attention window", low=0, high=1
    )
    ordinary_reversion: float = of(MONTHLY, "budget reversion after the window", low=0, high=1)
    quake_relief: float = of("factor", "surge of relief budgets after an earthquake", low=0)
    drought_relief: float = of("factor/month", "rise of relief budgets in a severe drought", low=0)
    severe_drought: float = of("severity", "severity above which relief budgets respond", low=0)
    budget_cut_recovery: float = of(MONTHLY, "return of a cut budget", low=0, high=1)
    season_amplitude: float = of("factor", "seasonal swing of pledges", low=0, high=1)
    season_peak: int = of("calendar month", "month of the seasonal peak of pledges", low=1, high=12)
    need_elasticity: float = of("elasticity", "of pledges to need", low=0)
    pledge_noise_low: float = of("factor", "lowest noise of a pledge", low=0)
    pledge_noise_span: float = of("factor", "range of the noise of a pledge", low=0)
    relief_adjustment: float = of(MONTHLY, "adjustment of relief to the conditions", low=0, high=1)
    access_loss: list[float] = of(
        SHARE,
        "delivery lost at level 0 of an issue",
        length=MOST_ISSUES,
        low=0,
        high=1,
        absent=0,
    )
    carry_over_months: float = of(MONTHS, "months over which carried-over money is spent", low=1)
    target_share: float = of(SHARE, "share of people in need whom the appeal covers", low=0, high=1)
    requirement_squeeze: float = of("factor", "how far a coverage gap lowers the price", low=0)
    requirement_least_cut: float = of("factor", "lowest factor of one reset", low=0, high=1)
    requirement_floor: float = of("US$/person/year", "floor of the requirement", low=0)
    squeeze_on_people: float = of(
        SHARE, "of a squeeze that cuts who is targeted, not the price, varpi", low=0, high=1
    )
    squeeze_on_count: float = of(
        "elasticity", "of the appeal's own count of people in need to that, kappa", low=0
    )

    # development (7.9)
    development_adjustment: float = of(
        MONTHLY, "adjustment of development to conditions", low=0, high=1
    )
    development_without_contact: float = of("factor", "development money at rung 0", low=0, high=1)

    # pools (7.10)
    asset_intercept: float = of(UTILITY, "of the least willing custodian")
    asset_conditions: float = of(UTILITY, "weight of the custodian's score")
    asset_rung: float = of("utility/rung", "weight of the custodian's rung")
    asset_rung_reference: float = of("rung", "rung at which that weight is nil")
    asset_momentum: float = of(UTILITY, "weight of mediated momentum")
    asset_domestic: float = of(UTILITY, "weight of the cost at home")
    asset_need: float = of(UTILITY, "weight of human need")
    asset_lock: float = of(UTILITY, "weight of a litigation lock")
    asset_stage: float = of("utility/stage", "cost of each stage reached")
    asset_retention: float = of(UTILITY, "value of keeping a stage over reaching it")
    asset_up_rate: float = of(MONTHLY, "largest chance of the next stage", low=0, high=1)
    asset_down_rate: float = of(MONTHLY, "largest chance of a stall or re-freeze", low=0, high=1)
    share_to_reserves: float = of(SHARE, "of a tranche to reserves", low=0, high=1)
    share_to_debt: float = of(SHARE, "of a tranche to debt and imports", low=0, high=1)
    share_to_relief: float = of(SHARE, "of a tranche to the humanitarian window", low=0, high=1)

    # trade and projects (7.11)
    trade_rung: float = of("factor", "trade gained by climbing the whole ladder")
    trade_income: float = of("elasticity", "of trade to income")
    rerouting_least: float = of(SHARE, "least share of lost trade that reroutes", low=0, high=1)
    rerouting_most: float = of(SHARE, "largest share of lost trade that reroutes", low=0, high=1)
    rerouting_gain: float = of("share/month", "learned in a month of large losses", low=0)
    rerouting_loss: float = of("share/month", "forgotten in any other month", low=0)
    lost_trade_threshold: float = of(MILLION_USD_A_MONTH, "what counts as large losses", low=0)
    project_rung: float = of(UTILITY, "weight of the sponsor's rung")
    project_lift: list[float] = of(
        UTILITY,
        "value of projects added by an issue at its top level",
        length=MOST_ISSUES,
        absent=0,
    )
    project_grievance: float = of(UTILITY, "weight of the sponsor's grievance")
    delivery_ratio: float = of(SHARE, "of contracted investment that is made", low=0, high=1)

    # the economy (7.11)
    gdp_value: float = of("US$ m/year", "gross domestic product at the start", low=1e-6)
    multiplier_relief: float = of("factor", "GDP per dollar of relief", low=0)
    multiplier_development: float = of("factor", "GDP per dollar of development money", low=0)
    multiplier_trade: float = of("factor", "GDP per dollar of trade", low=0)
    multiplier_investment: float = of("factor", "GDP per dollar of investment", low=0)
    multiplier_tranches: float = of("factor", "GDP per dollar of tranches", low=0)
    trend_growth: float = of(YEARLY, "trend growth of GDP")
    catch_up: float = of(YEARLY, "catch-up of idle capacity", low=0)
    gdp_adjustment: float = of(MONTHLY, "adjustment of GDP to its target", low=0, high=1)
    drought_loss: float = of("share of GDP", "lost in the worst drought", low=0, high=1)
    output_loss: list[float] = of(
        "share of GDP",
        "lost where an issue falls from its top level to 0",
        length=MOST_ISSUES,
        low=0,
        high=1,
        absent=0,
    )
    customs_rate: float = of("share of trade", "customs revenue", low=0, high=1)
    domestic_rate: float = of("share of GDP", "domestic revenue", low=0, high=1)
    stress_base: float = of("index", "stress where revenue meets need", low=0, high=1)
    stress_slope: float = of("factor", "stress per share of missing revenue", low=0)
    revenue_need: float = of(
        MILLION_USD_A_MONTH, "revenue the authority needs at the start", low=1e-6
    )
    revenue_need_growth: float = of(YEARLY, "growth of that need", low=-0.5)

    # people (7.11)
    population_growth: float = of(YEARLY, "natural growth")
    departures: float = of("m/month", "people who leave, at ordinary hunger", low=0)
    departure_hunger: float = of(SHARE, "food-insecure share above which more leave", low=0)
    departure_slope: float = of("factor", "how many more leave per share of hungry", low=0)
    hardship_income: float = of("elasticity", "of hardship to income a head, e_Y", low=0)
    hardship_delivery: float = of("elasticity", "of hardship to relief delivered, e_H", low=0)
    need_drought: float = of("share", "need added by the worst drought", low=0)
    need_quake: float = of("share", "need added by an earthquake", low=0)
    need_returns: float = of("factor", "share of excess returnees in need", low=0)
    need_rate: float = of(MONTHLY, "adjustment of need", low=0, high=1)
    food_winter: float = of("factor", "winter swing of hunger", low=0, high=1)
    food_drought: float = of("share", "hunger added by the worst drought", low=0)
    health_rate: float = of(MONTHLY, "adjustment of health", low=0, high=1)
    health_base: float = of("index", "health without outside money", low=0, high=1)
    health_relief: float = of("index", "health added by a fully delivered appeal", low=0)
    health_development: float = of("index", "health added by the initial development money", low=0)
    unemployment_base: float = of(SHARE, "unemployment at the start", low=0, high=1)
    unemployment_slope: float = of("factor", "unemployment per unit of income a head lost", low=0)

    # shocks (7.11)
    drought_hazard: float = of(MONTHLY, "hazard of a drought in the season", low=0, high=1)
    drought_season_start: int = of("calendar month", "first month of the season", low=1, high=12)
    drought_season_end: int = of("calendar month", "last month of the season", low=1, high=12)
    drought_low: float = of("severity", "mildest drought", low=0, high=1)
    drought_span: float = of("severity", "range of severity", low=0, high=1)
    drought_months: int = of(MONTHS, "length of a drought", low=0, high=60)
    quake_hazard: float = of(MONTHLY, "hazard of an earthquake", low=0, high=1)


SWITCHES = ("authority_frozen", "mediation_override")
"""Parameters that only an intervention sets; the case gives none for them."""

EFFECTS = ("access_loss", "output_loss", "incident_curb", "project_lift")
"""Lists by issue: what an issue does beyond the scores."""

BY_START = ("target_share", "revenue_need")
"""Parameters that every start of a case gives for itself."""

COMMON = tuple(name for name in columns(Parameters) if name not in (*SWITCHES, *BY_START))
"""Parameters that the case gives once, for all its starts."""
