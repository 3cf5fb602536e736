"""The patterns as a page of Markdown."""

import textwrap
from collections.abc import Iterator, Sequence

from sim.record.patterns.file import PatternsFile
from sim.record.patterns.judge import Judged, Tested, counts
from sim.record.patterns.words import (
    bounds_words,
    ensemble_words,
    ensembles_of,
    figure_words,
    reference_words,
    spread_words,
)

WIDTH = 100

PICTURE = "figures/hindcast.png"
"""Where the picture of the hindcast lies, seen from the page."""


def page(case: str, file: PatternsFile, judged: Sequence[Judged], runs: int, seed: int) -> str:
    """The whole page; `runs` and `seed` are those of the figures."""
    return "\n".join(_lines(case, file, judged, runs, seed)) + "\n"


def _lines(
    case: str, file: PatternsFile, judged: Sequence[Judged], runs: int, seed: int
) -> Iterator[str]:
    yield "# The model against stylised facts"
    yield ""
    yield f"Written by `sim patterns --markdown` from `seeds/{case}/patterns.yaml`; not by hand."
    yield ""
    yield from _folded(f"**{file.caution}**")
    yield ""
    found = ", ".join(f"{number} {word}" for word, number in counts(judged).items())
    yield from _folded(
        f"{runs:,} runs of each ensemble, seed {seed}: {found}. A pattern is met if all its tests "
        "hold, missed if none does, and met partly in between. In brackets: the 90 % interval of a "
        "figure, from Monte-Carlo error alone. A bound belongs to what it allows. The document's "
        f"figures: {file.reference}."
    )
    yield ""
    yield from (f"- {ensemble_words(*each)}" for each in file.ensembles.items())
    yield ""
    yield "| | stylised fact | verdict | document |"
    yield "| --- | --- | --- | --- |"
    for one in judged:
        yield f"| {one.id} | {one.pattern.title} | {one.verdict} | {one.pattern.reference} |"
    yield ""
    yield "## The record over the simulated runs"
    yield ""
    yield f"![Record and simulated runs from the start of the record on]({PICTURE})"
    for one in judged:
        yield ""
        yield from _pattern(one)


def _folded(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), WIDTH, break_on_hyphens=False)


def _pattern(one: Judged) -> Iterator[str]:
    pattern = one.pattern
    yield f"## {one.id}: {pattern.title}"
    yield ""
    yield from _folded(
        f"{pattern.fact} *Evidence:* {pattern.evidence} *Source:* {pattern.source}; confidence "
        f"{pattern.confidence}. **Verdict: {one.verdict}.**"
    )
    yield ""
    yield "| test | ensemble | figure | unit | wanted | holds | 90 % of runs | document |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    yield from (_row(each) for each in one.tests)
    for note in [pattern.note, *dict.fromkeys(each.figure.note for each in one.tests)]:
        if note:
            yield ""
            yield from _folded(note)


def _row(one: Tested) -> str:
    cells = (
        one.check.says,
        ", ".join(ensembles_of(one.check)),
        figure_words(one.figure),
        one.check.unit,
        bounds_words(one.check.low, one.check.high),
        "yes" if one.held else "no",
        spread_words(one.figure),
        reference_words(one.check),
    )
    return f"| {' | '.join(cells)} |"
