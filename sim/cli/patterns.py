"""`sim patterns`: Compare the model with stylised facts of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import candidates, options
from sim.cli.console import print_json, print_lines
from sim.cli.errors import say, wrong_usage
from sim.cli.meter import meter
from sim.io.errors import DONE, FAILED

if TYPE_CHECKING:
    from sim.record.ensemble import Runs
    from sim.record.patterns.judge import PatternVerdict
    from sim.record.patterns.play import Patterns


def judged_patterns(patterns: Patterns, ids: Sequence[str], how: Runs) -> list[PatternVerdict]:
    """The verdicts on some patterns, with a bar while their ensembles are run."""
    from sim.record.patterns.judge import judge
    from sim.record.patterns.play import ensembles_needed, figures

    needed = ensembles_needed(patterns, ids)
    if not needed:
        return judge(patterns.file, figures(patterns, ids, how))
    label = f"{', '.join(needed)}: {how.runs:,} runs each"
    with meter(label, len(needed) * how.runs) as progress:
        return judge(patterns.file, figures(patterns, ids, replace(how, progress=progress)))


def show(
    form: str | None, patterns: Patterns, verdicts: Sequence[PatternVerdict], how: Runs
) -> None:
    """Print the patterns in a form; as text where none is asked for."""
    from sim.analysis.save import plain, table
    from sim.cli.text.patterns import patterns_lines
    from sim.record.patterns.judge import Row, rows
    from sim.record.patterns.page import page

    tests = rows(verdicts, how.runs, how.seed)
    if form == "json":
        print_json({"caution": patterns.file.caution, "tests": [plain(row) for row in tests]})
    elif form == "csv":
        click.echo(table(Row, tests), nl=False)
    elif form == "markdown":
        text = page(patterns.case.id, patterns.file, verdicts, how.runs, how.seed)
        click.echo(text, nl=False)
    else:
        print_lines(patterns_lines(patterns.file, verdicts, how))


@click.command("patterns")
@click.argument("ids", nargs=-1, metavar="[ID]…", shell_complete=candidates.pattern_ids)
@options.case
@options.record_runs
@options.seed
@options.threads
@options.form("test")
@click.option("--strict", is_flag=True, help="End with status 1 unless every pattern is met.")
@click.option(
    "--figure",
    "file",
    type=options.FILE,
    metavar="FILE",
    help="Also draw the record over the simulated runs, as png, pdf or svg.",
)
@options.width
def command(
    ids: tuple[str, ...],
    name: str | None,
    runs: int,
    seed: int,
    threads: int | None,
    form: str | None,
    strict: bool,
    file: Path | None,
    width: str,
) -> int:
    """Compare the model with stylised facts of its case: those named by ID, or all.

    Calibration, not validation: the model was set up with these facts in view. A missed fact is
    information, not a failure, so the exit status is 0 unless --strict is given.
    """
    from sim.engine.ensemble import simulate
    from sim.record.ensemble import Runs
    from sim.record.patterns.play import chosen, load_patterns
    from sim.scenario.catalog import cases

    if file is not None:
        check_kind(file)
    patterns = load_patterns(name or cases()[0])
    how = Runs(runs, seed, partial(simulate, threads=threads))
    verdicts = judged_patterns(patterns, chosen(patterns, ids), how)
    show(form, patterns, verdicts, how)
    if file is not None:
        draw(patterns, how, file, width)
    return FAILED if strict and any(one.verdict != "met" for one in verdicts) else DONE


def check_kind(file: Path) -> None:
    """Raise UsageError, before anything is run, for a picture that cannot be saved."""
    from sim.cli.surroundings import settle_pictures

    settle_pictures()
    from sim.figures.save import kind_of

    with wrong_usage():
        kind_of(file)


def draw(patterns: Patterns, how: Runs, file: Path, width: str) -> None:
    """Draw the hindcast into a file and say where it is."""
    from sim.figures.hindcast import hindcast as picture
    from sim.figures.save import save
    from sim.figures.style import PAPERS
    from sim.record.hindcast import hindcast

    with meter(f"hindcast of {how.runs:,} runs", how.runs) as progress:
        made = hindcast(patterns.case.id, replace(how, progress=progress))
    say(str(save(picture(made, PAPERS[width]), file)))
