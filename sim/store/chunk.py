"""A chunk: the runs of some stretches as bytes, which depend on the stretches alone.

The first line is JSON that says what follows: for each stretch that did not fail, its outcomes
`[outcome, run]`, then for each of its atoms what is kept by month `[series, kept, month]` (mean,
sum of squared distances from it, least, greatest), all as little-endian float64.

An atom is the smallest number of runs that are kept together. What is added up over runs is added
up within an atom, and atoms are added up in order, so that the same bits come out however many
atoms were run at once, where, and in which order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from sim.measures.members import Reals
from sim.scenario.limits import LONGEST, MOST_RUNS
from sim.store.manifest import canonical

ATOM = 100
"""Runs of an atom; the last one of a point may have fewer."""


def atoms_of(runs: int) -> int:
    """Number of atoms of so many runs, the last one perhaps in part.

    >>> atoms_of(100), atoms_of(101)
    (1, 2)
    """
    return -(-runs // ATOM)


def length_of(atom: int, runs: int) -> int:
    """Number of runs in one atom of a point with so many runs.

    >>> length_of(0, 250), length_of(2, 250)
    (100, 50)
    """
    return min(ATOM, runs - atom * ATOM)


@dataclass(frozen=True, order=True)
class Stretch:
    """Runs `first` to `first + runs - 1` of a point; `first` is the beginning of an atom."""

    point: str
    first: int
    runs: int

    @property
    def last(self) -> int:
        """The run after the last one."""
        return self.first + self.runs

    @property
    def atoms(self) -> range:
        """Its atoms."""
        return range(self.first // ATOM, atoms_of(self.last))

    def length(self, atom: int) -> int:
        """Number of its runs in one of its atoms."""
        return length_of(atom, self.last)


FORMAT = 1
KEPT = 4
"""Numbers that are kept of each series and month over the runs of an atom."""

WIDTH = 8
"""Bytes of a number; the first line is padded to a multiple of it."""


LARGEST_HEAD = 64_000_000
"""Bytes of the longest first line that is read."""

Run = Annotated[int, Field(ge=0, lt=MOST_RUNS)]
First = Annotated[int, Field(ge=0, lt=MOST_RUNS, multiple_of=ATOM)]
Runs = Annotated[int, Field(ge=1, le=MOST_RUNS)]
Names = Annotated[tuple[str, ...], Field(max_length=10_000)]


Done = tuple[str, First, Runs]
Failed = tuple[str, First, Runs, Run, str, str]


class NotAChunk(Exception):
    """Bytes that are no chunk."""


class Head(BaseModel):
    """What the first line of a chunk may say."""

    model_config = ConfigDict(strict=True)

    format: Literal[1]
    atom: Literal[100]
    months: Annotated[int, Field(ge=1, le=LONGEST)]
    outcomes: Names
    series: Names
    stretches: list[Done | Failed]


@dataclass(frozen=True)
class Layout:
    """What is recorded of each run: months, and names of outcomes and series."""

    months: int
    outcomes: tuple[str, ...]
    series: tuple[str, ...]

    def numbers(self, stretch: Stretch) -> int:
        """How many numbers a stretch takes."""
        by_month = len(stretch.atoms) * len(self.series) * KEPT * (self.months + 1)
        return len(self.outcomes) * stretch.runs + by_month


@dataclass(frozen=True)
class Failure:
    """Why runs of a point are not to be had: the first run that failed, and how."""

    run: int
    stage: str
    message: str


@dataclass(frozen=True)
class Read:
    """The runs of a stretch: `outcomes[outcome, run]`, `months[atom, series, kept, month]`."""

    outcomes: Reals
    months: Reals


@dataclass(frozen=True)
class Entry:
    """A stretch in a chunk: how it failed, or where in the bytes its numbers begin."""

    stretch: Stretch
    failure: Failure | None
    offset: int


def encoded(layout: Layout, stretches: Sequence[tuple[Stretch, Read | Failure]]) -> bytes:
    """The bytes of a chunk."""
    head = {
        "format": FORMAT,
        "atom": ATOM,
        "months": layout.months,
        "outcomes": layout.outcomes,
        "series": layout.series,
        "stretches": [_told(stretch, found) for stretch, found in stretches],
    }
    line = canonical(head).encode()
    parts = [line, b" " * (-(len(line) + 1) % WIDTH), b"\n"]
    for _, found in stretches:
        if isinstance(found, Read):
            parts += [np.ascontiguousarray(each, "<f8").tobytes() for each in _arrays(found)]
    return b"".join(parts)


def _arrays(read: Read) -> tuple[Reals, Reals]:
    return read.outcomes, read.months


def _told(stretch: Stretch, found: Read | Failure) -> list[Any]:
    told: list[Any] = [stretch.point, stretch.first, stretch.runs]
    return told if isinstance(found, Read) else [*told, found.run, found.stage, found.message]


def decoded(content: bytes) -> tuple[Layout, list[Entry]]:
    """What a chunk holds; raises NotAChunk."""
    if not isinstance(content, bytes):
        raise NotAChunk
    return announced(content[: content.find(b"\n") + 1], len(content))


def announced(line: bytes, size: int) -> tuple[Layout, list[Entry]]:
    """What a chunk of `size` bytes holds, as its first line says; raises NotAChunk."""
    try:
        head = Head.model_validate_json(line)
    except ValueError:
        raise NotAChunk from None
    layout = Layout(head.months, head.outcomes, head.series)
    entries, offset = [], len(line)
    for told in head.stretches:
        stretch = Stretch(told[0], told[1], told[2])
        failure = Failure(told[3], told[4], told[5]) if len(told) == 6 else None
        entries.append(Entry(stretch, failure, offset))
        offset += 0 if failure else WIDTH * layout.numbers(stretch)
    if offset != size:
        raise NotAChunk
    return layout, entries


def numbers_of(layout: Layout, stretch: Stretch, content: bytes) -> Read:
    """The runs of a stretch from its own bytes."""
    numbers = np.frombuffer(content, "<f8", layout.numbers(stretch))
    split = len(layout.outcomes) * stretch.runs
    shape = (len(stretch.atoms), len(layout.series), KEPT, layout.months + 1)
    return Read(
        numbers[:split].reshape(len(layout.outcomes), stretch.runs),
        numbers[split:].reshape(shape),
    )
