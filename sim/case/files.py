"""What the files of a case folder may say; `sim.case.load` turns them into a case."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.case.bounds import RUNG_COLUMN
from sim.case.numbers import Backing, ColumnEntry, Entry, Number, Range, Real, Strict
from sim.state import SCHEDULE_MONTHS

Month = Annotated[int, Field(ge=1, le=SCHEDULE_MONTHS)]
"""A month spent investing, counted from 1."""

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]


class SourceText(Strict):
    """A source text of the case."""

    id: str
    title: str
    date: str | None = None
    what: str | None = None


class CaseFile(Strict):
    """`case.yaml`."""

    id: Id
    title: str
    country: str
    authority: str
    source_texts: list[SourceText]
    default_start: str
    currency: str
    note: str


class IssueFile(Strict):
    """One issue of `issues.yaml`."""

    title: str
    meaning: str
    levels: Annotated[list[str], Field(min_length=5, max_length=5)]
    headline: bool = False


class PoliciesFile(Strict):
    """`policies.yaml`: the backing of each column, named profiles of issue weights, the rows."""

    profiles: dict[str, list[Real]]
    columns: dict[str, ColumnEntry]
    policies: dict[str, dict[str, object]]


class PoolFile(Strict):
    """One pool of `pools.yaml`."""

    title: str
    veto: Annotated[list[str], Field(min_length=1)]
    interest_rate: Entry
    lock: Entry
    tranche: Entry


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


class ProjectFile(Strict):
    """One project of `projects.yaml`."""

    title: str
    sponsor: str
    base_value: Entry
    up_rate: Entry
    down_rate: Entry
    royalty: Entry
    schedule: Annotated[list[PeriodFile], Field(max_length=SCHEDULE_MONTHS)]


class PoolStart(Strict):
    """A pool at a start."""

    balance: Entry
    stage: Entry


class ProjectStart(Strict):
    """A project at a start."""

    stage: Entry
    months_invested: Entry


class StartValues(Strict):
    """The state of the world at a start."""

    levels: Entry
    gdp: Entry
    need: Entry
    price: Entry
    target_share: Entry
    relief_budget: Entry
    attention: Entry
    tenure: Entry
    carry_over: Entry
    trade_scale: Entry
    revenue_need: Entry
    population: Entry
    health: Entry
    pools: dict[str, PoolStart]
    projects: dict[str, ProjectStart]


class StartFile(Strict):
    """One start of `starts.yaml`."""

    title: str
    date: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    rungs: Annotated[str, Field(pattern=RUNG_COLUMN)]
    values: StartValues


class TieFile(Entry):
    """One rule of `ties.yaml`; of those that apply to a pair the largest weight counts."""

    same_bloc: Literal[True] | None = None
    from_blocs: list[str] = []
    to_actors: list[str] = []
    within_blocs: list[str] = []
    otherwise: Literal[True] | None = None
    value: Real = Field(alias="weight")


class VotesFile(Backing):
    """Whose votes an institution follows: some members', or all by bloc, with a weight each."""

    members: list[str] = []
    blocs: dict[str, Real] = {}
    otherwise: Real | None = None
    by: Literal["equal", "salience"]
    unit: str = "weight"
    range: Range | None = None

    @model_validator(mode="after")
    def _backed(self) -> Self:
        by_bloc = self.otherwise is not None
        if by_bloc == bool(self.members) or (self.blocs and not by_bloc):
            raise ValueError("needs either `members`, or `otherwise` and perhaps `blocs`")
        self.check(self.range is not None or not self.numbers(), list(self.numbers().values()))
        return self

    def numbers(self) -> dict[str, Number]:
        """The weights by bloc in their order, then that of all others; none with members."""
        if self.otherwise is None:
            return {}
        weights = {**self.blocs, "otherwise": self.otherwise}
        return dict(zip(weights, self.listed(list(weights.values()), self.range), strict=True))


class TiesFile(Strict):
    """`ties.yaml`."""

    blocs: dict[str, str]
    ties: list[TieFile]
    votes: dict[str, VotesFile]
