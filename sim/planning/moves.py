"""Which number of a case fills which words of a start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.case.bounds import is_by_issue
from sim.case.case import Case, StartFacts
from sim.case.number_id import NumberId
from sim.engine.block import RECORDS, Layout
from sim.model.parameters import BY_START, COMMON, Parameters
from sim.model.policy import BUNDLE, OWN, Policy
from sim.model.schema import columns, dtype
from sim.model.state import SCHEDULE_MONTHS, Actor, Terms
from sim.planning.vector import NumberPlaces

Records = npt.NDArray[np.void]

PARTS = tuple(
    (name, place if columns(Policy)[name].length else None)
    for name in BUNDLE
    for place in range(columns(Policy)[name].length or 1)
)
"""The numbers of a bundle, in the order in which a row of policies begins with them."""


@cache
def whole_fields(record: type) -> frozenset[str]:
    """The fields of a record that hold whole numbers."""
    fields: Mapping[str, Any] = dtype(record).fields or {}
    return frozenset(name for name, own in fields.items() if own[0].base.kind in "iu")


@dataclass
class Moves:
    """Moves in the making: pairs of a number and a word, for real and for whole numbers."""

    places: NumberPlaces
    layout: Layout
    reals: list[tuple[int, int]] = field(default_factory=list)
    wholes: list[tuple[int, int]] = field(default_factory=list)

    def put(self, number: NumberId, array: str, row: int, name: str, place: int = 0) -> None:
        """Let a number fill a field of a record, or a place of one."""
        own = self.wholes if name in whole_fields(RECORDS[array]) else self.reals
        own.append((self.places.of[number], self.layout.word(array, row, name, place)))


def length_in(case: Case, record: type, name: str) -> int | None:
    """How many numbers of a case fill a list; None for a single number."""
    if is_by_issue(name):
        return len(case.issues)
    return columns(record)[name].length or None


def move_all(case: Case, start: StartFacts, moves: Moves) -> None:
    """All moves from the numbers of a case to the words of a start."""
    move_bundles(case, moves)
    move_parameters(case, start, moves)
    move_actors(case, start, moves)
    move_pools(case, start, moves)
    move_projects(case, start, moves)
    move_world(case, start, moves)


def move_bundles(case: Case, moves: Moves) -> None:
    """The named policies, one after the other."""
    word = moves.layout.firsts["bundles"]
    for policy in case.policies:
        for name, place in PARTS:
            if place is None or place < (length_in(case, Policy, name) or 0):
                number = NumberId("policies", policy, name, place)
                moves.reals.append((moves.places.of[number], word))
            word += 1


def move_parameters(case: Case, start: StartFacts, moves: Moves) -> None:
    """The parameters of row 0."""
    own = [("parameters", "", name) for name in COMMON]
    own += [("starts", start.id, name) for name in BY_START]
    for kind, item, name in own:
        length = length_in(case, Parameters, name)
        for place in [None] if length is None else range(length):
            moves.put(NumberId(kind, item, name, place), "parameters", 0, name, place or 0)


def move_actors(case: Case, start: StartFacts, moves: Moves) -> None:
    """What each actor is at the start, and the numbers of its own in its row of policies."""
    given = [(each, column.given) for each, column in columns(Actor).items() if column.given]
    given += [(each, start.rungs) for each in ("rung", "rung_start", "rung_opened")]
    for i, actor in enumerate(case.actors):
        for each, name in given:
            moves.put(NumberId("actors", actor, name), "actors", i, each)
        for name in OWN:
            moves.put(NumberId("actors", actor, name), "policies", i, name)
        budget = NumberId("starts", start.id, "relief_budget")
        moves.put(budget, "actors", i, "relief_budget")


def move_pools(case: Case, start: StartFacts, moves: Moves) -> None:
    """The pools at the start."""
    for j, pool in enumerate(case.pools):
        for name in columns(Terms):
            for array in ("pools", "terms"):
                moves.put(NumberId("pools", pool, name), array, j, name)
        for name in ("balance", "stage"):
            moves.put(NumberId("starts.pools", start.id, name, pool), "pools", j, name)


def move_projects(case: Case, start: StartFacts, moves: Moves) -> None:
    """The projects at the start; a schedule says what is invested in each month spent so."""
    for p, (project, facts) in enumerate(case.projects.items()):
        for name in ("base_value", "up_rate", "down_rate", "royalty"):
            moves.put(NumberId("projects", project, name), "projects", p, name)
        for name in ("stage", "months_invested"):
            number = NumberId("starts.projects", start.id, name, project)
            moves.put(number, "projects", p, name)
        for i, (first, last) in enumerate(facts.periods):
            number = NumberId("projects", project, "schedule", i)
            for month in range(first, (last or SCHEDULE_MONTHS) + 1):
                moves.put(number, "projects", p, "schedule", month - 1)


WORLD = {
    **{name: (name,) for name in ("tenure", "attention", "price", "carry_over", "health")},
    "gdp": ("gdp", "gdp_trend", "gdp_start"),
    "need": ("need", "need_start"),
    "hunger": ("hunger_start",),
    "hardship": ("hardship", "hardship_swing"),
    "population": ("population", "population_start"),
}
"""Which fields of the world each number of a start fills."""

AT_REST = {
    "hard_line": "hard_line_rest",
    "cohesion": "cohesion_rest",
    "rerouting": "rerouting_least",
}
"""Fields of the world that begin at the value of a parameter."""


def move_world(case: Case, start: StartFacts, moves: Moves) -> None:
    """The authority, the aid system and the country at the start."""
    for name, fields in WORLD.items():
        for each in fields:
            moves.put(NumberId("starts", start.id, name), "world", 0, each)
    for each, name in AT_REST.items():
        moves.put(NumberId("parameters", "", name), "world", 0, each)
    for k in range(len(case.issues)):
        for each in ("level", "level_start", "level_opened"):
            moves.put(NumberId("starts", start.id, "levels", k), "world", 0, each, k)


def as_records(rows: Iterable[tuple[object, ...]], record: type) -> Records:
    """Rows as an array of records; an empty one keeps its type."""
    return np.array(list(rows), dtype(record))
