"""Series and outcomes of single pools and projects: stages, balances, payments (model 11)."""

import numpy as np

from sim.engine.kernel import Records, Trajectories
from sim.model.schema import Column
from sim.results.ladder import Key
from sim.results.members import Membership, Reals

STAGES = {
    "pool_stage": Column("stage", "stage of a pool"),
    "pool_balance": Column("US$ m", "balance of a pool"),
    "pool_paid": Column("US$ m", "paid since the start from a pool"),
    "project_stage": Column("stage", "stage of a project"),
    "project_investment": Column("US$ m", "investment in a project", flow=True),
}
"""Unit and meaning of these series."""

EXTREMES = {
    "pool_stage_highest": Column("stage", "highest stage of a pool"),
    "project_stage_highest": Column("stage", "highest stage of a project"),
    "project_falls": Column("count", "falls by a stage of a project"),
}
"""Unit and meaning of outcomes that the series at the end do not give."""


def stage_series(trajectories: Trajectories, members: Membership) -> dict[Key, Reals]:
    """Series `[run, month]` by name and subject, a pool or a project."""
    series: dict[Key, Reals] = {}
    for j, pool in enumerate(members.pools):
        for name in ("stage", "balance", "paid"):
            series[(f"pool_{name}", pool)] = _column(trajectories.pools, name, j)
    for p, project in enumerate(members.projects):
        for name in ("stage", "investment"):
            series[(f"project_{name}", project)] = _column(trajectories.projects, name, p)
    return series


def _column(records: Records, name: str, place: int) -> Reals:
    return records[name][:, :, place].astype(np.float64)


def stage_outcomes(trajectories: Trajectories, members: Membership) -> dict[str, Reals]:
    """Outcomes by run and subject: how far a pool or project ever got, and how often one fell."""
    found = {}
    for j, pool in enumerate(members.pools):
        stages = trajectories.pools["stage"][:, :, j]
        found[f"pool_stage_highest:{pool}"] = stages.max(axis=1).astype(np.float64)
    for p, project in enumerate(members.projects):
        stages = trajectories.projects["stage"][:, :, p]
        found[f"project_stage_highest:{project}"] = stages.max(axis=1).astype(np.float64)
        falls = (np.diff(stages, axis=1) < 0).sum(axis=1)
        found[f"project_falls:{project}"] = falls.astype(np.float64)
    return found
