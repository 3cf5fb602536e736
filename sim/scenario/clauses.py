"""Clauses: what a condition looks at, and how much of it there must be."""

import math
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from sim.case.case import Case
from sim.case.ladder import EVERY_RUNG, rung_fault
from sim.case.numbers import Real, Strict
from sim.io.validation import Finding, wrong
from sim.model.schema import columns
from sim.model.state import World
from sim.model.vocab import DISBURSING, RUNG_WORDS, TOP_LEVEL, Quantity
from sim.scenario.names import ActorId, IssueId, PoolId
from sim.scenario.setting import setting_in

Holdable = Literal["need", "stress", "momentum", "hard_line", "cohesion", "gdp"]
"""Quantities of the country and the authority, which can be looked at and held."""

Visible = Literal[Holdable, "food_share", "recognitions"]
"""Quantities that a clause can look at without naming an issue, an actor or a pool."""

QUANTITIES = {
    "need": Quantity.NEED,
    "stress": Quantity.STRESS,
    "momentum": Quantity.MOMENTUM,
    "hard_line": Quantity.HARD_LINE,
    "cohesion": Quantity.COHESION,
    "gdp": Quantity.GDP,
    "food_share": Quantity.HUNGER,
    "recognitions": Quantity.RECOGNITIONS,
}
"""What the rules call each of them."""

FIELDS = {"food_share": "food_insecure"}
"""Fields of the world that have another name than the quantity."""

RANGES = {
    name: (columns(World)[FIELDS.get(name, name)].low, columns(World)[FIELDS.get(name, name)].high)
    for name in QUANTITIES
    if name != "recognitions"
}
"""Where each quantity of the world lies (model 2)."""

WHOLE = ("the level", "the rung", "the stage", "the number of states")
"""What is counted in whole numbers."""


class Clause(Strict):
    """One thing a condition asks for: at least, or at most, so much.

    It looks at the level of an issue, the rung of an actor, the stage of a pool, or a quantity.
    """

    issue: IssueId | None = None
    actor: ActorId | None = None
    pool: PoolId | None = None
    quantity: Visible | None = None
    at_least: Real | None = None
    at_most: Real | None = None

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Self:
        named = [name for name in ("issue", "actor", "pool", "quantity") if getattr(self, name)]
        if len(named) != 1:
            raise ValueError("must look at one thing: an issue, an actor, a pool or a quantity")
        if self.at_least is None and self.at_most is None:
            raise ValueError("needs at_least or at_most")
        setting = setting_in(info)
        if setting is not None and (findings := list(self._never_met(setting.case))):
            raise wrong(findings)
        return self

    def _never_met(self, case: Case) -> Iterator[Finding]:
        """Why no run can meet the clause, if none can."""
        least, most, unit = self.possible(case)
        low = least if self.at_least is None else self.at_least
        high = most if self.at_most is None else self.at_most
        if None not in (self.at_least, self.at_most) and low > high:
            yield ("at_least",), f"can never hold: at_least {low:g} is above at_most {high:g}"
        elif low > most or high < least:
            key = "at_least" if self.at_least is not None else "at_most"
            yield (key,), f"can never hold: {unit} lies between {least:g} and {most:g}"
        elif unit in WHOLE and math.floor(high) < math.ceil(low):
            yield ("at_least",), f"can never hold: {unit} is a whole number"
        elif self.actor is not None:
            for key, end in (("at_least", self.at_least), ("at_most", self.at_most)):
                if end in EVERY_RUNG and (message := rung_fault(case.ladder, end)):
                    yield (key,), message

    def possible(self, case: Case) -> tuple[float, float, str]:
        """Least and greatest value of what the clause looks at, and what that is called."""
        if self.issue is not None:
            return 0.0, float(TOP_LEVEL), "the level"
        if self.actor is not None:
            return 0.0, case.value("actors", self.actor, "cap"), "the rung"
        if self.pool is not None:
            return 0.0, float(DISBURSING), "the stage"
        if self.quantity == "recognitions":
            states = [actor for actor in case.actors.values() if actor.kind == "state"]
            return 0.0, float(len(states)), "the number of states"
        return *RANGES[self.quantity or ""], self.quantity or ""

    def looked_at(self, case: Case) -> tuple[int, int]:
        """The quantity, and the index of the issue, actor or pool; -1 for none."""
        if self.issue is not None:
            return Quantity.LEVEL, list(case.issues).index(self.issue)
        if self.actor is not None:
            return Quantity.RUNG, list(case.actors).index(self.actor)
        if self.pool is not None:
            return Quantity.STAGE, list(case.pools).index(self.pool)
        return QUANTITIES[self.quantity or ""], -1

    def reach(self) -> tuple[float, float]:
        """Its bounds, both included; infinite where none is given."""
        low = -math.inf if self.at_least is None else self.at_least
        return low, math.inf if self.at_most is None else self.at_most

    def words(self) -> str:
        """The clause in words, as in `XYZ is at least at rung 4 (mission without recognition)`."""
        name = self.issue or self.actor or self.pool or (self.quantity or "").replace("_", " ")
        kinds = {self.issue: "at level ", self.actor: "at rung ", self.pool: "at stage "}
        kind = kinds.get(name, "")
        verb = "are" if name == "recognitions" else "is"
        bounds = [("at least", self.at_least), ("at most", self.at_most)]
        amounts = [self._bound(word, kind, end) for word, end in bounds if end is not None]
        return f"{name} {verb} {' and '.join(amounts)}"

    def _bound(self, word: str, kind: str, end: float) -> str:
        rung = self.actor is not None and end in range(len(RUNG_WORDS))
        return f"{word} {kind}{end:g}" + (f" ({RUNG_WORDS[int(end)]})" if rung else "")


Clauses = Annotated[
    list[Clause],
    BeforeValidator(
        lambda given: [given] if isinstance(given, dict) else given,
        json_schema_input_type=Clause | list[Clause],
    ),
    Field(min_length=1),
]
"""One clause, or a list of them that must all hold."""
