"""Numbers as files give them: written out with their backing, or by the column of a table."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ValidationInfo, model_validator

from sim.case.bounds import Bounds, Slot
from sim.case.context import Context
from sim.case.numbers import Confidence, Number, Range, Real, Reals, Strict
from sim.io.documents import Keys
from sim.io.validation import Finding, wrong

Words = Annotated[str, BeforeValidator(lambda text: "" if text is None else text)]
"""Text that may be left out, also behind its key."""

UNBACKED = "needs a source, or an assumption with a range"


class Backing(Strict):
    """What stands behind a number, or behind each number of a column."""

    unit: str
    symbol: Words = ""
    source: Words = ""
    confidence: Confidence | None = None
    assumption: Words = ""
    note: Words = ""

    def is_whole(self, has_range: bool) -> bool:
        """Whether there is a source, or an assumption and a range."""
        return bool(self.source or (self.assumption and has_range))

    def wrong_unit(self, bounds: Bounds) -> list[Finding]:
        """The fault of another unit than that of the numbers."""
        message = f"the unit must be {bounds.unit!r}, not {self.unit!r}"
        return [] if self.unit == bounds.unit else [(("unit",), message)]

    def documented(self, value: float, low: float = math.nan, high: float = math.nan) -> Number:
        """A number with this backing and, if given, a documented range."""
        backing = (self.symbol, self.source, self.confidence or "", self.assumption)
        return Number(value, self.unit, *backing, low, high, self.note)


class RangedBacking(Backing):
    """What stands behind numbers that are written out beside it, with the range of each."""

    range: Range | None = None

    def listed(self, values: list[float]) -> list[Number]:
        """The numbers with these values; raises ValueError for a range that goes not with them."""
        if self.range is None:
            return [self.documented(value) for value in values]
        if len(self.range) != 2:
            raise ValueError("a range is a pair: [low, high]")
        lows, highs = (end if isinstance(end, list) else [end] * len(values) for end in self.range)
        if len(lows) != len(values) or len(highs) != len(values):
            raise ValueError(f"the range needs {len(values)} lows and {len(values)} highs")
        return [self.documented(*three) for three in zip(values, lows, highs, strict=True)]

    def check(self, values: Mapping[Keys, float], bounds: Bounds) -> None:
        """Raise ValidationError for all that is wrong with the numbers at the keys of `values`."""
        findings = self.wrong_unit(bounds)
        if not self.is_whole(self.range is not None or not values):
            findings.append(((), UNBACKED))
        try:
            numbers = self.listed(list(values.values()))
        except ValueError as error:
            raise wrong([*findings, (("range",), str(error))]) from None
        for i, (keys, number) in enumerate(zip(values, numbers, strict=True)):
            for end, message in number.faults(bounds):
                findings.append((keys if end is None else self._end(end, i), message))
        if findings:
            raise wrong(dict.fromkeys(findings))

    def _end(self, end: int, place: int) -> Keys:
        """The way to an end of the range of the number at `place`."""
        each = self.range is not None and isinstance(self.range[end], list)
        return ("range", end, place) if each else ("range", end)


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
            low, high = (value if end is None else end for end in (self.low, self.high))
            return low, high
        reach = self.plus_minus or 0.0
        if self.relative is not None:
            reach = max(self.relative * abs(value), self.at_least)
        low = value - reach if self.low is None else max(value - reach, self.low)
        high = value + reach if self.high is None else min(value + reach, self.high)
        return min(low, value), max(high, value)


def length_fault(slot: Slot, value: Any) -> str:
    """What is wrong with a list where one number should be, or with the length of a list."""
    if slot.length == (len(value) if isinstance(value, list) else None):
        return ""
    if slot.length is None:
        return "needs one number"
    return f"needs a list of {slot.length} numbers{', one for each issue' * slot.by_issue}"


class Entry(RangedBacking):
    """A number, or a list of numbers, written out with its backing."""

    value: Reals

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        length = len(self.value) if isinstance(self.value, list) else None
        slot = slot_in(info) or Slot(Bounds(self.unit), length)
        message = length_fault(slot, self.value)
        if message:
            raise wrong([(("value",), message), *self.wrong_unit(slot.bounds)])
        self.check(self.values(), slot.bounds)
        return self

    def values(self) -> dict[Keys, float]:
        """The values of the entry by the way to each."""
        if not isinstance(self.value, list):
            return {("value",): self.value}
        return {("value", place): value for place, value in enumerate(self.value)}

    def numbers(self) -> list[Number]:
        """The numbers of the entry, one for each element of a list."""
        return self.listed(list(self.values().values()))


def slot_in(info: ValidationInfo) -> Slot | None:
    """What the number that is read may be; None where the context does not say it."""
    return info.context.slot if isinstance(info.context, Context) else None


class ColumnEntry(Backing):
    """The backing of every number in a column of a table."""

    meaning: Words = ""
    kind: Literal["text", "flag", "rung", "number"] = "number"
    range: RangeRule | None = None

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        findings, slot = [], slot_in(info)
        if slot and self.kind == "text":
            raise wrong([(("kind",), "holds numbers, not text")])
        if slot:
            findings += self.wrong_unit(slot.bounds)
        has_range = self.range is not None or self.kind == "flag"
        if self.kind != "text" and not self.is_whole(has_range):
            findings.append(((), UNBACKED))
        if findings:
            raise wrong(findings)
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
            meaning=self.meaning,
        )
