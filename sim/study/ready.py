"""Points made ready to run: a plan for each structure of a scenario, numbers for each point.

What differs between points is mostly numbers: of the case, and those by which levers act. They are
places in one vector, so that a plan serves all points with the same interventions.
"""

import pickle
import threading
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.case.number_id import number_id
from sim.engine.block import copy_block, start_of, views_of
from sim.engine.prepare import Prepare
from sim.io.errors import CannotCompile
from sim.measures.measure import Key, name_of
from sim.measures.members import Membership, members_of
from sim.measures.reader import Reader
from sim.model.plan import NO_FAULT, StartViews
from sim.planning.compile import Compiled, compiled_from
from sim.planning.faults import sentences
from sim.planning.plan import Planned, make_plan
from sim.planning.vector import Vector
from sim.scenario.schema import Scenario
from sim.store.chunk import Layout
from sim.store.manifest import digest
from sim.study.points import Change

TITLE = "this point"
"""What faults of numbers call a point, whatever its scenario is called."""

MOST_PLANS = 100
"""Plans that are kept at hand."""

Where = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Base:
    """A scenario and its case, before a point changes them."""

    case: Case
    scenario: Scenario


@dataclass(frozen=True)
class Structure:
    """A scenario with the interventions of some points, whatever their numbers are."""

    scenario: Scenario
    base: Base
    planned: Planned


class Ready:
    """A point ready to run, and who is who in it; its start is used again for the next point."""

    def __init__(self, structure: Structure) -> None:
        planned, base = structure.planned, structure.base
        block = copy_block(planned.template, planned.layout)
        start = start_of(block, planned.layout)
        self.structure = structure
        self.room: StartViews = views_of(block, planned.layout)
        self.made: Compiled = compiled_from(base.case, structure.scenario, planned, start)
        members = members_of(base.case, self.made.conditions)
        self.members: Membership = replace(members, weights=start.actors["salience"])
        self._paths: tuple[str, ...] = ()
        self._places: Where = np.zeros(0, np.int64)
        self._numbers: Vector = planned.numbers.copy()

    def numbers(self, change: Change) -> Vector:
        """The numbers of a point, in room that the next one takes again."""
        if change.paths is not self._paths:
            self._turn_to(change.paths)
        self._numbers[self._places] = change.values
        if change.interventions:
            own = [verb.number for verb in change.interventions if verb.number is not None]
            self._numbers[len(self._numbers) - len(own) :] = own
        return self._numbers

    def _turn_to(self, paths: tuple[str, ...]) -> None:
        """Find the places of the numbers that points change; all others are as they were."""
        planned = self.structure.planned
        if paths != self._paths:
            places = [planned.places.of[number_id(path)] for path in paths]
            self._places = np.array(places, np.int64)
        self._paths, self._numbers = paths, planned.numbers.copy()

    def put(self, change: Change, prepare: Prepare) -> None:
        """Put the numbers of a point in; raises CannotCompile."""
        numbers, planned = self.numbers(change), self.structure.planned
        verdict = prepare(numbers, planned.plan, self.room, self.made.start)
        if verdict[0] != NO_FAULT:
            raise CannotCompile(sentences(TITLE, planned, numbers, self.room, verdict))


def signature(change: Change) -> str:
    """What points with the same interventions have in common, numbers aside."""
    return "\n".join(
        verb.model_dump_json(exclude=None if verb.number is None else {verb.amount})
        for verb in change.interventions
    )


class Plans:
    """The plans of a study, made when they are first asked for; each thread has its own room."""

    def __init__(self, bases: dict[str, Base], months: int) -> None:
        self._bases, self._months = bases, months
        self._structures: dict[tuple[str, str], Structure] = {}
        self._own = threading.local()

    def ready(self, scenario: str, change: Change, prepare: Prepare) -> Ready:
        """A point of a scenario, ready to run on this thread; raises CannotCompile."""
        structure = self._structure(scenario, change)
        ready: Ready | None = getattr(self._own, "ready", None)
        if ready is None or ready.structure is not structure:
            ready = self._own.ready = Ready(structure)
        ready.put(change, prepare)
        return ready

    def _structure(self, scenario: str, change: Change) -> Structure:
        key = scenario, signature(change)
        if key not in self._structures:
            if len(self._structures) >= MOST_PLANS:
                self._structures.clear()
            base = self._bases[scenario]
            verbs = [*base.scenario.interventions, *change.interventions]
            own = base.scenario.model_copy(update={"title": TITLE, "interventions": verbs})
            planned = make_plan(base.case, own, self._months)
            self._structures[key] = Structure(own, base, planned)
        return self._structures[key]


@dataclass(frozen=True)
class Common:
    """What all tasks of a study share: the scenarios by name, and how they are run and read."""

    bases: dict[str, Base]
    months: int
    seed: int
    outcomes: tuple[str, ...]
    series: tuple[Key, ...]
    code: str
    readers: dict[str, Reader] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def plans(self) -> Plans:
        """The plans of all points, made as they are asked for."""
        return Plans(self.bases, self.months)

    @property
    def layout(self) -> Layout:
        """What is recorded of each run."""
        return Layout(self.months, self.outcomes, tuple(map(name_of, self.series)))

    @cached_property
    def _content(self) -> bytes:
        parts = (self.bases, self.months, self.seed, self.outcomes, self.series, self.code)
        return pickle.dumps(parts, protocol=pickle.HIGHEST_PROTOCOL)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (digest(self._content), self._content)


_RESTORED: dict[str, Common] = {}


def _restored(name: str, content: bytes) -> Common:
    """What tasks share, unpickled once in a process."""
    found = _RESTORED.get(name)
    if found is None:
        found = Common(*pickle.loads(content))
        _RESTORED.clear()
        _RESTORED[name] = found
    return found
