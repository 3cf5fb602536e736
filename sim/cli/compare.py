"""`sim compare`: Compare scenarios with the first one, run by run."""

import click

from sim.cli import options
from sim.cli.options import How


@click.command("compare")
@options.scenarios_and_results
@options.simulation
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Show every outcome, and every rung of every actor in every scenario.",
)
@click.option(
    "--reference",
    type=click.IntRange(1),
    metavar="POINT",
    help="With the folder of a study: the point that others are compared with.",
)
@options.as_json
def command(
    names: tuple[str, ...], how: How, everything: bool, reference: int | None, as_json: bool
) -> None:
    """Compare scenarios, by name or results folder, with the first one.

    Scenarios without a result are run first. Run k of every scenario meets the same random events,
    so differences are taken run by run. Intervals measure chance within the model, not how right
    the model is. For the folder of a study, it compares the points with the first one, or with the
    point that --reference names.
    """
    from sim.analysis.compare import check_paired, differences, partings, rung_chances
    from sim.analysis.points import differences_from
    from sim.analysis.save import plain, save_comparison
    from sim.cli.console import print_json, print_lines
    from sim.cli.errors import wrong_usage
    from sim.cli.simulate import contents_for, results_for, study_among
    from sim.cli.text.comparison import comparison_lines
    from sim.cli.text.points import point_lines, point_records

    if (study := study_among(names)) is not None:
        with wrong_usage():
            rows = study.differences if reference is None else differences_from(study, reference)
        if as_json:
            print_json(point_records(study, rows))
        else:
            print_lines(point_lines(study, rows, everything))
        return
    if reference is not None:
        raise click.UsageError("--reference is a point of a study; here the first scenario is it")
    if len(names) < 2:
        raise click.UsageError("give two scenarios or more; the first is the one to compare with")
    contents = contents_for(names, how)
    check_paired(contents)
    results = results_for(contents, how)
    rows, parted, chances = differences(results), partings(results), rung_chances(results)
    folder = save_comparison(results, rows, parted, chances, how.out)
    if as_json:
        tables = (("outcomes", rows), ("partings", parted), ("rungs", chances))
        printed = {name: [plain(row) for row in table] for name, table in tables}
        print_json({"folder": str(folder), **printed})
        return
    print_lines(comparison_lines(results, rows, parted, everything))
    click.echo(f"\ntables and their codebook in\n  {folder}")
