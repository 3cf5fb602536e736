"""Rows of policies and parameters for each month: the base, changed by the active interventions.

The rows of a month are built anew from the base by the interventions active in it, in file order,
delegation last, so an expired intervention leaves no trace (model 7.4, 9).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.bounds import bounds_in
from sim.case.case import Case
from sim.parameters import BY_START, COMMON, Parameters
from sim.policy import BUNDLE, OWN, Policy
from sim.scenario.verbs.base import How, Intervention, RowChange
from sim.schema import columns, dtype

Rows = npt.NDArray[np.void]
Reals = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Names = tuple[str, ...]

CLIPPED = ("quorum", "relief_conditionality", "development_conditionality")
"""Numbers that are held between 0 and 1 when an intervention moves them (model 9)."""


PARTS = tuple(
    (name, place if columns(Policy)[name].length else None)
    for name in BUNDLE
    for place in range(columns(Policy)[name].length or 1)
)
"""The numbers of a bundle, in the order in which a row of policies begins with them."""


class CannotCompile(Exception):
    """Numbers that do not make a run, or two entities that would share their draws."""


@dataclass(frozen=True)
class MonthlyRows:
    """Distinct rows, and which of them each month takes.

    `policy_of[p, t - 1, i]` is the row of actor i in month t under the pattern p of conditions
    that hold, `parameters_of[p, t - 1]` that of the parameters; `base_of[i]` is the row of actor i
    without any intervention, row 0 that of the parameters.
    """

    policies: Rows
    parameters: Rows
    policy_of: npt.NDArray[np.int64]
    parameters_of: npt.NDArray[np.int64]
    base_of: Places


def fill(row: np.void, case: Case, record: type, kind: str, item: str, names: Names) -> None:
    """Fill fields `names` of a row with the case's numbers of an item."""
    for name in names:
        length = columns(record)[name].length
        row[name] = (
            case.values(kind, item, name, length) if length else case.value(kind, item, name)
        )


def bundle(case: Case, policy: str) -> Reals:
    """The numbers of a named policy, as they begin a row."""
    return np.array([case.value("policies", policy, *part) for part in PARTS])


def numbers_of(rows: Rows) -> Reals:
    """Rows of policies as plain numbers, `[row, number]`; what is written there is written."""
    return rows.view(np.float64).reshape(len(rows), -1)


def base_policies(case: Case) -> Rows:
    """One row for each actor in sorted order, before delegation."""
    rows = np.zeros(len(case.actors), dtype(Policy))
    numbers = numbers_of(rows)
    own, bundles = len(PARTS) + len(OWN), {name: bundle(case, name) for name in case.policies}
    for i, actor in enumerate(case.actors.values()):
        if not actor.delegates:
            numbers[i, : len(PARTS)] = bundles[actor.policy]
        numbers[i, len(PARTS) : own] = [case.value("actors", actor.id, name) for name in OWN]
    numbers[:, own:] = 1.0
    return rows


def base_parameters(case: Case, start: str) -> Rows:
    """The parameters at a start, as one row."""
    rows = np.zeros(1, dtype(Parameters))
    fill(rows[0], case, Parameters, "parameters", "", COMMON)
    fill(rows[0], case, Parameters, "starts", start, BY_START)
    rows[0]["mediation_override"] = -1.0
    return rows


def delegate(rows: Rows, case: Case, ties: npt.NDArray[np.float64]) -> None:
    """Give each delegating institution the mean bundle of its members, weighted by their votes.

    Raises CannotCompile for one among whose members nobody has a vote.
    """
    voting = np.array([0.0 if actor.delegates else 1.0 for actor in case.actors.values()])
    bundles = numbers_of(rows)[:, : len(PARTS)]
    for i, actor in enumerate(case.actors.values()):
        if not actor.delegates:
            continue
        votes = ties[i] * voting
        total = float(np.cumsum(votes)[-1])
        if total == 0.0:
            raise CannotCompile(f"{actor.id} follows its members, among whom nobody has a vote")
        mean = np.zeros(len(PARTS))
        for j in np.flatnonzero(votes):
            mean = mean + ties[i, j] / total * bundles[j]
        bundles[i] = mean


def bounded(actor: str, change: RowChange, value: float) -> float:
    """The value; outside its bounds a number in `CLIPPED` is clipped, any other refused (9)."""
    bounds = bounds_in(Policy, change.field)
    if change.field in CLIPPED:
        return min(max(value, bounds.low), bounds.high)
    wrong = bounds.fault(value)
    if wrong:
        place = "" if change.place is None else f".{change.place}"
        raise CannotCompile(f"{change.field}{place} of {actor} {wrong}")
    return value


