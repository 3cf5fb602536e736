"""The plan of a start: which number fills which word, and how rows follow from each other.

A plan is made once for a scenario, by names; `sim.model.rules.preparing` then fills a start from a
vector of numbers without any. All arrays of a start lie in one block of words of eight bytes.
"""

from collections.abc import MutableSequence, Sequence
from enum import IntEnum
from typing import NamedTuple

from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.schema import ROW, of
from sim.model.state import Actor, Project, World


class Fault(IntEnum):
    """Why numbers do not make a start; each has a place, see `sim.model.rules.preparing`."""

    NONE = 0
    NUMBER = 1
    STEP = 2
    NO_VOTE = 3
    CLIMBING = 4
    SETTLING = 5
    ASSETS = 6
    PROJECTS = 7
    SHARES = 8
    REROUTING = 9
    NOT_WHOLE = 10


COPY, SET, ADD, TIMES, SET_WHOLE = range(5)
"""What a step does to a word; to a whole number only the last."""

(
    NO_FAULT,
    OF_NUMBER,
    OF_STEP,
    NO_VOTE,
    CLIMBING,
    SETTLING,
    ASSETS,
    PROJECTS,
    SHARES,
    REROUTING,
    NOT_WHOLE,
) = (int(fault) for fault in Fault)


class Move:
    """A word that takes a number as it is."""

    number: int = of(ROW, "of the number")
    word: int = of(ROW, "of the block")


class Step:
    """A change of words that were filled before; steps are taken in order."""

    how: int = of("how", "COPY, SET, ADD, TIMES or SET_WHOLE")
    word: int = of(ROW, "that changes; for COPY the first one")
    source: int = of(ROW, "first word to copy, for COPY")
    length: int = of(ROW, "to copy, for COPY")
    number: int = of(ROW, "of the number to which, by which or times which")
    low: float = of("as the word", "least value")
    high: float = of("as the word", "greatest value")
    clipped: int = of("flag", "1 where a value beyond its bounds is put to the bound")
    whole: int = of("flag", "1 where the value must be a whole number")


class Delegation:
    """A row of policies whose bundle is the mean of those of the members, by their votes."""

    actor: int = of(ROW, "of the institution")
    word: int = of(ROW, "first one of the bundle")
    length: int = of(ROW, "of a bundle")
    first: int = of(ROW, "of its votes")
    last: int = of(ROW, "after its votes")


class Vote:
    """A member with a vote, and the bundle it follows in the same month."""

    member: int = of(ROW, "of the actor")
    word: int = of(ROW, "first one of the bundle")


class Kind:
    """How two actors are tied: by the largest of some numbers, or `least` if that is more."""

    least: float = of("weight", "without any number")
    first: int = of(ROW, "of its numbers, in `kind_numbers`")
    last: int = of(ROW, "after its numbers")


class Together:
    """Rows that are in force together, which must meet some limits together."""

    month: int = of("month", "in which they first are")
    parameters: int = of(ROW, "of the parameters")
    first: int = of(ROW, "of its rows of policies, in `together_rows`")
    last: int = of(ROW, "after them")


class Plan(NamedTuple):
    """All that is known of a start before its numbers are.

    `low[i]` and `high[i]` bound number i and `must_be_whole` lists numbers that count something;
    `tie_kinds[i][j]` is the kind of tie that actor i has to actor j, and `by_salience[i]` is 1
    where ties of actor i weigh by the salience of the other.
    """

    low: Sequence[float]
    high: Sequence[float]
    must_be_whole: Sequence[int]
    reals: Sequence[Move]
    wholes: Sequence[Move]
    steps: Sequence[Step]
    kinds: Sequence[Kind]
    kind_numbers: Sequence[int]
    tie_kinds: Sequence[Sequence[int]]
    by_salience: Sequence[int]
    delegations: Sequence[Delegation]
    votes: Sequence[Vote]
    together: Sequence[Together]
    together_rows: Sequence[int]


class StartViews(NamedTuple):
    """The block that a start is, as words, as whole numbers, and as the parts to be filled.

    The same memory several times: what is written to one is read from the other.
    `saliences` and `weights`, of the actors and of the kinds of ties, are only used on the way.
    """

    words: MutableSequence[float]
    wholes: MutableSequence[int]
    world: Sequence[World]
    actors: Sequence[Actor]
    projects: Sequence[Project]
    parameters: Sequence[Parameters]
    policies: Sequence[Policy]
    ties: Sequence[MutableSequence[float]]
    saliences: MutableSequence[float]
    weights: MutableSequence[float]
