"""Numbers of the case that a study may vary, and the ranges that are documented for them."""

from collections.abc import Iterator

from sim.case.case import Case, StartFacts
from sim.case.numbers import Number

SUMMING = ("issue_weights", "share_to_reserves", "share_to_debt", "share_to_relief")
"""Numbers that must add up to 1 with their neighbours: none of them can move alone."""

FLAG = "flag"


def adds_up(path: str) -> bool:
    """Whether the number is one of some that must add up to 1."""
    return any(part in SUMMING for part in path.split("."))


def varies(path: str, number: Number) -> bool:
    """Whether a number has a documented range with room in it, and can move alone."""
    return number.low < number.high and number.unit != FLAG and not adds_up(path)


def plays_a_part(case: Case, path: str, starts: list[StartFacts]) -> bool:
    """Whether runs from these starts look at the number: not at other starts, or rungs at them."""
    part, *rest = path.split(".")
    if part == "starts":
        return rest[0] in {start.id for start in starts}
    if part == "actors":
        other = {start.rungs for start in case.starts.values()} - {start.rungs for start in starts}
        return rest[-1] not in other
    return True


def below(case: Case, path: str, starts: list[StartFacts]) -> Iterator[str]:
    """The numbers below a path that ends in `*` which can move alone in a documented range."""
    beginning = path.removesuffix("*")
    for known, number in case.numbers.items():
        if known.startswith(beginning) and varies(known, number):
            if plays_a_part(case, known, starts):
                yield known
