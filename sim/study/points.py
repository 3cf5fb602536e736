"""The points of a study: what each one changes, and the name by which its runs are kept.

The name of a point is a hash of all that its runs depend on: the code, the scenario, the numbers of
the case, the months, the seed and what is recorded. So runs that are kept are found again where a
study gets more points or more runs, and never where anything else changed.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from sim.engine.digest import code_digest
from sim.measures.measure import name_of
from sim.measures.members import Reals
from sim.scenario.load import Loaded
from sim.scenario.merge import OWN
from sim.scenario.verbs.base import Intervention
from sim.store.chunk import ATOM
from sim.store.manifest import CASE_FACTS, canonical
from sim.study.factors import Factor, interventions
from sim.study.levers import Value
from sim.study.load import LoadedBlock, LoadedStudy
from sim.study.numbers import balanced, sets_among, with_neighbours

DIGITS = 32
"""Hexadecimal digits of the name of a point."""

MOST_NAMES = 1_000
"""Hashes of paths that are kept at hand."""


def code_version() -> str:
    """Ten hexadecimal digits of the code on which the runs of a point depend."""
    return code_digest("sim.runs.task")[:10]


def hashed(value: Any) -> bytes:
    """SHA-256 of a value that JSON can hold."""
    return hashlib.sha256(canonical(value).encode()).digest()


def case_content(base: Loaded) -> list[Any]:
    """The case of a scenario: its numbers by path, those it changes included, and its facts."""
    numbers = {str(name): number.value for name, number in base.case.numbers.items()}
    return [numbers, {name: repr(getattr(base.case, name)) for name in CASE_FACTS}]


def of_scenario(study: LoadedStudy, base: Loaded) -> bytes:
    """A hash of all that the runs of one scenario's points have in common."""
    resolved = {key: value for key, value in base.resolved().items() if key not in OWN}
    recording = study.recording
    return hashed(
        {
            "code": code_version(),
            "scenario": {**resolved, "months": study.months},
            "case": case_content(base),
            "seed": study.study.seed,
            "outcomes": list(recording.outcomes),
            "series": [name_of(key) for key in recording.series],
            "atom": ATOM,
        }
    )


@dataclass(frozen=True)
class Change:
    """What a point changes in its scenario: numbers of the case, and interventions after its own.

    `values[i]` is the number at `paths[i]`.
    """

    paths: tuple[str, ...]
    values: Reals
    interventions: tuple[Intervention, ...]


@dataclass(frozen=True)
class Point:
    """One point: its number in the study from 1 on, its name, and what it stands for.

    Points of one `world` have the same uncertain numbers.
    """

    number: int
    id: str
    world: int
    block: LoadedBlock
    scenario: str
    place: int
    change: Change

    @property
    def values(self) -> dict[str, Value]:
        """The value of each factor as it is run, in the order of the file."""
        found = self.block.design.values(self.place)
        numbers = self.change.paths
        return {
            factor.name: float(self.change.values[numbers.index(factor.name)])
            if factor.shared
            else found[factor.name]
            for factor in self.block.factors
        }


