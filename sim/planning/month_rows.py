"""Which rows of policies and parameters the months take, before any number is known (model 7.4, 9).

The rows of a month follow from the base by the interventions that are active in it, in order,
delegation last, so an expired intervention leaves no trace. A row is known by what makes it: the
actor, the changes that reach it, and for an institution the rows of its members.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.model.parameters import Parameters
from sim.model.schema import columns
from sim.planning.tie_kinds import TieKinds
from sim.scenario.orders import Ordered
from sim.scenario.verbs.base import Intervention, RowChange, pool_owner

RowsByMonth = npt.NDArray[np.int64]
Touches = tuple[int, ...]
"""Interventions that change a row, by their place in the scenario, in order."""


@dataclass(frozen=True)
class PolicyRow:
    """What makes a row of policies: an institution has `members`, pairs of a voter and its row."""

    actor: int
    touches: Touches
    members: tuple[tuple[int, int], ...] = ()


PoolRow = tuple[int, Touches]
"""What makes a row of the numbers of a pool: the pool, and the changes that reach it."""


@dataclass
class MonthRows:
    """The distinct rows and which of them each month takes.

    `policy_of[p, t - 1, i]` is the row of actor i in month t under the pattern p of conditions
    that hold, `terms_of[p, t - 1, j]` that of the numbers of pool j, `parameters_of[p, t - 1]` that
    of the parameters. Row i of the policies is that of actor i without any intervention, row j of
    the terms that of pool j, row 0 that of the parameters.
    """

    changes: dict[int, tuple[RowChange, ...]]
    policies: dict[PolicyRow, int]
    terms: dict[PoolRow, int]
    parameters: dict[Touches, int]
    policy_of: RowsByMonth
    terms_of: RowsByMonth
    parameters_of: RowsByMonth


def is_active(intervention: Intervention, month: int) -> bool:
    """Whether an intervention is active in `month`, its condition aside."""
    return intervention.month <= month and (
        intervention.until is None or month <= intervention.until
    )


def stretches(interventions: Sequence[Intervention], months: int) -> list[tuple[int, int]]:
    """First and last month of each stretch in which the same interventions are active."""
    begins = {each.month for each in interventions}
    begins |= {each.until + 1 for each in interventions if each.until is not None}
    firsts = sorted({1, *(month for month in begins if month <= months)})
    return list(zip(firsts, [*(first - 1 for first in firsts[1:]), months], strict=True))


@dataclass
class _Rows:
    """Collects rows while the months are gone through."""

    reached: dict[int, frozenset[str]]
    on_parameters: frozenset[int]
    voters: list[tuple[int, ...]]
    actors: tuple[str, ...]
    pools: tuple[str, ...]
    policies: dict[PolicyRow, int] = field(default_factory=dict)
    terms: dict[PoolRow, int] = field(default_factory=dict)
    parameters: dict[Touches, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for i, voters in enumerate(self.voters):
            self.policies[PolicyRow(i, (), tuple((j, j) for j in voters))] = i
        self.terms.update({(j, ()): j for j in range(len(self.pools))})
        self.parameters[()] = 0

    def policies_of(self, active: Touches) -> list[int]:
        """The rows of the actors."""
        found = [0] * len(self.voters)
        in_order = sorted(range(len(found)), key=lambda i: bool(self.voters[i]))
        for i in in_order:
            touches = self._touches(active, self.actors[i])
            row = PolicyRow(i, touches, tuple((j, found[j]) for j in self.voters[i]))
            found[i] = self.policies.setdefault(row, len(self.policies))
        return found

    def terms_of(self, active: Touches) -> list[int]:
        """The rows of the pools' numbers."""
        rows = [(j, self._touches(active, pool)) for j, pool in enumerate(self.pools)]
        return [self.terms.setdefault(row, len(self.terms)) for row in rows]

    def _touches(self, active: Touches, owner: str) -> Touches:
        """Active interventions that reach an owner."""
        return tuple(each for each in active if owner in self.reached[each])

    def parameters_of(self, active: Touches) -> int:
        """The row of the parameters."""
        touches = tuple(each for each in active if each in self.on_parameters)
        return self.parameters.setdefault(touches, len(self.parameters))


def month_rows(
    case: Case,
    ties: TieKinds,
    interventions: Sequence[Intervention],
    order: Ordered,
    months: int,
) -> MonthRows:
    """The rows of months 1 to `months` for each pattern of the conditions on which rows hang."""
    changes = {i: tuple(each.changes(case)) for i, each in enumerate(interventions)}
    changes = {i: each for i, each in changes.items() if each}
    rows = _rows(case, ties, changes)
    patterns = 2 ** len(set(order.conditions.switches) - {0})
    policy_of = np.zeros((patterns, months, len(case.actors)), np.int64)
    terms_of = np.zeros((patterns, months, len(case.pools)), np.int64)
    parameters_of = np.zeros((patterns, months), np.int64)
    spans = stretches([interventions[i] for i in changes], months)
    for pattern in range(patterns):
        possible = order.possible(pattern)
        on = [i for i in changes if order.conditions.is_on(i, possible)]
        for first, last in spans:
            at_once = [i for i in on if is_active(interventions[i], first)]
            active = order.in_order(at_once, possible)
            policy_of[pattern, first - 1 : last] = rows.policies_of(active)
            terms_of[pattern, first - 1 : last] = rows.terms_of(active)
            parameters_of[pattern, first - 1 : last] = rows.parameters_of(active)
    distinct = rows.policies, rows.terms, rows.parameters
    return MonthRows(changes, *distinct, policy_of, terms_of, parameters_of)


def _rows(case: Case, ties: TieKinds, changes: Mapping[int, tuple[RowChange, ...]]) -> _Rows:
    """The rows without interventions, and whom each intervention reaches."""
    reached = {
        i: frozenset(owner for change in each for owner in change.owners)
        for i, each in changes.items()
    }
    voters = [
        ties.voters(case, i) if actor.delegates else ()
        for i, actor in enumerate(case.actors.values())
    ]
    known = columns(Parameters)
    own = frozenset(i for i, each in changes.items() if any(one.field in known for one in each))
    pools = tuple(map(pool_owner, case.pools))
    return _Rows(reached, own, voters, tuple(case.actors), pools)
