"""How a record declares its fields, and the numpy dtypes that follow from the declaration."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

import numpy as np

ROW = "row"
"""Unit of a field that holds the place of a row among others."""

NEXT = "next_"
"""Prefix of the field that holds a state's value at the end of the month until it is committed."""


@dataclass(frozen=True)
class Column:
    """What a field means, as `of` declares it."""

    unit: str
    meaning: str
    length: int = 0
    flow: bool = False
    low: float = -np.inf
    high: float = np.inf
    given: str = ""
    absent: float | None = None
    sways: str = ""


def of(
    unit: str,
    meaning: str,
    *,
    length: int = 0,
    flow: bool = False,
    low: float = -np.inf,
    high: float = np.inf,
    given: str = "",
    absent: float | None = None,
    sways: str = "",
) -> Any:
    """Declare a field: `rung: int = of("rung", "rung on the ladder")`.

    `length` makes it a sub-array; `flow` marks an amount of one month, which adds up over months;
    `low` and `high` bound what an input file may say. `given` names the number of a case that fills
    the field at the start. `absent` stands for a number that a case leaves out; without it, none
    may be left out. `sways` says what it only makes more or less likely, for a number that
    interventions change.
    """
    return Column(unit, meaning, length, flow, low, high, given, absent, sways)


@cache
def columns(record: type) -> Mapping[str, Column]:
    """Fields of `record` in order of declaration, with what they mean."""
    return MappingProxyType({name: record.__dict__[name] for name in record.__annotations__})


def is_whole(record: type, name: str) -> bool:
    """Whether a field counts something: an int, a list of them, or a flag held as a float."""
    return record.__annotations__[name] in (int, list[int]) or columns(record)[name].unit == "flag"


@cache
def dtype(record: type) -> np.dtype[np.void]:
    """Structured dtype of `record`: float fields as float64, int fields as int64.

    The place of a row is a uint64: the compiler need not ask whether it counts from the end.
    Raises TypeError for a field that is neither.
    """
    hints = get_type_hints(record)
    fields: list[Any] = []
    for name, column in columns(record).items():
        scalar = get_args(hints[name])[0] if column.length else hints[name]
        if scalar not in (int, float):
            raise TypeError(f"{record.__name__}.{name}: {scalar} is neither int nor float")
        base = np.uint64 if column.unit == ROW else np.int64 if scalar is int else np.float64
        fields.append((name, base, (column.length,)) if column.length else (name, base))
    return np.dtype(fields)
