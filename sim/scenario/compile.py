"""From a scenario and its case to the arrays of a run; only here names become indices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.case import Case, StartFacts
from sim.case.ties import tie_weights
from sim.engine.anchor import anchor_plainly
from sim.engine.draws import Uids, join_uids, uid
from sim.engine.kernel import Start
from sim.engine.plain import plain_state
from sim.rules.engagement import gate_missed
from sim.scenario.conditions import (
    clause_records,
    condition_records,
    conditions_of,
    labelled,
)
from sim.scenario.events import events
from sim.scenario.limits import check_limits
from sim.scenario.rows import CannotCompile, monthly_rows
from sim.scenario.schema import Scenario
from sim.schema import dtype
from sim.state import SCHEDULE_MONTHS, Actor, Pool, Project, World
from sim.vocab import ISSUES, Issue

Records = npt.NDArray[np.void]


@dataclass(frozen=True)
class Compiled:
    """Everything a run needs, and the names its indices stand for.

    `conditions` gives each condition of an intervention in words, by its label.
    """

    start: Start
    uids: Uids
    months: int
    year: int
    calendar: int
    actors: tuple[str, ...]
    pools: tuple[str, ...]
    projects: tuple[str, ...]
    conditions: Mapping[str, str]


def uids_of(case: Case) -> Uids:
    """The uids of all entities; raises CannotCompile."""
    names = {
        "actor": list(case.actors),
        "issue": [issue.name for issue in Issue],
        "pool": list(case.pools),
        "project": list(case.projects),
        "world": [case.root or case.id],
    }
    found = {kind: [uid(kind, name) for name in ids] for kind, ids in names.items()}
    taken: dict[int, str] = {}
    for kind, ids in names.items():
        for name, number in zip(ids, found[kind], strict=True):
            if number in taken:
                raise CannotCompile(f"{kind}:{name} and {taken[number]} share a uid; rename one")
            taken[number] = f"{kind}:{name}"
    return join_uids(
        found["actor"], found["issue"], found["pool"], found["project"], found["world"][0]
    )


def actor_records(case: Case, start: StartFacts) -> Records:
    """The actors at the start, before anchoring; capacities hold the flows of the start."""
    records = np.zeros(len(case.actors), dtype(Actor))
    scale = case.value("starts", start.id, "trade_scale")
    for i, facts in enumerate(case.actors.values()):
        record = records[i]

        def own(name: str, actor: str = facts.id) -> float:
            return case.value("actors", actor, name)

        record["index"] = i
        record["uid"] = uid("actor", facts.id)
        for name in ("salience", "corridor", "electorate", "cap", "reservation_offset", "custody"):
            record[name] = own(name)
        record["institution"] = facts.kind == "institution"
        record["sovereign"] = facts.kind == "state"
        record["relief_capacity"] = own("relief")
        record["development_capacity"] = own("development")
        record["trade_capacity"] = own("trade") * scale
        record["rung"] = record["rung_start"] = record["rung_opened"] = own(start.rungs)
        record["salience_base"] = record["domestic_salience"] = own("domestic_salience")
        record["refugees"] = record["refugees_start"] = own("refugees")
        record["relief_budget"] = case.value("starts", start.id, "relief_budget")
        record["budget_cut"] = record["belief"] = record["openness"] = 1.0
    return records


def pool_records(case: Case, start: StartFacts) -> Records:
    """The pools at the start."""
    records = np.zeros(len(case.pools), dtype(Pool))
    for j, pool in enumerate(case.pools):
        records[j]["uid"] = uid("pool", pool)
        for name in ("interest_rate", "tranche", "lock"):
            records[j][name] = case.value("pools", pool, name)
        for name in ("balance", "stage"):
            records[j][name] = case.value("starts.pools", start.id, name, pool)
    return records


def schedule(case: Case, project: str) -> list[float]:
    """Contracted investment by month spent investing, US$ m a month."""
    amounts = [0.0] * SCHEDULE_MONTHS
    for i, (first, last) in enumerate(case.projects[project].periods):
        amount = case.value("projects", project, "schedule", i)
        for month in range(first, (last or SCHEDULE_MONTHS) + 1):
            amounts[month - 1] = amount
    return amounts


def project_records(case: Case, start: StartFacts) -> Records:
    """The projects at the start."""
    records = np.zeros(len(case.projects), dtype(Project))
    actors = list(case.actors)
    for p, (project, facts) in enumerate(case.projects.items()):
        records[p]["uid"] = uid("project", project)
        records[p]["sponsor"] = actors.index(facts.sponsor)
        records[p]["schedule"] = schedule(case, project)
        for name in ("base_value", "up_rate", "down_rate", "royalty"):
            records[p][name] = case.value("projects", project, name)
        for name in ("stage", "months_invested"):
            records[p][name] = case.value("starts.projects", start.id, name, project)
    return records


def world_record(case: Case, start: StartFacts, parameters: Records, actors: Records) -> Records:
    """The authority, the aid system and the country at the start; memories at rest."""
    records = np.zeros(1, dtype(World))
    world = records[0]

    def own(name: str) -> float:
        return case.value("starts", start.id, name)

    world["uid"] = uid("world", case.root or case.id)
    world["issue_uid"] = [uid("issue", issue.name) for issue in Issue]
    world["start_calendar"] = start.month
    world["calendar"] = (start.month - 2) % 12 + 1
    levels = case.values("starts", start.id, "levels", ISSUES)
    for name in ("level", "level_start", "level_opened"):
        world[name] = levels
    world["hard_line"] = parameters[0]["hard_line_rest"]
    world["cohesion"] = parameters[0]["cohesion_rest"]
    world["rerouting"] = parameters[0]["rerouting_least"]
    world["slow_budget"] = 1.0
    world["civil_society"] = -1
    for name in ("tenure", "attention", "price", "carry_over", "population", "need", "health"):
        world[name] = own(name)
    world["gdp"] = world["gdp_trend"] = world["gdp_start"] = own("gdp")
    world["need_start"] = own("need")
    world["population_start"] = own("population")
    for salience in actors["salience"]:
        world["salience_total"] += salience
    return records


def veto_matrix(case: Case) -> npt.NDArray[np.int64]:
    """1 at `[pool, actor]` where the actor can veto the pool."""
    matrix = np.zeros((len(case.pools), len(case.actors)), np.int64)
    for j, pool in enumerate(case.pools.values()):
        for i, actor in enumerate(case.actors):
            matrix[j, i] = actor in pool.veto
    return matrix


def compile_scenario(
    case: Case,
    scenario: Scenario,
    months: int | None = None,
    anchor: Callable[[Start], None] = anchor_plainly,
) -> Compiled:
    """The arrays of `scenario` over `months` (else its own horizon), anchored at its start.

    `anchor` may be compiled, which pays where many scenarios are. Raises CannotCompile.
    """
    facts = case.starts[scenario.start or case.default_start]
    horizon = months or scenario.months
    ties = tie_weights(case)
    conditions = conditions_of(scenario.interventions)
    verbs = {i: verb for i, verb in enumerate(scenario.interventions) if verb.changes_rows}
    switches = [conditions.switch_of(i) for i in verbs]
    rows = monthly_rows(case, facts.id, ties, list(verbs.values()), horizon, switches)
    projects = project_records(case, facts)
    check_limits(scenario.title, rows, projects)
    actors = actor_records(case, facts)
    actors["policy"] = rows.base_of
    start = Start(
        world_record(case, facts, rows.parameters, actors),
        actors,
        pool_records(case, facts),
        projects,
        condition_records(conditions),
        rows.parameters,
        rows.policies,
        ties,
        veto_matrix(case),
        clause_records(case, conditions),
        events(case, scenario.interventions, conditions.of),
        rows.policy_of,
        rows.parameters_of,
    )
    anchor(start)
    return Compiled(
        start,
        uids_of(case),
        horizon,
        facts.year,
        facts.month,
        tuple(case.actors),
        tuple(case.pools),
        tuple(case.projects),
        labelled(scenario.interventions),
    )


def falling_at_once(compiled: Compiled) -> list[str]:
    """Actors whose own gate denies the rung they start on; they would fall at once."""
    state = plain_state(compiled.start)
    return [
        name
        for name, actor in zip(compiled.actors, state.actors, strict=True)
        if gate_missed(actor, state)
    ]
