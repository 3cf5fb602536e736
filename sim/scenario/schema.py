"""What a scenario file may say (model 9)."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, model_validator

from sim.case.numbers import Strict
from sim.io.validation import Finding, wrong
from sim.scenario.conditions import MOST_SWITCHES, conditions_of
from sim.scenario.limits import LONGEST
from sim.scenario.names import ClaimId, Name, Names, StartId
from sim.scenario.numbers import Changes
from sim.scenario.orders import ordered
from sim.scenario.setting import Setting, setting_in
from sim.scenario.verbs import AnyIntervention


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
    claims: list[ClaimId] = []
    cannot_say: str = ""
    case: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    start: StartId | None = None
    months: Annotated[int, Field(ge=1, le=LONGEST)] = 60
    numbers: Changes = {}
    interventions: list[AnyIntervention] = []

    def __repr__(self) -> str:
        acts = f"{len(self.interventions)} interventions in {self.months} months"
        return f"<Scenario {self.title!r:.60}: {acts}>"

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> Self:
        if findings := [*self._names(), *self._switches(setting_in(info))]:
            raise wrong(findings)
        return self

    def _names(self) -> Iterator[Finding]:
        """Names that two interventions have, and what is dropped from nothing."""
        if self.drop is not None and self.extends is None:
            yield (), "drop needs extends: it leaves out interventions of what a file extends"
        first: dict[str, int] = {}
        for i, name in enumerate(each.name for each in self.interventions):
            if name is not None and first.setdefault(name, i) != i:
                yield (
                    ("interventions", i, "name"),
                    f"another intervention has the name {name!r}, too",
                )

    def _switches(self, setting: Setting | None) -> Iterator[Finding]:
        """Each condition on policies or parameters doubles the rows that must be ready."""
        conditions = conditions_of(self.interventions)
        for i, condition in enumerate(conditions.of):
            if condition >= 0 and conditions.switches[condition] >= 2**MOST_SWITCHES:
                message = f"more than {MOST_SWITCHES} different conditions"
                yield ("interventions", i), f"{message} on policies and parameters"
                return
        if setting is not None and (message := ordered(setting.case, self.interventions).too_many):
            yield ("interventions",), message
