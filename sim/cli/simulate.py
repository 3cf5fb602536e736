"""Wiring shared by the commands that need results: run what is missing, read what is there."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from sim.cli.errors import say
from sim.cli.meter import meter
from sim.cli.options import How
from sim.engine.ensemble import simulate
from sim.planning.compile import Compiled
from sim.planning.notes import falling
from sim.runs.make import Order, Simulate, folder_for, make_result, manifest_of, name_of
from sim.runs.prospect import Contents, Prospect, prospect_of
from sim.scenario.limits import LONGEST
from sim.scenario.load import Loaded, load_scenario
from sim.store.read import Result, is_result, read_result
from sim.store.study import StudyTables, is_study, read_study

LONG_FOR_AGENTS = 600
"""Months of all runs that take agents some ten seconds."""


def order_of(how: How) -> Order:
    """What is to be run."""
    agents = how.own.record if how.own else None
    return Order(how.runs, how.months, how.seed, how.panel, agents)


def engine_of(loaded: Loaded, how: How) -> Simulate:
    """The engine as asked for."""
    if how.own:
        return how.own.simulate(loaded, how.months)
    if how.engine == "mesa":
        from sim.agents.own import simulate_with_agents

        return simulate_with_agents
    return partial(simulate, threads=how.threads)


def caution(loaded: Loaded, compiled: Compiled, months: int | None) -> None:
    """Say what to know of a scenario before it is run."""
    for note in falling(compiled):
        say(f"{loaded.name}: {note}")
    last = months or LONGEST
    beyond = [each for each in loaded.scenario.interventions if each.month > last]
    if beyond:
        say(f"{loaded.name}: {len(beyond)} interventions lie beyond month {months}")


def run_one(loaded: Loaded, compiled: Compiled, how: How) -> tuple[Path, bool]:
    """Run a scenario with a bar, unless its result is there; its folder and whether it is new."""
    order = order_of(how)
    folder = folder_for(manifest_of(loaded, order), how.out)
    if is_result(folder):
        return folder, False
    months = how.months or loaded.scenario.months
    label = f"{name_of(loaded, order)}: {how.runs:,} runs of {months} months"
    if (how.own or how.engine == "mesa") and how.runs * months > LONG_FOR_AGENTS:
        say(f"{label} by agents, which need about a second for every 60 months; fewer runs may do")
    with meter(label, how.runs) as progress:
        using = engine_of(loaded, how)
        return make_result(
            loaded, order, how.out, using=using, progress=progress, compiled=compiled
        )


def contents_for(names: Sequence[str], how: How) -> list[Contents]:
    """The result of each name or folder, or what is known of it before it is there."""
    contents: list[Contents] = []
    for name in names:
        if is_result(Path(name)):
            contents.append(read_result(Path(name)))
            continue
        loaded, order = load_scenario(name, how.settings), order_of(how)
        folder = folder_for(manifest_of(loaded, order), how.out)
        there = is_result(folder)
        contents.append(read_result(folder) if there else prospect_of(loaded, order, how.out))
    return contents


READ = ("series", "actors", "outcomes", "units", "fingerprints", "begun")
"""What a comparison or a picture reads of a result."""


def results_for(contents: Sequence[Contents], how: How) -> list[Result]:
    """All results; before the first is run, all that are there are read, or raise Damaged."""
    lacking = [each for each in contents if isinstance(each, Prospect)]
    for result in contents if lacking else ():
        for part in READ if isinstance(result, Result) else ():
            getattr(result, part)
    for each in lacking:
        caution(each.loaded, each.compiled, how.months)
    return [
        each
        if isinstance(each, Result)
        else read_result(run_one(each.loaded, each.compiled, how)[0])
        for each in contents
    ]


def study_among(names: Sequence[str]) -> StudyTables | None:
    """The study whose folder is named; None where no name is one.

    Raises UsageError where more is named, MissingFile or Damaged.
    """
    if not any(is_study(Path(name)) for name in names):
        return None
    if len(names) > 1:
        raise click.UsageError("name the folder of a study alone; its points are compared")
    return read_study(Path(names[0]))
