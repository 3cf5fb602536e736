"""What every number of a case may be: its unit, its bounds, and whether it must be whole.

A path reads as in `sim.case.case`. Most numbers fill a field of a record of the model, and what
they may be stands there; only numbers without a field have their bounds here.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.parameters import BY_START, COMMON, EFFECTS, Parameters
from sim.policy import BUNDLE, OWN, Policy
from sim.schema import columns, is_whole
from sim.state import Actor, Pool, Project, World

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
class _Field:
    """Bounds of a number, or of each number of a list of `length`."""

    bounds: Bounds
    length: int = 0


_Fields = Mapping[str, _Field]


def bounds_in(record: type, name: str) -> Bounds:
    """What the field `name` of a record may be."""
    column = columns(record)[name]
    return Bounds(column.unit, column.low, column.high, is_whole(record, name))


def _field(record: type, name: str) -> _Field:
    return _Field(bounds_in(record, name), columns(record)[name].length)


def _fields(record: type, names: Iterable[str]) -> dict[str, _Field]:
    return {name: _field(record, name) for name in names}


_FLAG = _Field(Bounds("flag", 0, 1, whole=True))
_WEIGHT = Bounds("weight", 0)
_RUNG = _field(Actor, "rung")
_MOST_TIES = 1_000_000
"""More than a file can hold: the list of ties has no length of its own."""

_ACTOR: _Fields = {
    **_fields(Actor, ("salience", "custody", "refugees", "reservation_offset")),
    **_fields(Actor, ("cap", "corridor", "electorate")),
    **_fields(Policy, OWN),
    "domestic_salience": _field(Actor, "salience_base"),
    "relief": _field(Actor, "relief_capacity"),
    "development": _field(Actor, "development_capacity"),
    "trade": _field(Actor, "trade_capacity"),
    "delegates": _FLAG,
    "permanent_member": _FLAG,
}

_START: _Fields = {
    **_fields(World, ("gdp", "need", "price", "attention", "tenure", "carry_over")),
    **_fields(World, ("population", "health")),
    **_fields(Parameters, BY_START),
    "levels": _field(World, "level"),
    "relief_budget": _field(Actor, "relief_budget"),
    "trade_scale": _Field(Bounds("factor", 0)),
}

BY_ISSUE = ("ideological_cost", "issue_intercept", *EFFECTS)
"""Parameters that are lists with a number for each issue of the case."""

_LISTS_BY_ISSUE = (*BY_ISSUE, "issue_weights", "levels")

_PARTS: Mapping[str, _Fields] = {
    "parameters": _fields(Parameters, COMMON),
    "policies": _fields(Policy, BUNDLE),
    "actors": _ACTOR,
    "pools": _fields(Pool, ("interest_rate", "lock", "tranche")),
    "projects": _fields(Project, ("base_value", "up_rate", "down_rate", "royalty", "schedule")),
    "starts": _START,
    "starts.pools": _fields(Pool, ("balance", "stage")),
    "starts.projects": _fields(Project, ("stage", "months_invested")),
    "ties": {"weight": _Field(_WEIGHT, _MOST_TIES)},
    "votes": {},
}
"""Each part of a case, and the numbers that it, or each item of it, has."""

_PLACE = re.compile(r"0|[1-9][0-9]{0,5}")


def _split(path: str) -> tuple[str, list[str]]:
    """The part of the case that a path leads into, and what follows the id of an item."""
    words = path.split(".")
    if "" in words:
        raise KeyError(path)
    if words[0] == "ties":
        return "ties", ["weight", *words[1:]]
    if words[0] == "parameters":
        return "parameters", words[1:]
    if words[0] == "starts" and words[2:3] in (["pools"], ["projects"]):
        return f"starts.{words[2]}", words[4:]
    return words[0], words[2:]


def _named(part: str, name: str) -> _Field:
    if part == "actors" and re.fullmatch(RUNG_COLUMN, name):
        return _RUNG
    if part == "votes" and name:
        return _Field(_WEIGHT)
    return _PARTS[part][name]


def _leads_on(place: list[str], length: int) -> bool:
    """Whether `place` is one of a list of `length`; for a single number, whether there is none."""
    if not length or len(place) != 1:
        return not length and not place
    return _PLACE.fullmatch(place[0]) is not None and int(place[0]) < length


def names_of(part: str) -> tuple[str, ...]:
    """The numbers that `parameters`, or each item of another part, must have, rungs aside.

    Raises KeyError for a part that is not there.
    """
    return tuple(_PARTS[part])


def length_of(path: str) -> int:
    """How many numbers stand below `path`, as below `policies.mild.gates`; 0 for a single one.

    Raises KeyError for a path that leads nowhere in any case.
    """
    part, words = _split(path)
    field = _named(part, words[0] if words else "")
    if len(words) < 2:
        return field.length
    if not _leads_on(words[1:], field.length):
        raise KeyError(path)
    return 0


def is_by_issue(path: str) -> bool:
    """Whether a list of numbers below `path` has one for each issue of its case."""
    return path.rpartition(".")[2] in _LISTS_BY_ISSUE


def bounds_of(path: str) -> Bounds:
    """What the number at `path` may be, as `actors.XYZ.salience` or `policies.mild.gates.6`.

    Raises KeyError for a path that leads nowhere in any case. Which actors, policies, pools,
    projects, starts, ties and votes one case has, only its own numbers tell.
    """
    part, words = _split(path)
    field = _named(part, words[0] if words else "")
    if not _leads_on(words[1:], field.length):
        raise KeyError(path)
    return field.bounds


def fault_of(path: str, value: float) -> str:
    """What is wrong with `value` for the number at `path`, in words; empty if nothing is.

    Raises KeyError for a path that leads nowhere in any case.

    >>> fault_of("policies.mild.gates.8", 0.5)
    Traceback (most recent call last):
    KeyError: 'policies.mild.gates.8'
    >>> fault_of("starts.2024-02.levels.0", 2.5)
    'must be a whole number, not 2.5'
    """
    return bounds_of(path).fault(value)
