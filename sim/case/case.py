"""A case in memory: its actors, policies, pools and projects, and all its numbers.

In text a number reads like `parameters.dead_band`, `parameters.loading_peers.7`,
`policies.mild.stance`, `actors.XYZ.salience`, `pools.fund.tranche`, `starts.2024-02.gdp`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.case.files import IssueFacts, PolicyFacts, PoolFacts
from sim.case.ladder import EVERY_RUNG
from sim.case.number_id import NumberId, number_id
from sim.case.numbers import Number
from sim.model.calendar import Calendar


@dataclass(frozen=True)
class ActorFacts:
    """What an actor is, numbers aside."""

    id: str
    name: str
    kind: str
    group: str
    bloc: str
    policy: str
    delegates: bool
    permanent_member: bool


@dataclass(frozen=True)
class ProjectFacts:
    """What a project is; `periods` are the first and last month of each rate of its schedule."""

    id: str
    title: str
    sponsor: str
    periods: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class TieRule:
    """When two actors are tied, by bloc or by name; the weight stands among the numbers."""

    same_bloc: bool = False
    from_blocs: tuple[str, ...] = ()
    to_actors: tuple[str, ...] = ()
    within_blocs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Votes:
    """Whose votes a delegating institution follows; weights by bloc stand among the numbers."""

    members: tuple[str, ...]
    by_salience: bool
    blocs: tuple[str, ...]


@dataclass(frozen=True)
class StartFacts:
    """A moment from which runs may start; `rungs` names the column of the actors' rungs."""

    id: str
    title: str
    calendar: Calendar
    rungs: str


@dataclass(frozen=True)
class Case:
    """A case: facts by id, in sorted order, and every number by its identity.

    Issues alone stand in the order of their file, which is that of every list by issue. `without`
    are the blocks it leaves out. A case that builds on another shares the draws of the one at the
    bottom, its `root`, so that their runs can be compared.
    """

    id: str
    title: str
    default_start: str
    actors: Mapping[str, ActorFacts]
    policies: Mapping[str, PolicyFacts]
    issues: Mapping[str, IssueFacts]
    pools: Mapping[str, PoolFacts]
    projects: Mapping[str, ProjectFacts]
    starts: Mapping[str, StartFacts]
    blocs: Mapping[str, str]
    ties: tuple[TieRule, ...]
    votes: Mapping[str, Votes]
    numbers: Mapping[NumberId, Number]
    notes: Mapping[str, str]
    ladder: tuple[int, ...] = EVERY_RUNG
    base: str = ""
    root: str = ""
    without: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Case {self.id}: {len(self.actors)} actors, {len(self.numbers):,} numbers>"

    def value(self, kind: str, item: str, field: str, place: int | str | None = None) -> float:
        """The value of a number; raises KeyError where the case has no such number."""
        return self.numbers[NumberId(kind, item, field, place)].value

    def values(self, kind: str, item: str, field: str, length: int) -> list[float]:
        """The values of a list of `length` numbers; raises KeyError."""
        return [self.value(kind, item, field, place) for place in range(length)]

    def value_at(self, text: str) -> float:
        """The value of the number that a text spells; raises KeyError."""
        return self.numbers[number_id(text)].value

    def with_numbers(self, changes: Mapping[NumberId, float]) -> "Case":
        """The same case with other values of some numbers; raises KeyError for an unknown one."""
        if not changes:
            return self
        changed = {name: self.numbers[name].at(value) for name, value in changes.items()}
        return replace(self, numbers={**self.numbers, **changed})

    def with_values_at(self, changes: Mapping[str, float]) -> "Case":
        """The same case with other values of the numbers that texts spell; raises KeyError."""
        return self.with_numbers({number_id(text): value for text, value in changes.items()})
