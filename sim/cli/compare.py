"""`sim compare`: Compare scenarios with the first one, run by run."""

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
    partings,
    rung_chances,
)
from sim.analysis.save import plain, save_comparison
from sim.cli import options
from sim.cli.conditions import conditions
from sim.cli.console import INDENT, blocks, change, paragraph, percent, print_json, shown
from sim.cli.simulate import How, found_for, results_for
from sim.cli.study_shown import compare_points, study_among
from sim.figures.words import scale_of, title_of_outcome
from sim.measures.catalog import is_headline, taken
from sim.measures.estimate import most_unseen
from sim.model.vocab import RUNG_WORDS
from sim.runs.make import Order
from sim.store.facts import headline_issues, rungs_in_use
from sim.store.read import Result

HEADER = ("base", "scenario", "difference", "90 % of runs", "higher", "equal", "lower")

LEGEND = (
    "base, scenario: means over the pairs of runs; difference: mean of the differences run by run, "
    "± its error (90 %, Student's t). 90 % of runs: where 90 % of the differences lie. higher, "
    "equal, lower: shares (%) of the pairs in which the scenario is so. All of these are chance "
    "under the stated assumptions, not uncertainty about the world. No forecast."
)

LEAST_CHANGE = 0.01
"""Change of a chance that is shown: a hundredth of the runs."""

WHEN = {"total": "in total", "end": "at the end", "whole": "of the whole run"}


def label(row: Difference, base: Result) -> str:
    """An outcome in words, with its unit or scale and when it is taken."""
    scale = scale_of(row.outcome.partition(":")[0], row.unit)
    words = [scale, WHEN.get(taken(row.outcome), "")]
    return f"{title_of_outcome(row.outcome, base)} ({'; '.join(filter(None, words))})"


def mean_shown(mean: float, row: Difference) -> str:
    """A mean; a share of runs that is 0 or 1 is no more than these runs can tell."""
    if row.unit == "flag" and mean in (0.0, 1.0):
        bound = most_unseen(row.runs)
        return f"<{shown(bound)}" if mean == 0.0 else f">{shown(1.0 - bound)}"
    return shown(mean)


def signed(value: float, scale: float) -> str:
    """A difference with its sign, to the second digit of `scale` and five decimals at most.

    >>> signed(1318.21, 6.4), signed(-0.00268, 0.00006), signed(0.0, 0.3), signed(1.0, 0.0)
    ('+1,318.2', '-0.00268', '0', '+1.00')
    """
    if not (value and scale > 0.0):
        return change(value)
    decimals = min(max(0, 1 - math.floor(math.log10(scale))), 5)
    return f"{value:+,.{decimals}f}"


def cells(row: Difference) -> list[str]:
    """The numbers of an outcome that differs in some pairs."""
    error, width = row.interval_high - row.difference, row.spread_high - row.spread_low
    spread = f"{signed(row.spread_low, width)} … {signed(row.spread_high, width)}"
    if not row.spread_low <= row.difference <= row.spread_high:
        spread = f"{percent(1.0 - row.equal)} % differ"
    return [
        mean_shown(row.base_mean, row),
        mean_shown(row.other_mean, row),
        signed(row.difference, error) + (f" ±{signed(error, error)[1:]}" if error > 0.0 else ""),
        spread,
        *(percent(share) for share in (row.higher, row.equal, row.lower)),
    ]


def same_lines(rows: Sequence[Difference], base: Result) -> Iterator[str]:
    """In words, the outcomes in which no pair differs, and how many might in more runs."""
    for runs in sorted({row.runs for row in rows}, reverse=True):
        titles = [title_of_outcome(row.outcome, base) for row in rows if row.runs == runs]
        bound = percent_of_most(runs)
        yield (
            f"No difference in any of {runs:,} pairs: {'; '.join(titles)}. One that occurs in "
            f"{bound} % of runs or more would have been seen (95 %)."
        )


def percent_of_most(runs: int) -> str:
    """The bound of what is never seen in `runs`, in per cent to two digits."""
    return f"{100.0 * most_unseen(runs):.2g}"


def parting_line(parting: Parting, runs: int) -> str:
    """A line on when the runs part."""
    if math.isnan(parting.share):
        return f"{runs:,} pairs of runs, of cases with different actors"
    if parting.first is None:
        return f"{runs:,} pairs of runs, which never part"
    half = f", half by month {parting.half}" if parting.half is not None else ""
    share = percent(parting.share)
    first = f"first in month {parting.first} ({parting.date})"
    return f"{runs:,} pairs of runs; {share} % of them part, {first}{half}"


