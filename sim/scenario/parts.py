"""The parts of which the verbs of a scenario file are made: names, months, selections, clauses."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.case.numbers import Real, Strict
from sim.schema import columns
from sim.state import World
from sim.vocab import Quantity

LONGEST = 180
"""Months of the longest horizon."""

Name = Annotated[str, Field(min_length=1)]
Month = Annotated[int, Field(ge=1)]
Share = Annotated[Real, Field(ge=0, le=1)]


def _names(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[
    list[Name], BeforeValidator(_names, json_schema_input_type=str | list[str]), Field(min_length=1)
]
"""One name, or a list of them."""

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
"""Fields of the world that bear another name than the quantity."""

RANGES = {
    name: (columns(World)[FIELDS.get(name, name)].low, columns(World)[FIELDS.get(name, name)].high)
    for name in QUANTITIES
    if name != "recognitions"
}
"""Where each quantity of the world lies (model 2)."""


class Selection(Strict):
    """Which actors: by id, bloc, group, policy or kind, or those who hold a veto over a pool.

    Actors must meet every condition given; those of `not` are left out.
    """

    id: Names | None = None
    bloc: Names | None = None
    group: Names | None = None
    policy: Names | None = None
    kind: Names | None = None
    custodian: bool | None = None
    all: Literal[True] | None = None
    not_: "Selection | None" = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        for name in sorted(self.model_fields_set):
            if getattr(self, name) is None:
                raise ValueError(f"{name.rstrip('_')} is empty; name somebody or leave it out")
        if not self.model_fields_set - {"not_"}:
            raise ValueError(
                "says nobody; use id, bloc, group, policy, kind, custodian or all: true"
            )
        return self


class Clause(Strict):
    """One thing a condition asks for: at least, or at most, so much.

    It looks at the level of an issue, the rung of an actor, the stage of a pool, or a quantity.
    """

    issue: Name | None = None
    actor: Name | None = None
    pool: Name | None = None
    quantity: Visible | None = None
    at_least: Real | None = None
    at_most: Real | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        named = [name for name in ("issue", "actor", "pool", "quantity") if getattr(self, name)]
        if len(named) != 1:
            raise ValueError("looks at one thing: an issue, an actor, a pool or a quantity")
        if self.at_least is None and self.at_most is None:
            raise ValueError("needs at_least or at_most")
        return self


def _clauses(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


Clauses = Annotated[
    list[Clause],
    BeforeValidator(_clauses, json_schema_input_type=Clause | list[Clause]),
    Field(min_length=1),
]
"""One clause, or a list of them that must all hold."""
