"""`sim plot`: Draw trajectories, the ladder and differences."""

import click

from sim.cli import candidates, options
from sim.cli.options import How
from sim.io.places import listed

PICTURES = list(listed("figures", "--picture", ("trajectories", "ladder", "differences")))
"""The pictures by name, each a file of figures that begins with it."""


@click.command("plot")
@options.scenarios_and_results
@options.simulation
@click.option("--picture", type=click.Choice(PICTURES), help="One picture only.")
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    shell_complete=candidates.metrics,
    help="Metric to draw instead of the usual ones; codebook.csv of a result has them. Repeatable.",
)
@options.width
@click.option(
    "--observed",
    is_flag=True,
    help="Add what the record of the case has, by month, as crosses.",
)
@click.option(
    "--runs-shown",
    "shown",
    type=options.Count(1, 200),
    metavar="N",
    help="Add the first N runs, by month, as thin lines.",
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
    how: How,
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
    each beside the first scenario. For the folder of a study, it draws the points: each outcome
    over a factor, and (trajectories) each series by month.
    """
    from sim.cli.surroundings import settle_pictures

    settle_pictures()
    from sim.cli.console import print_json, print_lines
    from sim.cli.errors import say, wrong_usage
    from sim.cli.simulate import contents_for, results_for, study_among
    from sim.figures.draw import draw_results, draw_study, make_plan, picture_named
    from sim.figures.page import Asked
    from sim.figures.style import PAPERS

    asked = Asked(metrics, PAPERS[width], observed, shown or 0)
    if (study := study_among(names)) is not None:
        with wrong_usage():
            paths = draw_study(study, picture, asked, width, kind, how.out)
    else:
        if picture and len(names) < picture_named(picture).least:
            raise click.UsageError(f"--picture {picture} needs two scenarios or more")
        contents = contents_for(names, how)
        with wrong_usage():
            plan, notes = make_plan(picture, contents, asked)
        for note in notes:
            say(note)
        results = results_for(contents, how)
        paths = draw_results(results, plan, picture, asked, kind, how.out)
    if as_json:
        print_json([str(path) for path in paths])
    else:
        print_lines(map(str, paths))
