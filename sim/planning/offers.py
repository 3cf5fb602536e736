"""The parts of what a scenario announces: who gives or takes something, and how that is known."""

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.engine.kernel import Start
from sim.model.interventions import Part
from sim.model.schema import dtype
from sim.planning.month_rows import MonthRows
from sim.scenario.conditions import Conditions
from sim.scenario.selection import places
from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.deals import Suspend
from sim.scenario.verbs.state import ForceRung

NO_RUNG = -1.0


class PartRow(NamedTuple):
    """A part of an offer; `rung_of` is the intervention that puts the actor on a rung.

    `deal` is the deal by which the pool pays; -1 for none.
    """

    condition: int
    actor: int = -1
    pool: int = -1
    sharers: int = 1
    said: float = math.nan
    rung_of: int | None = None
    deal: int = -1
    suspended: bool = False


def part_rows(
    case: Case, verbs: Sequence[Intervention], conditions: Conditions, rows: MonthRows
) -> list[PartRow]:
    """The parts of all offers in order: those that are said, and rungs, then actors, then pools."""
    found: list[PartRow] = []
    firsts = [0, *accumulate(len([*verb.deals(case)]) for verb in verbs)]
    for place, condition in enumerate(conditions.distinct):
        if condition.announced:
            own = [i for i, each in enumerate(conditions.of) if each == place]
            for i in own:
                found += _of_intervention(case, verbs[i], place, i)
                found += _of_pools(case, verbs[i], place, firsts[i])
            if all(verbs[i].worth is None for i in own):
                found += _of_rows(case, conditions, place, rows)
    return found


def _of_intervention(
    case: Case, verb: Intervention, condition: int, place: int
) -> Iterator[PartRow]:
    """What is said to be worth something, else rungs that the offer sets."""
    if verb.worth is None and not isinstance(verb, ForceRung):
        return
    actors = list(places(case, getattr(verb, "select", None)))
    for actor in actors:
        if verb.worth is None:
            yield PartRow(condition, actor, rung_of=place)
        else:
            yield PartRow(condition, actor, sharers=len(actors), said=verb.worth)


def _of_pools(case: Case, verb: Intervention, condition: int, deal: int) -> Iterator[PartRow]:
    """Pools that pay by a deal, the first of which is given, and those that are suspended."""
    for place, row in enumerate(verb.deals(case), deal):
        yield PartRow(condition, pool=row.pool, deal=place)
    if isinstance(verb, Suspend):
        for pool in verb.pools(case):
            yield PartRow(condition, pool=pool, suspended=True)


def _of_rows(
    case: Case, conditions: Conditions, condition: int, rows: MonthRows
) -> Iterator[PartRow]:
    """Actors whose rows differ where the offer is met, in its first month, and all pools."""
    months = rows.parameters_of.shape[1]
    month = min(conditions.distinct[condition].first, months) - 1
    switch = conditions.switches[condition]
    everybody = rows.parameters_of[0, month] != rows.parameters_of[switch, month]
    other = rows.policy_of[0, month] != rows.policy_of[switch, month]
    pools = rows.terms_of[0, month] != rows.terms_of[switch, month]
    if everybody or other.any() or pools.any():
        actors = range(len(case.actors)) if everybody else np.flatnonzero(other).tolist()
        yield from (PartRow(condition, actor) for actor in actors)
        yield from (PartRow(condition, pool=pool) for pool in range(len(case.pools)))


def part_records(rows: Sequence[PartRow]) -> npt.NDArray[np.void]:
    """The parts as records."""
    found = np.zeros(len(rows), dtype(Part))
    for record, row in zip(found, rows, strict=True):
        for name, value in row._asdict().items():
            if name != "rung_of":
                record[name] = value
        record["rung"] = NO_RUNG
    return found


def worthless(start: Start, labels: Sequence[str]) -> list[str]:
    """What to say of offers without any part; one that begins after the last month has none."""
    months = len(start.parameters_of[0])
    valued = set(start.parts["condition"][start.parts["worth"] != 0.0].tolist())
    return [
        f"{labels[place]} changes nothing that the authority values; say what it is worth (worth)"
        for place, condition in enumerate(start.conditions)
        if condition["announced"] and condition["first"] <= months and place not in valued
    ]
