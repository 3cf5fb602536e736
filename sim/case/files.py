"""What the files of a case folder may say beside their numbers, which `sim.case.sheets` reads.

The context of validation is a `sim.case.context.Context`.
"""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from sim.case.blocks import Block
from sim.case.bounds import RUNG_COLUMN
from sim.case.context import ActorName, BlocName, Name, known, refusing, unknown
from sim.case.entries import Entry, RangedBacking, slot_in
from sim.case.ladder import EVERY_RUNG, ladder_fault
from sim.case.numbers import Confidence, Number, Real, Strict
from sim.io.documents import Keys
from sim.io.validation import wrong
from sim.model.state import SCHEDULE_MONTHS
from sim.model.vocab import TOP_LEVEL

MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])"
NO_MONTH = "must be a month, as in 2024-02"

Month = Annotated[int, Field(ge=1, le=SCHEDULE_MONTHS)]
"""A month spent investing, counted from 1."""


Kind = Literal["state", "bloc", "institution"]
"""What an actor can be."""


class Texts(Strict):
    """What stands beside the numbers of an item; other keys are told by the reader of numbers."""

    model_config = ConfigDict(extra="ignore")


class SourceText(Strict):
    """A source text of the case."""

    id: str
    title: str
    date: str | None = None
    what: str | None = None


class CaseFile(Strict):
    """`case.yaml`; the names in the context say which folder it stands in."""

    id: Annotated[Name, known("folder")]
    base: str | None = None
    without: list[Block] = []
    ladder: Annotated[list[int], refusing(ladder_fault)] = list(EVERY_RUNG)
    title: str
    country: str
    authority: str
    source_texts: list[SourceText]
    default_start: Annotated[str, known("start")]
    currency: str
    note: str


class IssueFacts(Strict):
    """One issue of `issues.yaml`: levels 0 to 4 in words, and whether it is shown first.

    A first look also tells whether the level `shown_level` was reached.
    """

    title: str
    meaning: str
    levels: Annotated[list[str], Field(min_length=5, max_length=5)]
    headline: bool = False
    shown_level: Annotated[int, Field(ge=1, le=TOP_LEVEL)] | None = None


class PoliciesFile(Strict):
    """`policies.yaml`: the backing of each column, named profiles of issue weights, the rows."""

    profiles: dict[str, list[Real]] = {}
    columns: dict[str, Any]
    policies: dict[str, Any]


class PolicyFacts(Texts):
    """A named policy of `policies.yaml`, numbers aside."""

    title: str
    source: str
    summary: str


class ActorTexts(Texts):
    """A row of `actors.csv`; who delegates needs votes, and all others a policy."""

    id: str
    name: str
    kind: Kind
    group: str
    bloc: BlocName
    delegates: Any = 0.0
    permanent_member: Any = 0.0
    policy: str

    @field_validator("delegates")
    @classmethod
    def _voting(cls, value: Any, info: ValidationInfo) -> Any:
        message = unknown("voting institution", info.data.get("id", ""), info)
        if value == 1.0 and message:
            raise wrong([((), message)])
        return value

    @field_validator("policy")
    @classmethod
    def _following(cls, policy: str, info: ValidationInfo) -> str:
        message = unknown("policy", policy, info)
        if info.data.get("delegates", 1.0) != 1.0 and message:
            raise ValueError(message)
        return policy


class SourceRow(Strict):
    """A row of `actors.sources.csv`: the source of a single cell."""

    actor: ActorName
    column: Annotated[str, known("column of numbers")]
    source: Annotated[str, Field(min_length=1)]
    confidence: Confidence
    note: str


class PoolFacts(Texts):
    """A frozen pool of `pools.yaml`; those with a veto must all agree to release it."""

    title: str
    veto: Annotated[list[ActorName], Field(min_length=1)]


class PeriodFile(Strict):
    """One rate of a project's schedule; `months` is the first and last, null for open."""

    months: Annotated[list[Month | None], Field(min_length=2, max_length=2)]
    amount: Entry

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        first, last = self.months
        if first and last and first > last:
            raise ValueError(f"month {first} comes after month {last}")
        return self


class ProjectTexts(Texts):
    """One project of `projects.yaml`."""

    title: str
    sponsor: ActorName
    schedule: Annotated[list[Any], Field(max_length=SCHEDULE_MONTHS)]


class StartValues(Texts):
    """The state of the world at a start, beside its numbers."""

    pools: dict[str, dict[str, Any]] = {}
    projects: dict[str, dict[str, Any]] = {}


class StartFile(Strict):
    """One start of `starts.yaml`."""

    title: str
    date: Annotated[str, refusing(lambda date: "" if re.fullmatch(MONTH, date) else NO_MONTH)]
    rungs: Annotated[str, Field(pattern=RUNG_COLUMN), known("column of actors.csv")]
    values: StartValues


class TiesFile(Strict):
    """`ties.yaml`."""

    blocs: dict[Name, str]
    ties: list[Any]
    votes: dict[ActorName, Any] = {}


class TieFile(RangedBacking):
    """One rule of `ties.yaml`; of those that apply to a pair the largest weight counts."""

    same_bloc: Literal[True] | None = None
    from_blocs: list[BlocName] = []
    to_actors: list[ActorName] = []
    within_blocs: list[BlocName] = []
    otherwise: Literal[True] | None = None
    weight: Real

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        if slot := slot_in(info):
            self.check({("weight",): self.weight}, slot.bounds)
        return self


class VotesFile(RangedBacking):
    """Whose votes an institution follows: some members', or all by bloc, with a weight each."""

    members: list[ActorName] = []
    blocs: dict[Annotated[Name, known("bloc")], Real] = {}
    otherwise: Real | None = None
    by: Literal["equal", "salience"]
    unit: str = "weight"

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        by_bloc = self.otherwise is not None
        if by_bloc == bool(self.members) or (self.blocs and not by_bloc):
            raise ValueError("needs either `members`, or `otherwise` and perhaps `blocs`")
        if slot := slot_in(info):
            self.check(self.weights(), slot.bounds)
        return self

    def weights(self) -> dict[Keys, float]:
        """The weights by bloc, then that of all others, by the way to each; none with members."""
        if self.otherwise is None:
            return {}
        own: dict[Keys, float] = {("blocs", bloc): weight for bloc, weight in self.blocs.items()}
        return {**own, ("otherwise",): self.otherwise}

    def numbers(self) -> dict[str, Number]:
        """The weights as numbers, by bloc, the last for all others."""
        weights = self.weights()
        return dict(
            zip((str(keys[-1]) for keys in weights), self.listed([*weights.values()]), strict=True)
        )
