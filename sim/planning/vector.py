"""The numbers of a scenario in one vector: those of its case, then those of its interventions."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from sim.case.bounds import Bounds, bounds_in, bounds_of
from sim.case.case import Case
from sim.case.number_id import NumberId
from sim.model.parameters import Parameters
from sim.model.state import Actor, Deal, World
from sim.scenario.clauses import RANGES
from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.rows import FreezeAuthority, Scale, SetGlobal, SetParameter
from sim.scenario.verbs.state import Hold

Reals = npt.NDArray[np.float64]

INTERVENTIONS = "interventions"
"""The kind of the numbers of interventions; the item is the name, or the place in the file."""

AMOUNTS = ("by", "to", "rung", "level", "severity", "sum", "share")
"""Fields of interventions that hold a number to act with."""

MOST_COUNTED = 2**31
"""No whole number is larger, so that each fits into an integer."""


@dataclass(frozen=True)
class Places:
    """What each number is, its place by its identity, and its bounds.

    `of_amounts` gives the places of the numbers of interventions, by the place of these and the
    field: names may repeat where a study adds interventions.
    """

    ids: tuple[NumberId, ...]
    of: Mapping[NumberId, int]
    of_amounts: Mapping[tuple[int, str], int]
    low: Reals
    high: Reals
    must_be_whole: npt.NDArray[np.uint64]


def item_of(place: int, intervention: Intervention) -> str:
    """How the numbers of an intervention name it."""
    return intervention.name or str(place)


def amounts(intervention: Intervention) -> dict[str, float]:
    """The numbers that an intervention acts with, by field."""
    given = {field: getattr(intervention, field, None) for field in AMOUNTS}
    return {field: float(value) for field, value in given.items() if isinstance(value, int | float)}


def amount_bounds(intervention: Intervention, field: str) -> Bounds:
    """What a number of an intervention may be."""
    if field == "rung":
        return bounds_in(Actor, "rung")
    if field == "level":
        return bounds_in(World, "level")
    if field in ("severity", "share"):
        return Bounds("share", 0, 1)
    if field == "sum":
        return bounds_in(Deal, "amount")
    if isinstance(intervention, Hold):
        low, high = RANGES[intervention.quantity or ""]
        return Bounds("as the quantity", low, high)
    if isinstance(intervention, SetParameter):
        return intervention.bounds
    if isinstance(intervention, SetGlobal):
        return bounds_in(Parameters, intervention.param.partition(".")[0])
    if isinstance(intervention, FreezeAuthority):
        return bounds_in(Parameters, "authority_frozen")
    return Bounds("factor", 0) if isinstance(intervention, Scale) else Bounds("as the number")


def numbers_of(interventions: Sequence[Intervention]) -> Iterator[tuple[NumberId, float, Bounds]]:
    """All numbers of some interventions, with what they may be."""
    for place, each in enumerate(interventions):
        for field, value in amounts(each).items():
            number = NumberId(INTERVENTIONS, item_of(place, each), field)
            yield number, value, amount_bounds(each, field)


def vector(case: Case, interventions: Sequence[Intervention]) -> Reals:
    """The numbers as they are."""
    own = [value for each in interventions for value in amounts(each).values()]
    return np.array([*(number.value for number in case.numbers.values()), *own])


@cache
def _bounds_of(kind: str, field: str, place: int | str | None) -> Bounds:
    return bounds_of(NumberId(kind, "", field, place))


def places(case: Case, interventions: Sequence[Intervention]) -> Places:
    """Where each number stands in the vector."""
    own = list(numbers_of(interventions))
    ids = (*case.numbers, *(number for number, _, _ in own))
    bounds = [
        *(_bounds_of(number.kind, number.field, number.place) for number in case.numbers),
        *(each for _, _, each in own),
    ]
    largest = sys.float_info.max
    low = np.array([max(each.low, -largest) for each in bounds])
    high = np.array([min(each.high, MOST_COUNTED if each.whole else largest) for each in bounds])
    whole = np.array([i for i, each in enumerate(bounds) if each.whole], np.uint64)
    of_amounts = {
        key: len(case.numbers) + i
        for i, key in enumerate(
            (place, field) for place, each in enumerate(interventions) for field in amounts(each)
        )
    }
    of = {number: i for i, number in enumerate(ids)}
    return Places(ids, of, of_amounts, low, high, whole)
