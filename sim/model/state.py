"""The state: its records with their fields, units and meanings (model 2).

Numpy dtypes, the Mesa agents' fields and the codebook all derive from these classes. A state that
steps 3 to 12 of the schedule write has a twin `next_…`, which `close_month` commits, so that no
step sees what another step of the same month wrote.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sim.model.interventions import Clause, Condition, Deal, Event, Part
from sim.model.parameters import MILLION_USD, MILLION_USD_A_MONTH, MONTHS, SHARE, Parameters
from sim.model.policy import Policy
from sim.model.schema import ROW, of
from sim.model.vocab import HOLDABLE, MOST_ISSUES, RECOGNITION, RUNGS, TOP_LEVEL

SCHEDULE_MONTHS = 540
"""Length of a project's schedule of investment: the longest horizon and the months before it."""


class Actor:
    """An outside state, bloc or institution."""

    index: int = of(ROW, "of the actor, in sorted order")
    uid: int = of("number", "first four bytes of the hash of the entity")
    salience: float = of("weight", "political weight", low=0, given="salience")
    corridor: int = of("flag", "1 with a trade crossing", low=0, high=1, given="corridor")
    electorate: int = of(
        "flag", "1 where elections move salience", low=0, high=1, given="electorate"
    )
    institution: int = of("flag", "1 for an institution")
    sovereign: int = of("flag", "1 for a state")
    cap: int = of(
        "rung",
        "highest rung the actor can hold",
        low=0,
        high=RECOGNITION,
        given="cap",
        absent=RECOGNITION,
    )
    reservation_offset: float = of(
        "utility", "its own addition to the reservation", given="reservation_offset"
    )
    anchor: float = of("utility", "alpha: intercept solved from the starting rung (5)")
    line: float = of("quantile", "of its government among those it might have; 0 is coolest")
    disposition: float = of("utility", "z: what that line is worth")
    relief_capacity: float = of(
        "US$ m/year", "Hmax: relief at full conditions", low=0, given="relief"
    )
    development_capacity: float = of(
        "US$ m/year", "Dmax: development money at full conditions", low=0, given="development"
    )
    trade_capacity: float = of("US$ m/year", "trade at the start", low=0, given="trade")
    custody: float = of("US$ m/year", "custodied money it could release", low=0, given="custody")
    rung_start: int = of("rung", "at the start")
    refugees_start: float = of("m people", "hosted at the start", low=0, given="refugees")

    policy: int = of(ROW, "of the policy it follows this month")
    policy_scored: int = of(ROW, "of the policy by which its score was computed last")
    rung: int = of("rung", "on the ladder", low=0, high=RECOGNITION)
    next_rung: int = of("rung", "at the end of the month")
    salience_base: float = of(
        "index", "dom0: base domestic salience", low=0, high=1, given="domestic_salience"
    )
    domestic_salience: float = of("index", "dom: domestic salience", given="domestic_salience")
    next_domestic_salience: float = of("index", "at the end of the month")
    grievance: float = of("index", "g: from incidents")
    next_grievance: float = of("index", "at the end of the month")
    relief_share: float = of(SHARE, "f^h: conditionality factor on relief")
    next_relief_share: float = of(SHARE, "at the end of the month")
    development_share: float = of(SHARE, "f^d: conditionality factor on development money")
    next_development_share: float = of(SHARE, "at the end of the month")
    relief_budget: float = of("factor", "phi: relief budget state, 1 is normal", low=0)
    next_relief_budget: float = of("factor", "at the end of the month")
    giving_swing: float = of("log", "s_G: of its budget", low=-3, high=3)
    away: int = of("flag", "1 while it gives no money", low=0, high=1)
    expelling: int = of("flag", "1 while it expels refugees", low=0, high=1)
    money: float = of("factor", "of its budgets this month")
    budget_cut: float = of("factor", "share of the budget left after cuts")
    next_budget_cut: float = of("factor", "at the end of the month")
    belief: float = of("factor", "cred: the authority's belief in its rewards")
    next_belief: float = of("factor", "at the end of the month")
    window: int = of(MONTHS, "left in which a reward is owed")
    next_window: int = of(MONTHS, "at the end of the month")
    openness: float = of(SHARE, "of the corridor")
    next_openness: float = of(SHARE, "at the end of the month")
    refugees: float = of("m people", "hosted", low=0, given="refugees")
    next_refugees: float = of("m people", "at the end of the month")

    rung_opened: int = of("rung", "when the month opened, before any intervention")
    rung_forced: int = of("month", "in which what sets the rung began; 0 where nothing does")
    corridor_held: int = of("flag", "1 while an intervention holds the corridor closed")
    atrocity: float = of("index", "domestic salience added by an atrocity this month")
    word: int = of("flag", "1 where its word was kept this month, -1 where it was broken, else 0")
    incident: int = of("flag", "1 where an incident happened this month")
    attended: int = of("flag", "1 where the actor attended the authority's conference")
    score: float = of("score", "C: conditionality score this month")
    pledged: float = of(MILLION_USD_A_MONTH, "H: relief pledged this month")
    development: float = of(MILLION_USD_A_MONTH, "D: development money this month")
    trade_wanted: float = of(MILLION_USD_A_MONTH, "b: trade with all corridors open")
    trade: float = of(MILLION_USD_A_MONTH, "T: trade this month")
    departed: float = of("m people", "who arrived as refugees this month")
    returned: float = of("m people", "refugees who went home this month")


