"""A fingerprint changes with every bit that is recorded, in its own run and month alone."""

import numpy as np
import pytest

from sim.engine.kernel import Trajectories
from sim.store.summary import fingerprints
from tests.recorded import blank

RUN, MONTH = 1, 2


def filled() -> Trajectories:
    """Trajectories with a different number in every field."""
    found = blank(runs=3, months=4, actors=3)
    for place, array in enumerate(found):
        words = array.view(np.uint64)
        words[...] = (np.arange(words.size).reshape(words.shape) + place) * 1_000_003
    return found


def changed(part: int, word: int, bit: int) -> np.ndarray:
    """Where fingerprints differ after one bit of a run and month is flipped."""
    found = filled()
    before = fingerprints(found)
    words = found[part][RUN, MONTH : MONTH + 1].view(np.uint64).reshape(-1)
    words[word] ^= np.uint64(1) << np.uint64(bit)
    return fingerprints(found) != before


@pytest.mark.parametrize("bit", [0, 1, 17, 31, 32, 33, 51, 62, 63])
@pytest.mark.parametrize(
    ("part", "word"), [(0, 0), (0, 30), (0, -1), (1, 0), (1, -1), (2, 1), (3, 1)]
)
def test_one_bit_changes_the_fingerprint_of_its_run_and_month_alone(
    part: int, word: int, bit: int
) -> None:
    assert np.argwhere(changed(part, word, bit)).tolist() == [[RUN, MONTH]]


def test_equal_bits_have_equal_fingerprints() -> None:
    assert (fingerprints(filled()) == fingerprints(filled())).all()
    assert len(np.unique(fingerprints(blank(3, 4)))) == 1


def test_a_fingerprint_does_not_depend_on_the_runs_beside_it() -> None:
    every = filled()
    one = Trajectories(*(array[RUN : RUN + 1] for array in every))
    assert (fingerprints(one)[0] == fingerprints(every)[RUN]).all()


def test_values_that_change_places_are_seen() -> None:
    one, other = blank(1, 1), blank(1, 1)
    one.metrics["gdp"], one.metrics["need_share"] = 1.0, 2.0
    other.metrics["gdp"], other.metrics["need_share"] = 2.0, 1.0
    assert fingerprints(one) != fingerprints(other)


def test_two_actors_that_change_places_are_seen() -> None:
    one, other = blank(1, 1), blank(1, 1)
    one.actors["rung"] = [3, 5]
    other.actors["rung"] = [5, 3]
    assert fingerprints(one) != fingerprints(other)


def test_months_that_differ_have_different_fingerprints() -> None:
    assert len(np.unique(fingerprints(filled()))) == 12


def test_a_fingerprint_has_thirty_two_bits() -> None:
    found = fingerprints(filled())
    assert (found.dtype, found.shape) == (np.uint32, (3, 4))
