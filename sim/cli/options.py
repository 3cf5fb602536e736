"""Options that several commands share. Nothing here loads what a command needs to do its work."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import candidates
from sim.scenario.limits import DEFAULT_SEED, LARGEST_SEED, LONGEST, MOST_RUNS, PATTERN_RUNS

if TYPE_CHECKING:
    from sim.agents.own import Own

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True)
class How:
    """How to run a scenario that has no result yet, as the options of a command say."""

    runs: int
    months: int | None
    seed: int
    out: Path
    threads: int | None
    settings: tuple[str, ...]
    panel: bool = False
    engine: str = "kernel"
    own: Own | None = None


def _each_with_a_value(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    for text in given:
        if "=" not in text:
            raise click.BadParameter(f"{text!r} has no value; write it as KEY=VALUE")
    return given


class Count(click.IntRange):
    """A whole number, which may have commas between its thousands, as the program prints them."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; fails as wrong usage where it is none."""
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", value):
            value = value.replace(",", "")
        return super().convert(value, param, ctx)


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
study_folder = click.argument(
    "folder", type=FOLDER, metavar="DIR", shell_complete=candidates.study_folders
)

case = click.option(
    "--case",
    "name",
    help="Case to use; needed only if there are several.",
    shell_complete=candidates.names_of_cases,
)
out = click.option(
    "--out", type=FOLDER, default=Path("results"), show_default=True, help="Folder for results."
)
runs = click.option(
    "--runs",
    type=Count(1, MOST_RUNS),
    default=1_000,
    show_default=True,
    help="Number of runs of each scenario.",
)
months = click.option(
    "--months",
    type=Count(1, LONGEST),
    help="Months to simulate; by default the scenario's own horizon.",
)
seed = click.option(
    "--seed",
    type=Count(0, LARGEST_SEED),
    default=DEFAULT_SEED,
    show_default=True,
    help="Seed of all random draws; scenarios with the same seed are paired run by run.",
)
threads = click.option(
    "--threads",
    type=Count(1, 1024),
    help="Number of threads, by default one for each processor. Results do not depend on it.",
)
settings = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    callback=_each_with_a_value,
    help="Change a scenario, as in months=24, interventions[0].month=12, or a number of the case "
    "by its path, as in parameters.climb_rate=0.05. May be repeated; applies to every scenario.",
)
width = click.option(
    "--width",
    type=click.Choice(["print", "phone"]),
    default="print",
    show_default=True,
    help="For a sheet of paper (17 cm), or for a phone held upright (360 pixels).",
)
record_runs = click.option(
    "--runs",
    type=Count(1, MOST_RUNS),
    default=PATTERN_RUNS,
    show_default=True,
    help="Number of runs of each ensemble that is held against the record.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def form(row: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options for other forms than text, of which one is taken; `row` is a line of the CSV."""
    kinds = {
        "json": "Print JSON instead of text.",
        "csv": f"Print a line for each {row} as CSV.",
        "markdown": "Print a page of Markdown.",
    }

    def with_form(function: Callable[..., Any]) -> Callable[..., Any]:
        for kind in reversed(kinds):
            option = click.option(f"--{kind}", "form", flag_value=kind, help=kinds[kind])
            function = option(function)
        return function

    return with_form


def simulation(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a scenario is run; the command gets them as one `how`."""

    @wraps(function)
    def with_how(
        *,
        runs: int,
        months: int | None,
        seed: int,
        out: Path,
        threads: int | None,
        settings: tuple[str, ...],
        **others: Any,
    ) -> Any:
        return function(how=How(runs, months, seed, out, threads, settings), **others)

    command: Callable[..., Any] = with_how
    for option in (threads, out, settings, seed, months, runs):
        command = option(command)
    return command
