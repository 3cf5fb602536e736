"""What a scenario file may say (model 9)."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.case.numbers import Real, Strict

LONGEST = 180
"""Months of the longest horizon."""

Name = Annotated[str, Field(min_length=1)]
Month = Annotated[int, Field(ge=1)]
Share = Annotated[Real, Field(ge=0, le=1)]


def _names(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[list[Name], BeforeValidator(_names), Field(min_length=1)]
"""One name, or a list of them."""


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


class Intervention(Strict):
    """What all verbs share: the first month, and the last one in which it acts."""

    month: Month
    until: Month | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.month:
            raise ValueError(f"until {self.until} lies before month {self.month}")
        return self


class SetPolicy(Intervention):
    """The actors follow a named policy."""

    verb: Literal["set_policy"]
    select: Selection
    policy: Name


class Shift(Intervention):
    """A number of the actors' policy is raised (or lowered) by an amount."""

    verb: Literal["shift"]
    select: Selection
    param: Name
    by: Real


class SetParameter(Intervention):
    """A number of the actors' policy takes a value."""

    verb: Literal["set"]
    select: Selection
    param: Name
    to: Real


class Scale(Intervention):
    """A number of the actors' policy, or one of their flows, is multiplied."""

    verb: Literal["scale"]
    select: Selection
    param: Name
    by: Annotated[Real, Field(ge=0)]


class SetGlobal(Intervention):
    """A global parameter takes a value."""

    verb: Literal["set_global"]
    param: Name
    to: Real


class FreezeAuthority(Intervention):
    """No issue moves by the authority's own will."""

    verb: Literal["freeze_authority"]


class CloseCorridor(Intervention):
    """The actors' corridors are closed."""

    verb: Literal["close_corridor"]
    select: Selection


class ForceRung(Intervention):
    """The actors stand on a rung; with `until` they are held there."""

    verb: Literal["force_rung"]
    select: Selection
    rung: Annotated[int, Field(ge=0, le=7)]


class SetIssue(Intervention):
    """Issues take a level; with `until` they are held there."""

    verb: Literal["set_issue"]
    issue: Names
    level: Annotated[int, Field(ge=0, le=4)]


FOREIGN = {
    "quake": ("severity", "months", "select"),
    "drought": ("select",),
    "budget": ("months",),
    "atrocity": ("months",),
}
"""Keys that mean nothing to a kind of shock."""


class Shock(Intervention):
    """A drought, an earthquake, a budget cut of the actors, or an atrocity they resent."""

    verb: Literal["shock"]
    kind: Literal["drought", "quake", "budget", "atrocity"]
    severity: Share | None = None
    months: Annotated[int, Field(ge=1, le=LONGEST)] | None = None
    select: Selection | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind != "quake" and self.severity is None:
            raise ValueError(f"kind {self.kind} needs a severity from 0 to 1")
        if self.kind == "drought" and self.months is None:
            raise ValueError("kind drought needs its length, as in months: 10")
        for key in FOREIGN[self.kind]:
            if getattr(self, key) is not None:
                raise ValueError(f"kind {self.kind} takes no {key}")
        if self.kind in ("drought", "budget") and self.until is not None:
            raise ValueError(f"kind {self.kind} strikes once; until does not go with it")
        return self


class ScheduleForum(Intervention):
    """A forum is held, with or without civil society (by chance where that is not said)."""

    verb: Literal["schedule_forum"]
    civil_society: bool | None = None
    every: Annotated[int, Field(ge=1, le=LONGEST)] | None = None


class Pitch(Intervention):
    """The authority pitches a recovery plan."""

    verb: Literal["pitch"]
    every: Annotated[int, Field(ge=1, le=LONGEST)] | None = None


class SetLitigation(Intervention):
    """The litigation over a pool ends: the pool is released, moved to another one or awarded."""

    verb: Literal["set_litigation"]
    pool: Name
    outcome: Literal["release", "fund", "award"]
    to: Name | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.outcome == "fund") != (self.to is not None):
            raise ValueError("`to` names the receiving pool of outcome fund, and of no other")
        if self.until is not None:
            raise ValueError("a litigation ends once; until does not go with it")
        return self


AnyIntervention = Annotated[
    SetPolicy
    | Shift
    | SetParameter
    | Scale
    | SetGlobal
    | FreezeAuthority
    | CloseCorridor
    | ForceRung
    | SetIssue
    | Shock
    | ScheduleForum
    | Pitch
    | SetLitigation,
    Field(discriminator="verb"),
]


class Scenario(Strict):
    """A scenario: which case and start, how long, and what happens when.

    `claims` are ids of the claims of the source texts on which it rests; `cannot_say` says in words
    what it cannot answer.
    """

    title: Name
    question: str = ""
    description: str = ""
    claims: list[Name] = []
    cannot_say: str = ""
    case: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    start: str | None = None
    months: Annotated[int, Field(ge=1, le=LONGEST)] = 60
    interventions: list[AnyIntervention] = []