class BlockPoints:
    """The points of one block."""

    def __init__(self, study: LoadedStudy, block: LoadedBlock) -> None:
        self.block = block
        self._bases = {name: study.bases[name] for name in block.scenarios}
        self._common = {name: of_scenario(study, base) for name, base in self._bases.items()}
        design = block.design
        self._columns = [i for i, factor in enumerate(design.joint) if factor.lever is None]
        self._turned = [factor.name for factor in design.crossed if factor.lever is None]
        names = [*(design.joint[i].name for i in self._columns), *self._turned]
        self.paths = tuple(with_neighbours(study.case, names))
        self._where = np.array([self.paths.index(name) for name in names], np.int64)
        self._varied = np.isin(np.arange(len(self.paths)), self._where)
        self._sets = sets_among(study.case, self.paths)
        self._own = {
            name: np.array([base.case.value_at(path) for path in self.paths])
            for name, base in self._bases.items()
        }
        self._names: dict[bytes, bytes] = {}
        self._levers = [factor for factor in block.factors if factor.lever is not None]
        self._documented = np.array([study.case.value_at(path) for path in self.paths])
        self._in_rows = len(self._columns) < len(design.joint)

    def __len__(self) -> int:
        return len(self.block)

    def at(self, place: int, number: int, worlds: dict[bytes, int]) -> Point:
        """The point at a place of the block; scenarios follow each other, each with all points.

        `worlds` gives each world that was met before its number; a new one gets the next.
        """
        which, inside = divmod(place, len(self.block.design))
        scenario = self.block.scenarios[which]
        change = self.change(inside, scenario)
        world = worlds.setdefault(self._world(change), len(worlds) + 1)
        name = self._name(scenario, change)
        return Point(number, name, world, self.block, scenario, inside, change)

    def change(self, place: int, scenario: str) -> Change:
        """What the point at a place of the design changes in a scenario."""
        design = self.block.design
        row, chosen = design.row_of(place), design.chosen(place)
        turned = [float(chosen[name]) for name in self._turned]
        values = self._own[scenario].copy()
        values[self._where] = np.concatenate([design.rows[row, self._columns], turned])
        for one in self._sets:
            values[one] = balanced(values[one], self._varied[one])
        verbs = interventions(self._levers, {**self._levers_in(row), **chosen})
        return Change(self.paths, values, tuple(verbs))

    def _levers_in(self, row: int) -> dict[str, Value]:
        """Values of the levers in a row, where rows hold any."""
        return self.block.design.in_row(row) if self._in_rows else {}

    def _name(self, scenario: str, change: Change) -> str:
        differ = change.values != self._own[scenario]
        verbs = [verb.model_dump(mode="json", by_alias=True) for verb in change.interventions]
        content = (
            self._common[scenario],
            self._names_of(differ),
            np.ascontiguousarray(change.values[differ], "<f8").tobytes(),
            hashed(verbs),
        )
        return hashlib.sha256(b"".join(content)).hexdigest()[:DIGITS]

    def _world(self, change: Change) -> bytes:
        """A hash of the uncertain numbers, as far as they differ from the documented ones."""
        differ = change.values != self._documented
        numbers = np.ascontiguousarray(change.values[differ], "<f8").tobytes()
        return hashlib.sha256(self._names_of(differ) + numbers).digest()

    def _names_of(self, differ: Any) -> bytes:
        """A hash of the paths of numbers that differ."""
        key = differ.tobytes()
        if key not in self._names:
            if len(self._names) >= MOST_NAMES:
                self._names.clear()
            self._names[key] = hashed([self.paths[i] for i in np.flatnonzero(differ)])
        return self._names[key]


class Points:
    """All points of a study, block by block in the order of the file."""

    def __init__(
        self, study: LoadedStudy, progress: Callable[[int], None] = lambda points: None
    ) -> None:
        self.study = study
        self._progress = progress
        self._blocks = [BlockPoints(study, block) for block in study.blocks]

    def __len__(self) -> int:
        return sum(len(block) for block in self._blocks)

    def __iter__(self) -> Iterator[Point]:
        number = 0
        worlds: dict[bytes, int] = {}
        for block in self._blocks:
            for place in range(len(block)):
                number += 1
                yield block.at(place, number, worlds)

    @cached_property
    def wanted(self) -> dict[str, int]:
        """Number of runs of each distinct point by name; equal points share their runs.

        `progress` is told each point that has got its name.
        """
        found: dict[str, int] = {}
        for point in self:
            found[point.id] = max(found.get(point.id, 0), point.block.runs)
            self._progress(1)
        return found

    @property
    def factors(self) -> list[Factor]:
        """All factors of all blocks, each name once."""
        found: dict[str, Factor] = {}
        for block in self.study.blocks:
            for factor in block.factors:
                found.setdefault(factor.name, factor)
        return list(found.values())


def changed(base: Loaded, change: Change) -> Loaded:
    """The scenario of a point in full."""
    numbers = dict(zip(change.paths, change.values.tolist(), strict=True))
    scenario = base.scenario.model_copy(
        update={"interventions": [*base.scenario.interventions, *change.interventions]}
    )
    return replace(base, scenario=scenario, case=base.case.with_values_at(numbers))


def scenario_of(study: LoadedStudy, point: Point) -> dict[str, Any]:
    """What a scenario file says that does what a point does: its numbers and interventions."""
    content = changed(study.bases[point.scenario], point.change).resolved()
    values = zip(point.change.paths, point.change.values.tolist(), strict=True)
    differ = {path: value for path, value in values if value != study.case.value_at(path)}
    same = content["numbers"].keys() - set(point.change.paths)
    numbers = {path: content["numbers"][path] for path in same} | differ
    title = f"{content['title']}, point {point.number:,} of {study.study.title}"
    return {**content, "title": title, "months": study.months, "numbers": numbers}
