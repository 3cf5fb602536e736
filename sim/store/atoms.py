"""Atoms: the smallest number of runs that are kept together, so that chunks of any size agree.

What is added up over runs is added up within an atom, and atoms are added up in order. So the same
bits come out however many atoms were run at once, where, and in which order.
"""

from dataclasses import dataclass

ATOM = 100
"""Runs of an atom; the last one of a point may have fewer."""

CHUNK = 2_500
"""Runs of a chunk: about a second of work, so that an interrupt does not wait for long."""


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
