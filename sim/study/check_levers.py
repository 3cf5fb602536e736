"""Whether what a lever does leads somewhere in the case, by the checks of scenarios."""

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from sim.case.numbers import Strict
from sim.documents import Document, Fault, Keys
from sim.scenario.conditions import MOST_SWITCHES, conditions_of
from sim.scenario.load import Loaded
from sim.scenario.setting import Setting
from sim.scenario.verbs import AnyIntervention
from sim.scenario.verbs.base import Intervention
from sim.study.factors import Value, acts, factor_of
from sim.study.schema import Lever, Study
from sim.validation import parsed, plain

Made = tuple[list[Intervention], list[dict[Keys, Keys]]]
"""Interventions, and for each where its parts stand, seen from the lever."""


class Acts(Strict):
    """What a lever does."""

    interventions: list[AnyIntervention]


def extremes(lever: Lever) -> Iterator[tuple[Value, Keys]]:
    """Values of a lever at which its interventions are looked at, and where these stand."""
    if lever.policies is not None:
        yield from ((policy, ("policies", i)) for i, policy in enumerate(lever.policies))
    elif lever.options is not None:
        yield from ((option, ("options", option)) for option in lever.options)
    elif lever.values is not None:
        yield from ((value, ("values", i)) for i, value in enumerate(lever.values))
    else:
        factor = factor_of(lever)
        yield from ((end, ("range", i)) for i, end in enumerate((factor.low, factor.high)))


def made_at(lever: Lever, value: Value, keys: Keys) -> Made:
    """The interventions at a value, and the parts of them that stand elsewhere in the lever."""
    verbs = acts(lever, value)
    if lever.options is not None:
        return verbs, [{(): (*keys, i)} for i in range(len(verbs))]
    name = "policy" if lever.policies is not None else "to"
    return verbs, [{(): (), (name,): keys, ("by",): keys}]


def as_document(document: Document, lever: Keys, made: Made) -> Document:
    """The interventions as a scenario has them, their places and names those of the study."""
    verbs, parts = made
    value = {"interventions": [verb.model_dump(by_alias=True, exclude_none=True) for verb in verbs]}
    found = Document(document.name, value, {(): document.place(lever)})
    for i, moved in enumerate(parts):
        for new, old in moved.items():
            found.parts[("interventions", i, *new)] = document, (*lever, *old)
    return found


def faults_of_levers(
    bases: Sequence[Loaded], study: Study, lever: Lever, keys: Keys, document: Document
) -> list[Fault]:
    """All faults of what a lever does, each once."""
    found: dict[Fault, None] = {}
    for value, place in extremes(lever):
        try:
            made = made_at(lever, value, place)
        except ValidationError as error:
            message = f"{plain(error.errors()[0]['msg'])}, not {value}"
            found[document.fault((*keys, *place), message)] = None
            continue
        written = as_document(document, keys, made)
        for base in bases:
            months = study.months or base.scenario.months
            setting = Setting(base.case, base.case.starts[base.start], months)
            found.update(dict.fromkeys(parsed(Acts, written, context=setting)[1]))
            together = conditions_of([*base.scenario.interventions, *made[0]])
            if max(together.switches, default=0) >= 2**MOST_SWITCHES:
                message = f"more than {MOST_SWITCHES} conditions with those of {base.name}"
                found[document.fault(keys, message)] = None
    return list(found)
