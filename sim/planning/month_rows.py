"""Which rows of policies and parameters the months take, before any number is known (model 7.4, 9).

The rows of a month follow from the base by the interventions that are active in it, in order,
delegation last, so an expired intervention leaves no trace. A row is known by what makes it: the
actor, the changes that reach it, and for an institution the rows of its members.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
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


def month_rows(
    case: Case,
    ties: TieKinds,
    interventions: Sequence[Intervention],
    order: Ordered,
    months: int,
) -> MonthRows:
    """The rows of months 1 to `months` for each pattern of the conditions on which rows hang."""
    changes = {i: own for i, each in enumerate(interventions) if (own := (*each.changes(case),))}
    patterns = 2 ** len(set(order.conditions.switches) - {0})
    shape = patterns, months
    rows = MonthRows(
        changes,
        {PolicyRow(i, (), tuple((j, j) for j in own)): i for i, own in enumerate(ties.voters)},
        {(j, ()): j for j in range(len(case.pools))},
        {(): 0},
        np.zeros((*shape, len(case.actors)), np.int64),
        np.zeros((*shape, len(case.pools)), np.int64),
        np.zeros(shape, np.int64),
    )
    reached = [_reaching(changes, actor) for actor in case.actors]
    on_pools = [_reaching(changes, pool_owner(pool)) for pool in case.pools]
    on_parameters = _reaching(changes, "")
    spans = stretches([interventions[i] for i in changes], months)
    for pattern in range(patterns):
        possible = order.possible(pattern)
        on = [i for i in changes if order.conditions.is_on(i, possible)]
        for first, last in spans:
            at_once = [i for i in on if is_active(interventions[i], first)]
            active, span = order.in_order(at_once, possible), slice(first - 1, last)
            policies = _policies_of(rows, ties, [_those(active, own) for own in reached])
            rows.policy_of[pattern, span] = policies
            terms = [(j, _those(active, own)) for j, own in enumerate(on_pools)]
            places = [rows.terms.setdefault(row, len(rows.terms)) for row in terms]
            rows.terms_of[pattern, span] = places
            touches = _those(active, on_parameters)
            place = rows.parameters.setdefault(touches, len(rows.parameters))
            rows.parameters_of[pattern, span] = place
    return rows


def _reaching(changes: Mapping[int, tuple[RowChange, ...]], owner: str) -> frozenset[int]:
    """The interventions that change the row of an owner, or with no name that of parameters."""
    return frozenset(
        i
        for i, each in changes.items()
        if any(owner in one.owners if owner else not one.owners for one in each)
    )


def _those(active: Touches, own: frozenset[int]) -> Touches:
    return tuple(each for each in active if each in own)


def _policies_of(rows: MonthRows, ties: TieKinds, touches: Sequence[Touches]) -> list[int]:
    """The rows of all actors, of which those of institutions come last."""
    places = [0] * len(touches)
    for i in sorted(range(len(touches)), key=lambda i: bool(ties.voters[i])):
        row = PolicyRow(i, touches[i], tuple((j, places[j]) for j in ties.voters[i]))
        places[i] = rows.policies.setdefault(row, len(rows.policies))
    return places
