"""The plan of a scenario: made once, by names; numbers then fill it as often as they change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.case.case import Case, StartFacts
from sim.case.ladder import above, below
from sim.engine.block import Layout, Words, empty_block, layout_of, start_of
from sim.engine.draws import uid
from sim.engine.kernel import Start
from sim.io.errors import CannotCompile
from sim.model.calendar import calendar_month
from sim.model.plan import Move, Plan
from sim.planning.month_rows import MonthRows, month_rows
from sim.planning.moves import PARTS, Moves, as_records, move_all
from sim.planning.offers import PartRow, part_records, part_rows
from sim.planning.steps import Drafter, delegations, together
from sim.planning.tie_kinds import TieKinds, kind_records, tie_kinds
from sim.planning.vector import NumberPlaces, Vector, number_places, vector
from sim.scenario.conditions import clause_records, condition_records, deals, events
from sim.scenario.orders import ordered
from sim.scenario.schema import Scenario
from sim.scenario.verbs.base import Intervention


@dataclass(frozen=True)
class Planned:
    """The plan of a scenario, its numbers as they are, and what stays whatever they are.

    `template` is a block with all that does not depend on numbers; `conditions[i]` is the condition
    of intervention i, -1 for none.
    """

    plan: Plan
    layout: Layout
    template: Words
    numbers: Vector
    places: NumberPlaces
    rows: MonthRows
    actors: tuple[str, ...]
    pools: tuple[str, ...]
    conditions: tuple[int, ...]


def make_plan(case: Case, scenario: Scenario, months: int) -> Planned:
    """The plan of a scenario over so many months; raises CannotCompile for too many conditions."""
    facts = case.starts[scenario.start or case.default_start]
    verbs: list[Intervention] = [*scenario.interventions]
    order, ties = ordered(case, verbs), tie_kinds(case)
    if order.too_many:
        raise CannotCompile(f"{scenario.title}: {order.too_many}")
    conditions, rows = order.conditions, month_rows(case, ties, verbs, order, months)
    offered = part_rows(case, verbs, conditions, rows)
    parts: dict[str, npt.NDArray[Any]] = {
        "conditions": condition_records(case, conditions),
        "deals": deals(case, verbs, conditions.of),
        "clauses": clause_records(case, conditions),
        "events": events(case, verbs, conditions.of),
        "parts": part_records(offered),
        "policy_of": rows.policy_of,
        "terms_of": rows.terms_of,
        "parameters_of": rows.parameters_of,
    }
    layout = layout_of(shapes(case, rows, parts, len(ties.kinds)))
    template = empty_block(layout)
    start, places = start_of(template, layout), number_places(case, verbs)
    for name, array in parts.items():
        getattr(start, name)[:] = array
    fill_template(start, case, facts)
    moves = Moves(places, layout)
    move_events(verbs, case, moves)
    move_deals(verbs, case, moves)
    move_rungs(offered, moves)
    plan = drafted(case, facts, moves, Drafter(case, rows, places, layout), ties)
    numbers, names = vector(case, verbs), (tuple(case.actors), tuple(case.pools))
    return Planned(plan, layout, template, numbers, places, rows, *names, conditions.of)


def drafted(case: Case, facts: StartFacts, moves: Moves, draft: Drafter, ties: TieKinds) -> Plan:
    """All records of a plan; `moves` has those of the interventions."""
    move_all(case, facts, moves)
    parts: list[Any] = [
        draft.places.low,
        draft.places.high,
        draft.places.must_be_whole,
        as_records(moves.reals, Move),
        as_records(moves.wholes, Move),
        draft.steps(facts.id),
        *kind_records(ties, draft.places.of),
        ties.of,
        ties.by_salience,
        *delegations(draft),
        *together(draft.rows),
    ]
    return Plan(*parts)


def shapes(
    case: Case, rows: MonthRows, parts: Mapping[str, npt.NDArray[Any]], kinds: int
) -> dict[str, tuple[int, ...]]:
    """The shapes of the arrays of a start, `parts` among them, then of what is used on the way."""
    actors = len(case.actors)
    return {
        "world": (1,),
        "actors": (actors,),
        "pools": (len(case.pools),),
        "projects": (len(case.projects),),
        "parameters": (len(rows.parameters),),
        "policies": (len(rows.policies),),
        "terms": (len(rows.terms),),
        "ties": (actors, actors),
        "vetoes": (len(case.pools), actors),
        **{name: array.shape for name, array in parts.items()},
        "saliences": (actors,),
        "weights": (kinds,),
        "bundles": (len(case.policies), len(PARTS)),
    }


def fill_template(start: Start, case: Case, facts: StartFacts) -> None:
    """Write all that no number changes, and the memories at rest."""
    actors, world = start.actors, start.world[0]
    sovereign = [actor.kind == "state" for actor in case.actors.values()]
    actors["index"] = actors["policy"] = np.arange(len(case.actors))
    actors["uid"] = [uid("actor", actor) for actor in case.actors]
    actors["sovereign"] = sovereign
    actors["institution"] = [actor.kind == "institution" for actor in case.actors.values()]
    actors["budget_cut"] = actors["belief"] = actors["openness"] = 1.0
    actors["line"] = 0.5
    start.pools["uid"] = [uid("pool", pool) for pool in case.pools]
    start.projects["uid"] = [uid("project", project) for project in case.projects]
    own = list(case.actors)
    start.projects["sponsor"] = [own.index(each.sponsor) for each in case.projects.values()]
    for name in ("relief_factor", "development_factor", "trade_factor"):
        start.policies[name] = 1.0
    start.parameters["mediation_override"] = -1.0
    world["uid"] = uid("world", case.root or case.id)
    world["issues"] = len(case.issues)
    world["issue_uid"][: len(case.issues)] = [uid("issue", issue) for issue in case.issues]
    world["rung_above"], world["rung_below"] = above(case.ladder), below(case.ladder)
    world["start_calendar"] = facts.calendar.month
    world["calendar"] = calendar_month(facts.calendar.month, 0)
    world["slow_budget"] = world["reach"] = 1.0
    world["civil_society"] = -1
    for place, pool in enumerate(case.pools.values()):
        start.vetoes[place] = [actor in pool.veto for actor in own]


def move_events(verbs: Sequence[Intervention], case: Case, moves: Moves) -> None:
    """Let the numbers of verbs that act on the state fill the values of their events."""
    row = 0
    for place, verb in enumerate(verbs):
        for _ in verb.events(case):
            if verb.number is not None:
                word = moves.layout.word("events", row, "value")
                moves.reals.append((moves.places.of_verbs[place], word))
            row += 1


def move_deals(verbs: Sequence[Intervention], case: Case, moves: Moves) -> None:
    """Let the numbers of payments fill the amounts or shares of their deals."""
    row = 0
    for place, verb in enumerate(verbs):
        for _ in verb.deals(case):
            name = "share" if verb.number_field == "share" else "amount"
            word = moves.layout.word("deals", row, name)
            moves.reals.append((moves.places.of_verbs[place], word))
            row += 1


def move_rungs(offered: Sequence[PartRow], moves: Moves) -> None:
    """Let the rungs on which offers put actors fill the parts of these."""
    for row, part in enumerate(offered):
        if part.rung_of is not None:
            word = moves.layout.word("parts", row, "rung")
            moves.reals.append((moves.places.of_verbs[part.rung_of], word))
