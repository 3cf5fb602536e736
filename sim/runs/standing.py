"""How each point of a study stands: done, in part, failed or not begun."""

from collections.abc import Iterable
from dataclasses import dataclass

from sim.store.chunk import Failure, atoms_of, length_of
from sim.store.chunks import Contents, Place
from sim.study.plan import Planned

DONE, PART, FAILED, PLANNED = "done", "part", "failed", "planned"


@dataclass(frozen=True)
class Standing:
    """How a point stands: its status, the runs that are kept, where, and how it failed."""

    status: str
    runs: int
    atoms: dict[int, Place]
    failure: Failure | None


def first_failure(places: Iterable[Place]) -> Failure | None:
    """The failure of the earliest run."""
    found = [place.entry.failure for place in places if place.entry.failure is not None]
    return min(found, key=lambda failure: failure.run, default=None)


def standing_of(contents: Contents, point: str, runs: int) -> Standing:
    """How a point with so many runs stands. Atoms of a stretch that failed count as run."""
    atoms = contents.atoms(point, runs)
    kept = sum(length_of(atom, runs) for atom in atoms)
    failure = first_failure(atoms.values())
    if len(atoms) == atoms_of(runs):
        status = DONE if failure is None else FAILED
    else:
        status = PART if atoms else PLANNED
    return Standing(status, kept, atoms, failure)


@dataclass(frozen=True)
class Counts:
    """How many points stand how, and how many runs are kept and wanted."""

    points: dict[str, int]
    runs: int
    wanted: int

    @property
    def unfinished(self) -> int:
        """Points that are not run to the end."""
        return self.points[PART] + self.points[PLANNED]


def count(planned: Planned, contents: Contents) -> Counts:
    """How the points of a study stand, each row of the design counted."""
    points = dict.fromkeys((DONE, PART, FAILED, PLANNED), 0)
    of_point = {
        point: standing_of(contents, point, runs).status
        for point, runs in planned.points.wanted.items()
    }
    for point in planned.points:
        points[of_point[point.id]] += 1
    kept = sum(
        standing_of(contents, point, runs).runs for point, runs in planned.points.wanted.items()
    )
    return Counts(points, kept, sum(planned.points.wanted.values()))
