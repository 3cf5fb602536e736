"""A number of the case with its unit and its backing: a source, or an assumption with a range."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Tag,
)

from sim.case.bounds import Bounds

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Number:
    """One number of the case; `low` and `high` are its documented range, NaN without one.

    `inherited` names the case from which a case that builds on it has the number.
    """

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
    inherited: str = ""

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

    def faults(self, bounds: Bounds) -> Iterator[tuple[int | None, str]]:
        """What is wrong with the value (at None) or else with the low or high end (at 0 or 1)."""
        outside = "" if self.in_range else f"the range does not contain the value {self.value:g}"
        if message := bounds.fault(self.value) or outside:
            yield None, message
        elif self.has_range:
            for end, value in enumerate((self.low, self.high)):
                if message := bounds.fault(value):
                    yield end, message


class Strict(BaseModel):
    """A part of a file that knows all its keys and takes no infinity and no NaN."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True
    )


LARGEST = 1e7
"""Beyond any number of a case or scenario: as US$ m, some ten trillion dollars."""


def real(value: Any) -> float:
    """A number as float; raises ValueError for anything else, also for true and false."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number")
    if LARGEST < abs(value) < math.inf:
        raise ValueError(f"must lie between -{LARGEST:,.0f} and {LARGEST:,.0f}")
    return float(value)


Real = Annotated[float, BeforeValidator(real)]
"""A finite number; an integer in the file will do."""


Reals = Annotated[
    Annotated[Real, Tag("number")] | Annotated[list[Real], Tag("list")],
    Discriminator(lambda given: "list" if isinstance(given, list) else "number"),
]
"""A number or a list of numbers."""

Range = Annotated[
    Annotated[list[Real], Tag("list")] | Annotated[list[list[Real]], Tag("lists")],
    Discriminator(
        lambda given: "lists" if isinstance(given, list) and list in map(type, given) else "list"
    ),
]
"""A low and a high end, or the ends of each number of a list."""
