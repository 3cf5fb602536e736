"""The numbers of a scenario in one vector: those of its case, then those of its interventions."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.bounds import slot_of
from sim.case.case import Case
from sim.case.number_id import NumberId
from sim.scenario.verbs.base import Intervention

Vector = npt.NDArray[np.float64]

INTERVENTIONS = "interventions"
"""The kind of the numbers of interventions; the item is the name, or the place in the file."""

MOST_COUNTED = 2**31
"""No whole number is larger, so that each fits into an integer."""


@dataclass(frozen=True)
class NumberPlaces:
    """What each number of a vector is, its place by its identity, and its bounds.

    `of_verbs` gives the place of the number of an intervention by the place of this: names may
    repeat where a study adds interventions.
    """

    ids: tuple[NumberId, ...]
    of: Mapping[NumberId, int]
    of_verbs: Mapping[int, int]
    low: Vector
    high: Vector
    must_be_whole: npt.NDArray[np.uint64]


def vector(case: Case, interventions: Sequence[Intervention]) -> Vector:
    """The numbers as they are."""
    own = [verb.number for verb in interventions if verb.number is not None]
    return np.array([*(number.value for number in case.numbers.values()), *own])


def number_places(case: Case, interventions: Sequence[Intervention]) -> NumberPlaces:
    """Where each number stands in the vector."""
    ids, of_verbs = list(case.numbers), dict[int, int]()
    bounds = [slot_of(number.kind, number.field).bounds for number in ids]
    for place, verb in enumerate(interventions):
        if verb.number is not None:
            of_verbs[place] = len(ids)
            ids.append(NumberId(INTERVENTIONS, verb.name or str(place), verb.number_field))
            bounds.append(verb.bounds())
    largest = sys.float_info.max
    return NumberPlaces(
        tuple(ids),
        {number: i for i, number in enumerate(ids)},
        of_verbs,
        np.array([max(each.low, -largest) for each in bounds]),
        np.array([min(each.high, MOST_COUNTED if each.whole else largest) for each in bounds]),
        np.array([i for i, each in enumerate(bounds) if each.whole], np.uint64),
    )
