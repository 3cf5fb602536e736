"""Chunks as bytes: what is written is read, and nothing else passes for a chunk."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.store.chunk import Failure, Layout, NotAChunk, Read, Stretch, decoded, encoded, numbers_of

LAYOUT = Layout(2, ("gdp", "x"), ("gdp",))


def read(stretch: Stretch, layout: Layout = LAYOUT, begin: float = 0.0) -> Read:
    """Numbers that all differ."""
    count = layout.numbers(stretch)
    numbers = np.arange(begin, begin + count)
    split = len(layout.outcomes) * stretch.runs
    shape = (len(stretch.atoms), len(layout.series), 4, layout.months + 1)
    return Read(
        numbers[:split].reshape(len(layout.outcomes), stretch.runs), numbers[split:].reshape(shape)
    )


ONE, TWO, THREE = Stretch("a", 0, 150), Stretch("b", 100, 3), Stretch("c", 0, 100)
FAILED = Failure(117, "run", "gdp is no finite number: é")
CHUNK = encoded(LAYOUT, [(ONE, read(ONE)), (TWO, FAILED), (THREE, read(THREE, begin=0.5))])


def test_what_is_written_is_read() -> None:
    layout, entries = decoded(CHUNK)
    assert layout == LAYOUT
    assert [entry.stretch for entry in entries] == [ONE, TWO, THREE]
    assert [entry.failure for entry in entries] == [None, FAILED, None]
    for entry, begin in ((entries[0], 0.0), (entries[2], 0.5)):
        found = numbers_of(LAYOUT, entry.stretch, CHUNK[entry.offset :])
        expected = read(entry.stretch, begin=begin)
        assert np.array_equal(found.outcomes, expected.outcomes)
        assert np.array_equal(found.months, expected.months)


def test_the_first_line_says_in_json_what_follows() -> None:
    head = json.loads(CHUNK.split(b"\n")[0])
    assert head["stretches"][0] == ["a", 0, 150]
    assert head["stretches"][1] == ["b", 100, 3, 117, "run", FAILED.message]
    assert (head["outcomes"], head["series"], head["months"]) == (["gdp", "x"], ["gdp"], 2)


def test_numbers_begin_at_a_multiple_of_their_width() -> None:
    assert [entry.offset % 8 for entry in decoded(CHUNK)[1]] == [0, 0, 0]


def test_a_stretch_takes_outcomes_by_run_and_four_numbers_by_month_and_atom() -> None:
    assert LAYOUT.numbers(ONE) == 2 * 150 + 2 * 1 * 4 * 3
    assert len(CHUNK) - decoded(CHUNK)[1][0].offset == 8 * (324 + 212)


@given(st.data())
def test_a_part_of_a_chunk_is_no_chunk(data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(CHUNK) - 1))
    with pytest.raises(NotAChunk):
        decoded(CHUNK[:end])


OTHERS = [
    b"",
    b"\n",
    b"{}\n",
    b"[]\n",
    b"null\n",
    b"not json\n",
    CHUNK + b"\0" * 8,
    b"\xff" + CHUNK,
    CHUNK.replace(b'"format":1', b'"format":2'),
    CHUNK.replace(b'"atom":100', b'"atom":200'),
]


@pytest.mark.parametrize("content", OTHERS, ids=range(len(OTHERS)))
def test_other_bytes_are_no_chunk(content: bytes) -> None:
    with pytest.raises(NotAChunk):
        decoded(content)
