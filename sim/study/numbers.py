"""Numbers of the case that a study may vary, and how others make room where they add up to 1.

Of numbers that must add up to 1, those that vary take their values; the others keep their
proportions and share what is left. Where all of a set vary, or those that vary come to more than 1,
or the others are all 0, those that vary are divided by their sum and the others become 0. This is
the only place that says so.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.case.bounds import slot_of
from sim.case.case import Case, StartFacts
from sim.case.number_id import NumberId, number_id
from sim.case.numbers import Number
from sim.measures.members import Reals

SHARES = ("share_to_reserves", "share_to_debt", "share_to_relief")
"""Parameters that add up to 1 together; others that do are lists of shares (sim.case.bounds)."""


def adds_up(name: NumberId) -> bool:
    """Whether the number is one of some that must add up to 1."""
    return name.field in SHARES or slot_of(name.kind, name.field).shares


def set_of(case: Case, name: NumberId) -> tuple[NumberId, ...]:
    """All numbers that must add up to 1 with this one, itself included; () where none must."""
    if name.field in SHARES:
        return tuple(name._replace(field=field) for field in SHARES)
    if slot_of(name.kind, name.field).shares:
        return tuple(each for each in case.numbers if each[:3] == name[:3])
    return ()


def with_neighbours(case: Case, paths: Sequence[str]) -> list[str]:
    """Some paths and those of all numbers that must make room for them, each once, sorted."""
    found = {*paths}
    for path in paths:
        found.update(map(str, set_of(case, number_id(path))))
    return sorted(found)


def sets_among(case: Case, paths: Sequence[str]) -> list[npt.NDArray[np.int64]]:
    """The places among `paths` of each set of numbers that must add up to 1."""
    sets = {set_of(case, number_id(path)): None for path in paths}
    return [np.array([paths.index(str(each)) for each in one]) for one in sets if one]


def balanced(values: Reals, varied: npt.NDArray[np.bool_]) -> Reals:
    """The numbers of one set after some of them have been varied; they add up to 1."""
    given, rest = values[varied].sum(), values[~varied].sum()
    found = values.copy()
    if rest > 0.0 and given <= 1.0:
        found[~varied] *= (1.0 - given) / rest
    elif given > 0.0:
        found[~varied] = 0.0
        found[varied] /= given
    else:
        found[varied] = 1.0 / varied.sum()
    return found


FLAG = "flag"


def varies(number: Number) -> bool:
    """Whether a number has a documented range with room in it, and is no flag."""
    return number.low < number.high and number.unit != FLAG


def plays_a_part(case: Case, name: NumberId, start: StartFacts) -> bool:
    """Whether runs from this start look at the number: not at other starts, or rungs at them."""
    if name.kind.startswith("starts"):
        return name.item == start.id
    if name.kind == "actors":
        other = {each.rungs for each in case.starts.values()} - {start.rungs}
        return name.field not in other
    return True


def below(case: Case, path: str, start: StartFacts) -> list[str]:
    """The numbers below a path that ends in `*` which have a documented range.

    Numbers that must add up to 1 are meant where the path leads to nothing else.
    """
    beginning = path.removesuffix("*")
    found = [name for name in case.numbers if str(name).startswith(beginning)]
    summing = all(map(adds_up, found))
    return [
        str(name)
        for name in found
        if varies(case.numbers[name])
        and adds_up(name) == summing
        and plays_a_part(case, name, start)
    ]
