"""Whether and when the authority eased: outcomes read off the levels of the issues (model 11)."""

import numpy as np

from sim.engine.kernel import Records
from sim.results.members import Reals
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

EASING = {
    **{
        f"eased_{name}": ("flag", f"1 where the level of {issue.name} rose in any month")
        for issue, name in LEVELS.items()
    },
    "eased_any": ("flag", "1 where the level of any issue rose in any month"),
    **{
        f"first_easing_{name}": (
            "month",
            f"in which the level of {issue.name} first rose; blank where it never did",
        )
        for issue, name in LEVELS.items()
    },
    "first_easing_any": (
        "month",
        "in which the level of any issue first rose; blank where none did",
    ),
}
"""Unit and meaning of these outcomes."""


def easing_outcomes(metrics: Records) -> dict[str, Reals]:
    """By run: 1 where a level ever rose, and the first month in which it did (NaN for never)."""
    ever: dict[str, Reals] = {}
    first: dict[str, Reals] = {}
    rises = {name: np.diff(metrics[name], axis=1) > 0 for name in LEVELS.values()}
    rises["any"] = np.asarray(np.any(list(rises.values()), axis=0), np.bool_)
    for name, rose in rises.items():
        found = rose.any(axis=1)
        ever[f"eased_{name}"] = np.asarray(found, np.float64)
        first[f"first_easing_{name}"] = np.where(found, np.argmax(rose, axis=1) + 1.0, np.nan)
    return {**ever, **first}
