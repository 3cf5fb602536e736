"""Patterns as text: each with its tests, its evidence and whether it is met."""

from collections.abc import Iterator, Sequence

from sim.cli.console import paragraph
from sim.record.ensemble import Runs
from sim.record.patterns.file import PatternsFile
from sim.record.patterns.judge import PatternVerdict, TestVerdict, tally
from sim.record.patterns.page import cells_of, ensemble_words

LEGEND = (
    "[ ]: 90 % interval of the figure, from Monte-Carlo error alone. Met: all tests of a pattern "
    "hold; missed: none does. document: figure of the model document."
)


def test_lines(one: TestVerdict) -> Iterator[str]:
    """A test with its figure, bounds and what else is known of it."""
    cells = cells_of(one)
    yield paragraph(f"{cells.says}{f' ({cells.ensembles})' if cells.ensembles else ''}", "    ")
    held = "holds" if one.held else "does not hold"
    yield f"      {cells.figure} {cells.unit}; should be {cells.bounds}: {held}"
    beside = {"90 % of runs": cells.spread, "document": cells.reference}
    if any(beside.values()):
        yield f"      {', '.join(f'{what} {words}' for what, words in beside.items() if words)}"


def pattern_lines(one: PatternVerdict) -> Iterator[str]:
    """A pattern with its tests, its evidence and its notes."""
    yield f"{one.id:<4}{one.verdict:<8}{one.pattern.title}"
    for each in one.tests:
        yield from test_lines(each)
    yield paragraph(f"evidence: {one.pattern.evidence} Source: {one.pattern.source}.", "    ")
    yield from (paragraph(note, "    ") for note in one.notes)
    yield ""


def patterns_lines(
    file: PatternsFile, verdicts: Sequence[PatternVerdict], how: Runs
) -> Iterator[str]:
    """All patterns as text."""
    needed = dict.fromkeys(
        name for one in verdicts for each in one.tests for name in each.check.ensembles
    )
    yield from (ensemble_words(name, file.ensembles[name]) for name in needed)
    yield ""
    for one in verdicts:
        yield from pattern_lines(one)
    played = f"{how.runs:,} runs of each ensemble, seed {how.seed}"
    yield f"{len(verdicts)} patterns: {tally(verdicts)}; {played}"
    yield paragraph(file.caution, "")
    yield paragraph(LEGEND, "")
