"""`sim compare`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sim.analysis.compare import (
    Difference,
    Parting,
    RungChance,
    differences,
    is_headline,
    partings,
    rung_chances,
)
from sim.analysis.save import plain, save_comparison
from sim.cli import options
from sim.cli.console import change, percent, print_json, shown, table
from sim.cli.simulate import How, results_for
from sim.results.make import Order
from sim.results.read import Result
from sim.vocab import RUNGS


def show_parting(parting: Parting) -> str:
    """One line on when the runs part."""
    if parting.first is None:
        return "the runs never part"
    half = f", half of them by month {parting.half}" if parting.half is not None else ""
    share = percent(parting.share)
    return (
        f"the runs part from month {parting.first} ({parting.date}) on{half}; {share} % part at all"
    )


def show_differences(rows: Sequence[Difference], base: Result, other: Result) -> None:
    """Print the outcomes of one scenario against the base."""
    header = ["outcome", "unit", "median", "median", "mean difference", "90 % interval", "rise %"]
    lines = [
        [
            row.outcome,
            row.unit,
            shown(row.base_median),
            shown(row.other_median),
            change(row.difference),
            f"{change(row.interval_low)} … {change(row.interval_high)}",
            percent(row.rise),
        ]
        for row in rows
    ]
    header[2], header[3] = "base", "scenario"
    click.echo(f"{other.title} against {base.title}: medians, and paired differences by run")
    for line in table(header, lines, left=2):
        click.echo(f"  {line}")


def show_chances(chances: Sequence[RungChance], result: Result) -> None:
    """Print each actor's chance of reaching each rung."""
    by_actor: dict[str, list[RungChance]] = {}
    for chance in chances:
        if chance.scenario == result.name:
            by_actor.setdefault(chance.actor, []).append(chance)
    header = ["actor", "group", *(str(rung) for rung in range(1, RUNGS))]
    lines = [
        [row[0].name, row[0].group, *(percent(chance.chance) for chance in row)]
        for row in sorted(by_actor.values(), key=lambda row: (row[0].group, row[0].name))
    ]
    click.echo(f"\n{result.title}: chance (%) of ever reaching a rung, {result.runs:,} runs")
    for line in table(header, lines, left=2):
        click.echo(f"  {line}")


def show_all(
    results: Sequence[Result],
    rows: Sequence[Difference],
    parted: Sequence[Parting],
    chances: Sequence[RungChance],
    everything: bool,
) -> None:
    """Print the whole comparison."""
    base = results[0]
    for place, (other, parting) in enumerate(zip(results[1:], parted, strict=True)):
        length = len(rows) // len(parted)
        own = rows[place * length : (place + 1) * length]
        wanted = [row for row in own if everything or is_headline(row.outcome)]
        show_differences(wanted, base, other)
        click.echo(f"  {wanted[0].runs:,} pairs of runs; {show_parting(parting)}\n")
    for result in results:
        show_chances(chances, result)


@click.command("compare")
@options.names
@options.simulation
@click.option("--all", "everything", is_flag=True, help="Show every outcome, not the main ones.")
@options.as_json
def command(
    names: tuple[str, ...],
    runs: int,
    months: int | None,
    seed: int,
    out: Path,
    threads: int | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Compare scenarios, by name or results folder, with the first one.

    What has no result yet is run. Differences are taken run by run under common random numbers. The
    interval is the Monte-Carlo error of the mean difference; the CSV files add the spread of the
    differences themselves. The intervals say nothing on how right the model is.
    """
    if len(names) < 2:
        raise click.UsageError("give two scenarios or more; the first is the one to compare with")
    results = results_for(names, How(Order(runs, months, seed), out, threads))
    rows, parted, chances = differences(results), partings(results), rung_chances(results)
    folder = save_comparison(results, rows, parted, chances, out)
    if as_json:
        parts: dict[str, Sequence[Any]] = {"outcomes": rows, "partings": parted, "rungs": chances}
        shown_parts = {name: [plain(row) for row in part] for name, part in parts.items()}
        print_json({"folder": str(folder), **shown_parts})
        return
    show_all(results, rows, parted, chances, everything)
    click.echo(f"\nin {folder}: outcomes.csv, partings.csv, rungs.csv")
