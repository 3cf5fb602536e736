"""What a study file may say of outcomes: their names, and shares of runs that reach a value."""

import math
from typing import Annotated, Self

from pydantic import Discriminator, Tag, model_validator

from sim.case.numbers import Real, Strict
from sim.scenario.names import Name
from sim.study.setting import recordable

Outcome = Annotated[Name, recordable("outcome", lambda known: known.outcomes)]
Series = Annotated[Name, recordable("series", lambda known: known.series)]


class ShareOfRuns(Strict):
    """The share of runs in which an outcome is at least, or at most, so much.

    A run in which the outcome is unknown, such as the month of what never came, is none of them.
    """

    outcome: Outcome
    at_least: Real | None = None
    at_most: Real | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a share of runs needs at_least or at_most")
        if self.low > self.high:
            raise ValueError(f"at_least {self.low:g} is above at_most {self.high:g}")
        return self

    @property
    def low(self) -> float:
        """Least value that counts."""
        return -math.inf if self.at_least is None else self.at_least

    @property
    def high(self) -> float:
        """Greatest value that counts."""
        return math.inf if self.at_most is None else self.at_most

    @property
    def name(self) -> str:
        """The name of the share in tables, as in `gdp>=100` or `1<=level<=3`."""
        if self.at_least is None:
            return f"{self.outcome}<={self.high:g}"
        if self.at_most is None:
            return f"{self.outcome}>={self.low:g}"
        return f"{self.low:g}<={self.outcome}<={self.high:g}"

    @property
    def meaning(self) -> str:
        """What the share means, for a codebook."""
        bounds = {"at least": self.at_least, "at most": self.at_most}
        said = [f"{word} {bound:g}" for word, bound in bounds.items() if bound is not None]
        return f"runs in which {self.outcome} is {' and '.join(said)}, of all runs"


AnyOutcome = Annotated[
    Annotated[Outcome, Tag("name")] | Annotated[ShareOfRuns, Tag("ShareOfRuns")],
    Discriminator(lambda given: "name" if isinstance(given, str) else "ShareOfRuns"),
]
"""The name of an outcome, or a share of runs by one."""
