"""Small plans and rooms by hand, for tests of what fills a start: a test sets only what matters.

    plan = new_plan(low=[0.0], high=[1.0], reals=[move(0, word=2)])
    room = new_room(words=[0.0, 0.0, 0.0])
    fill([0.5], plan, room)

Words are a view, as those of a block are: what is written to a slice of them is written to them.
The parts of a room are not the same memory here, so each is looked at by itself.
"""

import math
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from sim.model.parameters import Parameters
from sim.model.plan import Delegation, Kind, Move, Plan, StartViews, Step, Together, Vote
from sim.model.policy import Policy
from sim.model.state import Actor, Project, World
from tests.states import record

STEP: Mapping[str, Any] = {"low": -math.inf, "high": math.inf}
"""A step without bounds."""

PARAMETERS: Mapping[str, Any] = {"share_to_reserves": 1.0}
"""Chances of 0, and shares that add up."""


def words_of(values: Sequence[float]) -> Any:
    """Real words that slices look into."""
    return memoryview(array("d", values))


def move(number: int, word: int) -> Any:
    """A word that takes a number."""
    return record(Move, {"number": number, "word": word})


def new_step(how: int, **given: Any) -> Any:
    """A step without bounds but for those given; of the first number and word."""
    return record(Step, STEP, {"how": how}, given)


def new_kind(**given: Any) -> Any:
    """A kind of tie without numbers."""
    return record(Kind, given)


def new_delegation(**given: Any) -> Any:
    """A delegation of the first actor, without votes."""
    return record(Delegation, given)


def vote(member: int, word: int) -> Any:
    """A member with a vote, and where its bundle begins."""
    return record(Vote, {"member": member, "word": word})


def new_together(**given: Any) -> Any:
    """The first row of parameters, without any of policies."""
    return record(Together, given)


def new_plan(numbers: int = 0, **given: Any) -> Plan:
    """A plan of some numbers without bounds that does nothing but what is given."""
    fields: dict[str, Any] = {name: [] for name in Plan._fields}
    fields |= {"low": [-math.inf] * numbers, "high": [math.inf] * numbers}
    return Plan(**{**fields, **given})


def records(kind: type, given: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Records with these fields."""
    return [record(kind, fields) for fields in given]


def new_room(
    words: Sequence[float] = (),
    wholes: Sequence[int] = (),
    saliences: Sequence[float] = (),
    weights: Sequence[float] = (),
    ties: Sequence[Sequence[float]] = (),
    parameters: Sequence[Mapping[str, Any]] = ({},),
    policies: Sequence[Mapping[str, Any]] = (),
    projects: Sequence[Mapping[str, Any]] = (),
) -> StartViews:
    """A room with an actor for each salience."""
    return StartViews(
        words=words_of(words),
        wholes=list(wholes),
        world=[record(World)],
        actors=records(Actor, [{"salience": each} for each in saliences]),
        projects=records(Project, projects),
        parameters=[record(Parameters, PARAMETERS, each) for each in parameters],
        policies=records(Policy, policies),
        ties=[list(row) for row in ties],
        saliences=[math.nan] * len(saliences),
        weights=list(weights),
    )
