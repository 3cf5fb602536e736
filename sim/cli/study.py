"""`sim study`: Plan and run many points: uncertainties, choices, replications."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from sim.cli import candidates, options
from sim.cli.console import paragraph, print_json
from sim.cli.errors import say
from sim.cli.meter import about, meter, sized
from sim.cli.study_point import point
from sim.cli.study_run import check, gather, in_folder, run
from sim.engine.ensemble import threads_by_default
from sim.runs.able import faults_of_points
from sim.runs.experiments import plan_study
from sim.runs.probe import NoProbe, Pace, bytes_on_disk, measured, memory
from sim.runs.standing import Counts, count
from sim.store.lock import is_busy
from sim.study.load import LoadedBlock, load_study
from sim.study.notes import notes_on
from sim.study.plan import Planned, open_study

MOST_REASONS = 5
"""Reasons why points cannot be run that are written out."""


@click.group("study", invoke_without_command=False)
def command() -> None:
    """Plan and run many points: uncertainties, choices and replications.

    \b
    sim study plan NAME --out DIR     shows what it will do and cost; writes the design
    sim study run DIR                 runs what is missing; can be stopped at any time
    sim study gather DIR              writes the tables over all points
    sim study point DIR N FILE        writes point N as a scenario file
    """


for each in (run, gather, check, point):
    command.add_command(each)


@command.command("plan")
@click.argument("name", metavar="FILE", shell_complete=candidates.studies)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the study; by default results/study-NAME.",
)
@options.threads
@options.as_json
def plan(name: str, out: Path | None, threads: int | None, as_json: bool) -> None:
    """Show what a study will do and cost, and write its design.

    FILE is a path, or the name of a study in scenarios/studies. If the folder already holds the
    study, its runs are kept, and points and runs may be added.
    """
    study = load_study(name)
    points = sum(len(block) for block in study.blocks)
    folder = out or Path("results") / f"study-{study.name}"
    with meter(f"planning {points:,} points", 2 * points) as shown:
        planned = plan_study(study, folder, shown)
    counts = count(planned, planned.store.contents())
    with meter("measuring for a second", 1):
        pace = _pace(planned)
    told = _told(planned, counts, pace, threads or threads_by_default())
    told["notes"] = notes_on(study)
    told["unable"] = [
        {"point": point.number, "message": message} for point, message in faults_of_points(planned)
    ]
    if as_json:
        print_json(told)
    else:
        _show(planned, told, pace)


def _pace(planned: Planned) -> Pace | None:
    try:
        return measured(planned)
    except NoProbe as error:
        say(f"no time is projected: none of the first points can be run ({error})")
        return None


def _told(planned: Planned, counts: Counts, pace: Pace | None, threads: int) -> dict[str, Any]:
    layout, points = planned.common.layout, len(planned.points.wanted)
    left, shares = counts.wanted - counts.runs, planned.study.recorded.shares
    missing = round(points * left / counts.wanted)
    return {
        "folder": str(planned.folder),
        "points": len(planned.points),
        "distinct_points": points,
        "runs": counts.wanted,
        "runs_done": counts.runs,
        "months": layout.months,
        "outcomes": [*layout.outcomes, *(share.name for share in shares)],
        "series": list(layout.series),
        "threads": threads,
        "seconds": pace and pace.seconds(missing, left, threads),
        "memory": memory(planned, threads),
        "bytes": bytes_on_disk(planned),
    }


def _show(planned: Planned, told: dict[str, Any], pace: Pace | None) -> None:
    study = planned.study.study
    click.echo(study.title)
    if study.question:
        click.echo(paragraph(study.question))
    distinct = told["distinct_points"]
    same = "" if told["points"] == distinct else f", {distinct:,} of them distinct"
    click.echo(f"points    {told['points']:,}{same}")
    for block in planned.study.blocks:
        click.echo(f"  {_block(planned, block)}")
    done = f", {told['runs_done']:,} of them done" if told["runs_done"] else ""
    click.echo(f"runs      {told['runs']:,} of {told['months']} months{done}")
    click.echo(f"outcomes  {len(told['outcomes'])} by run: {', '.join(told['outcomes'])}")
    click.echo(f"series    {len(told['series'])} by month: {', '.join(told['series'])}")
    if pace is not None:
        click.echo(f"time      {about(told['seconds'])} on {told['threads']} threads")
        click.echo(
            f"          as a probe of one second has it: {pace.runs:,.0f} runs a second on one "
            f"thread, {1000 * pace.point:.0f} ms to set up a point"
        )
    click.echo(f"memory    about {sized(told['memory'])}")
    click.echo(f"on disk   about {sized(told['bytes'])}")
    for note in [*told["notes"], *_unable(told["unable"], told["points"])]:
        click.echo(paragraph(f"note: {note}", hanging="  "))
    folder = shlex.quote(str(planned.folder))
    click.echo(f"planned in {folder}; to run it: sim study run {folder}")


def _unable(faults: list[dict[str, Any]], points: int) -> Iterator[str]:
    """Which points cannot be run, those of one reason together."""
    reasons: dict[str, list[int]] = {}
    for fault in faults:
        reasons.setdefault(fault["message"], []).append(fault["point"])
    for message, numbers in list(reasons.items())[:MOST_REASONS]:
        first = f"as point {numbers[0]}: {message}"
        yield f"{len(numbers):,} of {points:,} points cannot be run, {first}"
    if len(reasons) > MOST_REASONS:
        more = sum(len(numbers) for numbers in list(reasons.values())[MOST_REASONS:])
        yield f"{more:,} more points cannot be run for other reasons; --json has them all"


def _block(planned: Planned, block: LoadedBlock) -> str:
    """A block in a line."""
    method = planned.study.study.blocks[block.name].design.method.replace("_", " ")
    names = ", ".join(planned.study.bases[each].name for each in block.scenarios)
    return (
        f"{block.name}: {len(block):,} of {block.runs:,} runs each, {method} over "
        f"{len(block.factors):,} factors, from {names}"
    )


@command.command("status")
@in_folder
@options.as_json
def status(folder: Path, as_json: bool) -> None:
    """Show the progress of a study. Nothing is changed."""
    planned = open_study(folder)
    contents = planned.store.contents()
    counts = count(planned, contents)
    told = {
        "points": counts.points,
        "runs": counts.wanted,
        "runs_done": counts.runs,
        "chunks": len(contents.files),
        "bytes": contents.size,
        "damaged": contents.damaged,
        "running": is_busy(folder),
    }
    if as_json:
        print_json(told)
        return
    click.echo(planned.study.study.title)
    points = ", ".join(f"{number:,} {name}" for name, number in counts.points.items() if number)
    click.echo(f"points   {points}")
    click.echo(f"runs     {counts.runs:,} of {counts.wanted:,}")
    click.echo(f"chunks   {len(contents.files):,}, {sized(contents.size)}")
    for name in contents.damaged:
        click.echo(f"damaged  {name}; its runs will be run again")
    click.echo("a process works on it now" if told["running"] else "no process works on it now")
