"""What a scenario file may say (model 9)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.case.numbers import Real, Strict
from sim.scenario.parts import (
    LONGEST,
    RANGES,
    Clauses,
    Holdable,
    Month,
    Name,
    Names,
    Selection,
    Share,
)


class Intervention(Strict):
    """What all verbs share: the first month, the last one in which it acts, and its condition.

    With `when` it begins in the month in which all clauses are first met, between `month` and
    `deadline`; with `while` it acts in those months alone in which they are met.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")] | None = None
    month: Month
    until: Month | None = None
    when: Clauses | None = None
    while_: Clauses | None = Field(default=None, alias="while")
    deadline: Month | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for key in ("until", "deadline"):
            end = getattr(self, key)
            if end is not None and end < self.month:
                raise ValueError(f"{key} {end} lies before month {self.month}")
        for key in ("when", "while_"):
            if key in self.model_fields_set and getattr(self, key) is None:
                raise ValueError(f"{key.rstrip('_')} is empty; give it a clause or leave it out")
        if self.when is not None and self.while_ is not None:
            raise ValueError("either `when` or `while`, not both")
        if self.deadline is not None and self.when is None:
            raise ValueError(
                "a deadline is the last month in which `when` may be met, and needs it"
            )
        return self

    @property
    def condition(self) -> Clauses | None:
        """The clauses on which it hangs, if any."""
        return self.when or self.while_


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


class Hold(Intervention):
    """A quantity of the world, issues or rungs stay where they are, or are put to a value."""

    verb: Literal["hold"]
    quantity: Holdable | None = None
    to: Real | None = None
    issue: Names | None = None
    select: Selection | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if sum(part is not None for part in (self.quantity, self.issue, self.select)) != 1:
            raise ValueError("holds one thing: a quantity, issues (issue) or rungs (select)")
        if self.to is not None:
            if self.quantity is None:
                raise ValueError("`to` goes with a quantity; use set_issue or force_rung")
            low, high = RANGES[self.quantity]
            if not low <= self.to <= high:
                raise ValueError(f"{self.quantity} lies between {low:g} and {high:g}")
        return self


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
        if self.kind in ("drought", "budget") and (self.until or self.while_) is not None:
            raise ValueError(f"kind {self.kind} strikes once; use neither until nor while")
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
        if (self.until or self.while_) is not None:
            raise ValueError("a litigation ends once; use neither until nor while")
        return self


AnyIntervention = Annotated[
    SetPolicy
    | Shift
    | SetParameter
    | Scale
    | SetGlobal
    | FreezeAuthority
    | Hold
    | CloseCorridor
    | ForceRung
    | SetIssue
    | Shock
    | ScheduleForum
    | Pitch
    | SetLitigation,
    Field(discriminator="verb"),
]


PARAMETER_VERBS = (SetPolicy, Shift, SetParameter, Scale, SetGlobal, FreezeAuthority)
"""Verbs that change rows of policies or parameters; all others act on the state."""

ParameterVerb = SetPolicy | Shift | SetParameter | Scale | SetGlobal | FreezeAuthority


class Scenario(Strict):
    """A scenario: which case and start, how long, and what happens when.

    `extends` names the scenarios it builds on, and `drop` interventions of theirs that are left
    out; what is read has them merged already. `numbers` changes numbers of the case by their path,
    before anything happens.
    `claims` are ids of the claims of the source texts on which it rests; `cannot_say` says in words
    what it cannot answer.
    """

    extends: Names | None = Field(default=None, exclude=True)
    drop: Names | None = Field(default=None, exclude=True)

    title: Name
    question: str = ""
    description: str = ""
    claims: list[Name] = []
    cannot_say: str = ""
    case: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    start: str | None = None
    months: Annotated[int, Field(ge=1, le=LONGEST)] = 60
    numbers: dict[str, Real] = {}
    interventions: list[AnyIntervention] = []

    @model_validator(mode="after")
    def _drops_from_a_base(self) -> Self:
        if self.drop is not None and self.extends is None:
            raise ValueError("drop leaves out interventions of what a file extends, and needs it")
        return self

    @model_validator(mode="after")
    def _distinct_names(self) -> Self:
        names = [each.name for each in self.interventions if each.name is not None]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two interventions bear the name {name!r}")
        return self
