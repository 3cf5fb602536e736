"""A number of the case with its unit and its backing: a source, or an assumption with a range."""

import math
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Tag, model_validator

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Number:
    """One number of the case; `low` and `high` are its documented range, NaN without one."""

    value: float
    unit: str
    symbol: str = ""
    source: str = ""
    confidence: str = ""
    assumption: str = ""
    low: float = math.nan
    high: float = math.nan
    note: str = ""
    meaning: str = ""

    def at(self, value: float) -> "Number":
        """The same number with another value; a study asks for a thousand of them a point."""
        found = object.__new__(Number)
        vars(found).update(vars(self), value=value)
        return found

    @property
    def has_range(self) -> bool:
        """Whether the number has a documented range."""
        return not math.isnan(self.low)

    @property
    def in_range(self) -> bool:
        """Whether the number lies in its documented range, if it has one."""
        return not self.has_range or self.low <= self.value <= self.high


class Strict(BaseModel):
    """A part of a file that knows all its keys and takes no infinity and no NaN."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


LARGEST = 1e7
"""Beyond any number of a case or scenario: as US$ m, some ten trillion dollars."""


def real(value: Any) -> float:
    """A number as float; raises ValueError for anything else, also for true and false."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number")
    if LARGEST < abs(value) < math.inf:
        raise ValueError("is too large a number")
    return float(value)


Real = Annotated[float, BeforeValidator(real)]
"""A finite number; an integer in the file will do."""


def _number_or_list(value: Any) -> str:
    return "list" if isinstance(value, list) else "number"


def _list_or_lists(value: Any) -> str:
    nested = isinstance(value, list) and any(isinstance(part, list) for part in value)
    return "lists" if nested else "list"


Reals = Annotated[
    Annotated[Real, Tag("number")] | Annotated[list[Real], Tag("list")],
    Discriminator(_number_or_list),
]
"""A number or a list of numbers."""

Range = Annotated[
    Annotated[list[Real], Tag("list")] | Annotated[list[list[Real]], Tag("lists")],
    Discriminator(_list_or_lists),
]
"""A low and a high end, or the ends of each number of a list."""


class Backing(Strict):
    """What stands behind a number, or behind each number of a column."""

    unit: str
    symbol: str | None = None
    source: str | None = None
    confidence: Confidence | None = None
    assumption: str | None = None
    note: str | None = None

    def documented(self, value: float, low: float = math.nan, high: float = math.nan) -> Number:
        """A number with this backing and, if given, a documented range."""
        return Number(
            value,
            self.unit,
            self.symbol or "",
            self.source or "",
            self.confidence or "",
            self.assumption or "",
            low,
            high,
            self.note or "",
        )

    def listed(self, values: list[float], ends: Range | None) -> list[Number]:
        """The numbers of a list; raises ValueError for ends that do not go with it."""
        if ends is None:
            return [self.documented(value) for value in values]
        if len(ends) != 2:
            raise ValueError("a range is a pair: [low, high]")
        lows, highs = (end if isinstance(end, list) else [end] * len(values) for end in ends)
        if len(lows) != len(values) or len(highs) != len(values):
            raise ValueError(f"the range needs {len(values)} lows and {len(values)} highs")
        return [self.documented(*three) for three in zip(values, lows, highs, strict=True)]

    def check(self, has_range: bool, numbers: list[Number]) -> None:
        """Raises ValueError unless the backing is whole and each range contains its value."""
        if not self.source and not (self.assumption and has_range):
            raise ValueError("needs a source, or an assumption with a range")
        for number in numbers:
            if not number.in_range:
                raise ValueError(f"the range does not contain the value {number.value:g}")


class RangeRule(Strict):
    """How the range of a number follows from its value."""

    plus_minus: Real | None = None
    relative: Real | None = None
    at_least: Real = 0.0
    low: Real | None = None
    high: Real | None = None

    def around(self, value: float) -> tuple[float, float]:
        """The range of `value`, clipped to `low` and `high`; these alone are the range itself."""
        if self.plus_minus is None and self.relative is None:
            return self._end(self.low, value), self._end(self.high, value)
        reach = self.plus_minus or 0.0
        if self.relative is not None:
            reach = max(self.relative * abs(value), self.at_least)
        low = value - reach if self.low is None else max(value - reach, self.low)
        high = value + reach if self.high is None else min(value + reach, self.high)
        return min(low, value), max(high, value)

    @staticmethod
    def _end(end: float | None, value: float) -> float:
        return value if end is None else end


class Entry(Backing):
    """A number, or a list of numbers, written out with its backing."""

    value: Reals
    range: Range | None = None

    @model_validator(mode="after")
    def _backed(self) -> Self:
        self.check(self.range is not None, self.numbers())
        return self

    def numbers(self) -> list[Number]:
        """The numbers of the entry, one for each element of a list."""
        return self.listed(self.value if isinstance(self.value, list) else [self.value], self.range)


class ColumnEntry(Backing):
    """The backing of every number in a column of a table."""

    meaning: str | None = None
    kind: Literal["text", "flag", "rung", "number"] = "number"
    range: RangeRule | None = None

    @model_validator(mode="after")
    def _backed(self) -> Self:
        if self.kind != "text":
            self.check(self.range is not None or self.kind == "flag", [])
        return self

    def number(
        self, value: float, source: str = "", confidence: str = "", note: str = ""
    ) -> Number:
        """A number of the column; a source of its own takes the place of the column's."""
        low, high = (math.nan, math.nan) if self.range is None else self.range.around(value)
        if self.kind == "flag" and not (source or self.source):
            low, high = 0.0, 1.0
        number = self.documented(value, low, high)
        return replace(
            number,
            source=source or number.source,
            confidence=confidence or number.confidence,
            assumption="" if source else number.assumption,
            note=note or number.note,
            meaning=self.meaning or "",
        )