def fewer_lines(rows: Sequence[Difference], runs: int, base: Result) -> Iterator[str]:
    """A line for each outcome that is compared over fewer than all pairs of runs."""
    for row in rows:
        title = title_of_outcome(row.outcome, base)
        if 0 < row.runs < runs:
            yield f"{title}: over the {row.runs:,} of {runs:,} pairs in which both have one"
        elif row.runs == 0:
            yield f"{title}: no pair in which both have one"


def show_differences(
    rows: Sequence[Difference], parting: Parting, base: Result, other: Result
) -> None:
    """Print the outcomes of one scenario against the base."""
    runs = min(base.runs, other.runs)
    click.echo(paragraph(f"{other.title} against {base.title}", "", INDENT))
    click.echo(paragraph(parting_line(parting, runs), INDENT))
    differing = [row for row in rows if row.runs and row.equal < 1.0]
    same = [row for row in rows if row.runs and row.equal == 1.0]
    if differing:
        for line in blocks(HEADER, [(label(row, base), cells(row)) for row in differing]):
            click.echo(line)
    words = [*same_lines(same, base), *fewer_lines(rows, runs, base), *conditions(other)]
    for line in words:
        click.echo(paragraph(line, INDENT, INDENT))


def by_actor(chances: Sequence[RungChance]) -> dict[str, list[RungChance]]:
    """The chances of one result by actor, groups and names in order."""
    found: dict[str, list[RungChance]] = {}
    for chance in sorted(chances, key=lambda each: (each.group, each.name, each.rung)):
        found.setdefault(chance.actor, []).append(chance)
    return found


def show_chances(result: Result) -> None:
    """Print the share of runs in which each actor reaches each rung."""
    own = by_actor(rung_chances([result]))
    click.echo()
    words = f"{result.title}: share (%) of {result.runs:,} runs that ever reach a rung"
    click.echo(paragraph(words, "", INDENT))
    header = list(map(str, rungs_in_use(result.manifest)[1:]))
    rows = [(row[0].name, [percent(each.chance) for each in row]) for row in own.values()]
    for line in blocks(header, rows):
        click.echo(line)


def changes(own: Sequence[RungChance], base: Sequence[RungChance]) -> list[str]:
    """How much more often, in points, an actor reaches each rung; blank where it hardly differs."""
    if not base:
        return [percent(each.chance) for each in own]
    gaps = [one.chance - other.chance for one, other in zip(own, base, strict=True)]
    return [f"{100.0 * gap:+.0f}" if abs(gap) >= LEAST_CHANGE else "" for gap in gaps]


def show_changes(result: Result, base: Result) -> None:
    """Print how the share of runs that reach a rung differs from the base, where it does."""
    theirs = by_actor(rung_chances([base]))
    own = by_actor(rung_chances([result]))
    found = {row[0].name: changes(row, theirs.get(actor, [])) for actor, row in own.items()}
    rows = [(name, row) for name, row in found.items() if any(row)]
    click.echo()
    words = f"{result.title}: change in the share of runs (points) that ever reach a rung"
    click.echo(paragraph(words if rows else f"{result.title}: rungs", "", INDENT))
    if rows:
        header = list(map(str, rungs_in_use(result.manifest)[1:]))
        for line in blocks(header, rows):
            click.echo(line)
    same = f"{len(own) - len(rows)} actors: no change of 1 point or more"
    click.echo(paragraph(f"the other {same}" if rows else f"all {same}", INDENT))


def show_all(
    results: Sequence[Result],
    rows: Sequence[Difference],
    parted: Sequence[Parting],
    everything: bool,
) -> None:
    """Print the whole comparison: outcomes first, then rungs by actor."""
    base, issues = results[0], headline_issues(results[0].manifest)
    length = len(rows) // max(len(parted), 1)
    for place, (other, parting) in enumerate(zip(results[1:], parted, strict=True)):
        own = rows[place * length : (place + 1) * length]
        chosen = [row for row in own if everything or is_headline(row.outcome, issues)]
        show_differences(chosen, parting, base, other)
        click.echo()
    click.echo(paragraph(LEGEND))
    for result in results if everything else ():
        show_chances(result)
    for other in results[1:]:
        show_changes(other, base)
    words = [f"{rung} {RUNG_WORDS[rung]}" for rung in rungs_in_use(base.manifest)[1:]]
    click.echo(paragraph(f"rungs: {', '.join(words)}", INDENT, INDENT))


@click.command("compare")
@options.scenarios_and_results
@options.simulation
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Show every outcome, and every rung of every actor in every scenario.",
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

    Scenarios without a result are run first. Run k of every scenario meets the same random events,
    so differences are taken run by run. Intervals measure chance within the model, not how right
    the model is. Given the folder of a study, its points are compared with the first one.
    """
    if (study := study_among(names)) is not None:
        compare_points(study, everything, as_json)
        return
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
    click.echo(f"\ntables and their codebook in\n  {folder}")
