"""`sim plot`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.console import print_json
from sim.cli.simulate import How, results_for
from sim.results.folder import appearing, short_hash
from sim.results.make import Order
from sim.results.read import Result

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PICTURES = ("trajectories", "ladder", "differences")


def draw(picture: str, results: Sequence[Result], metrics: Sequence[str]) -> Figure:
    """One picture of the results; raises ValueError for a metric that is not there."""
    if picture == "trajectories":
        from sim.figures.trajectories import trajectories

        return trajectories(results, metrics or None)
    if picture == "ladder":
        from sim.figures.ladder import ladders

        return ladders(results)
    from sim.figures.differences import differences

    return differences(results[0], results[1:], metrics or None)


def wanted(picture: str | None, results: Sequence[Result]) -> list[str]:
    """The pictures to draw: the one asked for, or all that the results allow."""
    if picture:
        return [picture]
    return [each for each in PICTURES if each != "differences" or len(results) > 1]


def draw_all(
    results: Sequence[Result], picture: str | None, metrics: Sequence[str], kind: str, out: Path
) -> list[Path]:
    """Draw into a folder of their own below `out`; the paths of the pictures."""
    from sim.figures.save import save

    pictures = wanted(picture, results)
    named = [[result.folder.name for result in results], pictures, list(metrics), kind]
    folder = out / f"plot-{results[0].name}-{short_hash(named)}"
    with appearing(folder) as partial:
        for each in pictures:
            save(draw(each, results, metrics), partial / f"{each}.{kind}")
    return [folder / f"{each}.{kind}" for each in pictures]


@click.command("plot")
@options.names
@options.simulation
@click.option("--picture", type=click.Choice(PICTURES), help="One picture only.")
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    help="What to draw instead of the usual; may be repeated. See codebook.csv of a result.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["png", "pdf", "svg"]),
    default="png",
    show_default=True,
    help="Format of the pictures.",
)
@options.as_json
def command(
    names: tuple[str, ...],
    runs: int,
    months: int | None,
    seed: int,
    out: Path,
    threads: int | None,
    picture: str | None,
    metrics: tuple[str, ...],
    kind: str,
    as_json: bool,
) -> None:
    """Draw scenarios, by name or results folder: trajectories, the ladder, and differences.

    What has no result yet is run. Trajectories show the median and the range of 50 % and 90 % of
    the runs; the ladder shows the mean rung of every actor by month; differences are those of each
    scenario from the first one, run by run.
    """
    if picture == "differences" and len(names) < 2:
        raise click.UsageError("differences need two scenarios or more")
    results = results_for(names, How(Order(runs, months, seed), out, threads))
    try:
        paths = draw_all(results, picture, metrics, kind, out)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        print_json([str(path) for path in paths])
        return
    for path in paths:
        click.echo(path)
