"""Outcomes of a run: one number each, with its unit (model 11)."""

from collections.abc import Iterable

import numpy as np

from sim.engine.kernel import Records, Trajectories
from sim.metrics import Metrics
from sim.results.ladder import Membership, Reals, ladder_outcomes, ladder_series
from sim.schema import columns
from sim.vocab import Issue

LEVELS = {
    Issue.EDU: "girls_education",
    Issue.EMP: "womens_employment",
    Issue.JUS: "justice",
    Issue.INC: "inclusion",
    Issue.CT: "counter_terrorism",
    Issue.BOR: "border_security",
}
"""The metric that holds the level of each issue."""

LADDER_UNITS = {
    "recognitions": ("states", "states at formal recognition"),
    "states_at_6": ("states", "states at ambassador without recognition or above"),
    "states_at_5": ("states", "states at chargé exchange or above"),
    "states_at_4": ("states", "states with a mission or above"),
    "polarisation": ("rungs", "standard deviation of the groups' mean rungs"),
    "mean_rung": ("rungs", "mean rung of a group"),
    "rung": ("rung", "rung of an actor"),
}
"""Unit and meaning of the series read off the rungs."""

EXTRA = {
    "coverage": ("share", "relief pledged over the requirement of the appeal, whole run"),
    "peak_food_share": ("share", "largest share of people at IPC 3 or worse in any month"),
    "issue_levels": ("levels", "sum of the levels of all issues; at the end"),
    "recognitions_ever": ("states", "states ever at formal recognition"),
    "first_recognition": (
        "month",
        "of the first recognition; blank where there is none; "
        "compared over the pairs of runs that both have one",
    ),
    "cascade": ("states", "recognitions within 24 months of the first"),
    "derecognitions": ("count", "falls of states from formal recognition"),
    "climbs": ("count", "moves up the ladder, all actors"),
    "falls": ("count", "moves down the ladder, all actors"),
    "seat_in_reach": ("flag", "1 where a seat at the United Nations is within reach at the end"),
    **{
        f"eased_{name}": ("flag", f"1 where the level of {issue.name} rose in any month")
        for issue, name in LEVELS.items()
    },
}
"""Unit and meaning of outcomes that are neither a total nor an end of a series."""


CONDITION_MET = "condition_met:"
"""Beginning of the outcomes that say when the condition of an intervention was met."""


def described() -> dict[str, tuple[str, str]]:
    """Unit and meaning of every outcome of the world, in the order of the results."""
    found = {}
    for name, column in columns(Metrics).items():
        when = "total over the run" if column.flow else "at the end"
        found[name] = (column.unit, f"{column.meaning}; {when}")
    for name, (unit, meaning) in LADDER_UNITS.items():
        if name not in ("mean_rung", "rung"):
            found[name] = (unit, f"{meaning}; at the end")
    return {**found, **EXTRA}


def as_columns(metrics: Records) -> Reals:
    """Metrics as `[run, month, metric]`, in the order of the schema; all of them are float64."""
    return metrics.view(np.float64).reshape(*metrics.shape, -1)


def totals(metrics: Records) -> dict[str, Reals]:
    """Flows added up over the months of each run, levels at its end.

    Months are added one by one, so that a run's total does not depend on its neighbours.
    """
    values = as_columns(metrics)
    added = np.zeros((values.shape[0], values.shape[2]))
    for month in range(1, values.shape[1]):
        added += values[:, month]
    found = {}
    for place, (name, column) in enumerate(columns(Metrics).items()):
        found[name] = (added if column.flow else values[:, -1])[:, place].copy()
    return found


def coverage(outcomes: dict[str, Reals]) -> Reals:
    """Share of the appeal's requirement that was pledged; 0 where nothing was required."""
    required = outcomes["relief_required"]
    return np.divide(
        outcomes["relief_pledged"], required, out=np.zeros_like(required), where=required > 0.0
    )


def months_met(conditions: Records, labels: Iterable[str]) -> dict[str, Reals]:
    """Month in which each condition first held, `[run]`; NaN where it never did."""
    found = {}
    for place, label in enumerate(labels):
        holds = conditions["holds"][:, :, place]
        firsts = np.argmax(holds, axis=1).astype(np.float64)
        found[f"{CONDITION_MET}{label}"] = np.where(holds.any(axis=1), firsts, np.nan)
    return found


def outcomes_of(trajectories: Trajectories, members: Membership) -> dict[str, Reals]:
    """Every outcome `[run]` of a chunk; the keys are those of `described`, then mean rungs."""
    metrics, rungs = trajectories.metrics, trajectories.actors["rung"]
    outcomes = totals(metrics)
    means = {}
    for (name, subject), series in ladder_series(rungs, members).items():
        if subject:
            means[f"{name}:{subject}"] = series[:, -1].copy()
        else:
            outcomes[name] = series[:, -1].copy()
    outcomes["coverage"] = coverage(outcomes)
    outcomes["peak_food_share"] = np.max(metrics["food_share"][:, 1:], axis=1)
    outcomes["issue_levels"] = np.sum([outcomes[name] for name in LEVELS.values()], axis=0)
    outcomes.update(ladder_outcomes(rungs, members))
    for name in LEVELS.values():
        rises = np.diff(metrics[name], axis=1) > 0
        outcomes[f"eased_{name}"] = rises.any(axis=1).astype(np.float64)
    return {**outcomes, **means}
