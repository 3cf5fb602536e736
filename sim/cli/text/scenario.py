"""A scenario as text: what it asks, what it rests on, what it does and what to know of it."""

from collections.abc import Iterator

from sim.case.claims import claims
from sim.case.number_id import number_id
from sim.cli.console import paragraph
from sim.planning.compile import Compiled, compile_scenario
from sim.planning.effects import called
from sim.planning.notes import notes
from sim.planning.words import Change
from sim.scenario.load import Loaded


def head_lines(loaded: Loaded) -> Iterator[str]:
    """What a scenario asks, what it rests on and what it cannot say."""
    scenario = loaded.scenario
    yield f"{loaded.name}: {scenario.title}"
    yield from (paragraph(text, "  ") for text in (scenario.question, scenario.description) if text)
    if scenario.claims:
        yield "\nrests on"
    for name in scenario.claims:
        yield paragraph(f"{name}: {claims()[name].claim}", "  ", "  ")
    if scenario.cannot_say:
        yield "\ncannot say"
        yield paragraph(scenario.cannot_say, "  ")


def scenario_lines(loaded: Loaded) -> Iterator[str]:
    """A scenario for reading; raises CannotCompile."""
    yield from head_lines(loaded)
    scenario, case = loaded.scenario, loaded.case
    start = case.starts[loaded.start]
    yield f"\ncase    {case.id}: {case.title}"
    yield f"start   {start.id}: {start.title}"
    yield f"months  {scenario.months}"
    for path, value in scenario.numbers.items():
        unit, else_ = case.numbers[number_id(path)].unit, loaded.documented.value_at(path)
        yield f"number  {path} = {value:.10g} {unit} (else {else_:.10g})"
    yield "interventions" if scenario.interventions else "interventions: none"
    for intervention in scenario.interventions:
        yield paragraph(intervention.sentence(start), "  ", "    ")
        for effect in intervention.effects(case, start):
            yield paragraph(effect, "    ", "      ")
    yield from note_lines(loaded, compile_scenario(case, scenario))


def effect_lines(loaded: Loaded) -> Iterator[str]:
    """What each intervention does for certain, and what it only makes more or less likely."""
    start = loaded.case.starts[loaded.start]
    for place, verb in enumerate(loaded.scenario.interventions):
        for effect in verb.effects(loaded.case, start):
            yield paragraph(f"{called(place, verb)}, {effect}", "  ", "    ")


def note_lines(loaded: Loaded, compiled: Compiled) -> Iterator[str]:
    """What to know of a scenario that is no fault."""
    return (paragraph(f"note: {note}", "  ", "    ") for note in notes(loaded, compiled))


def change_lines(change: Change) -> Iterator[str]:
    """How two scenarios differ in one thing."""
    yield change.what
    for sign, text in (("-", change.before), ("+", change.after)):
        if text is not None:
            yield f"  {sign} {text}"
