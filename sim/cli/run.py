"""`sim run`: Run scenarios and keep their results."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.conditions import conditions
from sim.cli.console import print_json, shown, table
from sim.cli.simulate import How, caution, run_one
from sim.measures.catalog import is_headline, is_whole, taken
from sim.measures.distribution import quantiles
from sim.runs.make import Order, name_of
from sim.scenario.catalog import catalog
from sim.scenario.load import Loaded, load_scenario
from sim.store.facts import headline_issues
from sim.store.read import Result, read_result

if TYPE_CHECKING:
    from sim.agents.own import Own


def spread(result: Result) -> list[list[str]]:
    """Rows of headline outcomes with their median and the range of 90 % of the runs."""
    import numpy as np

    rows, issues = [], headline_issues(result.manifest)
    for name, values in result.outcomes.items():
        known = values[~np.isnan(values)]
        if is_headline(name, issues) and len(known):
            low, middle, high = quantiles(known, is_whole(name), (0.05, 0.5, 0.95))
            mean = shown(float(known.mean()))
            middle_range = [mean, shown(middle), f"{shown(low)} … {shown(high)}"]
            rows.append([name, result.units[name][0], taken(name), *middle_range])
    return rows


def show(result: Result, new: bool) -> None:
    """Print what a run gave."""
    there = "" if new else ", run before"
    click.echo(f"{result.title}: {result.runs:,} runs of {result.months} months{there}")
    header = ["outcome", "unit", "", "mean", "median", "90 % of runs"]
    for line in table(header, spread(result), left=3):
        click.echo(f"  {line}")
    for line in conditions(result):
        click.echo(f"  {line}")
    click.echo(f"  in {result.folder}\n")


def comparison(loaded: Loaded, folder: Path, how: How) -> str:
    """The command that compares a scenario with what agents of one's own make of it."""
    order, words = how.order, ["sim", "compare", loaded.name, str(folder)]
    if loaded.name not in catalog():
        words[2] = str(loaded.path)
    for option, value in (("runs", order.runs), ("months", order.months), ("seed", order.seed)):
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
    names: tuple[str, ...],
    runs: int,
    months: int | None,
    seed: int,
    out: Path,
    threads: int | None,
    settings: tuple[str, ...],
    engine: str,
    agents: str | None,
    panel: bool,
    as_json: bool,
) -> None:
    """Run scenarios, by name or file, and keep their results.

    Results that exist are not run again. A run depends on its number and the seed alone: more runs,
    other threads or a longer horizon do not change it.
    """
    own = own_agents(agents) if agents else None
    order = Order(runs, months, seed, panel, own.record if own else None)
    how = How(order, out, threads, settings, engine, own)
    scenarios = [load_scenario(name, settings) for name in names]
    for loaded in scenarios:
        caution(loaded, months)
    made = []
    for loaded in scenarios:
        folder, new = run_one(loaded, how)
        name = name_of(loaded, order)
        made.append({"scenario": name, "folder": str(folder), "new": new, "runs": runs})
        if not as_json:
            show(read_result(folder), new)
            if own:
                click.echo(f"Compare it: {comparison(loaded, folder, how)}\n")
    if as_json:
        print_json(made)
