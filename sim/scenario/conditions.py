"""Conditions of interventions (`when`, `while`) as records, and in words.

Interventions with the same condition over the same months share one. A condition on which rows of
policies or parameters hang has a switch, a power of 2: each sum of switches is a pattern, which
has rows of its own.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.scenario.parts import QUANTITIES, Clause
from sim.scenario.schema import PARAMETER_VERBS, Intervention
from sim.schema import dtype
from sim.state import Clause as ClauseRecord
from sim.state import Condition as ConditionRecord
from sim.vocab import RUNG_WORDS, Quantity

EVER = 2**31
"""A month after the end of every run."""

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
    found = [condition_of(each) for each in interventions]
    distinct = list(dict.fromkeys(each for each in found if each is not None))
    of = tuple(distinct.index(each) if each is not None else -1 for each in found)
    switching = {
        condition
        for condition, each in zip(of, interventions, strict=True)
        if isinstance(each, PARAMETER_VERBS)
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
        (place, *looked_at(case, clause), *reach(clause))
        for place, condition in enumerate(found.distinct)
        for clause in condition.clauses
    ]
    return np.array(rows, dtype(ClauseRecord))


def looked_at(case: Case, clause: Clause) -> tuple[int, int]:
    """The quantity a clause looks at, and the index of the issue, actor or pool; -1 for none."""
    if clause.issue is not None:
        return Quantity.LEVEL, list(case.issues).index(clause.issue)
    if clause.actor is not None:
        return Quantity.RUNG, list(case.actors).index(clause.actor)
    if clause.pool is not None:
        return Quantity.STAGE, list(case.pools).index(clause.pool)
    return QUANTITIES[clause.quantity or ""], -1


def reach(clause: Clause) -> tuple[float, float]:
    """The bounds of a clause, both included; infinite where none is given."""
    low = -math.inf if clause.at_least is None else clause.at_least
    return low, math.inf if clause.at_most is None else clause.at_most


def labelled(interventions: Sequence[Intervention]) -> dict[str, str]:
    """Each distinct condition in words, by the name or the number of its first intervention."""
    found = conditions_of(interventions)
    firsts = [found.of.index(condition) for condition in range(len(found.distinct))]
    labels = [interventions[first].name or str(first + 1) for first in firsts]
    return dict(zip(labels, map(in_words, found.distinct), strict=True))


def in_words(condition: Condition) -> str:
    """A condition for reading: `XYZ at least level 3 and need at most 0.6`."""
    return " and ".join(clause_words(clause) for clause in condition.clauses)


def clause_words(clause: Clause) -> str:
    """A clause for reading."""
    name = clause.issue or clause.actor or clause.pool or clause.quantity or ""
    kind = (
        "level " if clause.issue else "rung " if clause.actor else "stage " if clause.pool else ""
    )
    return f"{name.replace('_', ' ') if clause.quantity else name} " + " and ".join(
        _bounds(clause, kind)
    )


def _bounds(clause: Clause, kind: str) -> Iterator[str]:
    for word, bound in (("at least", clause.at_least), ("at most", clause.at_most)):
        if bound is not None:
            rung = clause.actor is not None and bound in range(len(RUNG_WORDS))
            yield f"{word} {kind}{bound:g}" + (f" ({RUNG_WORDS[int(bound)]})" if rung else "")
