"""`sim scenarios`: list, show, check."""

from textwrap import fill
from typing import Any

import click

from sim.case.case import StartFacts
from sim.cli import candidates, options
from sim.cli.console import print_json
from sim.cli.errors import BAD_INPUT, NOT_FOUND, say
from sim.documents import BadFile, MissingFile, as_yaml
from sim.results.tables import date
from sim.scenario.catalog import Loaded, catalog, load_scenario
from sim.scenario.compile import compile_scenario, falling_at_once
from sim.scenario.rows import PARAMETER_VERBS, CannotCompile
from sim.scenario.schema import Intervention

WIDTH = 80


def paragraph(text: str) -> str:
    """Text folded to the width of a terminal."""
    return fill(" ".join(text.split()), WIDTH, initial_indent="  ", subsequent_indent="  ")


def sentence(intervention: Intervention, start: StartFacts) -> str:
    """An intervention in one line: how long it lasts, and what the file says."""
    content: dict[str, Any] = intervention.model_dump(mode="json", by_alias=True, exclude_none=True)
    month, until = content.pop("month"), content.pop("until", None)
    verb = content.pop("verb")
    lasting = isinstance(intervention, PARAMETER_VERBS) or "every" in content
    when = f"month {month} ({date(start.year, start.month, month)})"
    if until is not None:
        when = f"{when} to {until} ({date(start.year, start.month, until)})"
    elif lasting:
        when = f"from {when} on"
    else:
        when = f"in {when} only"
    rest = as_yaml(content, in_a_line=True).strip().removeprefix("{").removesuffix("}")
    return f"{when}: {verb} {rest}".rstrip()


def show(loaded: Loaded) -> None:
    """Print a scenario for reading."""
    scenario = loaded.scenario
    click.echo(f"{loaded.name}: {scenario.title}")
    for text in (scenario.question, scenario.description):
        if text:
            click.echo(paragraph(text))
    start = loaded.case.starts[loaded.start]
    click.echo(f"\ncase    {loaded.case.id}: {loaded.case.title}")
    click.echo(f"start   {start.id}: {start.title}")
    click.echo(f"months  {scenario.months}")
    click.echo("interventions" if scenario.interventions else "interventions: none")
    for intervention in scenario.interventions:
        click.echo(f"  {sentence(intervention, start)}")
    falling = falling_at_once(compile_scenario(loaded.case, scenario))
    if falling:
        click.echo(f"note: at the start {', '.join(falling)} stand above what their gates allow")


@click.group("scenarios", invoke_without_command=False)
def command() -> None:
    """List, show and check scenarios."""


@command.command("list")
@options.as_json
def list_scenarios(as_json: bool) -> None:
    """List the scenarios that have a name: those in ./scenarios and those that come along."""
    loaded = [
        load_scenario(str(path) if "/" in str(path) else path.name) for path in catalog().values()
    ]
    if as_json:
        print_json(
            [
                {
                    "name": each.name,
                    "title": each.scenario.title,
                    "question": each.scenario.question,
                }
                for each in loaded
            ]
        )
        return
    for each in loaded:
        click.echo(f"{each.name}: {each.scenario.title}")
        click.echo(paragraph(each.scenario.question))


@command.command("show")
@click.argument("name", shell_complete=candidates.scenarios)
@click.option("--resolved", is_flag=True, help="Print the full form as YAML, defaults written out.")
@options.as_json
def show_scenario(name: str, resolved: bool, as_json: bool) -> None:
    """Show what a scenario asks and does."""
    loaded = load_scenario(name)
    if as_json:
        print_json(loaded.resolved())
    elif resolved:
        click.echo(as_yaml(loaded.resolved()), nl=False)
    else:
        show(loaded)


@command.command("check")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE…", shell_complete=candidates.scenarios
)
def check(files: tuple[str, ...]) -> None:
    """Check scenario files, or named scenarios: one line for each fault."""
    worst = 0
    for name in files:
        try:
            loaded = load_scenario(name)
            compile_scenario(loaded.case, loaded.scenario)
            click.echo(f"{name}: fine")
        except BadFile as error:
            say(str(error))
            worst = BAD_INPUT
        except CannotCompile as error:
            say(str(error))
            worst = BAD_INPUT
        except MissingFile as error:
            say(str(error))
            worst = worst or NOT_FOUND
    if worst:
        raise click.exceptions.Exit(worst)
