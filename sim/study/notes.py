"""What to know of a study that is no fault, but may not be what its author has in mind."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from sim.case.number_id import number_id
from sim.io.errors import CannotCompile
from sim.planning.compile import compile_scenario
from sim.planning.effects import without_effect
from sim.planning.notes import idle, notes
from sim.scenario.load import Loaded
from sim.scenario.verbs.base import Intervention
from sim.study.factors import Factor
from sim.study.levers import Lever, Value
from sim.study.load import LoadedBlock, LoadedStudy

MARK = "\0"
OF_LEVER = f"intervention {MARK}"
"""Stands in the notes on a scenario for the interventions of a lever."""


def notes_on(study: LoadedStudy) -> list[str]:
    """The notes on a study, each a line."""
    found = dict.fromkeys(_on_scenarios(study))
    for block in study.blocks:
        found |= dict.fromkeys(_out_of_range(study, block))
        for name in block.scenarios:
            found |= dict.fromkeys(_on_levers(study.bases[name], block, study.months))
    return list(found)


def _on_scenarios(study: LoadedStudy) -> Iterator[str]:
    """Interventions of the scenarios that never count or change nothing."""
    for base in study.bases.values():
        scenario = base.scenario.model_copy(update={"months": study.months})
        with suppress(CannotCompile):
            made = compile_scenario(base.case, scenario)
            told = without_effect(base.case, scenario.interventions, made.planned)
            yield from (f"{base.name}: {note}" for note in idle(base, told))


def _out_of_range(study: LoadedStudy, block: LoadedBlock) -> Iterator[str]:
    """Uncertain numbers that leave the range which the case documents for them."""
    for factor in block.factors:
        if factor.lever is None:
            number = study.case.numbers[number_id(factor.name)]
            ends = [end for end in _ends(factor) if not isinstance(end, str)]
            if any(not number.at(end).in_range for end in ends):
                said = f"{min(ends):g} to {max(ends):g}"
                documented = f"{number.low:g} to {number.high:g} {number.unit}"
                yield f"{factor.name} takes {said}, beyond its documented {documented}"


def _ends(factor: Factor) -> list[Value]:
    """The values at which a factor is looked at: all names, else its least and greatest number."""
    if factor.is_named:
        return list(factor.options)
    numbers = [float(value) for value in factor.options or (factor.low, factor.high)]
    return [min(numbers), max(numbers)]


def _on_levers(base: Loaded, block: LoadedBlock, months: int) -> Iterator[str]:
    """What the notes on a scenario would be if a lever's interventions stood in its file."""
    timings = {each.name: _ends(each)[0] for each in block.factors if each.timing}
    for factor in block.factors:
        if factor.lever is None or factor.timing:
            continue
        for value in _ends(factor):
            verbs = factor.lever.acts({**timings, factor.name: value})
            for note in _with(base, verbs, months):
                where = "" if note.startswith(OF_LEVER) else f"{base.name}: "
                yield where + note.replace(OF_LEVER, _called(factor.lever, value))


def _called(lever: Lever, value: Value) -> str:
    """A lever at a value, as a note calls it."""
    return f"lever {lever.name} at {value if isinstance(value, str) else f'{value:g}'}"


def _with(base: Loaded, verbs: list[Intervention], months: int) -> Iterator[str]:
    """The notes on some interventions, were they the last ones of a scenario."""
    marked = [verb.model_copy(update={"name": MARK}) for verb in verbs]
    own = {"interventions": [*base.scenario.interventions, *marked], "months": months}
    full = replace(base, scenario=base.scenario.model_copy(update=own))
    try:
        compiled = compile_scenario(full.case, full.scenario)
    except CannotCompile:
        return
    yield from (note for note in notes(full, compiled) if MARK in note)
