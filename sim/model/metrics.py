"""What is reported of a month, for the world and by actor, pool, project and issue (model 11)."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.model.parameters import MILLION_USD, SHARE
from sim.model.schema import of


class Metrics:
    """What is reported of a month for the whole world (model 11). Month 0 reports no flows."""

    people_in_need: float = of("m people", "people in need")
    people_counted: float = of("m people", "people in need as the appeal counts them")
    people_targeted: float = of("m people", "people whom the appeal targets")
    need_share: float = of(SHARE, "of the population in need")
    food_insecure: float = of("m people", "at IPC 3 or worse")
    food_share: float = of(SHARE, "of the population at IPC 3 or worse")
    health: float = of("index", "basic health services, 0 to 1")
    population: float = of("m people", "in the country")
    refugees: float = of("m people", "hosted by all actors")
    returned: float = of("m people", "refugees who went home", flow=True)
    departed: float = of("m people", "people who left", flow=True)
    unemployment: float = of(SHARE, "of the labour force")
    relief_pledged: float = of(MILLION_USD, "relief pledged", flow=True)
    relief_delivered: float = of(MILLION_USD, "relief delivered", flow=True)
    relief_required: float = of(MILLION_USD, "requirement of the appeal", flow=True)
    requirement: float = of("US$/person/year", "requirement for one targeted person")
    carry_over: float = of(MILLION_USD, "relief money not yet spent")
    access: float = of(SHARE, "of relief that reaches people")
    development: float = of(MILLION_USD, "development money", flow=True)
    development_on_budget: float = of(MILLION_USD, "of it on the authority's budget", flow=True)
    assets_frozen: float = of(MILLION_USD, "balance of all pools")
    assets_paid: float = of(MILLION_USD, "paid from all pools since the start")
    assets_awarded: float = of(MILLION_USD, "lost to claimants since the start")
    interest: float = of(MILLION_USD, "earned by all pools", flow=True)
    stalls: float = of("count", "pools that fell back from talks", flow=True)
    refreezes: float = of("count", "pools that stopped disbursing", flow=True)
    reserves: float = of(MILLION_USD, "tranche money to reserves since the start")
    debt_paid: float = of(MILLION_USD, "tranche money to debt and imports since the start")
    window_paid: float = of(MILLION_USD, "tranche money to relief since the start")
    trade: float = of(MILLION_USD, "trade", flow=True)
    trade_lost: float = of(MILLION_USD, "lost to closed corridors before rerouting", flow=True)
    rerouting: float = of(SHARE, "of lost trade that reroutes")
    investment: float = of(MILLION_USD, "in extractive projects", flow=True)
    royalties: float = of(MILLION_USD, "of extractive projects", flow=True)
    terminations: float = of("count", "projects that fell a stage", flow=True)
    revenue: float = of(MILLION_USD, "of the authority", flow=True)
    stress: float = of("index", "fiscal stress, 0 to 1")
    gdp: float = of("index", "gross domestic product, 2020 is 100")
    concessions: float = of("count", "levels won on all issues", flow=True)
    tightenings: float = of("count", "levels lost on all issues", flow=True)
    hard_line: float = of(SHARE, "of hard-liners in the authority")
    cohesion: float = of("index", "of the authority, 0 to 1")
    momentum: float = of("index", "of forums, -1 to 1")
    forums_held: float = of("count", "forums", flow=True)
    forums_refused: float = of("count", "forums the authority refused", flow=True)
    attendance: float = of("count", "actors at conferences of the authority", flow=True)
    pitches: float = of("count", "recovery plans pitched", flow=True)
    incidents: float = of("count", "security incidents", flow=True)
    drought: float = of("severity", "of the drought, 0 to 1")
    quakes: float = of("count", "earthquakes", flow=True)


class ActorMonth:
    """What is reported of an actor for a month."""

    rung: int = of("rung", "on the ladder")
    relief_pledged: float = of(MILLION_USD, "relief pledged", flow=True)
    development: float = of(MILLION_USD, "development money", flow=True)
    trade: float = of(MILLION_USD, "trade", flow=True)
    attended: int = of("count", "conferences of the authority attended", flow=True)


class PoolMonth:
    """What is reported of a pool for a month."""

    stage: int = of("stage", "0 blocked to 4 disbursing")
    balance: float = of(MILLION_USD, "held")
    paid: float = of(MILLION_USD, "paid since the start")


class ProjectMonth:
    """What is reported of a project for a month."""

    stage: int = of("stage", "0 none to 4 producing")
    investment: float = of(MILLION_USD, "made", flow=True)


class IssueMonth:
    """What is reported of an issue for a month."""

    level: int = of("level", "0 to 4")


class ConditionMonth:
    """What is reported of the condition of an intervention for a month."""

    holds: int = of("flag", "1 while its interventions apply")


class Report(NamedTuple):
    """Where the report of one month is written."""

    metrics: Metrics
    actors: Sequence[ActorMonth]
    pools: Sequence[PoolMonth]
    projects: Sequence[ProjectMonth]
    issues: Sequence[IssueMonth]
    conditions: Sequence[ConditionMonth]
