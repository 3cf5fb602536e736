"""The plan of a scenario: made once, by names; numbers then fill it as often as wanted."""

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
from sim.model.plan import Move, Plan, Step
from sim.planning.month_rows import MonthRows, month_rows
from sim.planning.moves import PARTS, Moves, as_records, move_all
from sim.planning.steps import Drafter, Target, delegations, together
from sim.planning.tie_kinds import TieKinds, kind_records, tie_kinds
from sim.planning.vector import Places, Reals, amounts, places, vector
from sim.scenario.conditions import Conditions, clause_records, condition_records, deals, events
from sim.scenario.orders import ordered
from sim.scenario.schema import Scenario
from sim.scenario.verbs.base import Intervention

Records = npt.NDArray[np.void]


@dataclass(frozen=True)
class Planned:
    """The plan of a scenario, its numbers as they are, and what stays whatever they are.

    `template` is a block with all that does not depend on numbers; `targets[i]` is what step i of
    the plan changes, and `conditions[i]` the condition of intervention i, -1 for none.
    """

    plan: Plan
    layout: Layout
    template: Words
    numbers: Reals
    places: Places
    rows: MonthRows
    targets: tuple[Target, ...]
    actors: tuple[str, ...]
    conditions: tuple[int, ...]


def make_plan(case: Case, scenario: Scenario, months: int) -> Planned:
    """The plan of a scenario over so many months; raises CannotCompile for too many conditions."""
    facts = case.starts[scenario.start or case.default_start]
    verbs: list[Intervention] = [*scenario.interventions]
    order, ties = ordered(case, verbs), tie_kinds(case)
    if order.too_many:
        raise CannotCompile(f"{scenario.title}: {order.too_many}")
    rows, found = month_rows(case, ties, verbs, order, months), order.conditions
    happening = events(case, verbs, found.of)
    clauses, arranged = clause_records(case, found), deals(case, verbs, found.of)
    counts = {"clauses": len(clauses), "events": len(happening), "deals": len(arranged)}
    layout = layout_of(shapes(case, found, rows, counts, len(ties.kinds)))
    own = places(case, verbs)
    template = empty_block(layout)
    fill_template(start_of(template, layout), case, facts, rows)
    start = start_of(template, layout)
    start.conditions[:] = condition_records(found)
    start.clauses[:] = clauses
    start.events[:] = happening
    start.deals[:] = arranged
    moves = Moves(own, layout)
    move_all(case, facts, moves)
    move_events(verbs, start, case, moves)
    move_deals(verbs, case, moves)
    draft = Drafter(case, verbs, rows, own, layout)
    plan, targets = drafted(draft, facts.id, moves, ties)
    numbers = vector(case, verbs)
    actors = tuple(case.actors)
    return Planned(plan, layout, template, numbers, own, rows, targets, actors, found.of)


def drafted(
    draft: Drafter, start: str, moves: Moves, ties: TieKinds
) -> tuple[Plan, tuple[Target, ...]]:
    """All records of a plan, and what each step changes."""
    steps, targets = zip(*draft.steps(start), strict=True)
    parts: list[Any] = [
        draft.places.low,
        draft.places.high,
        draft.places.must_be_whole,
        as_records(moves.reals, Move),
        as_records(moves.wholes, Move),
        as_records(steps, Step),
        *kind_records(ties, draft.places.of),
        ties.of,
        ties.by_salience,
        *delegations(draft),
        *together(draft.rows),
    ]
    return Plan(*parts), targets


def shapes(
    case: Case, found: Conditions, rows: MonthRows, counts: Mapping[str, int], kinds: int
) -> dict[str, tuple[int, ...]]:
    """The shapes of the arrays of a start, then those of what is only used on the way."""
    actors = len(case.actors)
    return {
        "world": (1,),
        "actors": (actors,),
        "pools": (len(case.pools),),
        "projects": (len(case.projects),),
        "conditions": (len(found.distinct),),
        "deals": (counts["deals"],),
        "parameters": (len(rows.parameters),),
        "policies": (len(rows.policies),),
        "terms": (len(rows.terms),),
        "ties": (actors, actors),
        "vetoes": (len(case.pools), actors),
        "clauses": (counts["clauses"],),
        "events": (counts["events"],),
        "policy_of": rows.policy_of.shape,
        "terms_of": rows.terms_of.shape,
        "parameters_of": rows.parameters_of.shape,
        "saliences": (actors,),
        "weights": (kinds,),
        "bundles": (len(case.policies), len(PARTS)),
    }


def fill_template(start: Start, case: Case, facts: StartFacts, rows: MonthRows) -> None:
    """Write all that no number changes, and the memories at rest."""
    actors, world = start.actors, start.world[0]
    sovereign = [actor.kind == "state" for actor in case.actors.values()]
    actors["index"] = actors["policy"] = np.arange(len(case.actors))
    actors["uid"] = [uid("actor", actor) for actor in case.actors]
    actors["sovereign"] = sovereign
    actors["institution"] = [actor.kind == "institution" for actor in case.actors.values()]
    actors["budget_cut"] = actors["belief"] = actors["openness"] = 1.0
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
    world["slow_budget"] = 1.0
    world["civil_society"] = -1
    for place, pool in enumerate(case.pools.values()):
        start.vetoes[place] = [actor in pool.veto for actor in own]
    start.policy_of[:], start.terms_of[:] = rows.policy_of, rows.terms_of
    start.parameters_of[:] = rows.parameters_of


def move_events(verbs: Sequence[Intervention], start: Start, case: Case, moves: Moves) -> None:
    """Let the numbers of state verbs fill the values of their events."""
    row = 0
    for place, verb in enumerate(verbs):
        values = list(amounts(verb))
        for _ in verb.events(case):
            if len(values) == 1:
                word = moves.layout.word("events", row, "value")
                moves.reals.append((moves.places.of_amounts[place, values[0]], word))
            row += 1


def move_deals(verbs: Sequence[Intervention], case: Case, moves: Moves) -> None:
    """Let the numbers of deals fill their amounts and shares."""
    row = 0
    for place, verb in enumerate(verbs):
        for _ in verb.deals(case):
            for field, name in (("sum", "amount"), ("share", "share")):
                if (place, field) in moves.places.of_amounts:
                    word = moves.layout.word("deals", row, name)
                    moves.reals.append((moves.places.of_amounts[place, field], word))
            row += 1
