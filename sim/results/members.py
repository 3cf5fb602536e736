"""Who is who among the recorded entities: places of actors in the sorted order, and names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.case import Case

Places = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Membership:
    """Places of states, permanent members, institutions, groups and blocs, and what they weigh.

    `weights[actor]` is the political weight of each actor; `pools`, `projects` and `issues` are the
    ids of these, in the order in which they are recorded.
    """

    states: Places
    permanent: Places
    institutions: Places
    groups: Mapping[str, Places]
    blocs: Mapping[str, Places]
    weights: Reals
    pools: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


def places(flags: Iterable[bool]) -> Places:
    """Where a flag is set."""
    return np.array([i for i, flag in enumerate(flags) if flag], np.int64)


def members_of(case: Case) -> Membership:
    """Who is who in a case."""
    actors = list(case.actors.values())
    groups = sorted({actor.group for actor in actors})
    blocs = sorted({actor.bloc for actor in actors})
    return Membership(
        places(actor.kind == "state" for actor in actors),
        places(actor.permanent_member for actor in actors),
        places(actor.kind == "institution" for actor in actors),
        {group: places(actor.group == group for actor in actors) for group in groups},
        {bloc: places(actor.bloc == bloc for actor in actors) for bloc in blocs},
        np.array([case.value("actors", actor.id, "salience") for actor in actors]),
        tuple(case.pools),
        tuple(case.projects),
        tuple(case.issues),
    )
