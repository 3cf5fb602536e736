"""A comparison as text: the outcomes of scenarios against the first one, then its rungs."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from sim.analysis.compare import Difference, Parting, RungChance, rung_chances
from sim.cli.console import INDENT, blocks, change, paragraph, percent, shown
from sim.cli.text.result import conditions, label
from sim.figures.words import title_of_outcome
from sim.measures.catalog import is_headline
from sim.measures.estimate import most_unseen
from sim.model.vocab import RUNG_WORDS
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
        yield (
            f"No difference in any of {runs:,} pairs: {'; '.join(titles)}. One that occurs in "
            f"{100.0 * most_unseen(runs):.2g} % of runs or more would have been seen (95 %)."
        )


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


def difference_lines(
    rows: Sequence[Difference], parting: Parting, base: Result, other: Result
) -> Iterator[str]:
    """The outcomes of one scenario against the base."""
    runs = min(base.runs, other.runs)
    yield paragraph(f"{other.title} against {base.title}", "", INDENT)
    yield paragraph(parting_line(parting, runs), INDENT)
    differing = [row for row in rows if row.runs and row.equal < 1.0]
    same = [row for row in rows if row.runs and row.equal == 1.0]
    if differing:
        labelled = [(label(row.outcome, row.unit, base), cells(row)) for row in differing]
        yield from blocks(HEADER, labelled)
    words = [*same_lines(same, base), *fewer_lines(rows, runs, base), *conditions(other)]
    yield from (paragraph(line, INDENT, INDENT) for line in words)


def by_actor(result: Result) -> dict[str, list[RungChance]]:
    """The chances of a result by actor, groups and names in order."""
    ordered = sorted(
        rung_chances([result]), key=lambda each: (each.group, each.name, each.actor, each.rung)
    )
    return {actor: [*own] for actor, own in groupby(ordered, key=lambda each: each.actor)}


def rung_blocks(result: Result, rows: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """A table by actor with a column for each rung but the lowest."""
    return blocks([str(rung) for rung in rungs_in_use(result.manifest)[1:]], rows)


def chance_lines(result: Result) -> Iterator[str]:
    """The share of runs in which each actor reaches each rung."""
    own = by_actor(result).values()
    words = f"{result.title}: share (%) of {result.runs:,} runs that ever reach a rung"
    yield ""
    yield paragraph(words, "", INDENT)
    rows = [(row[0].name, [percent(each.chance) for each in row]) for row in own]
    yield from rung_blocks(result, rows)


def changes(own: Sequence[RungChance], base: Sequence[RungChance]) -> list[str]:
    """How much more often, in points, an actor reaches each rung; blank where it hardly differs."""
    if not base:
        return [percent(each.chance) for each in own]
    gaps = [one.chance - other.chance for one, other in zip(own, base, strict=True)]
    return [f"{100.0 * gap:+.0f}" if abs(gap) >= LEAST_CHANGE else "" for gap in gaps]


def change_lines(result: Result, base: Result) -> Iterator[str]:
    """How the share of runs that reach a rung differs from the base, where it does."""
    theirs, own = by_actor(base), by_actor(result)
    every = [(row[0].name, changes(row, theirs.get(actor, []))) for actor, row in own.items()]
    rows = [(name, row) for name, row in every if any(row)]
    words = "change in the share of runs (points) that ever reach a rung" if rows else "rungs"
    yield ""
    yield paragraph(f"{result.title}: {words}", "", INDENT)
    if rows:
        yield from rung_blocks(result, rows)
    which = "the other" if rows else "all"
    same = f"{which} {len(own) - len(rows)} actors: no change of 1 point or more"
    yield paragraph(same, INDENT)


def comparison_lines(
    results: Sequence[Result],
    rows: Sequence[Difference],
    partings: Sequence[Parting],
    everything: bool,
) -> Iterator[str]:
    """The whole comparison: outcomes first, then rungs by actor."""
    base, issues = results[0], headline_issues(results[0].manifest)
    length = len(rows) // max(len(partings), 1)
    for place, (other, parting) in enumerate(zip(results[1:], partings, strict=True)):
        own = rows[place * length : (place + 1) * length]
        chosen = [row for row in own if everything or is_headline(row.outcome, issues)]
        yield from difference_lines(chosen, parting, base, other)
        yield ""
    yield paragraph(LEGEND)
    for result in results if everything else ():
        yield from chance_lines(result)
    for other in results[1:]:
        yield from change_lines(other, base)
    words = [f"{rung} {RUNG_WORDS[rung]}" for rung in rungs_in_use(base.manifest)[1:]]
    yield paragraph(f"rungs: {', '.join(words)}", INDENT, INDENT)
