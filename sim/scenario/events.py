"""State verbs of a scenario as events of the schedule, one for each target, in file order."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.scenario.conditions import EVER
from sim.scenario.parts import QUANTITIES, Selection
from sim.scenario.schema import (
    CloseCorridor,
    ForceRung,
    Hold,
    Intervention,
    Pitch,
    ScheduleForum,
    SetIssue,
    SetLitigation,
    Shock,
)
from sim.scenario.selection import selected
from sim.schema import dtype
from sim.state import Event
from sim.vocab import Verb

BY_CHANCE = -1
"""Civil society is seated by chance."""

OUTCOMES = {
    "release": Verb.RELEASE_LITIGATION,
    "fund": Verb.MOVE_LITIGATION,
    "award": Verb.AWARD_LITIGATION,
}

Row = tuple[int, int, int, int, int, int, float, int]
"""first, last, every, verb, target, destination, value, months: an Event, its condition aside."""


def row(
    intervention: Intervention,
    verb: Verb,
    target: int = -1,
    value: float = 0.0,
    months: int = 0,
    destination: int = -1,
    every: int | None = None,
) -> Row:
    """An event of `intervention`.

    Without `until` it acts once; for ever where it repeats, and while a condition holds. Once it
    waits for a condition, to act once is to act again only after the end of every run.
    """
    first, last = intervention.month, intervention.until
    if last is None and not every and intervention.while_ is None:
        if intervention.when is None:
            last = first
        else:
            every = EVER
    return (first, last or EVER, every or 1, verb, target, destination, value, months)


def actor_rows(
    case: Case, intervention: Intervention, verb: Verb, select: Selection | None, value: float
) -> Iterable[Row]:
    """An event for each selected actor; for all where no selection is given."""
    places = {actor: i for i, actor in enumerate(case.actors)}
    for actor in case.actors if select is None else selected(case, select):
        yield row(intervention, verb, places[actor], value)


def shock_rows(case: Case, shock: Shock) -> Iterable[Row]:
    """The events of a shock."""
    severity = shock.severity or 0.0
    if shock.kind == "quake":
        yield row(shock, Verb.QUAKE)
    elif shock.kind == "drought":
        yield row(shock, Verb.DROUGHT, value=severity, months=shock.months or 0)
    elif shock.kind == "budget":
        yield from actor_rows(case, shock, Verb.BUDGET_CUT, shock.select, severity)
    else:
        yield from actor_rows(case, shock, Verb.ATROCITY, shock.select, severity)


def litigation_row(case: Case, verb: SetLitigation) -> Row:
    """The event that ends a litigation."""
    places = {pool: j for j, pool in enumerate(case.pools)}
    destination = places[verb.to] if verb.to else -1
    return row(verb, OUTCOMES[verb.outcome], places[verb.pool], destination=destination)


def forum_row(forum: ScheduleForum) -> Row:
    """The event that schedules forums."""
    seated = BY_CHANCE if forum.civil_society is None else int(forum.civil_society)
    return row(forum, Verb.FORUM, value=seated, every=forum.every)


def hold_rows(case: Case, held: Hold) -> Iterable[Row]:
    """The events that hold a quantity, issues or rungs; they last to the end."""
    if held.quantity is not None:
        value = math.nan if held.to is None else held.to
        yield row(held, Verb.HOLD, QUANTITIES[held.quantity], value, every=1)
    for issue in held.issue or ():
        yield row(held, Verb.HOLD_ISSUE, list(case.issues).index(issue), every=1)
    if held.select is not None:
        places = {actor: i for i, actor in enumerate(case.actors)}
        for actor in selected(case, held.select):
            yield row(held, Verb.HOLD_RUNG, places[actor], every=1)


def event_rows(case: Case, intervention: Intervention) -> Iterable[Row]:
    """The events of one intervention; none for a parameter verb."""
    if isinstance(intervention, ForceRung):
        select, rung = intervention.select, float(intervention.rung)
        yield from actor_rows(case, intervention, Verb.FORCE_RUNG, select, rung)
    elif isinstance(intervention, SetIssue):
        for issue in intervention.issue:
            place = list(case.issues).index(issue)
            yield row(intervention, Verb.SET_ISSUE, place, intervention.level)
    elif isinstance(intervention, Hold):
        yield from hold_rows(case, intervention)
    elif isinstance(intervention, CloseCorridor):
        yield from actor_rows(case, intervention, Verb.CLOSE_CORRIDOR, intervention.select, 0.0)
    elif isinstance(intervention, Shock):
        yield from shock_rows(case, intervention)
    elif isinstance(intervention, ScheduleForum):
        yield forum_row(intervention)
    elif isinstance(intervention, Pitch):
        yield row(intervention, Verb.PITCH, every=intervention.every)
    elif isinstance(intervention, SetLitigation):
        yield litigation_row(case, intervention)


def events(
    case: Case, interventions: Sequence[Intervention], conditions: Sequence[int]
) -> npt.NDArray[np.void]:
    """All events in file order; `conditions[i]` is that of intervention i, -1 for none."""
    rows = [
        (*event, condition)
        for each, condition in zip(interventions, conditions, strict=True)
        for event in event_rows(case, each)
    ]
    return np.array(rows, dtype(Event))
