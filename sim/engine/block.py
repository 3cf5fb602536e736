"""A start as one block of words of eight bytes: one copy moves it, one hash names it.

Every array begins on a cache line. After the arrays of the start the block holds words that are
only used while it is prepared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import prod
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Start
from sim.model.interventions import Clause, Condition, Deal, Event, Part
from sim.model.parameters import Parameters
from sim.model.plan import StartViews
from sim.model.policy import Policy
from sim.model.schema import dtype
from sim.model.state import Actor, Pool, Project, Terms, World

Words = npt.NDArray[np.float64]

LINE = 8
"""Words of a cache line."""

RECORDS: Mapping[str, type] = {
    "world": World,
    "actors": Actor,
    "pools": Pool,
    "projects": Project,
    "conditions": Condition,
    "deals": Deal,
    "parameters": Parameters,
    "policies": Policy,
    "terms": Terms,
    "clauses": Clause,
    "events": Event,
    "parts": Part,
}
"""The arrays of records by name."""

WHOLE = ("vetoes", "policy_of", "terms_of", "parameters_of")
"""The arrays of whole numbers; the rest are real numbers."""


@cache
def offsets(record: type) -> Mapping[str, int]:
    """The word in a record at which each field begins."""
    fields: Mapping[str, Any] = dtype(record).fields or {}
    return MappingProxyType({name: field[1] // 8 for name, field in fields.items()})


def words_of(name: str) -> int:
    """Words that an element of an array takes."""
    return dtype(RECORDS[name]).itemsize // 8 if name in RECORDS else 1


@dataclass(frozen=True)
class Layout:
    """Where each array lies: its shape and its first word, by name; `words` of the whole block."""

    shapes: Mapping[str, tuple[int, ...]]
    firsts: Mapping[str, int]
    words: int

    def word(self, name: str, row: int, field: str, place: int = 0) -> int:
        """The word of a field of a record, or of a place in it."""
        record = RECORDS[name]
        return self.firsts[name] + row * words_of(name) + offsets(record)[field] + place


def layout_of(shapes: Mapping[str, tuple[int, ...]]) -> Layout:
    """The layout of arrays of these shapes, one after the other."""
    firsts, word = {}, 0
    for name, shape in shapes.items():
        firsts[name] = word
        word += -(-prod(shape) * words_of(name) // LINE) * LINE
    return Layout(shapes, firsts, word)


def empty_block(layout: Layout) -> Words:
    """A block of zeros that begins on a cache line."""
    padded = np.zeros(layout.words + LINE)
    skipped = -(padded.ctypes.data // 8) % LINE
    return padded[skipped : skipped + layout.words]


def copy_block(block: Words, layout: Layout) -> Words:
    """A block of its own with the same words."""
    own = empty_block(layout)
    own[:] = block
    return own


def array_view(block: Words, layout: Layout, name: str) -> Any:
    """An array of the block; what is written there is written to the block."""
    shape, first = layout.shapes[name], layout.firsts[name]
    words = block[first : first + prod(shape) * words_of(name)]
    if name in RECORDS:
        return words.view(dtype(RECORDS[name])).reshape(shape)
    return (words.view(np.int64) if name in WHOLE else words).reshape(shape)


def start_of(block: Words, layout: Layout) -> Start:
    """The start that a block holds."""
    return Start(*(array_view(block, layout, name) for name in Start._fields))


def views_of(block: Words, layout: Layout) -> StartViews:
    """The block as rules fill it."""
    words: list[Any] = [block, block.view(np.int64)]
    return StartViews(*words, *(array_view(block, layout, name) for name in StartViews._fields[2:]))
