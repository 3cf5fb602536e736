"""`sim run`: Run scenarios and keep their results."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.options import How

if TYPE_CHECKING:
    from sim.agents.own import Own
    from sim.scenario.load import Loaded


def comparison(loaded: Loaded, folder: Path, how: How) -> str:
    """The command that compares a scenario with what agents of one's own make of it."""
    from sim.runs.make import Order
    from sim.scenario.catalog import catalog

    name = loaded.name if loaded.name in catalog() else str(loaded.path)
    words = ["sim", "compare", name, str(folder)]
    for option in ("runs", "months", "seed"):
        value = getattr(how, option)
        if value is not None and value != getattr(Order(), option):
            words += [f"--{option}", str(value)]
    return shlex.join([*words, *(word for each in how.settings for word in ("--set", each))])


def own_agents(text: str) -> Own:
    """The class of agents that an option names; raises MissingFile or BadFile."""
    from sim.agents.own import load_own

    try:
        return load_own(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r}: {error}", param_hint="--agents") from None


@click.command("run")
@options.scenarios
@options.simulation
@click.option(
    "--engine",
    type=click.Choice(["kernel", "mesa"]),
    default="kernel",
    show_default=True,
    help="Compiled kernel, or Mesa agents: the same results, far slower, for looking inside.",
)
@click.option(
    "--agents",
    metavar="FILE:CLASS",
    help="Let your own class decide for the actors, as in my.py:Bold: a subclass of sim.ActorAgent "
    "that overrides decide. This runs the code in the file, so name only a file that you trust. As "
    "slow as --engine mesa. The result is identified by the class and the content of the file.",
)
@click.option(
    "--panel",
    is_flag=True,
    help="Also keep rungs and flows by run, month and actor, in panel.npz (about 60 MB before "
    "packing for 1,000 runs of 60 months with 38 actors).",
)
@options.as_json
def command(
    names: tuple[str, ...], how: How, engine: str, agents: str | None, panel: bool, as_json: bool
) -> None:
    """Run scenarios, by name or file, and keep their results.

    Results that exist are not run again. A run depends on its number and the seed alone: more runs,
    other threads or a longer horizon do not change it.
    """
    from sim.cli.console import print_json, print_lines
    from sim.cli.simulate import caution, order_of, run_one
    from sim.cli.text.result import result_lines
    from sim.planning.compile import compile_scenario
    from sim.runs.make import name_of
    from sim.scenario.load import load_scenario
    from sim.store.read import read_result

    own = own_agents(agents) if agents else None
    how = replace(how, panel=panel, engine=engine, own=own)
    scenarios = [load_scenario(name, how.settings) for name in names]
    compiled = [compile_scenario(each.case, each.scenario, how.months) for each in scenarios]
    for loaded, start in zip(scenarios, compiled, strict=True):
        caution(loaded, start, how.months)
    made = []
    for loaded, start in zip(scenarios, compiled, strict=True):
        folder, new = run_one(loaded, start, how)
        name = name_of(loaded, order_of(how))
        made.append({"scenario": name, "folder": str(folder), "new": new, "runs": how.runs})
        if not as_json:
            print_lines(result_lines(read_result(folder), new))
            if own:
                click.echo(f"Compare it: {comparison(loaded, folder, how)}\n")
    if as_json:
        print_json(made)
