"""How far a study is: each point, all of it, and what a process has left to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.store.chunk import ATOM, Failure, Stretch, atoms_of, length_of
from sim.store.chunks import Contents, Place
from sim.store.lock import Share
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
    failures = [place.entry.failure for place in places if place.entry.failure is not None]
    return min(failures, key=lambda failure: failure.run, default=None)


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
    wanted, kept = planned.points.wanted, 0
    status: dict[str, str] = {}
    for point, runs in wanted.items():
        standing = standing_of(contents, point, runs)
        status[point], kept = standing.status, kept + standing.runs
    points = dict.fromkeys((DONE, PART, FAILED, PLANNED), 0)
    for each in planned.points:
        points[status[each.id]] += 1
    return Counts(points, kept, sum(wanted.values()))


@dataclass
class Work:
    """The part of a study that one process does: runs that are kept, and runs in all.

    `missing` are the stretches of each point that are not kept, neighbouring atoms together;
    `failed` are the points some of whose runs failed.
    """

    done: int = 0
    total: int = 0
    failed: set[str] = field(default_factory=set)
    missing: dict[str, list[Stretch]] = field(default_factory=dict)

    def add(self, stretch: Stretch, place: Place | None) -> None:
        """Take in an atom, and where it is kept."""
        self.total += stretch.runs
        if place is not None:
            self.done += stretch.runs
            if place.entry.failure:
                self.failed.add(stretch.point)
            return
        own = self.missing.setdefault(stretch.point, [])
        if own and own[-1].last == stretch.first:
            stretch = Stretch(stretch.point, own[-1].first, own.pop().runs + stretch.runs)
        own.append(stretch)


def work_of(planned: Planned, share: Share, contents: Contents) -> Work:
    """What a share of a study has to do, and what of it is kept."""
    wanted, work, ordinal = planned.points.wanted, Work(), 0
    total = sum(map(atoms_of, wanted.values()))
    for point, runs in wanted.items():
        places = contents.atoms(point, runs)
        for atom in range(atoms_of(runs)):
            if share.owns(ordinal, total):
                stretch = Stretch(point, atom * ATOM, length_of(atom, runs))
                work.add(stretch, places.get(atom))
            ordinal += 1
    return work
