"""`sim plot`: Draw trajectories, the ladder and differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import candidates, options
from sim.cli.console import print_json
from sim.cli.errors import say
from sim.cli.listed import listed
from sim.cli.simulate import How, found_for, results_for
from sim.cli.study_shown import plot_points, study_among
from sim.cli.surroundings import settle_pictures
from sim.io.documents import did_you_mean
from sim.io.errors import NotAgain
from sim.io.files import whole_folder
from sim.runs.awaited import Contents
from sim.runs.make import Order
from sim.store.folder import Packer, joined
from sim.store.manifest import short_hash
from sim.store.read import Result

if TYPE_CHECKING:
    from sim.figures.page import Asked, Picture

PICTURES = listed("figures", "--picture", ("trajectories", "ladder", "differences"))
"""The pictures by name: each file of figures that begins with its name. Trajectories come first."""

Plan = dict[str, list[str]]
"""The metrics of each picture that is to be drawn."""


def picture_named(name: str) -> Picture:
    """A picture by its name."""
    settle_pictures()
    found: Picture = import_module(PICTURES[name].module).PICTURE
    return found


def known_to(name: str, results: Sequence[Contents], metrics: Sequence[str]) -> list[str]:
    """Those of the metrics that a picture can show, with or without a subject."""
    known = picture_named(name).shows(results[0])
    known += [metric.partition(":")[0] for metric in known]
    return [metric for metric in metrics if metric in known]


def check_metrics(results: Sequence[Contents], metrics: Sequence[str]) -> None:
    """Raise ValueError for a metric that no picture can show."""
    known = [metric for name in PICTURES for metric in picture_named(name).shows(results[0])]
    for metric in metrics:
        if metric not in known:
            raise ValueError(f"unknown metric {metric!r}{did_you_mean(metric, known)}")


def wanted(name: str | None, results: Sequence[Contents], metrics: Sequence[str]) -> list[str]:
    """The pictures to draw: the one asked for, or all that results and metrics allow."""
    if name:
        return [name]
    names = [each for each in PICTURES if len(results) >= picture_named(each).least]
    if metrics:
        names = [each for each in names if known_to(each, results, metrics)]
    return names or list(PICTURES)[:1]


def planned(
    name: str | None, results: Sequence[Contents], metrics: Sequence[str], asked: Asked
) -> Plan:
    """What will be drawn of results, be they there or not.

    Raises ValueError for a metric that a picture cannot show of all of them, NotPaired for results
    of which there are no differences run by run, MissingFile where there is no record, and NotAgain
    for single runs that are not kept and cannot be played again.
    """
    check_metrics(results, metrics)
    check_asked(results, asked)
    names = wanted(name, results, metrics)
    plan = {}
    for each in names:
        shown = known_to(each, results, metrics) if len(names) > 1 else list(metrics)
        try:
            picture_named(each).check(results, shown)
        except NotAgain as error:
            if name:
                raise
            say(f"no picture {each}: {error}")
        else:
            plan[each] = shown
    return plan


def check_asked(results: Sequence[Contents], asked: Asked) -> None:
    """Raise ValueError, MissingFile or NotAgain where a record or single runs cannot be drawn."""
    from sim.analysis.replay import check_again
    from sim.figures.words import root_of
    from sim.record.hindcast import load_hindcast

    if asked.record:
        load_hindcast(root_of(results[0]))
    if asked.runs:
        least = min(int(each.manifest["runs"]) for each in results)
        if asked.runs > least:
            raise ValueError(f"--runs-shown: {asked.runs} of {least} runs")
        check_again(results)


def folder_words(results: Sequence[Result], asked: Sequence[str]) -> str:
    """The scenarios that are drawn, and what is asked for, as part of the name of a folder."""
    parts = [[result.name for result in results], asked]
    return "-".join(joined(part) for part in parts if part).replace(":", ".")


def draw_all(
    results: Sequence[Result], plan: Plan, words: str, asked: Asked, kind: str, out: Path
) -> list[Path]:
    """Draw into a folder of their own below `out`; the paths of the pictures."""
    from sim.figures.save import save

    names = [result.folder.name for result in results]
    folder = out / f"plot-{words}-{short_hash([names, plan, repr(asked), kind])}"
    paths = []
    with whole_folder(folder) as partial:
        for picture, shown in plan.items():
            drawn = picture_named(picture).draw(results, replace(asked, metrics=shown))
            for number, figure in enumerate(drawn, start=1):
                name = f"{picture}.{kind}" if number == 1 else f"{picture}-{number}.{kind}"
                save(figure, partial / name)
                paths.append(folder / name)
        title = f"Pictures: {joined([result.title for result in results])}"
        named = {"title": title, "compares": [result.name for result in results]}
        Packer(partial).finish({**named, "results": names, "pictures": plan})
    return paths


@click.command("plot")
@options.scenarios_and_results
@options.simulation
@click.option("--picture", type=click.Choice(list(PICTURES)), help="One picture only.")
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    shell_complete=candidates.metrics,
    help="What to draw instead of the usual metrics, see codebook.csv of a result; repeatable.",
)
@options.width
@click.option(
    "--observed",
    is_flag=True,
    help="By month, also what the record of the case has, as crosses.",
)
@click.option(
    "--runs-shown",
    "shown",
    type=options.Count(1, 200),
    metavar="N",
    help="By month, also the first N runs as thin lines.",
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
    settings: tuple[str, ...],
    picture: str | None,
    metrics: tuple[str, ...],
    width: str,
    observed: bool,
    shown: int | None,
    kind: str,
    as_json: bool,
) -> None:
    """Draw scenarios, by name or results folder: trajectories, the ladder, and differences.

    Scenarios without a result are run first. Trajectories show the median and the ranges of 50 %
    and 90 % of the runs; the ladder shows the mean rung of every actor by month, and where 90 % of
    the runs end; differences are those of each scenario from the first one, run by run, for the
    whole run and (monthly) by month. Scenarios that do not fit on one page go on further pages,
    each beside the first scenario. Given the folder of a study, its points are drawn.
    """
    settle_pictures()
    from sim.figures.page import Asked
    from sim.figures.style import PAPERS

    if picture and len(names) < picture_named(picture).least:
        raise click.UsageError(f"{picture} need two scenarios or more")
    if (study := study_among(names)) is not None:
        _show(plot_points(study, metrics, (width, kind), out), as_json)
        return
    how = How(Order(runs, months, seed), out, threads, settings)
    found = found_for(names, how)
    try:
        asked = Asked(metrics, PAPERS[width], observed, shown or 0)
        plan = planned(picture, found, metrics, asked)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    results = results_for(found, how)
    words = [*([picture] if picture else []), *metrics, *(["phone"] if width == "phone" else [])]
    _show(draw_all(results, plan, folder_words(results, words), asked, kind, out), as_json)


def _show(paths: Sequence[Path], as_json: bool) -> None:
    """Print where the pictures are."""
    if as_json:
        print_json([str(path) for path in paths])
        return
    for path in paths:
        click.echo(path)
