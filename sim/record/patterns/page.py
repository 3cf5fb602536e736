"""The patterns as a page of Markdown."""

import textwrap
from collections.abc import Iterator, Sequence

from sim.record.patterns.file import PatternsFile
from sim.record.patterns.judge import Judged, tally
from sim.record.patterns.words import cells_of, ensemble_words

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
    yield from _folded(
        f"{runs:,} runs of each ensemble, seed {seed}: {tally(judged)}. A pattern is met if all "
        "its tests hold, missed if none does, and met partly in between. In brackets: the 90 % "
        "interval of a figure, from Monte-Carlo error alone. A bound belongs to what it allows. "
        "The document's "
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
    yield from (f"| {' | '.join(cells_of(each))} |" for each in one.tests)
    for note in one.notes:
        yield ""
        yield from _folded(note)
