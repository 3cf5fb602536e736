"""Numbers of the case that a study may vary, and the ranges that are documented for them."""

from collections.abc import Iterator

from sim.case.case import Case, StartFacts
from sim.case.number_id import NumberId
from sim.case.numbers import Number

SUMMING = ("issue_weights", "share_to_reserves", "share_to_debt", "share_to_relief")
"""Numbers that must add up to 1 with their neighbours: none of them can move alone."""

FLAG = "flag"


def adds_up(name: NumberId) -> bool:
    """Whether the number is one of some that must add up to 1."""
    return name.field in SUMMING


def varies(name: NumberId, number: Number) -> bool:
    """Whether a number has a documented range with room in it, and can move alone."""
    return number.low < number.high and number.unit != FLAG and not adds_up(name)


def plays_a_part(case: Case, name: NumberId, start: StartFacts) -> bool:
    """Whether runs from this start look at the number: not at other starts, or rungs at them."""
    if name.kind.startswith("starts"):
        return name.item == start.id
    if name.kind == "actors":
        other = {each.rungs for each in case.starts.values()} - {start.rungs}
        return name.field not in other
    return True


def below(case: Case, path: str, start: StartFacts) -> Iterator[str]:
    """The numbers below a path that ends in `*` which can move alone in a documented range."""
    beginning = path.removesuffix("*")
    for name, number in case.numbers.items():
        path = str(name)
        if path.startswith(beginning) and varies(name, number):
            if plays_a_part(case, name, start):
                yield path
