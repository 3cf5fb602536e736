"""`sim case new` and `sim case check`: cases of one's own."""

from pathlib import Path

import click

from sim.cli import candidates

BEGUN = """\
# A case that builds on another. What it does not say is as in its base.
id: {name}
title: "{name}, after {base}"
base: {base}

# Say what differs in files in this folder; an entry replaces the base's entry of that name:
#   actors.csv       {columns}
#   policies.yaml    policies: and below it each policy of your own, with all its numbers
#   parameters.yaml  each parameter with value, unit, and a source, or an assumption with a range
#   pools.yaml, projects.yaml, ties.yaml, starts.yaml, issues.yaml   as those of the base
# For a scenario in this case, write:  extends: baseline  and  case: {name}
"""


@click.command("new")
@click.argument("name")
@click.option(
    "--base",
    metavar="CASE",
    help="The case to build on.  [default: the first one]",
    shell_complete=candidates.names_of_cases,
)
def new(name: str, base: str | None) -> None:
    """Create a case of your own: write seeds/NAME/case.yaml, which builds on another case.

    The program looks for cases in ./seeds first, then among the bundled ones.
    """
    from sim.case.context import NAME
    from sim.case.folder import HEAD, OWN, case_folders
    from sim.io.files import write_new
    from sim.scenario.catalog import case_named, cases

    if not NAME.fullmatch(name):
        raise click.UsageError(f"{name}: a name holds letters, digits, - and _, and no folder")
    if name in case_folders():
        raise click.UsageError(f"{name}: there is a case of this name already")
    below = case_named(base or cases()[0])
    rungs = dict.fromkeys(start.rungs for start in below.starts.values())
    columns = ",".join(("id", "name", "kind", "group", "bloc", "policy", "salience", *rungs))
    path = OWN / name / HEAD
    write_new(path, BEGUN.format(name=name, base=below.id, columns=columns))
    click.echo(f"{path}: created; say what differs, then: sim case check {name}")


@click.command("check")
@click.argument("name", metavar="NAME|FOLDER", shell_complete=candidates.names_of_cases)
def check(name: str) -> None:
    """List every fault of a case, given by name or folder.

    Each fault gets a line, and the exit status is 65. A sound case gets a line on what it holds.
    """
    from sim.case.load import load_case
    from sim.planning.compile import compile_scenario
    from sim.scenario.schema import Scenario

    case = load_case(folder_named(name))
    for start in case.starts:
        compile_scenario(case, Scenario(title="x", case=case.id, start=start, months=1))
    kinds = ("actors", "policies", "issues", "pools", "projects", "starts")
    counted = ", ".join(f"{len(getattr(case, kind))} {kind}" for kind in kinds)
    own = sum(not number.inherited for number in case.numbers.values())
    inherited = f", {own:,} of them not from {case.base}" if case.base else ""
    click.echo(f"{case.id}: fine\n  {counted}, {len(case.numbers):,} numbers{inherited}")


def folder_named(name: str) -> Path:
    """The folder of a case, by its name or itself; raises MissingFile."""
    from sim.case.folder import HEAD, case_folders
    from sim.io.documents import did_you_mean
    from sim.io.errors import MissingFile

    known = case_folders()
    folder = known.get(name, Path(name))
    if name in known or (folder / HEAD).is_file():
        return folder
    if folder.is_dir():
        raise MissingFile(f"{name}: no case, as there is no {HEAD} in it")
    raise MissingFile(f"{name}: no such case{did_you_mean(name, sorted(known))}")
