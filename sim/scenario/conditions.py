"""Conditions of interventions (`when`, `while`) and events as records; conditions in words.

Interventions with the same condition over the same months share one. A condition on which rows of
policies or parameters hang has a switch, a power of 2: each sum of switches is a pattern, which
has rows of its own.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.model.interventions import Clause as ClauseRecord
from sim.model.interventions import Condition as ConditionRecord
from sim.model.interventions import Deal, Event
from sim.model.schema import dtype
from sim.model.vocab import Quantity
from sim.scenario.clauses import Clause
from sim.scenario.verbs.base import EVER, Intervention

MET_REACH = {True: (1.0, math.inf), False: (0.0, 0.0)}
"""The month in which a condition was first met, if it was before this month, else 0."""

BY_POLICY = -1.0
"""The credibility of an offer that is as credible as the policies of its actors."""

MOST_SWITCHES = 8
"""Conditions on which rows may hang: each doubles the patterns."""


@dataclass(frozen=True)
class Condition:
    """A condition: its months, whether it holds for good once met, and its clauses.

    `met` asks of other conditions, by their places, whether they were met in an earlier month. An
    `announced` one is an offer: `credibility` of None is that of the policies, and `kept` the
    chance that the word is kept.
    """

    first: int
    last: int
    lasting: bool
    clauses: tuple[Clause, ...]
    met: tuple[tuple[int, bool], ...] = ()
    announced: bool = False
    credibility: float | None = None
    kept: float = 1.0


@dataclass(frozen=True)
class Conditions:
    """All conditions of a scenario; `of[i]` is that of intervention i, -1 for none.

    Conditions that only tell the order of others come last: they hold only where those do that
    they are `implied` by. Rows hang on those that are `switching`.
    """

    distinct: tuple[Condition, ...]
    of: tuple[int, ...]
    switching: frozenset[int]
    implied: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def switches(self) -> tuple[int, ...]:
        """A power of 2 for each condition on which rows hang, 0 for the others."""
        worth = (2**rank for rank in count())
        places = range(len(self.distinct))
        return tuple(next(worth) if place in self.switching else 0 for place in places)

    def is_on(self, intervention: int, pattern: int) -> bool:
        """Whether the condition of an intervention, if rows hang on it, holds in a pattern."""
        condition = self.of[intervention]
        switch = self.switches[condition] if condition >= 0 else 0
        return pattern & switch == switch


def condition_of(intervention: Intervention) -> Condition | None:
    """The condition of an intervention; what no longer acts is no longer looked at."""
    if intervention.condition is None:
        return None
    last = min(intervention.deadline or EVER, intervention.until or EVER)
    clauses = tuple(intervention.condition)
    own = Condition(intervention.month, last, intervention.when is not None, clauses)
    if not intervention.announced:
        return own
    kept = 1.0 if intervention.kept is None else intervention.kept
    return replace(own, announced=True, credibility=intervention.credibility, kept=kept)


def conditions_of(interventions: Sequence[Intervention]) -> Conditions:
    """The distinct conditions of some interventions, in file order."""
    each_own = [condition_of(each) for each in interventions]
    distinct = list(dict.fromkeys(own for own in each_own if own is not None))
    places = {condition: place for place, condition in enumerate(distinct)}
    of = tuple(places[own] if own is not None else -1 for own in each_own)
    pairs = zip(of, interventions, strict=True)
    switching = frozenset(place for place, each in pairs if place >= 0 and each.changes_rows)
    return Conditions(tuple(distinct), of, switching)


def condition_records(case: Case, conditions: Conditions) -> npt.NDArray[np.void]:
    """The conditions, of which none has been met yet."""
    records = np.zeros(len(conditions.distinct), dtype(ConditionRecord))
    for record, condition, switch in zip(
        records, conditions.distinct, conditions.switches, strict=True
    ):
        record["first"], record["last"] = condition.first, condition.last
        record["lasting"], record["switch"] = condition.lasting, switch
        record["announced"], record["kept"] = condition.announced, condition.kept
        record["credibility"] = (
            BY_POLICY if condition.credibility is None else condition.credibility
        )
        record["word_issue"] = word_issue(case, condition)
    return records


def word_issue(case: Case, condition: Condition) -> int:
    """The first issue, in the order of the case, that a condition looks at; else 0."""
    looked_at = (clause.looked_at(case) for clause in condition.clauses)
    return min((place for kind, place in looked_at if kind == Quantity.LEVEL), default=0)


def clause_records(case: Case, conditions: Conditions) -> npt.NDArray[np.void]:
    """The clauses of all conditions."""
    rows: list[tuple[int, int, int, float, float]] = []
    for place, condition in enumerate(conditions.distinct):
        own = [(*clause.looked_at(case), *clause.reach()) for clause in condition.clauses]
        own += [(Quantity.MET, other, *MET_REACH[met]) for other, met in condition.met]
        rows += [(place, *each) for each in own]
    return np.array(rows, dtype(ClauseRecord))


def events(
    case: Case, interventions: Sequence[Intervention], conditions: Sequence[int]
) -> npt.NDArray[np.void]:
    """All events in file order; `conditions[i]` is that of intervention i, -1 for none."""
    rows = [
        (*event, condition)
        for each, condition in zip(interventions, conditions, strict=True)
        for event in each.events(case)
    ]
    return np.array(rows, dtype(Event))


def deals(
    case: Case, interventions: Sequence[Intervention], conditions: Sequence[int]
) -> npt.NDArray[np.void]:
    """All deals in file order, their amounts aside; conditions as for events."""
    found = [
        (row, condition)
        for each, condition in zip(interventions, conditions, strict=True)
        for row in each.deals(case)
    ]
    records = np.zeros(len(found), dtype(Deal))
    for record, (row, condition) in zip(records, found, strict=True):
        record["condition"] = condition
        for name, value in row._asdict().items():
            record[name] = value
    return records


def labelled(interventions: Sequence[Intervention]) -> dict[str, str]:
    """Each distinct condition in words, by the name or the number of its first intervention."""
    conditions = conditions_of(interventions)
    firsts = [conditions.of.index(condition) for condition in range(len(conditions.distinct))]
    labels = [interventions[first].name or str(first + 1) for first in firsts]
    return dict(zip(labels, map(in_words, conditions.distinct), strict=True))


def in_words(condition: Condition) -> str:
    """A condition for reading, as in `need is at most 0.6 and XYZ is at least at rung 7`."""
    return " and ".join(clause.words() for clause in condition.clauses)
