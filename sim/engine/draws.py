"""The draws of a month: a function of seed, run, entity, month and slot alone (model 7.12).

So run k is the same whatever the number of runs, the order of actors, the horizon and whatever else
happened, and scenarios can be compared run by run (common random numbers).
"""

import hashlib
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.engine.philox import TO_UNIT, philox
from sim.state import ACTOR_SLOTS, WORLD_SLOTS, Draws, named_draws

WORDS_A_BLOCK = 4


class Uids(NamedTuple):
    """Uids of all entities (uint64), which the counter of a draw holds."""

    actors: npt.NDArray[np.uint64]
    issues: npt.NDArray[np.uint64]
    pools: npt.NDArray[np.uint64]
    projects: npt.NDArray[np.uint64]
    world: npt.NDArray[np.uint64]


class Buffers(NamedTuple):
    """Where the draws of a month are written: `actors[slot, i]` and so on, in [0, 1)."""

    actors: npt.NDArray[np.float64]
    issues: npt.NDArray[np.float64]
    pools: npt.NDArray[np.float64]
    projects: npt.NDArray[np.float64]
    world: npt.NDArray[np.float64]


def uid(kind: str, name: str) -> int:
    """First four bytes, big-endian, of the SHA-256 of `kind:name`.

    >>> uid("issue", "EDU")
    934960564
    """
    return int.from_bytes(hashlib.sha256(f"{kind}:{name}".encode()).digest()[:4], "big")


def key(seed: int) -> tuple[np.uint64, np.uint64]:
    """The two key words of a seed below 2**64."""
    return np.uint64(seed % 2**32), np.uint64(seed // 2**32)


def blocks(slots: int) -> int:
    """How many blocks of four words hold `slots` slots."""
    return (slots + WORDS_A_BLOCK - 1) // WORDS_A_BLOCK


def new_buffers(uids: Uids) -> Buffers:
    """Empty buffers for the entities of `uids`, whole blocks each."""
    actor_slots = blocks(ACTOR_SLOTS) * WORDS_A_BLOCK
    world_slots = blocks(WORLD_SLOTS) * WORDS_A_BLOCK
    return Buffers(
        np.zeros((actor_slots, len(uids.actors))),
        np.zeros((WORDS_A_BLOCK, len(uids.issues))),
        np.zeros((WORDS_A_BLOCK, len(uids.pools))),
        np.zeros((WORDS_A_BLOCK, len(uids.projects))),
        np.zeros((world_slots, 1)),
    )


def fill(buffer: Any, uids: Any, run: int, month: int, key_0: Any, key_1: Any) -> None:
    """Fill `buffer[slot, entity]` with the draws of one run and month."""
    counter_0 = np.uint64(run)
    counter_2 = np.uint64(month)
    for block in range(len(buffer) // WORDS_A_BLOCK):
        counter_3 = np.uint64(block)
        slot = block * WORDS_A_BLOCK
        for i in range(len(uids)):
            words = philox(counter_0, uids[i], counter_2, counter_3, key_0, key_1)
            buffer[slot, i] = words[0] * TO_UNIT
            buffer[slot + 1, i] = words[1] * TO_UNIT
            buffer[slot + 2, i] = words[2] * TO_UNIT
            buffer[slot + 3, i] = words[3] * TO_UNIT


def draw_month(buffers: Buffers, uids: Uids, run: int, month: int, key_0: Any, key_1: Any) -> Draws:
    """The named draws of one run and month, in `buffers`, which the next month overwrites."""
    fill(buffers.actors, uids.actors, run, month, key_0, key_1)
    fill(buffers.issues, uids.issues, run, month, key_0, key_1)
    fill(buffers.pools, uids.pools, run, month, key_0, key_1)
    fill(buffers.projects, uids.projects, run, month, key_0, key_1)
    fill(buffers.world, uids.world, run, month, key_0, key_1)
    return named_draws(
        buffers.actors,
        buffers.issues[0],
        buffers.pools[0],
        buffers.projects[0],
        buffers.world[:, 0],
    )


def lists(uids: npt.NDArray[np.uint64], slots: int, run: int, month: int, seed: int) -> Any:
    """The same draws as Python floats, `[slot][entity]`, for readers that are no arrays."""
    counters = np.uint64(run), uids, np.uint64(month)
    rows: list[list[float]] = []
    for block in range(blocks(slots)):
        words = philox(*counters, np.uint64(block), *key(seed))
        rows += [(word * TO_UNIT).tolist() for word in words]
    return rows


def draw_month_as_lists(uids: Uids, run: int, month: int, seed: int) -> Draws:
    """`draw_month` for readers that are no arrays, with the same bits."""
    world = lists(uids.world, WORLD_SLOTS, run, month, seed)
    return named_draws(
        lists(uids.actors, ACTOR_SLOTS, run, month, seed),
        lists(uids.issues, 1, run, month, seed)[0],
        lists(uids.pools, 1, run, month, seed)[0],
        lists(uids.projects, 1, run, month, seed)[0],
        [slot[0] for slot in world],
    )
