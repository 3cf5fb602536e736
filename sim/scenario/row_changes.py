"""What parameter verbs do to rows of policies and parameters."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.case.case import Case
from sim.plan import How
from sim.policy import BUNDLE
from sim.scenario.parameter_names import element
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

HOW = {"shift": How.ADD, "set": How.SET, "scale": How.TIMES}
"""What a verb does to a number of a policy."""


@dataclass(frozen=True)
class RowChange:
    """A change of rows of policies, or of that of the parameters where `actors` is empty.

    `amount` is the field of the intervention that holds the number; `policy` names the bundle of
    a COPY.
    """

    actors: tuple[str, ...]
    how: How
    field: str
    place: int | None
    amount: str
    policy: str = ""


def row_changes(case: Case, verb: Intervention) -> Iterator[RowChange]:
    """What an intervention does to rows; nothing for one that acts on the state."""
    if isinstance(verb, FreezeAuthority):
        yield RowChange((), How.SET, "authority_frozen", None, "on")
    elif isinstance(verb, SetGlobal):
        yield RowChange((), How.SET, *element(verb.param), "to")
    elif isinstance(verb, SetPolicy):
        reached = free(case, selected(case, verb.select))
        if reached:
            yield RowChange(reached, How.COPY, "", None, "", verb.policy)
    elif isinstance(verb, Shift | SetParameter | Scale):
        name, place = element(verb.param)
        actors = selected(case, verb.select)
        reached = free(case, actors) if name in BUNDLE else tuple(actors)
        amount = "to" if isinstance(verb, SetParameter) else "by"
        if reached:
            yield RowChange(reached, HOW[verb.verb], name, place, amount)


def free(case: Case, actors: list[str]) -> tuple[str, ...]:
    """Those of the actors that do not follow their members."""
    return tuple(actor for actor in actors if not case.actors[actor].delegates)


def changed(old: float, verb: Shift | SetParameter | Scale) -> float:
    """The value that a verb makes of `old`."""
    if isinstance(verb, Shift):
        return old + verb.by
    return verb.to if isinstance(verb, SetParameter) else old * verb.by


def of_bundle(verb: SetPolicy | Shift | SetParameter | Scale) -> bool:
    """Whether a verb changes numbers of the bundle, which an institution takes from its members."""
    return isinstance(verb, SetPolicy) or element(verb.param)[0] in BUNDLE
