"""A chunk: the runs of some stretches as bytes, which depend on the stretches alone.

The first line is JSON that says what follows: for each stretch that did not fail, its outcomes
`[outcome, run]`, then for each of its atoms what is kept by month `[series, kept, month]` (mean,
sum of squared distances from it, least, greatest), all as little-endian float64.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.results.members import Reals
from sim.store.atoms import ATOM, Stretch
from sim.store.manifest import canonical

FORMAT = 1
KEPT = 4
"""Numbers that are kept of each series and month over the runs of an atom."""

WIDTH = 8
"""Bytes of a number; the first line is padded to a multiple of it."""


class NotAChunk(Exception):
    """Bytes that are no chunk."""


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
    end = content.find(b"\n") + 1
    try:
        head = json.loads(content[:end])
        if (head["format"], head["atom"]) != (FORMAT, ATOM):
            raise NotAChunk
        layout = Layout(head["months"], tuple(head["outcomes"]), tuple(head["series"]))
        entries, offset = [], end
        for point, first, runs, *failed in head["stretches"]:
            stretch = Stretch(point, first, runs)
            entries.append(Entry(stretch, Failure(*failed) if failed else None, offset))
            offset += 0 if failed else WIDTH * layout.numbers(stretch)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotAChunk from None
    if offset != len(content):
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