class Terms:
    """The numbers of a pool that interventions may change from a month on (model 9).

    Rows are immutable; the month copies its rows to the pools.
    """

    interest_rate: float = of("1/year", "on the balance at rest", low=0, high=1)
    tranche: float = of(MILLION_USD_A_MONTH, "paid in a month of disbursing", low=0)
    lock: float = of(
        "flag", "1 while litigation locks the pool", low=0, high=1, sways="the pools are released"
    )


class Pool:
    """A frozen pool of assets and its stage on the way to release (model 7.8)."""

    uid: int = of("number", "first four bytes of the hash of the entity")
    interest_rate: float = Terms.interest_rate
    interest_swing: float = of("log", "s_R: of its interest", low=-3, high=3)
    tranche: float = Terms.tranche
    lock: float = Terms.lock
    settled: int = of("flag", "1 once its litigation has ended, for good")
    suspended: int = of("flag", "1 where an intervention suspends it this month")
    balance: float = of(MILLION_USD, "held", low=0)
    next_balance: float = of(MILLION_USD, "at the end of the month")
    stage: int = of("stage", "0 blocked to 4 disbursing", low=0, high=TOP_LEVEL)
    next_stage: int = of("stage", "at the end of the month")
    paid: float = of(MILLION_USD, "paid since the start")
    next_paid: float = of(MILLION_USD, "at the end of the month")
    awarded: float = of(MILLION_USD, "lost to claimants since the start")
    moved: float = of(MILLION_USD, "moved in less moved out since the start")
    earned: float = of(MILLION_USD, "interest since the start")
    next_earned: float = of(MILLION_USD, "at the end of the month")
    returned: float = of(MILLION_USD, "taken back by deals since the start")
    next_returned: float = of(MILLION_USD, "at the end of the month")
    instalments: float = of(MILLION_USD_A_MONTH, "paid by deals this month")
    taken_back: float = of(MILLION_USD_A_MONTH, "by deals this month")
    payment: float = of(MILLION_USD_A_MONTH, "paid this month, tranche and instalments")


class Project:
    """An extractive project (model 7.11)."""

    uid: int = of("number", "first four bytes of the hash of the entity")
    sponsor: int = of(ROW, "of the actor that sponsors it")
    base_value: float = of("utility", "v0: value without ties")
    up_rate: float = of("1/month", "largest chance of the next stage", low=0, high=1)
    down_rate: float = of("1/month", "largest chance of falling a stage", low=0, high=1)
    schedule: list[float] = of(
        MILLION_USD_A_MONTH,
        "contracted, by month spent investing",
        length=SCHEDULE_MONTHS,
        low=0,
    )
    royalty: float = of(MILLION_USD_A_MONTH, "paid while producing", low=0)
    stage: int = of("stage", "0 none to 4 producing", low=0, high=TOP_LEVEL)
    next_stage: int = of("stage", "at the end of the month")
    months_invested: int = of(MONTHS, "spent at stage 3 or higher", low=0, high=SCHEDULE_MONTHS)
    next_months_invested: int = of(MONTHS, "at the end of the month")
    investment: float = of(MILLION_USD_A_MONTH, "made this month")


