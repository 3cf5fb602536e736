"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sim.cli import candidates
from sim.scenario.schema import LONGEST

MOST_RUNS = 1_000_000

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

scenarios = click.argument(
    "names", nargs=-1, required=True, metavar="NAME…", shell_complete=candidates.scenarios
)
scenarios_and_results = click.argument(
    "names",
    nargs=-1,
    required=True,
    metavar="NAME…",
    shell_complete=candidates.scenarios_and_results,
)

out = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("results"),
    show_default=True,
    help="Folder in which results stand.",
)
runs = click.option(
    "--runs",
    type=click.IntRange(1, MOST_RUNS),
    default=1_000,
    show_default=True,
    help="Number of runs of each scenario.",
)
months = click.option(
    "--months",
    type=click.IntRange(1, LONGEST),
    help="Months to simulate; the scenario's own horizon unless given.",
)
seed = click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 1),
    default=20240201,
    show_default=True,
    help="Seed of all draws; the same seed pairs scenarios run by run.",
)
threads = click.option(
    "--threads",
    type=click.IntRange(1, 1024),
    help="Threads; all processors unless given. Results are the same.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def simulation(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a scenario is run."""
    for option in (threads, out, seed, months, runs):
        function = option(function)
    return function
