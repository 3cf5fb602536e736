"""What every number of a case may be: its unit, its bounds, and whether it must be whole.

Most numbers fill a field of a record of the model, which says what they may be; only numbers
without such a field have their bounds here.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from sim.case.number_id import WEIGHT, NumberId
from sim.model.parameters import BY_START, COMMON, EFFECTS, Parameters
from sim.model.policy import BUNDLE, OWN, Policy
from sim.model.schema import columns, is_whole
from sim.model.state import Actor, Pool, Project, World

RUNG_COLUMN = r"^rung(_[A-Za-z0-9_]+)?$"
"""A column of actors that holds rungs; each start names the one it takes."""


@dataclass(frozen=True)
class Bounds:
    """What a number may be: its unit, its bounds, which are included, and whether it is whole."""

    unit: str
    low: float = -math.inf
    high: float = math.inf
    whole: bool = False

    def fault(self, value: float) -> str:
        """What is wrong with `value`, in words; empty if nothing is.

        >>> Bounds("rung", 0, 7, whole=True).fault(9)
        'must be between 0 and 7, not 9'
        """
        if not math.isfinite(value):
            return f"must be a finite number, not {value:g}"
        if not self.low <= value <= self.high:
            return f"must be {self._reach()}, not {value:.15g}"
        if self.whole and value != math.floor(value):
            return f"must be a whole number, not {value:.15g}"
        return ""

    def _reach(self) -> str:
        low, high = (np.format_float_positional(end, trim="-") for end in (self.low, self.high))
        if math.isinf(self.high):
            return f"{low} or more"
        return f"{high} or less" if math.isinf(self.low) else f"between {low} and {high}"


@dataclass(frozen=True)
class Slot:
    """What fills a field: a number, a list of `length` numbers, or a number for each name.

    A list `by_issue` has a number for each issue of its case, `length` at most. The numbers of a
    list of `shares` add up to 1. `absent` stands for numbers that a case leaves out, where it may.
    """

    bounds: Bounds
    length: int | None = None
    named: bool = False
    shares: bool = False
    by_issue: bool = False
    absent: float | None = None


_Fields = Mapping[str, Slot]

BY_ISSUE = ("ideological_cost", "issue_intercept", *EFFECTS)
"""Parameters that are lists with a number for each issue of the case."""

LISTS_BY_ISSUE = (*BY_ISSUE, "issue_weights", "level")
"""Fields of records that are such lists."""


@cache
def bounds_in(record: type, name: str) -> Bounds:
    """What the field `name` of a record may be."""
    column = columns(record)[name]
    return Bounds(column.unit, column.low, column.high, is_whole(record, name))


def _field(record: type, name: str) -> Slot:
    column, by_issue = columns(record)[name], name in LISTS_BY_ISSUE
    length = column.length or None
    return Slot(bounds_in(record, name), length, by_issue=by_issue, absent=column.absent)


def _fields(record: type, names: Iterable[str]) -> dict[str, Slot]:
    return {name: _field(record, name) for name in names}


def _given(record: type) -> dict[str, Slot]:
    """The numbers that fill fields of a record, each bounded as the first field that it fills."""
    found: dict[str, Slot] = {}
    for name, column in columns(record).items():
        if column.given:
            found.setdefault(column.given, _field(record, name))
    return found


def _named(record: type, names: Iterable[str]) -> dict[str, Slot]:
    return {name: Slot(bounds_in(record, name), named=True) for name in names}


_FLAG = Slot(Bounds("flag", 0, 1, whole=True))
_WEIGHT = Bounds("weight", 0)
_RUNG = _field(Actor, "rung")
_MOST_TIES = 1_000_000
"""More than a file can hold: the list of ties has no length of its own."""

_ACTOR: _Fields = {
    **_given(Actor),
    **_fields(Policy, OWN),
    "delegates": _FLAG,
    "permanent_member": _FLAG,
}

_POLICY: _Fields = {
    **_fields(Policy, BUNDLE),
    "issue_weights": replace(_field(Policy, "issue_weights"), shares=True),
}

_START: _Fields = {
    **_fields(World, ("gdp", "need", "price", "attention", "tenure", "carry_over")),
    **_fields(World, ("population", "health")),
    **_fields(Parameters, BY_START),
    "hunger": _field(World, "hunger_start"),
    "hardship": _field(World, "hardship_swing"),
    "levels": _field(World, "level"),
    "relief_budget": _field(Actor, "relief_budget"),
    "trade_scale": Slot(Bounds("factor", 0)),
}

_PARTS: Mapping[str, _Fields] = {
    "parameters": _fields(Parameters, COMMON),
    "policies": _POLICY,
    "actors": _ACTOR,
    "pools": _fields(Pool, ("interest_rate", "lock", "tranche")),
    "projects": _fields(Project, ("base_value", "up_rate", "down_rate", "royalty", "schedule")),
    "starts": _START,
    "starts.pools": _named(Pool, ("balance", "stage")),
    "starts.projects": _named(Project, ("stage", "months_invested")),
    "ties": {WEIGHT: Slot(_WEIGHT, _MOST_TIES)},
    "votes": {WEIGHT: Slot(_WEIGHT, named=True)},
}
"""Each part of a case, and the numbers that it, or each item of it, has."""


@cache
def slot_of(kind: str, field: str) -> Slot:
    """What a field of a kind of items may hold; raises KeyError for an unknown field."""
    if kind == "actors" and re.fullmatch(RUNG_COLUMN, field):
        return _RUNG
    return _PARTS[kind][field]


def names_of(part: str) -> tuple[str, ...]:
    """The numbers that `parameters`, or each item of another part, must have, rungs aside.

    Raises KeyError for a part that is not there.
    """
    return tuple(_PARTS[part])


def is_by_issue(field: str) -> bool:
    """Whether a field is a list with a number for each issue of its case."""
    return field in (*LISTS_BY_ISSUE, "levels")


def bounds_of(number: NumberId) -> Bounds:
    """What a number may be; raises KeyError where no case can have such a number.

    Which actors, policies, pools, projects, starts, ties and votes one case has, only its own
    numbers tell.
    """
    slot, place = slot_of(number.kind, number.field), number.place
    if isinstance(place, int) and not slot.named:
        fits = place < (slot.length or 0)
    else:
        fits = (place is not None) == slot.named and slot.length is None
    if not fits:
        raise KeyError(str(number))
    return slot.bounds


def fault_of(number: NumberId, value: float) -> str:
    """What is wrong with `value` for a number, in words; empty if nothing is.

    Raises KeyError where no case can have such a number.

    >>> fault_of(NumberId("policies", "mild", "gates", 8), 0.5)
    Traceback (most recent call last):
    KeyError: 'policies.mild.gates.8'
    >>> fault_of(NumberId("starts", "2024-02", "levels", 0), 2.5)
    'must be a whole number, not 2.5'
    """
    return bounds_of(number).fault(value)
