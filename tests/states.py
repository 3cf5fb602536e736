"""Small states by hand, for tests of single rules: a test sets only what matters to it.

    s = state(world={"need": 0.6}, actors=[{"rung": 3, "follows": {"quorum": 0.5}}])
    decide(s.actors[0], s, draws(s, ladder=0.99))

Records are plain objects with every field of the schema. What a month writes (`next_…`) starts as
NaN, or -99 for whole numbers, so that a rule which forgets to write it is seen. Parameters are
those of the case. A name that is not in the schema is refused.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any, get_type_hints

import pytest

from sim.case.case import Case
from sim.case.load import load_case
from sim.io.places import shipped
from sim.model.interventions import Clause, Condition, Deal, Event, Part
from sim.model.metrics import (
    ActorMonth,
    ConditionMonth,
    IssueMonth,
    Metrics,
    PoolMonth,
    ProjectMonth,
    Report,
)
from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.schema import NEXT, columns
from sim.model.slots import Draws
from sim.model.state import Actor, Pool, Project, State, Terms, World
from sim.model.vocab import MOST_ISSUES
from tests.starts import filled

Given = Mapping[str, Any]

LONGEST = 240
"""Months for which a small state knows its rows of policies and parameters."""

ISSUES = 6
"""Issues of a small state: those of the case, for which the lists by issue have just room."""

WORLD: Given = {
    "issues": ISSUES,
    "rung_above": [1, 2, 3, 4, 5, 6, 7, 7],
    "rung_below": [0, 0, 1, 2, 3, 4, 5, 6],
    "start_calendar": 1,
    "month": 1,
    "calendar": 1,
    "civil_society": -1,
    "slow_budget": 1.0,
    "price": 100.0,
    "reach": 1.0,
    "appeal_factor": 1.0,
    "hardship_factor": 1.0,
    "need_rest": 0.5,
    "hunger_rest": 0.3,
    "gdp": 100.0,
    "gdp_trend": 100.0,
    "gdp_start": 100.0,
    "population": 40.0,
    "population_start": 40.0,
    "need": 0.5,
    "need_start": 0.5,
    "revenue_start": 1000.0,
}
ACTOR: Given = {
    "salience": 1.0,
    "cap": 7,
    "relief_share": 1.0,
    "development_share": 1.0,
    "relief_budget": 1.0,
    "budget_cut": 1.0,
    "money": 1.0,
    "belief": 1.0,
    "openness": 1.0,
    "line": 0.5,
}
POLICY: Given = {"relief_factor": 1.0, "development_factor": 1.0, "trade_factor": 1.0}
EVENT: Given = {
    "first": 1,
    "last": 1,
    "every": 1,
    "target": -1,
    "destination": -1,
    "condition": -1,
}
CONDITION: Given = {"first": 1, "last": LONGEST, "credibility": -1.0, "kept": 1.0}
DEAL: Given = {"condition": -1, "first": 1, "months": 1}
PART: Given = {"actor": -1, "pool": -1, "said": math.nan, "sharers": 1, "rung": -1.0, "deal": -1}
CLAUSE: Given = {"target": -1, "low": -math.inf, "high": math.inf}
"""What is neutral rather than 0."""

BY_ACTOR = (
    "ladder",
    "incident",
    "closure",
    "pledge",
    "attendance",
    "election",
    "election_swing",
    "giving_swing",
    "leaving",
    "expulsion",
    "line_turnover",
    "line",
)
UNEVENTFUL = 0.5
"""A draw that makes nothing happen: neither a move nor an event; a pledge has no noise."""


def near(expected: Any) -> Any:
    """Equal up to rounding: the agreement rule asks for 1e-9, a single rule is far closer."""
    return pytest.approx(expected, rel=1e-12, abs=1e-13)


@cache
def afghanistan() -> Case:
    """The case, read once."""
    return load_case(shipped("seeds") / "afghanistan")


@cache
def case_parameters(start: str) -> Given:
    """The parameters of the case at a start."""
    row = filled(afghanistan(), start=start).parameters[0]
    return {name: row[name].tolist() for name in columns(Parameters)}


@cache
def blank_fields(kind: type) -> Given:
    """Every field of a record: 0, or what says that the month has not written it yet."""
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {}
    for name, column in columns(kind).items():
        whole = hints[name] in (int, list[int])
        unwritten = -99 if whole else float("nan")
        value = unwritten if name.startswith(NEXT) else 0 if whole else 0.0
        length = ISSUES if column.length == MOST_ISSUES else column.length
        fields[name] = [value] * length if length else value
    return fields


def record(kind: type, *layers: Given) -> Any:
    """A record with the fields of `kind`, later layers over earlier ones; refuses other fields."""
    fields = dict(blank_fields(kind))
    for layer in layers:
        unknown = set(layer) - set(fields)
        if unknown:
            raise AttributeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
        fields.update(layer)
    copies = {
        name: list(value) if isinstance(value, list) else value for name, value in fields.items()
    }
    return SimpleNamespace(**copies)


def new_world(given: Given, salience: float) -> Any:
    """The world; its levels stood the same when the month opened and at the start."""
    level = given.get("level", [0] * ISSUES)
    stood = {"level_opened": level, "level_start": level, "salience_total": salience}
    return record(World, WORLD, stood, given)


def new_actor(index: int, given: Given) -> Any:
    """An actor; it stood on its rung and hosted its refugees before, too."""
    own = {name: value for name, value in given.items() if name != "follows"}
    rung, refugees = own.get("rung", 0), own.get("refugees", 0.0)
    stood = {"rung_opened": rung, "rung_start": rung, "refugees_start": refugees}
    return record(Actor, ACTOR, {"index": index, "policy": index}, stood, own)


def new_event(**given: Any) -> Any:
    """An event of month 1."""
    return record(Event, EVENT, given)


def new_condition(**given: Any) -> Any:
    """A condition that is looked at in every month."""
    return record(Condition, CONDITION, given)


def new_deal(**given: Any) -> Any:
    """A deal of the first pool, which pays nothing in one instalment from month 1 on."""
    return record(Deal, DEAL, given)


def new_part(**given: Any) -> Any:
    """A part of the first condition, of nobody and without worth."""
    return record(Part, PART, given)


def new_clause(**given: Any) -> Any:
    """A clause of the first condition, without bounds."""
    return record(Clause, CLAUSE, given)


def own_terms(pool: Given) -> Any:
    """The numbers of a pool that interventions may change, as the pool has them."""
    own = {name: value for name, value in pool.items() if name in columns(Terms)}
    return record(Terms, own)


def state(
    world: Given | None = None,
    actors: Sequence[Given] = (),
    pools: Sequence[Given] = (),
    projects: Sequence[Given] = (),
    parameters: Given | None = None,
    ties: Sequence[Sequence[float]] | None = None,
    vetoes: Sequence[Sequence[int]] | None = None,
    events: Sequence[Any] = (),
    conditions: Sequence[Any] = (),
    deals: Sequence[Any] = (),
    clauses: Sequence[Any] = (),
    parts: Sequence[Any] = (),
) -> State:
    """A state in month 1 of which nothing has happened.

    `follows` among the fields of an actor holds the numbers of its own row of policies. Nobody is
    tied to anybody and nobody has a veto unless `ties[i][j]` and `vetoes[pool][actor]` say so.
    """
    people = [new_actor(i, given) for i, given in enumerate(actors)]
    count = len(people)
    rows: list[Any] = [record(Policy, POLICY, given.get("follows", {})) for given in actors]
    return State(
        new_world(world or {}, sum(actor.salience for actor in people)),
        people,
        [record(Pool, given) for given in pools],
        [record(Project, given) for given in projects],
        list(conditions),
        list(deals),
        [record(Parameters, case_parameters("2024-02"), parameters or {})],
        rows,
        [own_terms(given) for given in pools],
        ties or [[0.0] * count for _ in range(count)],
        vetoes or [[0] * count for _ in pools],
        list(clauses),
        list(events),
        list(parts),
        [[list(range(count))] * LONGEST],
        [[list(range(len(pools)))] * LONGEST],
        [[0] * LONGEST],
    )


def draws(state: State, **given: Any) -> Draws:
    """The draws of a month in which nothing happens but for those given.

    One number for a column of draws holds for every entity.
    """
    lengths = dict.fromkeys(BY_ACTOR, len(state.actors))
    lengths |= {
        "issue": state.world.issues,
        "word": state.world.issues,
        "pool": len(state.pools),
        "interest_swing": len(state.pools),
        "project": len(state.projects),
    }
    found: dict[str, Any] = dict.fromkeys(Draws._fields, UNEVENTFUL)
    found |= given
    for name, length in lengths.items():
        if not isinstance(found[name], list):
            found[name] = [found[name]] * length
    return Draws(**found)


def new_report(state: State) -> Report:
    """An empty report of a month."""
    lines = [
        [record(kind) for _ in entities]
        for kind, entities in (
            (ActorMonth, state.actors),
            (PoolMonth, state.pools),
            (ProjectMonth, state.projects),
            (IssueMonth, range(state.world.issues)),
            (ConditionMonth, state.conditions),
        )
    ]
    return Report(record(Metrics), *lines)
