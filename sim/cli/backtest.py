"""`sim backtest`: Score the model against naive rules on the record."""

from __future__ import annotations

from functools import partial

import click

from sim.cli import options
from sim.cli.console import paragraph, print_json, print_lines
from sim.cli.meter import meter


@click.command("backtest")
@options.case
@options.record_runs
@options.seed
@options.threads
@options.form("score")
def command(name: str | None, runs: int, seed: int, threads: int | None, form: str | None) -> None:
    """Score the model against naive rules on the record of its case.

    Rungs of actors, amounts and recognitions, as the model forecasts them from a date on, beside
    rules that know nothing but the years before it. Losses are printed beside wins. Where numbers
    of the model were set with the same years in view, its scores are those of a calibration.
    """
    from sim.analysis.save import plain, table
    from sim.engine.ensemble import simulate
    from sim.record.backtest.file import BacktestFile
    from sim.record.backtest.make import Score, backtest, plays, scores
    from sim.record.backtest.page import lines_of, page
    from sim.record.ensemble import Runs, load_file
    from sim.scenario.catalog import cases

    case = name or cases()[0]
    file = load_file(BacktestFile, case, "backtest.yaml")[1]
    with meter(f"{case}: {runs:,} runs of each window", plays(file, runs)) as progress:
        played = backtest(case, Runs(runs, seed, partial(simulate, threads=threads), progress))
    rows = list(scores(played))
    if form == "json":
        print_json({"says": file.says, "scores": [plain(row) for row in rows]})
    elif form == "csv":
        click.echo(table(Score, rows), nl=False)
    elif form == "markdown":
        click.echo(page(case, file.says, rows, runs, seed), nl=False)
    else:
        print_lines(paragraph(text, indent, "  ") for indent, text in lines_of(file.says, rows))
