"""Trajectories by hand, for tests of what is read off them."""

import numpy as np

from sim.engine.kernel import Trajectories
from sim.measures.members import Membership
from sim.measures.reader import Reader
from sim.model.metrics import (
    ActorMonth,
    ConditionMonth,
    IssueMonth,
    Metrics,
    PoolMonth,
    ProjectMonth,
)
from sim.model.schema import dtype


def blank(
    runs: int = 2,
    months: int = 3,
    actors: int = 2,
    pools: int = 1,
    projects: int = 1,
    issues: int = 0,
) -> Trajectories:
    """Trajectories of nothing but zeros; `months` counts the start, too."""
    shape = (runs, months)
    return Trajectories(
        np.zeros(shape, dtype(Metrics)),
        np.zeros((*shape, actors), dtype(ActorMonth)),
        np.zeros((*shape, pools), dtype(PoolMonth)),
        np.zeros((*shape, projects), dtype(ProjectMonth)),
        np.zeros((*shape, issues), dtype(IssueMonth)),
        np.zeros((*shape, 0), dtype(ConditionMonth)),
    )


def with_rungs(rungs: list[list[list[int]]]) -> Trajectories:
    """Trajectories with these rungs, `[run][actor][month]`, and nothing else."""
    by_month = np.array(rungs).transpose(0, 2, 1)
    found = blank(*by_month.shape)
    found.actors["rung"] = by_month
    return found


def members(
    states: list[int],
    groups: dict[str, list[int]],
    blocs: dict[str, list[int]] | None = None,
    weights: list[float] | None = None,
    permanent: list[int] | None = None,
    institutions: list[int] | None = None,
    issues: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> Membership:
    """Who is who, by places of actors; blocs are the groups and weights are 1 unless given."""
    actors = {i for at in groups.values() for i in at}

    def named(sets: dict[str, list[int]]) -> dict[str, "np.ndarray"]:
        return {name: np.array(at, np.int64) for name, at in sets.items()}

    return Membership(
        np.array(states, np.int64),
        np.array(permanent or [], np.int64),
        np.array(institutions or [], np.int64),
        named(groups),
        named(blocs or groups),
        np.array(weights or [1.0] * len(actors)),
        tuple(f"a{i}" for i in sorted(actors)),
        ("fund",),
        ("oil",),
        issues,
        missing=frozenset(missing),
    )


def outcome(found: Trajectories, who: Membership, name: str) -> list[float]:
    """An outcome by run."""
    return Reader(who, [name]).read_months(who, found, 0)[0][0].tolist()


def by_month(found: Trajectories, who: Membership, name: str, subject: str = "") -> list:
    """A series by run and month."""
    return Reader(who, [], [(name, subject)]).read_months(who, found, 0)[1][:, 0].tolist()
