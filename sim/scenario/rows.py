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
from sim.policy import ATTRIBUTES, BUNDLE, OWN, Policy
from sim.scenario.parameter_names import element
from sim.scenario.schema import (
    FreezeAuthority,
    Intervention,
    ParameterVerb,
    Scale,
    SetGlobal,
    SetParameter,
    SetPolicy,
    Shift,
)
from sim.scenario.selection import selected
from sim.schema import columns, dtype

Rows = npt.NDArray[np.void]

CLIPPED = ("quorum", "relief_conditionality", "development_conditionality")
"""Numbers that are held between 0 and 1 when an intervention moves them (model 9)."""


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
    base_of: list[int]


def fill(row: np.void, case: Case, record: type, path: str, names: tuple[str, ...]) -> None:
    """Fill fields `names` of a row with the case's numbers at `path.name`."""
    for name in names:
        length = columns(record)[name].length
        row[name] = (
            case.values(f"{path}.{name}", length) if length else case.value(f"{path}.{name}")
        )


def bundle(case: Case, policy: str) -> np.void:
    """A named policy as a row; its attributes are 0."""
    row: np.void = np.zeros(1, dtype(Policy))[0]
    fill(row, case, Policy, f"policies.{policy}", BUNDLE)
    return row


def base_policies(case: Case) -> Rows:
    """One row for each actor in sorted order, before delegation."""
    rows = np.zeros(len(case.actors), dtype(Policy))
    for i, actor in enumerate(case.actors.values()):
        if not actor.delegates:
            rows[i] = bundle(case, actor.policy)
        fill(rows[i], case, Policy, f"actors.{actor.id}", OWN)
        for name in ATTRIBUTES[len(OWN) :]:
            rows[i][name] = 1.0
    return rows


def base_parameters(case: Case, start: str) -> Rows:
    """The parameters at a start, as one row."""
    rows = np.zeros(1, dtype(Parameters))
    fill(rows[0], case, Parameters, "parameters", COMMON)
    fill(rows[0], case, Parameters, f"starts.{start}", BY_START)
    rows[0]["mediation_override"] = -1.0
    return rows


def delegate(rows: Rows, case: Case, ties: npt.NDArray[np.float64]) -> None:
    """Give each delegating institution the mean bundle of its members, weighted by their votes."""
    actors = list(case.actors.values())
    voting = np.array([0.0 if actor.delegates else 1.0 for actor in actors])
    for i, actor in enumerate(actors):
        total = 0.0
        for weight in ties[i] * voting:
            total += weight
        if not actor.delegates or total == 0.0:
            continue
        for name in BUNDLE:
            mean = np.zeros_like(rows[i][name])
            for j in np.flatnonzero(ties[i] * voting):
                mean = mean + ties[i, j] / total * rows[j][name]
            rows[i][name] = mean


def changed(old: float, verb: Shift | SetParameter | Scale) -> float:
    """The value a parameter verb makes of `old`."""
    if isinstance(verb, Shift):
        return old + verb.by
    return verb.to if isinstance(verb, SetParameter) else old * verb.by


def bounded(actor: str, param: str, value: float) -> float:
    """The value; outside its bounds a number in `CLIPPED` is clipped, any other refused (9)."""
    name = param.partition(".")[0]
    bounds = bounds_in(Policy, name)
    if name in CLIPPED:
        return min(max(value, bounds.low), bounds.high)
    wrong = bounds.fault(value)
    if wrong:
        raise CannotCompile(f"{param} of {actor} {wrong}")
    return value


def change_policies(rows: Rows, case: Case, verb: ParameterVerb) -> None:
    """Apply one parameter verb to the rows of the actors it selects."""
    if not isinstance(verb, SetPolicy | Shift | SetParameter | Scale):
        return
    places = {actor: i for i, actor in enumerate(case.actors)}
    for actor in selected(case, verb.select):
        row = rows[places[actor]]
        delegates = case.actors[actor].delegates
        if isinstance(verb, SetPolicy):
            if not delegates:
                new = bundle(case, verb.policy)
                for name in BUNDLE:
                    row[name] = new[name]
            continue
        name, at = element(verb.param)
        if delegates and name in BUNDLE:
            continue
        if at is None:
            row[name] = bounded(actor, verb.param, changed(row[name], verb))
        else:
            row[name][at] = bounded(actor, verb.param, changed(row[name][at], verb))


def change_parameters(rows: Rows, verb: ParameterVerb) -> None:
    """Apply one parameter verb to the single row of parameters."""
    if isinstance(verb, FreezeAuthority):
        rows[0]["authority_frozen"] = 1
    elif isinstance(verb, SetGlobal):
        name, at = element(verb.param)
        if at is None:
            rows[0][name] = verb.to
        else:
            rows[0][name][at] = verb.to


def is_active(intervention: Intervention, month: int) -> bool:
    """Whether a parameter verb is active in `month`, its condition aside."""
    return intervention.month <= month and (
        intervention.until is None or month <= intervention.until
    )


class _Distinct:
    """Collects distinct rows and remembers their places."""

    def __init__(self) -> None:
        self.rows: list[np.void] = []
        self._places: dict[bytes, int] = {}

    def place(self, row: np.void) -> int:
        content = row.tobytes()
        if content not in self._places:
            self._places[content] = len(self.rows)
            self.rows.append(row.copy())
        return self._places[content]


class _Builder:
    """Builds the rows of a month from the interventions that are active in it, once each."""

    def __init__(
        self, case: Case, start: str, ties: npt.NDArray[np.float64], verbs: Sequence[ParameterVerb]
    ) -> None:
        self._case, self._ties, self._verbs = case, ties, verbs
        self._base = base_policies(case)
        self._parameters_base = base_parameters(case, start)
        self._known: dict[tuple[int, ...], tuple[list[int], int]] = {}
        self.policies, self.parameters = _Distinct(), _Distinct()

    def places(self, active: tuple[int, ...]) -> tuple[list[int], int]:
        """Places of the actors' rows and of the parameters' row."""
        if active not in self._known:
            self._known[active] = self._build(active)
        return self._known[active]

    def _build(self, active: tuple[int, ...]) -> tuple[list[int], int]:
        rows, row = self._base.copy(), self._parameters_base.copy()
        for i in active:
            change_policies(rows, self._case, self._verbs[i])
            change_parameters(row, self._verbs[i])
        delegate(rows, self._case, self._ties)
        return [self.policies.place(each) for each in rows], self.parameters.place(row[0])


def monthly_rows(
    case: Case,
    start: str,
    ties: npt.NDArray[np.float64],
    verbs: Sequence[ParameterVerb],
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
        np.array(builder.policies.rows, dtype(Policy)),
        np.array(builder.parameters.rows, dtype(Parameters)),
        policy_of,
        parameters_of,
        base_of,
    )
