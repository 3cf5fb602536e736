"""Atoms of a fixed number of runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.store.chunk import ATOM, Stretch, atoms_of, length_of


@given(st.integers(1, 10_000))
def test_the_atoms_of_a_point_hold_all_its_runs(runs: int) -> None:
    lengths = [length_of(atom, runs) for atom in range(atoms_of(runs))]
    assert sum(lengths) == runs
    assert set(lengths[:-1]) <= {ATOM}
    assert 0 < lengths[-1] <= ATOM


@pytest.mark.parametrize(
    ("first", "runs", "atoms", "lengths"),
    [
        (0, 100, [0], [100]),
        (0, 101, [0, 1], [100, 1]),
        (200, 150, [2, 3], [100, 50]),
        (300, 20, [3], [20]),
    ],
)
def test_a_stretch_knows_its_atoms(
    first: int, runs: int, atoms: list[int], lengths: list[int]
) -> None:
    stretch = Stretch("p", first, runs)
    assert list(stretch.atoms) == atoms
    assert [stretch.length(atom) for atom in stretch.atoms] == lengths
    assert stretch.last == first + runs
