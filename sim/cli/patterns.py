"""`sim patterns`: Compare the model with stylised facts of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from sim.analysis.save import plain, table
from sim.cli import candidates, options
from sim.cli.console import paragraph, print_json
from sim.cli.errors import say
from sim.cli.meter import meter
from sim.cli.surroundings import settle_pictures
from sim.engine.ensemble import simulate
from sim.io.errors import DONE, FAILED
from sim.record.ensemble import DEFAULT_RUNS, Runs
from sim.record.hindcast import hindcast
from sim.record.patterns.file import PatternsFile
from sim.record.patterns.judge import Judged, Row, Tested, judge, rows, tally
from sim.record.patterns.page import cells_of, ensemble_words, page
from sim.record.patterns.play import Patterns, chosen, ensembles_needed, figures, load_patterns
from sim.scenario.catalog import cases
from sim.scenario.parts import MOST_RUNS

LEGEND = (
    "[ ]: 90 % interval of the figure, from Monte-Carlo error alone. Met: all tests of a pattern "
    "hold; missed: none does. document: figure of the model document."
)


def tested_lines(one: Tested) -> Iterator[str]:
    """A test with its figure, bounds and what else is known of it."""
    cells = cells_of(one)
    yield paragraph(f"{cells.says}{f' ({cells.ensembles})' if cells.ensembles else ''}", "    ")
    held = "holds" if one.held else "does not hold"
    yield f"      {cells.figure} {cells.unit}; should be {cells.bounds}: {held}"
    beside = {"90 % of runs": cells.spread, "document": cells.reference}
    if any(beside.values()):
        yield f"      {', '.join(f'{what} {words}' for what, words in beside.items() if words)}"


def pattern_lines(one: Judged) -> Iterator[str]:
    """A pattern with its tests, its evidence and its notes."""
    yield f"{one.id:<4}{one.verdict:<8}{one.pattern.title}"
    for each in one.tests:
        yield from tested_lines(each)
    yield paragraph(f"evidence: {one.pattern.evidence} Source: {one.pattern.source}.", "    ")
    yield from (paragraph(note, "    ") for note in one.notes)
    yield ""


def lines(file: PatternsFile, judged: Sequence[Judged], how: Runs) -> Iterator[str]:
    """All patterns as text."""
    needed = dict.fromkeys(
        name for one in judged for each in one.tests for name in each.check.ensembles
    )
    yield from (ensemble_words(name, file.ensembles[name]) for name in needed)
    yield ""
    for one in judged:
        yield from pattern_lines(one)
    played = f"{how.runs:,} runs of each ensemble, seed {how.seed}"
    yield f"{len(judged)} patterns: {tally(judged)}; {played}"
    yield paragraph(file.caution, "")
    yield paragraph(LEGEND, "")


def played(patterns: Patterns, ids: Sequence[str], how: Runs) -> list[Judged]:
    """The patterns judged, with a bar while their ensembles are run."""
    needed = ensembles_needed(patterns, ids)
    if not needed:
        return judge(patterns.file, figures(patterns, ids, how))
    label = f"{', '.join(needed)}: {how.runs:,} runs each"
    with meter(label, len(needed) * how.runs) as shown:
        found = figures(patterns, ids, replace(how, progress=shown))
    return judge(patterns.file, found)


def show(form: str, patterns: Patterns, judged: Sequence[Judged], how: Runs) -> None:
    """Print the patterns in a form."""
    tests = rows(judged, how.runs, how.seed)
    if form == "json":
        print_json({"caution": patterns.file.caution, "tests": [plain(row) for row in tests]})
    elif form == "csv":
        click.echo(table(Row, tests), nl=False)
    elif form == "markdown":
        text = page(patterns.case.id, patterns.file, judged, how.runs, how.seed)
        click.echo(text, nl=False)
    else:
        for line in lines(patterns.file, judged, how):
            click.echo(line)


@click.command("patterns")
@click.argument("ids", nargs=-1, metavar="[ID]…", shell_complete=candidates.pattern_ids)
@click.option(
    "--case",
    "name",
    help="Case to use; needed only if there are several.",
    shell_complete=candidates.names_of_cases,
)
@click.option(
    "--runs",
    type=options.Count(1, MOST_RUNS),
    default=DEFAULT_RUNS,
    show_default=True,
    help="Number of runs of each ensemble.",
)
@options.seed
@options.threads
@click.option("--json", "form", flag_value="json", help="Print JSON instead of text.")
@click.option("--csv", "form", flag_value="csv", help="Print a line for each test as CSV.")
@click.option("--markdown", "form", flag_value="markdown", help="Print a page of Markdown.")
@click.option("--strict", is_flag=True, help="End with status 1 unless every pattern is met.")
@click.option(
    "--figure",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
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
    if file is not None:
        check_kind(file)
    patterns = load_patterns(name or cases()[0])
    how = Runs(runs, seed, partial(simulate, threads=threads))
    judged = played(patterns, chosen(patterns, ids), how)
    show(form or "text", patterns, judged, how)
    if file is not None:
        draw(patterns, how, file, width)
    return FAILED if strict and any(one.verdict != "met" for one in judged) else DONE


def check_kind(file: Path) -> None:
    """Raise UsageError, before anything is run, for a picture that cannot be saved."""
    settle_pictures()
    from sim.figures.save import kind_of

    try:
        kind_of(file)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def draw(patterns: Patterns, how: Runs, file: Path, width: str) -> None:
    """Draw the hindcast into a file and say where it is."""
    from sim.figures.hindcast import hindcast as picture
    from sim.figures.save import save
    from sim.figures.style import PAPERS

    with meter(f"hindcast of {how.runs:,} runs", how.runs) as shown:
        found = hindcast(patterns.case.id, replace(how, progress=shown))
    say(str(save(picture(found, PAPERS[width]), file)))
