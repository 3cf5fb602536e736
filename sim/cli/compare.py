"""`sim compare`."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from sim.analysis.compare import (
    Difference,
    Parting,
    RungChance,
    check_paired,
    differences,
    is_headline,
    partings,
    rung_chances,
)
from sim.analysis.save import plain, save_comparison
from sim.cli import options
from sim.cli.conditions import conditions
from sim.cli.console import change, percent, print_json, shown, table
from sim.cli.outcomes import taken
from sim.cli.simulate import How, found_for, results_for
from sim.model.vocab import RUNG_WORDS
from sim.runs.make import Order
from sim.store.facts import headline_issues, rungs_in_use
from sim.store.read import Result

LEGEND = (
    "base, scenario: medians of the runs. difference: mean of the differences run by run;\n"
    "±: its Monte-Carlo error (90 %, Student's t). 90 % of runs: where 90 % of differences lie.\n"
    "higher: share of runs (%) in which the scenario lies above the base. No forecast."
)


def show_parting(parting: Parting, runs: int) -> str:
    """A line on when the runs part."""
    if math.isnan(parting.share):
        return f"{runs:,} pairs of runs, of cases with different actors"
    if parting.first is None:
        return f"{runs:,} pairs of runs, which never part"
    half = f", half by month {parting.half}" if parting.half is not None else ""
    share = percent(parting.share)
    first = f"first in month {parting.first} ({parting.date})"
    return f"{runs:,} pairs of runs; {share} % of them part, {first}{half}"


def show_fewer(rows: Sequence[Difference], runs: int) -> Iterator[str]:
    """A line for each outcome that is compared over fewer than all pairs of runs."""
    for row in rows:
        if 0 < row.runs < runs:
            yield f"{row.outcome}: over the {row.runs:,} of {runs:,} pairs in which both have one"
        elif row.runs == 0:
            yield f"{row.outcome}: no pair in which both have one"


def show_differences(rows: Sequence[Difference], base: Result, other: Result) -> None:
    """Print the outcomes of one scenario against the base."""
    header = ["outcome", "unit", "", "base", "scenario", "difference", "90 % of runs", "higher"]
    lines = [
        [
            row.outcome,
            row.unit,
            taken(base, row.outcome),
            shown(row.base_median),
            shown(row.other_median),
            f"{change(row.difference)} ±{shown(row.interval_high - row.difference)}",
            f"{change(row.spread_low)} … {change(row.spread_high)}",
            percent(row.rise),
        ]
        for row in rows
    ]
    click.echo(f"{other.title} against {base.title}")
    for line in table(header, lines, left=3):
        click.echo(f"  {line}")
    for line in show_fewer(rows, min(base.runs, other.runs)):
        click.echo(f"  {line}")


def by_actor(chances: Sequence[RungChance]) -> dict[str, list[RungChance]]:
    """The chances of one result by actor, groups and names in order."""
    found: dict[str, list[RungChance]] = {}
    for chance in sorted(chances, key=lambda each: (each.group, each.name, each.rung)):
        found.setdefault(chance.actor, []).append(chance)
    return found


def show_chances(result: Result, base: Result | None, everything: bool) -> None:
    """Print the share of runs in which actors reach each rung; beside a base, those that differ."""
    own = by_actor(rung_chances([result]))
    theirs = by_actor(rung_chances([base])) if base else {}
    lines = [
        [row[0].name, row[0].group, *(percent(chance.chance) for chance in row)]
        for actor, row in own.items()
        if everything or not base or differs(row, theirs.get(actor, []))
    ]
    click.echo(f"\n{result.title}: share (%) of {result.runs:,} runs that ever reach a rung")
    rungs = map(str, rungs_in_use(result.manifest)[1:])
    for line in table(["actor", "group", *rungs], lines, left=2):
        click.echo(f"  {line}")
    if base and len(lines) < len(own):
        click.echo(f"  the other {len(own) - len(lines)} actors: within 1 % of {base.title}")


def differs(own: Sequence[RungChance], theirs: Sequence[RungChance]) -> bool:
    """Whether any share differs by one per cent of the runs or more."""
    if len(own) != len(theirs):
        return True
    return any(abs(a.chance - b.chance) >= 0.01 for a, b in zip(own, theirs, strict=True))


def show_all(
    results: Sequence[Result],
    rows: Sequence[Difference],
    parted: Sequence[Parting],
    everything: bool,
) -> None:
    """Print the whole comparison: rungs by actor first, then the differences."""
    base = results[0]
    for result in results:
        show_chances(result, None if result is base else base, everything)
    words = [f"{rung} {RUNG_WORDS[rung]}" for rung in rungs_in_use(base.manifest)[1:]]
    click.echo("\nrungs: " + ", ".join(words[:4]) + ("," if words[4:] else ""))
    if words[4:]:
        click.echo("  " + ", ".join(words[4:]))
    length = len(rows) // max(len(parted), 1)
    for place, (other, parting) in enumerate(zip(results[1:], parted, strict=True)):
        own = rows[place * length : (place + 1) * length]
        click.echo()
        issues = headline_issues(base.manifest)
        chosen = [row for row in own if everything or is_headline(row.outcome, issues)]
        show_differences(chosen, base, other)
        for line in conditions(other):
            click.echo(f"  {line}")
        click.echo(f"  {show_parting(parting, min(base.runs, other.runs))}")
    click.echo(f"\n{LEGEND}")


@click.command("compare")
@options.scenarios_and_results
@options.simulation
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Show every outcome, and every actor of every scenario.",
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
    everything: bool,
    as_json: bool,
) -> None:
    """Compare scenarios, by name or results folder, with the first one.

    What has no result yet is run. Run k of every scenario meets the same random events, so
    differences are taken run by run. No interval says how right the model is.
    """
    if len(names) < 2:
        raise click.UsageError("give two scenarios or more; the first is the one to compare with")
    how = How(Order(runs, months, seed), out, threads, settings)
    found = found_for(names, how)
    check_paired(found)
    results = results_for(found, how)
    rows, parted, chances = differences(results), partings(results), rung_chances(results)
    folder = save_comparison(results, rows, parted, chances, out)
    if as_json:
        parts: dict[str, Sequence[Any]] = {"outcomes": rows, "partings": parted, "rungs": chances}
        shown_parts = {name: [plain(row) for row in part] for name, part in parts.items()}
        print_json({"folder": str(folder), **shown_parts})
        return
    show_all(results, rows, parted, everything)
    click.echo(f"\nin {folder}: outcomes.csv, partings.csv, rungs.csv")
