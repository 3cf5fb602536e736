"""A number of the case with its unit and its backing: a source, or an assumption with a range."""

import math
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

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

    @property
    def has_range(self) -> bool:
        """Whether the number has a documented range."""
        return not math.isnan(self.low)


class Strict(BaseModel):
    """A part of a file that knows all its keys and takes no infinity and no NaN."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number")
    try:
        return float(value)
    except OverflowError:
        raise ValueError("is too large a number") from None


Real = Annotated[float, BeforeValidator(_number)]
"""A finite number; an integer in the file will do."""

Reals = Real | list[Real]


class Backing(Strict):
    """What stands behind a number, or behind each number of a column."""

    unit: str
    symbol: str | None = None
    source: str | None = None
    confidence: Confidence | None = None
    assumption: str | None = None
    note: str | None = None

    def _check(self, has_range: bool) -> None:
        if not self.source and not (self.assumption and has_range):
            raise ValueError("needs a source, or an assumption with a range")


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
    range: list[Real] | list[list[Real]] | None = None

    @model_validator(mode="after")
    def _backed(self) -> Self:
        self._check(self.range is not None)
        for number in self.numbers():
            if number.has_range and not number.low <= number.value <= number.high:
                raise ValueError(f"the range does not contain the value {number.value:g}")
        return self

    def numbers(self) -> list[Number]:
        """The numbers of the entry, one for each element of a list."""
        values = self.value if isinstance(self.value, list) else [self.value]
        lows, highs = self._ends(len(values))
        return [
            Number(
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
            for value, low, high in zip(values, lows, highs, strict=True)
        ]

    def _ends(self, length: int) -> tuple[list[float], list[float]]:
        if self.range is None:
            return [math.nan] * length, [math.nan] * length
        if len(self.range) != 2:
            raise ValueError("a range is a pair: [low, high]")
        low, high = self.range
        lows = low if isinstance(low, list) else [low] * length
        highs = high if isinstance(high, list) else [high] * length
        if len(lows) != length or len(highs) != length:
            raise ValueError(f"the range needs {length} lows and {length} highs")
        return lows, highs


class ColumnEntry(Backing):
    """The backing of every number in a column of a table."""

    meaning: str | None = None
    kind: Literal["text", "flag", "rung", "number"] = "number"
    range: RangeRule | None = None

    @model_validator(mode="after")
    def _backed(self) -> Self:
        if self.kind != "text":
            self._check(self.range is not None or self.kind == "flag")
        return self

    def number(
        self, value: float, source: str = "", confidence: str = "", note: str = ""
    ) -> Number:
        """A number of the column; a source of its own takes the place of the column's."""
        low, high = (math.nan, math.nan) if self.range is None else self.range.around(value)
        if self.kind == "flag" and not (source or self.source):
            low, high = 0.0, 1.0
        return Number(
            value,
            self.unit,
            self.symbol or "",
            source or self.source or "",
            confidence or self.confidence or "",
            "" if source else self.assumption or "",
            low,
            high,
            note or self.note or "",
        )
