"""The generator against the known answers of its authors (model 7.12)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.philox import philox

ONES = 2**32 - 1

words = st.integers(0, ONES)
blocks = st.lists(words, min_size=6, max_size=6)


def mixed(counter: tuple[int, ...], key: tuple[int, ...]) -> list[int]:
    """The words of a counter and a key."""
    return [int(word) for word in philox(*(np.uint64(part) for part in (*counter, *key)))]


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
        ((ONES,) * 4, (ONES,) * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
        ),
    ],
)
def test_the_known_answers_of_random123(
    counter: tuple[int, ...], key: tuple[int, ...], answer: list[int]
) -> None:
    assert mixed(counter, key) == answer


@given(st.lists(blocks, min_size=1, max_size=9))
def test_arrays_give_the_words_of_scalars(rows: list[list[int]]) -> None:
    together = philox(*(np.array(column, np.uint64) for column in zip(*rows, strict=True)))
    apart = [mixed(tuple(row[:4]), tuple(row[4:])) for row in rows]
    assert [[int(word) for word in row] for row in zip(*together, strict=True)] == apart