def change_policies(rows: Rows, case: Case, verb: Intervention, change: RowChange) -> None:
    """Apply one change to the rows of the actors it reaches."""
    places = {actor: i for i, actor in enumerate(case.actors)}
    if change.how is How.COPY:
        copied = bundle(case, change.policy)
        numbers_of(rows)[[places[actor] for actor in change.actors], : len(PARTS)] = copied
        return
    amount = getattr(verb, change.amount)
    for actor in change.actors:
        row = rows[places[actor]]
        if change.place is None:
            value = change.how.apply(row[change.field], amount)
            row[change.field] = bounded(actor, change, value)
        else:
            value = change.how.apply(row[change.field][change.place], amount)
            row[change.field][change.place] = bounded(actor, change, value)


def change_parameters(rows: Rows, verb: Intervention, change: RowChange) -> None:
    """Apply one change to the single row of parameters."""
    amount = getattr(verb, change.amount)
    if change.place is None:
        rows[0][change.field] = amount
    else:
        rows[0][change.field][change.place] = amount


def is_active(intervention: Intervention, month: int) -> bool:
    """Whether a parameter verb is active in `month`, its condition aside."""
    return intervention.month <= month and (
        intervention.until is None or month <= intervention.until
    )


class _Distinct:
    """Collects distinct rows of one kind and remembers their places."""

    def __init__(self, record: type) -> None:
        self._record = record
        self._places: dict[bytes, int] = {}

    def place(self, row: np.void) -> int:
        return self._places.setdefault(row.tobytes(), len(self._places))

    @property
    def rows(self) -> Rows:
        return np.frombuffer(bytearray(b"".join(self._places)), dtype(self._record))


class _Builder:
    """Builds the rows of a month from the interventions that are active in it, once each."""

    def __init__(
        self, case: Case, start: str, ties: npt.NDArray[np.float64], verbs: Sequence[Intervention]
    ) -> None:
        self._case, self._ties = case, ties
        self._changes = [[(verb, change) for change in verb.changes(case)] for verb in verbs]
        self._base = base_policies(case)
        self._parameters_base = base_parameters(case, start)
        self._known: dict[tuple[int, ...], tuple[Places, int]] = {}
        self.policies, self.parameters = _Distinct(Policy), _Distinct(Parameters)

    def places(self, active: tuple[int, ...]) -> tuple[Places, int]:
        """Places of the actors' rows and of the parameters' row."""
        if active not in self._known:
            self._known[active] = self._build(active)
        return self._known[active]

    def _build(self, active: tuple[int, ...]) -> tuple[Places, int]:
        rows, row = self._base.copy(), self._parameters_base.copy()
        for verb, change in (pair for i in active for pair in self._changes[i]):
            if change.actors:
                change_policies(rows, self._case, verb, change)
            else:
                change_parameters(row, verb, change)
        delegate(rows, self._case, self._ties)
        places = np.array([self.policies.place(each) for each in rows], np.int64)
        return places, self.parameters.place(row[0])


def monthly_rows(
    case: Case,
    start: str,
    ties: npt.NDArray[np.float64],
    verbs: Sequence[Intervention],
    months: int,
    switches: Sequence[int] = (),
) -> MonthlyRows:
    """The rows of months 1 to `months` for each pattern of the switches.

    `switches[i]` is the switch on which verb i hangs; 0, or none at all, for no condition.
    """
    on = dict(enumerate(switches))
    builder = _Builder(case, start, ties, verbs)
    base_of, _ = builder.places(())
    patterns = 2 ** len(set(switches) - {0})
    policy_of = np.zeros((patterns, months, len(case.actors)), np.int64)
    parameters_of = np.zeros((patterns, months), np.int64)
    for pattern in range(patterns):
        for month in range(1, months + 1):
            active = tuple(
                i
                for i, verb in enumerate(verbs)
                if is_active(verb, month) and on.get(i, 0) & pattern == on.get(i, 0)
            )
            policy_of[pattern, month - 1], parameters_of[pattern, month - 1] = builder.places(
                active
            )
    return MonthlyRows(
        builder.policies.rows,
        builder.parameters.rows,
        policy_of,
        parameters_of,
        base_of,
    )
