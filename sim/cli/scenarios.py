"""`sim scenarios`: List, show, check, create and compare scenario files."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from os.path import relpath
from pathlib import Path

import click

from sim.cli import candidates, options
from sim.cli.console import paragraph, print_json, print_lines
from sim.cli.errors import say
from sim.io.errors import BAD_INPUT, LegationError


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
    from sim.scenario.catalog import catalog
    from sim.scenario.load import load_scenario

    rows: list[dict[str, str]] = []
    statuses: list[int] = []
    for path in catalog().values():
        with saying_faults(statuses):
            loaded = load_scenario(str(path) if "/" in str(path) else path.name)
            asked = {"title": loaded.scenario.title, "question": loaded.scenario.question}
            rows.append({"name": loaded.name, **asked})
    if as_json:
        print_json(rows)
    for row in () if as_json else rows:
        click.echo(f"{row['name']}: {row['title']}")
        click.echo(paragraph(row["question"], "  "))
    exit_with(statuses)


@command.command("show")
@click.argument("name", shell_complete=candidates.scenarios)
@click.option("--resolved", is_flag=True, help="Print the full form as YAML, defaults written out.")
@options.settings
@options.as_json
def show_scenario(name: str, resolved: bool, settings: tuple[str, ...], as_json: bool) -> None:
    """Show what a scenario asks and does."""
    from sim.cli.text.scenario import scenario_lines
    from sim.io.writing import as_yaml
    from sim.scenario.load import load_scenario

    loaded = load_scenario(name, settings)
    if as_json:
        print_json(loaded.resolved())
    elif resolved:
        click.echo(as_yaml(loaded.resolved()), nl=False)
    else:
        print_lines(scenario_lines(loaded))


@command.command("check")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE…", shell_complete=candidates.scenarios
)
@options.settings
def check(files: tuple[str, ...], settings: tuple[str, ...]) -> None:
    """Check scenario files or named scenarios: one line for each fault.

    It says what each intervention does for certain, and what it only makes more or less likely.
    Notes are not faults: they point out what you may not have meant.
    """
    from sim.cli.text.scenario import effect_lines, note_lines
    from sim.planning.compile import compile_scenario
    from sim.scenario.load import load_scenario

    statuses: list[int] = []
    for name in files:
        with saying_faults(statuses):
            loaded = load_scenario(name, settings)
            compiled = compile_scenario(loaded.case, loaded.scenario)
            click.echo(f"{name}: fine")
            print_lines(effect_lines(loaded))
            print_lines(note_lines(loaded, compiled))
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
    from sim.io.files import write_new
    from sim.scenario.load import base_file, load_scenario
    from sim.scenario.template import new_scenario

    is_path = name.endswith((".yaml", ".yml"))
    if not is_path and not re.fullmatch(r"\w[\w.-]*", name):
        raise click.UsageError(f"{name}: a name holds letters, digits, - and _, and no folder")
    path = Path(name) if is_path else Path("scenarios") / f"{name}.yaml"
    loaded = load_scenario(base)
    named = relpath(base, path.parent) if "/" in base or base.endswith((".yaml", ".yml")) else base
    base_file(named, path)
    first = loaded.case.starts[loaded.start].calendar.date(1)
    write_new(path, new_scenario(path.stem, str(path), loaded, named, first))
    click.echo(
        f"{path}: created; change its question and interventions, then: sim scenarios check {path}"
    )


@command.command("diff")
@click.argument("one", metavar="A", shell_complete=candidates.scenarios)
@click.argument("other", metavar="B", shell_complete=candidates.scenarios)
@options.as_json
def diff(one: str, other: str, as_json: bool) -> None:
    """Show how scenario B differs from scenario A, with bases merged and texts left out."""
    from sim.cli.text.scenario import change_lines
    from sim.planning.compile import compile_scenario
    from sim.planning.words import Change, differences, same_start
    from sim.scenario.load import load_scenario

    both = [load_scenario(name) for name in (one, other)]
    changes = list(differences(*both))
    if not changes and not same_start(*(compile_scenario(x.case, x.scenario) for x in both)):
        order = "the same lines in another order, which does something else"
        changes = [Change("order of the lines", None, order)]
    if as_json:
        print_json([asdict(change) for change in changes])
        return
    if not changes:
        click.echo(f"{one} and {other} do the same")
    for change in changes:
        print_lines(change_lines(change))


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors that complete and check them."""
    from sim.scenario.template import scenario_schema

    print_json(scenario_schema())
