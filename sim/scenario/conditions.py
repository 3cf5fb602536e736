"""Conditions of interventions (`when`, `while`) as records, and in words.

Interventions with the same condition over the same months share one. A condition on which rows of
policies or parameters hang has a switch, a power of 2: each sum of switches is a pattern, which
has rows of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.scenario.clauses import Clause
from sim.scenario.verbs.base import EVER, Intervention
from sim.schema import dtype
from sim.state import Clause as ClauseRecord
from sim.state import Condition as ConditionRecord

MOST_SWITCHES = 8
"""Conditions on which rows may hang: each doubles the patterns."""


@dataclass(frozen=True)
class Condition:
    """A condition: its months, whether it holds for good once met, and its clauses."""

    first: int
    last: int
    lasting: bool
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Conditions:
    """All conditions of a scenario; `of[i]` is that of intervention i, -1 for none."""

    distinct: tuple[Condition, ...]
    of: tuple[int, ...]
    switches: tuple[int, ...]

    def switch_of(self, intervention: int) -> int:
        """The switch on which an intervention hangs; 0 for none."""
        condition = self.of[intervention]
        return self.switches[condition] if condition >= 0 else 0


def condition_of(intervention: Intervention) -> Condition | None:
    """The condition of an intervention; what no longer acts is no longer looked at."""
    if intervention.condition is None:
        return None
    last = min(intervention.deadline or EVER, intervention.until or EVER)
    clauses = tuple(intervention.condition)
    return Condition(intervention.month, last, intervention.when is not None, clauses)


def conditions_of(interventions: Sequence[Intervention]) -> Conditions:
    """The distinct conditions of some interventions, in file order."""
    each_own = [condition_of(each) for each in interventions]
    distinct = list(dict.fromkeys(own for own in each_own if own is not None))
    places = {condition: place for place, condition in enumerate(distinct)}
    of = tuple(places[own] if own is not None else -1 for own in each_own)
    switching = {
        condition for condition, each in zip(of, interventions, strict=True) if each.changes_rows
    }
    switches, worth = [], 1
    for place in range(len(distinct)):
        switches.append(worth if place in switching else 0)
        worth *= 2 if place in switching else 1
    return Conditions(tuple(distinct), of, tuple(switches))


def condition_records(found: Conditions) -> npt.NDArray[np.void]:
    """The conditions, of which none has been met yet."""
    records = np.zeros(len(found.distinct), dtype(ConditionRecord))
    for record, condition, switch in zip(records, found.distinct, found.switches, strict=True):
        record["first"], record["last"] = condition.first, condition.last
        record["lasting"], record["switch"] = condition.lasting, switch
    return records


def clause_records(case: Case, found: Conditions) -> npt.NDArray[np.void]:
    """The clauses of all conditions."""
    rows = [
        (place, *clause.looked_at(case), *clause.reach())
        for place, condition in enumerate(found.distinct)
        for clause in condition.clauses
    ]
    return np.array(rows, dtype(ClauseRecord))


def labelled(interventions: Sequence[Intervention]) -> dict[str, str]:
    """Each distinct condition in words, by the name or the number of its first intervention."""
    found = conditions_of(interventions)
    firsts = [found.of.index(condition) for condition in range(len(found.distinct))]
    labels = [interventions[first].name or str(first + 1) for first in firsts]
    return dict(zip(labels, map(in_words, found.distinct), strict=True))


def in_words(condition: Condition) -> str:
    """A condition for reading, as in `need at most 0.6 and XYZ at least rung 7`."""
    return " and ".join(clause.words() for clause in condition.clauses)
