"""The draws of a month: a function of seed, run, entity, month and slot alone (model 7.12).

So run k is the same whatever the number of runs, the order of actors, the horizon and whatever else
happened, and scenarios can be compared run by run (common random numbers).
"""

import hashlib
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.engine.philox import TO_UNIT, philox
from sim.model.slots import SLOTS, Draws, named_draws

WORDS_A_BLOCK = 4
BLOCKS = SLOTS // WORDS_A_BLOCK

LANES = 8
"""Entities are padded to a multiple of so many, which the compiler mixes at once."""

Words = npt.NDArray[np.uint64]
Buffer = npt.NDArray[np.float64]
"""The draws of a month, `[slot, entity]`, each in [0, 1)."""


class Uids(NamedTuple):
    """Uids of the actors, the world, issues, pools and projects, in this order, then padding.

    The first `deep` of them may use every slot, the rest the first four alone.
    """

    words: Words
    deep: int
    actors: int
    issues: int
    pools: int
    projects: int


@cache
def uid(kind: str, name: str) -> int:
    """First four bytes, big-endian, of the SHA-256 of `kind:name`.

    >>> uid("issue", "XYZ")
    1135084966
    """
    return int.from_bytes(hashlib.sha256(f"{kind}:{name}".encode()).digest()[:4], "big")


def key(seed: int) -> tuple[np.uint64, np.uint64]:
    """The two key words of a seed below 2**64."""
    return np.uint64(seed % 2**32), np.uint64(seed // 2**32)


def join_uids(
    actors: list[int], issues: list[int], pools: list[int], projects: list[int], world: int
) -> Uids:
    """The uids of all entities, padded with zeros."""
    found = [*actors, world, *issues, *pools, *projects]
    padding = [0] * (-len(found) % LANES)
    deep = len(actors) + 1
    deep += -deep % LANES
    counts = map(len, (actors, issues, pools, projects))
    return Uids(np.array(found + padding, np.uint64), deep, *counts)


def new_buffer(uids: Uids) -> Buffer:
    """Room for the draws of a month."""
    return np.zeros((SLOTS, len(uids.words)))


def fill_draws(buffer: Buffer, uids: Uids, run: int, month: int, key_0: Any, key_1: Any) -> None:
    """Fill `buffer[slot, entity]` with the draws of one run and month.

    Slots that an entity cannot use are left as they are.
    """
    fill_block(buffer, uids.words, 0, run, month, key_0, key_1)
    for block in range(1, len(buffer) // WORDS_A_BLOCK):
        fill_block(buffer, uids.words[: uids.deep], block, run, month, key_0, key_1)


def fill_block(
    buffer: Buffer, words: Words, block: int, run: int, month: int, key_0: Any, key_1: Any
) -> None:
    """Fill four slots of the entities with these uids.

    A function of its own with open bounds: only so does the compiler mix eight entities at once.
    """
    counter_0 = np.uint64(run)
    counter_2 = np.uint64(month)
    counter_3 = np.uint64(block)
    slot = block * WORDS_A_BLOCK
    first, second = buffer[slot], buffer[slot + 1]
    third, fourth = buffer[slot + 2], buffer[slot + 3]
    for i in range(len(words)):
        drawn = philox(counter_0, words[i], counter_2, counter_3, key_0, key_1)
        first[i] = drawn[0] * TO_UNIT
        second[i] = drawn[1] * TO_UNIT
        third[i] = drawn[2] * TO_UNIT
        fourth[i] = drawn[3] * TO_UNIT


def draw_month_as_lists(uids: Uids, run: int, month: int, seed: int) -> Draws:
    """The named draws of one run and month as Python floats, with the bits of `fill`."""
    counters = np.uint64(run), uids.words, np.uint64(month)
    rows: list[list[float]] = []
    for block in range(BLOCKS):
        words = philox(*counters, np.uint64(block), *key(seed))
        rows += [(word * TO_UNIT).tolist() for word in words]
    return named_draws(rows, uids.actors, uids.issues, uids.pools, uids.projects)
