"""Outcomes of a run: one number each, with its unit (model 11)."""

from collections.abc import Iterable

import numpy as np

from sim.engine.kernel import Records, Trajectories
from sim.model.metrics import Metrics
from sim.model.schema import columns
from sim.results.easing import EASED, EASED_ANY, easing_outcomes, issue_levels
from sim.results.ladder import Key, ladder_outcomes
from sim.results.members import Membership, Reals
from sim.results.money import SHARES_OF_TRADE, over
from sim.results.series import READ_OFF, SUBJECTS, Read
from sim.results.stages import EXTREMES, stage_outcomes

EXTRA = {
    "coverage": ("share", "relief pledged over the requirement of the appeal, whole run"),
    "peak_food_share": ("share", "largest share of people at IPC 3 or worse in any month"),
    "peak_food_insecure": ("m people", "most people at IPC 3 or worse in any month"),
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
    **EASED_ANY,
}
"""Unit and meaning of outcomes that are neither a total nor an end of a series."""


CONDITION_MET = "condition_met:"
"""Beginning of the outcomes that say when the condition of an intervention was met."""


def when(metric: str) -> str:
    """When the outcome that a series of `READ_OFF` gives is taken."""
    if metric in SHARES_OF_TRADE:
        return "of the whole run"
    return "total over the run" if READ_OFF[metric].flow else "at the end"


def described_of(name: str) -> tuple[str, str]:
    """Unit and meaning of an outcome that is one of groups, blocs, pools, projects or issues."""
    if name in EXTREMES:
        return EXTREMES[name].unit, f"{EXTREMES[name].meaning}; over the run"
    if name in EASED:
        return EASED[name].unit, EASED[name].meaning
    return READ_OFF[name].unit, f"{READ_OFF[name].meaning}; {when(name)}"


def described() -> dict[str, tuple[str, str]]:
    """Unit and meaning of every outcome of the world, in the order of the results."""
    found = {}
    for name, column in columns(Metrics).items():
        taken = "total over the run" if column.flow else "at the end"
        found[name] = (column.unit, f"{column.meaning}; {taken}")
    for name, column in READ_OFF.items():
        if name not in SUBJECTS:
            found[name] = (column.unit, f"{column.meaning}; {when(name)}")
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


def added_up(series: Reals) -> Reals:
    """The sum over the months of each run, one by one, without the start."""
    return np.cumsum(series[:, 1:], axis=1)[:, -1]


def outcome_of(metric: str, series: Reals, trade: Reals) -> Reals:
    """What a series `[run, month]` comes to over a run.

    A flow adds up; a share of trade weighs each month by its trade; all else is that of the end.
    """
    if metric in SHARES_OF_TRADE:
        return over(added_up(series * trade), added_up(trade))
    return added_up(series) if READ_OFF[metric].flow else series[:, -1]


def coverage(outcomes: dict[str, Reals]) -> Reals:
    """Share of the appeal's requirement that was pledged; 0 where nothing was required."""
    return over(outcomes["relief_pledged"], outcomes["relief_required"])


def months_met(conditions: Records, labels: Iterable[str]) -> dict[str, Reals]:
    """Month in which each condition first held, `[run]`; NaN where it never did."""
    found = {}
    for place, label in enumerate(labels):
        holds = conditions["holds"][:, :, place]
        firsts = np.argmax(holds, axis=1).astype(np.float64)
        found[f"{CONDITION_MET}{label}"] = np.where(holds.any(axis=1), firsts, np.nan)
    return found


def name_of(key: Key) -> str:
    """The column of an outcome: the series, and its subject after a colon."""
    return ":".join(key) if key[1] else key[0]


def outcomes_of(trajectories: Trajectories, members: Membership, read: Read) -> dict[str, Reals]:
    """Every outcome `[run]` of a chunk.

    The keys are those of `described`, then those of groups, blocs, pools, projects
    and issues.
    """
    metrics = trajectories.metrics
    outcomes = totals(metrics)
    trade = np.ascontiguousarray(metrics["trade"])
    found = {key: outcome_of(key[0], series, trade) for key, series in read.series.items()}
    outcomes.update({name_of(key): values for key, values in found.items() if not key[1]})
    outcomes["coverage"] = coverage(outcomes)
    for name in ("food_share", "food_insecure"):
        outcomes[f"peak_{name}"] = np.max(metrics[name][:, 1:], axis=1)
    outcomes["issue_levels"] = issue_levels(trajectories)
    outcomes.update(ladder_outcomes(read.rungs, members))
    eased = easing_outcomes(trajectories, members)
    outcomes.update({name: eased[name] for name in EASED_ANY})
    outcomes.update({name_of(key): values for key, values in found.items() if key[1]})
    return {**outcomes, **stage_outcomes(trajectories, members), **eased}
