"""What is wrong with numbers that do not make a start: sentences from codes and places."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from sim.case.bounds import Bounds, bounds_in
from sim.engine.block import RECORDS, offsets, words_of
from sim.engine.plain import with_attributes
from sim.model.plan import (
    ASSETS,
    CLIMBING,
    NO_VOTE,
    NOT_WHOLE,
    OF_NUMBER,
    OF_STEP,
    REROUTING,
    SETTLING,
    SHARES,
    Plan,
    StartViews,
    Step,
    Together,
)
from sim.model.rules.preparing import Verdict, fastest_fall, misses_limit, rates_fit, step_value
from sim.model.schema import columns
from sim.planning.plan import Planned
from sim.planning.vector import Vector

MOST_TOLD = 10
"""Numbers out of bounds that are told one by one."""


def sentences(
    title: str, planned: Planned, numbers: Vector, room: StartViews, verdict: Verdict
) -> str:
    """What a verdict means, a line for each fault of its kind; `room` is as it was left."""
    code, place = verdict
    parts: list[Any] = [[with_attributes(each) for each in own] for own in (planned.plan, room)]
    plan, room = Plan(*parts[0]), StartViews(*parts[1])
    if code in (OF_NUMBER, NOT_WHOLE):
        return "\n".join(of_numbers(planned, numbers))
    if code == OF_STEP:
        return of_step(plan.steps[place], planned, numbers, room)
    if code == NO_VOTE:
        institution = planned.actors[plan.delegations[place].actor]
        return f"{institution} follows its members, among whom nobody has a vote"
    months: dict[str, int] = {}
    for month, fault in of_limits(plan, room):
        months.setdefault(fault, month)
    return "\n".join(f"{title}: from month {month}: {fault}" for fault, month in months.items())


def of_numbers(planned: Planned, numbers: Vector) -> Iterator[str]:
    """Numbers outside their bounds, or not whole."""
    plan, whole = planned.plan, set(planned.plan.must_be_whole)
    faults = []
    for i, value in enumerate(numbers.tolist()):
        fault = Bounds("", plan.low[i], plan.high[i], i in whole).fault(value)
        if fault:
            faults.append(f"{planned.places.ids[i]} {fault}")
    yield from faults[:MOST_TOLD]
    if len(faults) > MOST_TOLD:
        yield f"and {len(faults) - MOST_TOLD} more"


def of_step(step: Step, planned: Planned, numbers: Vector, room: StartViews) -> str:
    """A number of a policy or a pool that an intervention takes out of its bounds."""
    firsts, rows = planned.layout.firsts, planned.rows
    array = max(("policies", "terms"), key=lambda name: (firsts[name] <= step.word, firsts[name]))
    record: type = RECORDS[array]
    place, word = divmod(step.word - firsts[array], words_of(array))
    field, first = max(
        (each for each in offsets(record).items() if each[1] <= word), key=itemgetter(1)
    )
    owners = [planned.actors[row.actor] for row in rows.policies]
    if array == "terms":
        owners = [planned.pools[pool] for pool, _ in rows.terms]
    param = f"{field}.{word - first}" if columns(record)[field].length else field
    value = step_value(step, room.words[step.word], numbers[step.number])
    return f"{param} of {owners[place]} {bounds_in(record, field).fault(float(value))}"


def of_limits(plan: Plan, room: StartViews) -> Iterator[tuple[int, str]]:
    """Limits that rows in force together miss, each with the month; every pattern is looked at."""
    for each in plan.together:
        for code in range(CLIMBING, REROUTING + 1):
            if misses_limit(code, each, plan, room):
                for fault in missed(code, each, plan, room):
                    yield each.month, fault


def missed(code: int, each: Together, plan: Plan, room: StartViews) -> Iterator[str]:
    """A limit that is missed, in words."""
    own = room.parameters[each.parameters]
    settling = 1.0 + own.settling_factor
    if code == CLIMBING:
        falls = fastest_fall(each, plan, room)
        yield rates("climb_rate and descent_rate or exit_rate", own.climb_rate, falls)
    elif code == SETTLING:
        what = "concession_rate and tightening_rate of a new authority"
        yield rates(what, settling * own.concession_rate, settling * own.tightening_rate)
    elif code == ASSETS:
        yield rates("asset_up_rate and asset_down_rate", own.asset_up_rate, own.asset_down_rate)
    elif code == SHARES:
        shares = own.share_to_reserves, own.share_to_debt, own.share_to_relief
        shown = ", ".join(f"{share:g}" for share in shares)
        yield f"share_to_reserves, share_to_debt and share_to_relief: {shown} do not add up to 1"
    elif code == REROUTING:
        yield "rerouting_least lies above rerouting_most"
    else:
        for project in room.projects:
            if not rates_fit(project.up_rate, project.down_rate):
                yield rates("a project's rates", project.up_rate, project.down_rate)


def rates(what: str, up: float, down: float) -> str:
    """Two chances that one draw decides, too large for it."""
    return f"{what}: {up:g} up and {down:g} down a month; together they must stay below 1"
