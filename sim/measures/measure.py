"""What a measure is: the declaration from which all else about it follows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sim.measures.members import Reals, Runs
from sim.measures.sweep import (
    END_OF_RUN,
    FALLS_OF_LINE,
    FIRST_ABOVE_0,
    FIRST_RISE_OF_LINE,
    LARGEST,
    LARGEST_WITH_START,
    RISE_OF_LINE,
    TOTAL_OF_LINE,
    WEIGHTED_MEAN,
)

Key = tuple[str, str]
"""Name of a measure and its subject: a group, a bloc, a pool, a project, an issue or a level of
it, an actor; or nothing."""


class Field(NamedTuple):
    """Reads a field of a record, as in `Field("pools", "stage")`: that of the subject, if any."""

    record: str
    name: str


class Standing(NamedTuple):
    """Counts states at the rung `least` or above; without it, the mean rung of the subject."""

    least: int | None = None


Lines = Callable[[Runs, str], Reals]
"""The values `[run, month]` of a measure for a subject."""

Read = Field | Standing | Lines

OfRuns = Callable[[Runs], Reals]
"""The value `[run]` of a measure."""


class Over(NamedTuple):
    """How months become one number, in words and in one word.

    `beside` is a second field that this needs; the start has no weight. A measure that is `alone` a
    number of a run has no series by month.
    """

    way: int
    words: str = ""
    word: str = ""
    beside: Field | None = None
    alone: bool = False


TOTAL = Over(TOTAL_OF_LINE, "total over the run", "total")
END = Over(END_OF_RUN, "at the end", "end")
BY_TRADE = Over(WEIGHTED_MEAN, "of the whole run", "whole", Field("metrics", "trade"))
LAST = END._replace(alone=True)
PEAK = Over(LARGEST, alone=True)
HIGHEST = Over(LARGEST_WITH_START, "over the run", alone=True)
EVER_RISES = Over(RISE_OF_LINE, alone=True)
FIRST_RISE = Over(FIRST_RISE_OF_LINE, alone=True)
FALLS = Over(FALLS_OF_LINE, "over the run", alone=True)
FIRST = Over(FIRST_ABOVE_0, alone=True)


class Scale(NamedTuple):
    """What an axis says of a unit, its ends if it has any, and whether its values are whole.

    Whole numbers have order statistics, for no quantile of them lies between two.
    """

    words: str
    ends: tuple[float, float] | None = None
    whole: bool = True


SCALES = {
    "rung": Scale("rung, 0 to 7", (0.0, 7.0)),
    "rungs": Scale("rung, 0 to 7", (0.0, 7.0), whole=False),
    "level": Scale("level, 0 to 4", (0.0, 4.0)),
    "stage": Scale("stage, 0 to 4", (0.0, 4.0)),
    "share": Scale("share", (0.0, 1.0), whole=False),
    "flag": Scale("share of runs"),
    **{unit: Scale(unit) for unit in ("levels", "states", "count", "month")},
}
"""Scales of units that need more than their name."""

INDEX = Scale("index, 0 to 1", (0.0, 1.0), whole=False)
SIGNED = Scale("index, −1 to 1", (-1.0, 1.0), whole=False)


def scale_of_unit(unit: str) -> Scale:
    """The scale of a unit."""
    return SCALES.get(unit) or Scale(unit, whole=False)


@dataclass(frozen=True)
class Measure:
    """One thing that is read off runs: a series by month, an outcome of a run, or both.

    `of` is the kind of its subjects, if it has any; `{}` stands in `meaning` and `title` for one of
    them. `read` says what a month has. `over` says how months become one number, or gives it by
    itself; without it there is none. `needs` is the block of a case without which there is nothing
    to read. A first look has `headline` measures; `drawn` gives the places of those in pictures,
    from 1. A study that names none keeps those that are `studied`. Of measures of issues, these
    mean the issues that the case marks.
    """

    name: str
    unit: str
    meaning: str
    read: Read | None
    over: Over | OfRuns | None = END
    of: str = ""
    needs: str = ""
    title: str = ""
    axis: Scale | None = None
    headline: bool = False
    drawn: int = 0
    studied: bool = False

    @property
    def by_month(self) -> bool:
        """Whether there is a series of it."""
        return self.read is not None and not (isinstance(self.over, Over) and self.over.alone)

    @property
    def flow(self) -> bool:
        """Whether it is an amount of a month, which adds up over months."""
        return self.over == TOTAL

    @property
    def first_month(self) -> int:
        """First month of the series: the start has no flows, and no shares of them."""
        weighted = isinstance(self.over, Over) and self.over.way == WEIGHTED_MEAN
        return 1 if self.flow or weighted else 0

    @property
    def scale(self) -> Scale:
        """Its own scale, else that of its unit."""
        return self.axis or scale_of_unit(self.unit)

    @property
    def when(self) -> str:
        """When the number of a run is taken; empty where the meaning says it."""
        return self.over.words if isinstance(self.over, Over) else ""

    def titled(self, subject: str = "") -> str:
        """Its heading, for a subject by its title."""
        plain = self.title or self.name.replace("_", " ").capitalize()
        if "{}" in plain:
            return plain.format(subject)
        return f"{plain}: {subject}" if subject else plain


def name_of(key: Key) -> str:
    """A measure and its subject as one name: `gdp`, or `level:XYZ`."""
    return ":".join(key) if key[1] else key[0]
