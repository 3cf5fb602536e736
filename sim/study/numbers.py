"""Numbers of the case that a study may vary over their documented ranges."""

from sim.case.case import Case, StartFacts
from sim.case.number_id import NumberId
from sim.case.numbers import Number
from sim.study.sums import adds_up

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
