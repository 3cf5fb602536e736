"""What the files of a case folder may say; `sim.case.load` turns them into a case."""

from typing import Annotated, Literal

from pydantic import Field

from sim.case.numbers import Backing, ColumnEntry, Entry, Real, Strict

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

    months: Annotated[list[int | None], Field(min_length=2, max_length=2)]
    amount: Entry


class ProjectFile(Strict):
    """One project of `projects.yaml`."""

    title: str
    sponsor: str
    base_value: Entry
    up_rate: Entry
    down_rate: Entry
    royalty: Entry
    schedule: list[PeriodFile]


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
    rungs: str
    values: StartValues


class TieFile(Backing):
    """One rule of `ties.yaml`; of those that apply to a pair the largest weight counts."""

    same_bloc: Literal[True] | None = None
    from_blocs: list[str] = []
    to_actors: list[str] = []
    within_blocs: list[str] = []
    otherwise: Literal[True] | None = None
    weight: Real
    range: list[Real]

    def entry(self) -> Entry:
        """The weight with its backing."""
        return Entry(
            value=self.weight,
            unit=self.unit,
            range=self.range,
            source=self.source,
            assumption=self.assumption,
        )


class VotesFile(Strict):
    """Whose votes an institution follows; weights by bloc, and that of all others."""

    members: list[str] = []
    blocs: dict[str, Real] = {}
    otherwise: Real | None = None
    by: Literal["equal", "salience"]
    unit: str = "weight"
    range: list[list[Real]] | None = None
    source: str | None = None
    assumption: str | None = None

    def entry(self) -> Entry | None:
        """The weights of the blocs in their order, then of all others; None without any."""
        if self.otherwise is None:
            return None
        return Entry(
            value=[*self.blocs.values(), self.otherwise],
            unit=self.unit,
            range=self.range,
            source=self.source,
            assumption=self.assumption,
        )


class TiesFile(Strict):
    """`ties.yaml`."""

    blocs: dict[str, str]
    ties: list[TieFile]
    votes: dict[str, VotesFile]
