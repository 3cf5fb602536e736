"""`sim results`: List results, or say what one holds."""

from pathlib import Path

import click

from sim.cli import candidates, options
from sim.cli.console import print_json, print_lines


@click.command("results")
@click.argument(
    "folder", required=False, type=options.FOLDER, shell_complete=candidates.any_folders
)
@options.out
@options.as_json
def command(folder: Path | None, out: Path, as_json: bool) -> None:
    """List results, the newest last, or say what one FOLDER holds.

    Runs, studies, comparisons and pictures are listed alike: title, scenarios, runs, and when they
    were written.
    """
    from sim.cli.text.results import as_dict, folder_lines, result_lines
    from sim.store.listing import all_listed, listed

    if folder is not None:
        one = listed(folder if folder.exists() else out / folder)
        print_json(as_dict(one)) if as_json else print_lines(folder_lines(one))
        return
    results = all_listed(out)
    if as_json:
        print_json([as_dict(each) for each in results])
        return
    print_lines(line for each in results for line in result_lines(each))
    if not results:
        click.echo(f"no results in {out} yet; see: sim run --help")
