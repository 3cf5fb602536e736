"""The rungs that exist in a case, and the next ones of each."""

from collections.abc import Sequence

from sim.model.vocab import RECOGNITION, RUNGS

EVERY_RUNG = tuple(range(RUNGS))
"""The ladder of a case that names none."""


def ladder_fault(ladder: Sequence[int]) -> str:
    """What is wrong with a ladder; empty if nothing is.

    >>> ladder_fault([0, 4, 7]), ladder_fault([0, 4, 6])
    ('', 'must begin with 0, rise, and end with 7')
    """
    rises = list(ladder) == sorted(set(ladder) & set(EVERY_RUNG))
    ends = (ladder[0], ladder[-1]) if ladder else ()
    return "" if rises and ends == (0, RECOGNITION) else "must begin with 0, rise, and end with 7"


def rung_fault(ladder: Sequence[int], rung: float) -> str:
    """What is wrong with a whole rung that is not on the ladder; empty if it is.

    >>> rung_fault([0, 4, 7], 5), rung_fault([0, 4, 7], 4)
    ('rung 5 is not on the ladder of the case (0, 4, 7), did you mean 4?', '')
    """
    if rung in ladder:
        return ""
    nearest = min(ladder, key=lambda each: abs(each - rung))
    shown = ", ".join(map(str, ladder))
    return f"rung {rung:g} is not on the ladder of the case ({shown}), did you mean {nearest}?"


def above(ladder: Sequence[int]) -> list[int]:
    """The next rung of the ladder above each rung; the highest has itself.

    >>> above([0, 4, 7])
    [4, 4, 4, 4, 7, 7, 7, 7]
    """
    return [min((each for each in ladder if each > rung), default=rung) for rung in EVERY_RUNG]


def below(ladder: Sequence[int]) -> list[int]:
    """The next rung of the ladder below each rung; the lowest has itself.

    >>> below([0, 4, 7])
    [0, 0, 0, 0, 0, 4, 4, 4]
    """
    return [max((each for each in ladder if each < rung), default=rung) for rung in EVERY_RUNG]
