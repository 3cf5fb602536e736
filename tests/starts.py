"""Starts that are filled but not anchored, for tests of what files and cases say of them."""

from collections.abc import Sequence
from typing import Any

from sim.case.case import Case
from sim.engine.block import copy_block, views_of
from sim.engine.kernel import Start
from sim.engine.prepare import as_plain_lists
from sim.model.plan import NO_FAULT, NO_VOTE, Plan, StartViews
from sim.model.rules.preparing import Verdict, write_start
from sim.planning.compile import prepared
from sim.planning.plan import make_plan
from sim.scenario.schema import Scenario

MONTHS = 12


def fill_only(numbers: Any, plan: Plan, room: StartViews, start: Start) -> Verdict:
    """Fill a start in plain Python and leave it as it is."""
    return write_start(numbers.tolist(), *as_plain_lists(plan, room))


def filled(
    case: Case, verbs: Sequence[Any] = (), start: str | None = None, months: int = MONTHS
) -> Start:
    """The start of a case under interventions; raises CannotCompile."""
    scenario = Scenario.model_construct(
        title="T", case=case.id, start=start, months=months, interventions=list(verbs)
    )
    planned = make_plan(case, scenario, months)
    return prepared(planned, planned.numbers, "T", fill_only)


def ties_of(case: Case) -> Any:
    """Weights `[i, j]` of actor j for actor i in sorted order, even where nobody has a vote."""
    planned = make_plan(case, Scenario.model_construct(title="T", case=case.id, months=1), 1)
    room = views_of(copy_block(planned.template, planned.layout), planned.layout)
    assert write_start(planned.numbers.tolist(), *as_plain_lists(planned.plan, room))[0] in (
        NO_FAULT,
        NO_VOTE,
    )
    return room.ties
