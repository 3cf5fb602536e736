"""Measures of single pools, projects and issues, and of conditions of interventions (model 11)."""

from functools import partial

import numpy as np
import numpy.typing as npt

from sim.measures.measure import (
    EVER_RISES,
    FALLS,
    FIRST,
    FIRST_RISE,
    HIGHEST,
    LAST,
    TOTAL,
    Field,
    Measure,
)
from sim.measures.members import Reals, Runs

POOL_STAGE, PROJECT_STAGE = Field("pools", "stage"), Field("projects", "stage")
INVESTMENT = Field("projects", "investment")
LEVEL_OF_ISSUE = Field("issues", "level")

LEVEL = "level"
"""The name of the level of an issue."""


def issue_levels(runs: Runs, _: str) -> Reals:
    """The sum of the levels of all issues, `[run, month]`."""
    return np.asarray(runs.trajectories.issues["level"].sum(axis=2), np.float64)


def at_least(runs: Runs, subject: str) -> Reals:
    """1 where an issue stands at a level or above, `[run, month]`; of `XYZ:2`, at 2."""
    issue, _, level = subject.rpartition(":")
    return np.asarray(runs.field("issues", LEVEL, issue) >= int(level), np.float64)


def rises(runs: Runs) -> npt.NDArray[np.bool_]:
    """Whether the level of any issue is above that of the month before, `[run, month]`."""
    return np.asarray((np.diff(runs.trajectories.issues["level"], axis=1) > 0).any(axis=2))


def eased_any(runs: Runs) -> Reals:
    """1 where the level of any issue ever rose, by run."""
    return np.asarray(rises(runs).any(axis=1), np.float64)


def first_easing_any(runs: Runs) -> Reals:
    """The first month in which the level of any issue rose, by run; NaN for never."""
    rose = rises(runs)
    return np.where(rose.any(axis=1), np.argmax(rose, axis=1) + 1.0, np.nan)


OF_POOL, OF_PROJECT = partial(Measure, of="pool"), partial(Measure, of="project")

STAGES = (
    OF_POOL("pool_stage", "stage", "stage of {}", POOL_STAGE),
    OF_POOL("pool_balance", "US$ m", "balance of {}", Field("pools", "balance")),
    OF_POOL("pool_paid", "US$ m", "paid since the start from {}", Field("pools", "paid")),
    OF_PROJECT("project_stage", "stage", "stage of {}", PROJECT_STAGE),
    OF_PROJECT("project_investment", "US$ m", "investment in {}", INVESTMENT, TOTAL),
    OF_POOL("pool_stage_highest", "stage", "highest stage of {}", POOL_STAGE, HIGHEST),
    OF_PROJECT("project_stage_highest", "stage", "highest stage of {}", PROJECT_STAGE, HIGHEST),
    OF_PROJECT("project_falls", "count", "falls by a stage of {}", PROJECT_STAGE, FALLS),
)

ISSUES = (
    Measure(
        "issue_levels",
        "levels",
        "sum of the levels of all issues",
        issue_levels,
        LAST,
        needs="issues",
        title="Levels of all issues",
    ),
    Measure(
        "eased_any",
        "flag",
        "1 where the level of any issue rose in any month, from whichever level",
        None,
        eased_any,
        needs="issues",
        title="Any issue eased by a level or more",
    ),
    Measure(
        "first_easing_any",
        "month",
        "in which the level of any issue first rose, from whichever level; blank where none did",
        None,
        first_easing_any,
        needs="issues",
        title="First rise of any issue by a level",
    ),
    Measure(
        LEVEL,
        "level",
        "level of {}, 0 to 4",
        LEVEL_OF_ISSUE,
        of="issue",
        title="{}",
        headline=True,
        drawn=7,
        studied=True,
    ),
    Measure(
        "eased",
        "flag",
        "1 where the level of {} rose in any month, from whichever level",
        LEVEL_OF_ISSUE,
        EVER_RISES,
        of="issue",
        title="{}: ever eased by a level or more",
        headline=True,
        studied=True,
    ),
    Measure(
        "reached",
        "flag",
        "1 where {} was reached, or more, in any month, the start included",
        at_least,
        HIGHEST._replace(words=""),
        of="level",
        title="{} or more: ever reached",
        headline=True,
    ),
    Measure(
        "first_easing",
        "month",
        "in which the level of {} first rose, from whichever level; blank where it never did",
        LEVEL_OF_ISSUE,
        FIRST_RISE,
        of="issue",
        title="{}: first rise by a level",
    ),
)

CONDITION_MET = Measure(
    "condition_met",
    "month",
    "first month in which {}; blank where never",
    Field("conditions", "holds"),
    FIRST,
    of="condition",
    title="{}",
)