class World:
    """The authority, the aid system, the country and the environment."""

    uid: int = of("number", "first four bytes of the hash of the entity")
    start_calendar: int = of("calendar month", "of the first simulated month")
    month: int = of("month", "simulated; 0 is the start")
    calendar: int = of("calendar month", "of this month")
    parameters: int = of(ROW, "of the parameters of this month")
    pattern: int = of("pattern", "sum of the switches of all conditions that hold this month")
    held: list[int] = of("month", "in which what holds the quantity began", length=HOLDABLE)

    rung_above: list[int] = of("rung", "next one of the ladder above each rung", length=RUNGS)
    rung_below: list[int] = of("rung", "next one of the ladder below each rung", length=RUNGS)
    issues: int = of("count", "K: issues of the case; what lists by issue hold beyond is 0")
    level: list[int] = of(
        "level", "x: of each issue, 0 to 4", length=MOST_ISSUES, low=0, high=TOP_LEVEL
    )
    next_level: list[int] = of("level", "at the end of the month", length=MOST_ISSUES)
    concessions: list[float] = of("level/month", "memory of moves on an issue", length=MOST_ISSUES)
    next_concessions: list[float] = of("level/month", "at the end of the month", length=MOST_ISSUES)
    level_scored: list[int] = of("level", "when scores were computed last", length=MOST_ISSUES)
    level_opened: list[int] = of(
        "level", "before any intervention of the month", length=MOST_ISSUES
    )
    level_forced: list[int] = of("month", "in which what sets the level began", length=MOST_ISSUES)
    level_start: list[int] = of("level", "at the start", length=MOST_ISSUES)
    issue_uid: list[int] = of("number", "hash of each issue", length=MOST_ISSUES)

    hard_line: float = of(SHARE, "eta: of hard-liners in the authority", low=0, high=1)
    next_hard_line: float = of(SHARE, "at the end of the month")
    cohesion: float = of("index", "of the authority", low=0, high=1)
    next_cohesion: float = of("index", "at the end of the month")
    momentum: float = of("index", "mu: of forums, -1 to 1", low=-1, high=1)
    next_momentum: float = of("index", "at the end of the month")
    stress: float = of("index", "m: fiscal stress", low=0, high=1)
    next_stress: float = of("index", "at the end of the month")
    tenure: float = of(MONTHS, "of the authority", low=0)
    next_tenure: float = of(MONTHS, "at the end of the month")
    pitch_left: int = of(MONTHS, "for which the last pitch still works")
    next_pitch_left: int = of(MONTHS, "at the end of the month")
    pitch_strength: float = of("factor", "of the last pitch")
    next_pitch_strength: float = of("factor", "at the end of the month")
    pitches: int = of("count", "since the last easing")
    next_pitches: int = of("count", "at the end of the month")

    money_swing: float = of("log", "s_M: of the budgets of all donors", low=-3, high=3)
    output_swing: float = of("log", "s_Y: of output", low=-3, high=3)
    hardship_swing: float = of("log", "s_X: of hardship", low=-3, high=3)
    trade_swing: float = of("log", "s_T: of trade", low=-3, high=3)
    appeal_swing: float = of("log", "s_C: of what an appeal asks and counts", low=-3, high=3)

    slow_budget: float = of("factor", "Psi: slow state of donors' budgets")
    next_slow_budget: float = of("factor", "at the end of the month")
    attention: int = of(MONTHS, "left of the attention window", low=0)
    next_attention: int = of(MONTHS, "at the end of the month")
    price: float = of("US$/person/year", "c: requirement for one targeted person", low=0)
    reach: float = of("factor", "of the targeted share, as squeezes left it")
    carry_over: float = of(MILLION_USD, "K: relief money not yet spent", low=0)
    next_carry_over: float = of(MILLION_USD, "at the end of the month")
    appeal_pledged: float = of(MILLION_USD, "since the last reset of the appeal")
    next_appeal_pledged: float = of(MILLION_USD, "at the end of the month")
    appeal_required: float = of(MILLION_USD, "since the last reset of the appeal")
    next_appeal_required: float = of(MILLION_USD, "at the end of the month")

    gdp: float = of("index", "Y: 2020 is 100", low=1e-6)
    next_gdp: float = of("index", "at the end of the month")
    gdp_trend: float = of("index", "Yb: trend of GDP")
    next_gdp_trend: float = of("index", "at the end of the month")
    population: float = of("m people", "in the country", low=1e-6)
    next_population: float = of("m people", "at the end of the month")
    need: float = of(SHARE, "n: of people in need", low=0.15, high=0.95)
    next_need: float = of(SHARE, "at the end of the month")
    health: float = of("index", "h: of basic health services", low=0, high=1)
    next_health: float = of("index", "at the end of the month")
    rerouting: float = of(SHARE, "psi: of lost trade that reroutes")
    next_rerouting: float = of(SHARE, "at the end of the month")
    reserves: float = of(MILLION_USD, "tranche money to reserves since the start")
    next_reserves: float = of(MILLION_USD, "at the end of the month")
    debt_paid: float = of(MILLION_USD, "tranche money to debt and imports since the start")
    next_debt_paid: float = of(MILLION_USD, "at the end of the month")
    window_paid: float = of(MILLION_USD, "tranche money to the humanitarian window since the start")
    next_window_paid: float = of(MILLION_USD, "at the end of the month")
    drought: float = of("severity", "dr: of the drought")
    next_drought: float = of("severity", "at the end of the month")
    drought_left: int = of(MONTHS, "of drought")
    next_drought_left: int = of(MONTHS, "at the end of the month")

    salience_total: float = of("weight", "sum of the actors' political weights")
    gdp_start: float = of("index", "at the start")
    need_start: float = of(SHARE, "at the start")
    need_rest: float = of(SHARE, "of people in need, without hardship")
    hunger_start: float = of(
        SHARE, "food_0: at IPC 3 or worse at the start, less the season", low=0, high=1
    )
    hunger_rest: float = of(SHARE, "at IPC 3 or worse, without hardship or season")
    population_start: float = of("m people", "at the start")
    trade_start: float = of(MILLION_USD_A_MONTH, "with all corridors open at the start")
    delivered_start: float = of(MILLION_USD_A_MONTH, "relief delivered at the start")
    development_start: float = of(MILLION_USD_A_MONTH, "development money at the start")
    revenue_start: float = of("US$ m/year", "of the authority at the start")
    returns_start: float = of("m people/month", "refugees who return at the start")
    refugees_start: float = of("m people", "hosted by all at the start")

    quake: int = of("flag", "1 in the month of an earthquake")
    forum_scheduled: int = of("month", "in which what schedules a forum began; 0 for nothing")
    civil_society: int = of("flag", "seated as scheduled: 1 yes, 0 no, -1 by chance")
    pitch_scheduled: int = of("flag", "1 where an intervention makes a pitch")
    forum_held: int = of("flag", "1 where a forum was held")
    forum_refused: int = of("flag", "1 where the authority refused it")
    conference: int = of("flag", "1 where the authority hosted a conference")
    pitch: int = of("flag", "1 where a recovery plan was pitched")
    mediation: float = of("factor", "med: strength of mediation this month")
    opportunity: float = of("factor", "opp: worth of resources and trade this month")
    durability: float = of("factor", "durability of control this month")

    pledged: float = of(MILLION_USD_A_MONTH, "relief pledged by all")
    access: float = of(SHARE, "acc: of relief that reaches people")
    delivered: float = of(MILLION_USD_A_MONTH, "relief delivered")
    required: float = of(MILLION_USD_A_MONTH, "requirement of the appeal")
    development: float = of(MILLION_USD_A_MONTH, "development money of all")
    development_on_budget: float = of(MILLION_USD_A_MONTH, "of it on the authority's budget")
    tranches: float = of(MILLION_USD_A_MONTH, "paid from all pools")
    taken_back: float = of(MILLION_USD_A_MONTH, "from the reserves, by deals")
    interest: float = of(MILLION_USD_A_MONTH, "earned by all pools")
    humanitarian_window: float = of(MILLION_USD_A_MONTH, "of the tranches")
    trade_wanted: float = of(MILLION_USD_A_MONTH, "with all corridors open")
    trade_lost: float = of(MILLION_USD_A_MONTH, "to closed corridors before rerouting")
    trade: float = of(MILLION_USD_A_MONTH, "of all actors")
    investment: float = of(MILLION_USD_A_MONTH, "in projects")
    royalties: float = of(MILLION_USD_A_MONTH, "of projects")
    revenue: float = of(MILLION_USD_A_MONTH, "of the authority")
    appeal_factor: float = of("factor", "of what an appeal asks and counts this month")
    hardship: float = of("log", "x: of the country")
    hardship_factor: float = of("factor", "of need and hunger, from hardship")
    food_insecure: float = of(SHARE, "at IPC 3 or worse", low=0, high=1)
    unemployment: float = of(SHARE, "of the labour force")
    conceded: int = of("count", "levels won on all issues")
    tightened: int = of("count", "levels lost on all issues")
    stalls: int = of("count", "pools that fell back from talks")
    refreezes: int = of("count", "pools that stopped disbursing")
    terminations: int = of("count", "projects that fell a stage")
    returned: float = of("m people/month", "refugees who went home")
    departed: float = of("m people/month", "people who left")


class State(NamedTuple):
    """Everything a rule may read, and the records it may write.

    `ties[i][j]` is the weight of actor j for actor i; `vetoes[j][i]` is 1 where actor i can veto
    pool j; `policy_of[p][t - 1][i]`, `terms_of[p][t - 1][j]` and `parameters_of[p][t - 1]` are the
    rows of month t when the conditions that hold make the pattern p.
    """

    world: World
    actors: Sequence[Actor]
    pools: Sequence[Pool]
    projects: Sequence[Project]
    conditions: Sequence[Condition]
    deals: Sequence[Deal]
    parameters: Sequence[Parameters]
    policies: Sequence[Policy]
    terms: Sequence[Terms]
    ties: Sequence[Sequence[float]]
    vetoes: Sequence[Sequence[int]]
    clauses: Sequence[Clause]
    events: Sequence[Event]
    parts: Sequence[Part]
    policy_of: Sequence[Sequence[Sequence[int]]]
    terms_of: Sequence[Sequence[Sequence[int]]]
    parameters_of: Sequence[Sequence[int]]
