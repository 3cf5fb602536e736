"""Rows of policies and parameters for each month: the base, changed by the active interventions.

The rows of a month are built anew from the base by the interventions active in it, in file order,
delegation last, so an expired intervention leaves no trace (model 7.4, 9).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.bounds import bounds_in
from sim.case.case import Case
from sim.parameters import BY_START, COMMON, Parameters
from sim.policy import ATTRIBUTES, BUNDLE, OWN, Policy
from sim.scenario.schema import (
    FreezeAuthority,
    Intervention,
    Scale,
    SetGlobal,
    SetParameter,
    SetPolicy,
    Shift,
)
from sim.scenario.selection import selected
from sim.schema import columns, dtype
from sim.vocab import Issue

Rows = npt.NDArray[np.void]

CLIPPED = ("quorum", "relief_conditionality", "development_conditionality")
"""Numbers that are held between 0 and 1 when an intervention moves them (model 9)."""

BY_ISSUE = ("ideological_cost", "issue_intercept")
"""Parameters with a value for each issue."""

PARAMETER_VERBS = (SetPolicy, Shift, SetParameter, Scale, SetGlobal, FreezeAuthority)
ParameterVerb = SetPolicy | Shift | SetParameter | Scale | SetGlobal | FreezeAuthority


class CannotCompile(Exception):
    """Numbers that do not make a run, or two entities that would share their draws."""


@dataclass(frozen=True)
class MonthlyRows:
    """Distinct rows, and which of them each month takes.

    `policy_of[t - 1, i]` is the row of actor i in month t, `parameters_of[t - 1]` that of the
    parameters; `base_of[i]` is the row of actor i without any intervention, row 0 that of the
    parameters.
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


def element(param: str) -> tuple[str, int | None]:
    """Name and place of a parameter: `gates.7` is (gates, 7), `ideological_cost.EDU` (…, 0).

    Raises ValueError where what follows the point is neither a number nor an issue.
    """
    name, point, at = param.partition(".")
    if not point:
        return name, None
    if at in Issue.__members__ and name in BY_ISSUE:
        return name, Issue[at].value
    if not at.isdecimal():
        raise ValueError(at)
    return name, int(at)


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
    """Whether a parameter verb is active in `month`."""
    return intervention.month <= month and (
        intervention.until is None or month <= intervention.until
    )


class _Distinct:
    """Collects distinct rows and remembers their places."""

    def __init__(self) -> None:
        self.rows: list[np.void] = []
        self._places: dict[bytes, int] = {}

    def place(self, row: np.void) -> int:
        return self._places.setdefault(row.tobytes(), self._append(row))

    def _append(self, row: np.void) -> int:
        if row.tobytes() not in self._places:
            self.rows.append(row.copy())
        return len(self.rows) - 1


def monthly_rows(
    case: Case,
    start: str,
    ties: npt.NDArray[np.float64],
    verbs: list[ParameterVerb],
    months: int,
) -> MonthlyRows:
    """The rows of months 1 to `months`."""
    base = base_policies(case)
    parameters_base = base_parameters(case, start)
    policies, parameters = _Distinct(), _Distinct()
    known: dict[tuple[int, ...], tuple[list[int], int]] = {}

    def places(active: tuple[int, ...]) -> tuple[list[int], int]:
        rows, row = base.copy(), parameters_base.copy()
        for i in active:
            change_policies(rows, case, verbs[i])
            change_parameters(row, verbs[i])
        delegate(rows, case, ties)
        return [policies.place(rows[i]) for i in range(len(rows))], parameters.place(row[0])

    known[()] = places(())
    by_month = []
    for month in range(1, months + 1):
        active = tuple(i for i, verb in enumerate(verbs) if is_active(verb, month))
        if active not in known:
            known[active] = places(active)
        by_month.append(known[active])
    return MonthlyRows(
        np.array(policies.rows, dtype(Policy)),
        np.array(parameters.rows, dtype(Parameters)),
        np.array([place[0] for place in by_month], np.int64).reshape(months, len(case.actors)),
        np.array([place[1] for place in by_month], np.int64),
        known[()][0],
    )
