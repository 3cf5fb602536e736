"""Some runs, and who is who among the recorded entities."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.engine.kernel import Records, Trajectories
from sim.model.vocab import TOP_LEVEL

Places = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Kept = TypeVar("Kept", bound=np.generic)


@dataclass(frozen=True)
class Membership:
    """Places of states, permanent members, institutions, groups and blocs, and what they weigh.

    `weights[actor]` is the political weight of each actor; `actors`, `pools`, `projects` and
    `issues` are the ids of these, and `conditions` the labels of conditions, in the order in which
    they are recorded. `missing` are the blocks and parts that the case is without.
    """

    states: Places
    permanent: Places
    institutions: Places
    groups: Mapping[str, Places]
    blocs: Mapping[str, Places]
    weights: Reals
    actors: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()

    @property
    def levels(self) -> tuple[str, ...]:
        """Each level of each issue but the lowest, as in `XYZ:2`."""
        levels = range(1, TOP_LEVEL + 1)
        return tuple(f"{issue}:{level}" for issue in self.issues for level in levels)

    def subjects(self, kind: str) -> Iterable[str]:
        """The ids of all of a kind; of no kind, the empty one."""
        kinds = {"group": self.groups, "bloc": self.blocs, "level": self.levels, "": ("",)}
        return kinds[kind] if kind in kinds else getattr(self, f"{kind}s")


def places(flags: Iterable[bool]) -> Places:
    """Where a flag is set."""
    return np.array([i for i, flag in enumerate(flags) if flag], np.int64)


def members_of(case: Case, conditions: Iterable[str] = ()) -> Membership:
    """Who is who in a case; `conditions` are the labels of those of a scenario."""
    actors = list(case.actors.values())
    groups = sorted({actor.group for actor in actors})
    blocs = sorted({actor.bloc for actor in actors})
    parts = {"pools": case.pools, "projects": case.projects, "issues": case.issues}
    return Membership(
        places(actor.kind == "state" for actor in actors),
        places(actor.permanent_member for actor in actors),
        places(actor.kind == "institution" for actor in actors),
        {group: places(actor.group == group for actor in actors) for group in groups},
        {bloc: places(actor.bloc == bloc for actor in actors) for bloc in blocs},
        np.array([case.value("actors", actor.id, "salience") for actor in actors]),
        tuple(case.actors),
        tuple(case.pools),
        tuple(case.projects),
        tuple(case.issues),
        tuple(conditions),
        frozenset({*case.without, *(name for name, part in parts.items() if not part)}),
    )


def as_columns(metrics: Records) -> Reals:
    """Metrics as `[run, month, metric]`, in the order of the schema; all of them are float64."""
    return metrics.view(np.float64).reshape(*metrics.shape, -1)


@dataclass(frozen=True)
class Runs:
    """Some runs as recorded, and who is who in them."""

    trajectories: Trajectories
    members: Membership

    def metric(self, name: str) -> Reals:
        """A metric `[run, month]`."""
        return np.ascontiguousarray(self.trajectories.metrics[name])

    def field(self, record: str, name: str, subject: str) -> npt.NDArray[Any]:
        """A field of an entity `[run, month]`; 0 throughout where these runs are without it."""
        names = getattr(self.members, record)
        if subject not in names:
            return np.zeros(self.trajectories.metrics.shape)
        if record == "actors" and name == "rung":
            return np.asarray(self.rungs[names.index(subject)])
        values = getattr(self.trajectories, record)[name]
        return np.asarray(values[:, :, names.index(subject)])

    @cached_property
    def rungs(self) -> npt.NDArray[np.int8]:
        """Rungs `[actor, run, month]`, in bytes."""
        return by_actor(self.trajectories.actors["rung"], np.int8)

    @cached_property
    def trade(self) -> Reals:
        """Trade `[actor, run, month]`, US$ m."""
        return by_actor(self.trajectories.actors["trade"], np.float64)

    @cached_property
    def development(self) -> Reals:
        """Development money `[actor, run, month]`, US$ m."""
        return by_actor(self.trajectories.actors["development"], np.float64)


def by_actor(values: npt.NDArray[Any], kind: type[Kept]) -> npt.NDArray[Kept]:
    """`values[run, month, actor]` as `[actor, run, month]`, one run at a time for its locality."""
    runs, months, actors = values.shape
    found = np.empty((actors, runs, months), kind)
    for run in range(runs):
        found[:, run] = values[run].T
    return found
