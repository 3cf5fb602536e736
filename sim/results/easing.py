"""Levels of the issues, and whether and when the authority eased (model 11)."""

import numpy as np

from sim.engine.kernel import Trajectories
from sim.model.schema import Column
from sim.results.ladder import Key
from sim.results.members import Membership, Reals

LEVEL = "level"

LEVELS = {LEVEL: Column("level", "level of an issue, 0 to 4")}
"""Unit and meaning of the series of an issue."""

EASED = {
    "eased": Column("flag", "1 where the level of an issue rose in any month"),
    "first_easing": Column(
        "month", "in which the level of an issue first rose; blank where it never did"
    ),
}
"""Unit and meaning of the outcomes of an issue that its level at the end does not give."""

EASED_ANY = {
    "eased_any": ("flag", "1 where the level of any issue rose in any month"),
    "first_easing_any": (
        "month",
        "in which the level of any issue first rose; blank where none did",
    ),
}
"""Unit and meaning of the outcomes of all issues together."""


def level_at(trajectories: Trajectories, place: int) -> Reals:
    """Levels `[run, month]` of the issue at a place."""
    return np.asarray(trajectories.issues["level"][:, :, place], np.float64)


def level_series(trajectories: Trajectories, members: Membership) -> dict[Key, Reals]:
    """The level `[run, month]` of each issue."""
    return {
        (LEVEL, issue): level_at(trajectories, place) for place, issue in enumerate(members.issues)
    }


def issue_levels(trajectories: Trajectories) -> Reals:
    """The sum of the levels of all issues at the end, `[run]`."""
    return np.asarray(trajectories.issues["level"][:, -1].sum(axis=1), np.float64)


def easing_outcomes(trajectories: Trajectories, members: Membership) -> dict[str, Reals]:
    """By run: 1 where a level ever rose, and the first month in which it did (NaN for never)."""
    rose = np.diff(trajectories.issues["level"], axis=1) > 0
    rises = {f":{issue}": rose[:, :, place] for place, issue in enumerate(members.issues)}
    rises["_any"] = rose.any(axis=2)
    ever: dict[str, Reals] = {}
    first: dict[str, Reals] = {}
    for name, risen in rises.items():
        found = risen.any(axis=1)
        ever[f"eased{name}"] = np.asarray(found, np.float64)
        first[f"first_easing{name}"] = np.where(found, np.argmax(risen, axis=1) + 1.0, np.nan)
    return {**ever, **first}
