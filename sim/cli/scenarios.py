"""`sim scenarios`: List, show, check, create and compare scenario files."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from os.path import relpath
from pathlib import Path

import click

from sim.case.claims import claims
from sim.case.number_id import number_id
from sim.cli import candidates, options
from sim.cli.console import paragraph, print_json
from sim.cli.errors import say
from sim.io.errors import BAD_INPUT, LegationError
from sim.io.files import write_new
from sim.io.writing import as_yaml
from sim.planning.compile import Compiled, compile_scenario
from sim.planning.notes import notes
from sim.planning.words import Change, differences, same_start
from sim.scenario.catalog import catalog
from sim.scenario.load import Loaded, base_file, load_scenario
from sim.scenario.template import new_scenario, scenario_schema


def show_words(loaded: Loaded) -> None:
    """Print what a scenario asks, what it rests on and what it cannot say."""
    scenario = loaded.scenario
    click.echo(f"{loaded.name}: {scenario.title}")
    for text in (scenario.question, scenario.description):
        if text:
            click.echo(paragraph(text, "  "))
    if scenario.claims:
        click.echo("\nrests on")
        for name in scenario.claims:
            click.echo(paragraph(f"{name}: {claims()[name].claim}", "  ", "  "))
    if scenario.cannot_say:
        click.echo("\ncannot say")
        click.echo(paragraph(scenario.cannot_say, "  "))


def show(loaded: Loaded) -> None:
    """Print a scenario for reading."""
    show_words(loaded)
    scenario = loaded.scenario
    start = loaded.case.starts[loaded.start]
    click.echo(f"\ncase    {loaded.case.id}: {loaded.case.title}")
    click.echo(f"start   {start.id}: {start.title}")
    click.echo(f"months  {scenario.months}")
    for path, value in scenario.numbers.items():
        was = loaded.documented.value_at(path)
        click.echo(
            f"number  {path} = {value:.10g} {loaded.case.numbers[number_id(path)].unit}"
            f" (else {was:.10g})"
        )
    click.echo("interventions" if scenario.interventions else "interventions: none")
    for intervention in scenario.interventions:
        click.echo(paragraph(intervention.sentence(start), "  ", "    "))
    show_notes(loaded, compile_scenario(loaded.case, scenario))


def show_notes(loaded: Loaded, made: Compiled) -> None:
    """Print what to know of a scenario that is no fault."""
    for note in notes(loaded, made):
        click.echo(paragraph(f"note: {note}", "  ", "    "))


@contextmanager
def saying_faults(statuses: list[int]) -> Iterator[None]:
    """Say what is wrong with one of several files, and add the exit status that it means."""
    try:
        yield
    except LegationError as error:
        say(str(error))
        statuses.append(error.status)


def exit_with(statuses: list[int]) -> None:
    """Exit with the status of the worst fault, if there is one."""
    if statuses:
        raise click.exceptions.Exit(BAD_INPUT if BAD_INPUT in statuses else statuses[0])


@click.group("scenarios", invoke_without_command=False)
def command() -> None:
    """List, show, check, create and compare scenario files."""


@command.command("list")
@options.as_json
def list_scenarios(as_json: bool) -> None:
    """List the named scenarios: those in ./scenarios and the bundled ones."""
    listed: list[Loaded] = []
    statuses: list[int] = []
    for path in catalog().values():
        with saying_faults(statuses):
            listed.append(load_scenario(str(path) if "/" in str(path) else path.name))
    if as_json:
        print_json(
            [
                {
                    "name": each.name,
                    "title": each.scenario.title,
                    "question": each.scenario.question,
                }
                for each in listed
            ]
        )
    else:
        for each in listed:
            click.echo(f"{each.name}: {each.scenario.title}")
            click.echo(paragraph(each.scenario.question, "  "))
    exit_with(statuses)


@command.command("show")
@click.argument("name", shell_complete=candidates.scenarios)
@click.option("--resolved", is_flag=True, help="Print the full form as YAML, defaults written out.")
@options.settings
@options.as_json
def show_scenario(name: str, resolved: bool, settings: tuple[str, ...], as_json: bool) -> None:
    """Show what a scenario asks and does."""
    loaded = load_scenario(name, settings)
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
@options.settings
def check(files: tuple[str, ...], settings: tuple[str, ...]) -> None:
    """Check scenario files or named scenarios: one line for each fault.

    Notes are not faults: they point at what may be meant otherwise.
    """
    statuses: list[int] = []
    for name in files:
        with saying_faults(statuses):
            loaded = load_scenario(name, settings)
            made = compile_scenario(loaded.case, loaded.scenario)
            click.echo(f"{name}: fine")
            show_notes(loaded, made)
    exit_with(statuses)


@command.command("new")
@click.argument("name")
@click.option(
    "--extends",
    "base",
    default="baseline",
    show_default=True,
    help="Scenario to extend.",
    shell_complete=candidates.scenarios,
)
def new(name: str, base: str) -> None:
    """Create a scenario: write scenarios/NAME.yaml, which extends another one.

    NAME may also be a path that ends in .yaml. An existing file is left as it is.
    """
    is_path = name.endswith((".yaml", ".yml"))
    if not is_path and not re.fullmatch(r"\w[\w.-]*", name):
        raise click.UsageError(f"{name}: a name holds letters, digits, - and _, and no folder")
    path = Path(name) if is_path else Path("scenarios") / f"{name}.yaml"
    loaded = load_scenario(base)
    named = relpath(base, path.parent) if "/" in base or base.endswith((".yaml", ".yml")) else base
    base_file(named, path)
    start = loaded.case.starts[loaded.start]
    first = start.calendar.date(1)
    write_new(path, new_scenario(path.stem, str(path), loaded, named, first))
    click.echo(
        f"{path}: begun; change its question and interventions, then: sim scenarios check {path}"
    )


@command.command("diff")
@click.argument("one", metavar="A", shell_complete=candidates.scenarios)
@click.argument("other", metavar="B", shell_complete=candidates.scenarios)
@options.as_json
def diff(one: str, other: str, as_json: bool) -> None:
    """Show how scenario B differs from scenario A, with bases merged and texts left out."""
    both = [load_scenario(name) for name in (one, other)]
    changes = list(differences(*both))
    if not changes and not same_start(*(compile_scenario(x.case, x.scenario) for x in both)):
        changes = [
            Change("order of the lines", None, "the same lines, in an order that is compiled apart")
        ]
    if as_json:
        print_json([asdict(change) for change in changes])
        return
    if not changes:
        click.echo(f"{one} and {other} do the same")
    for change in changes:
        click.echo(change.what)
        for sign, text in (("-", change.before), ("+", change.after)):
            if text is not None:
                click.echo(f"  {sign} {text}")


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors that complete and check them."""
    print_json(scenario_schema())
