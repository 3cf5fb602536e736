"""Figures and bounds in words, with as many digits as their error leaves; the page of Markdown."""

import math
import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_type_hints

from sim.record.ensemble import Ensemble
from sim.record.patterns.checks import Check
from sim.record.patterns.estimate import Figure
from sim.record.patterns.file import PatternsFile
from sim.record.patterns.judge import PatternVerdict, Row, TestVerdict, tally

WIDTH = 100

PICTURE = "figures/hindcast.png"
"""Where the picture of the hindcast lies, seen from the page."""


def digits_of(error: float) -> int:
    """Digits behind the point that an error leaves: one that counts, two if it begins with 1.

    >>> digits_of(0.012), digits_of(0.0008), digits_of(0.3), digits_of(25.0)
    (3, 4, 1, 0)
    """
    place = math.floor(math.log10(error))
    leading = error / 10.0**place
    return max(0, -place + int(leading < 2))


def number(value: float, digits: int | None = None) -> str:
    """A number with some digits behind the point, or with four that count.

    >>> number(0.30000001), number(-18.672, 1), number(float("nan"))
    ('0.3', '-18.7', '–')
    """
    if math.isnan(value):
        return "–"
    if digits is None:
        return f"{value:.4g}"
    return f"{value if round(value, digits) else 0.0:.{digits}f}"


def figure_words(figure: Figure) -> str:
    """A figure with its interval in brackets, and two digits that count at least.

    >>> figure_words(Figure(0.71325, 0.7013, 0.7249)), figure_words(Figure(0.92, 0.4, 1.8))
    ('0.713 [0.701, 0.725]', '0.92 [0.40, 1.80]')
    >>> figure_words(Figure(0.3)), figure_words(Figure(2.0, 2.0, 2.0))
    ('0.3', '2 [2, 2]')
    """
    reach = (figure.high - figure.low) / 2
    if math.isnan(reach):
        return number(figure.value)
    least = 1 - math.floor(math.log10(abs(figure.value))) if figure.value else 0
    digits = max(digits_of(reach), least) if reach > 0 else None
    ends = f"[{number(figure.low, digits)}, {number(figure.high, digits)}]"
    return f"{number(figure.value, digits)} {ends}"


def spread_words(figure: Figure) -> str:
    """The range of 90 % of the runs, or nothing.

    >>> spread_words(Figure(3.2, 3.1, 3.3, 1.0, 6.0)), spread_words(Figure(0.5))
    ('1 … 6', '')
    """
    if math.isnan(figure.spread_low):
        return ""
    return f"{figure.spread_low:.3g} … {figure.spread_high:.3g}"


def bounds_words(low: float | None, high: float | None) -> str:
    """Bounds in words.

    >>> bounds_words(0.4, 0.85), bounds_words(None, 3.0), bounds_words(0.2, None)
    ('0.4 to 0.85', 'at most 3', 'at least 0.2')
    """
    if low is None:
        return "–" if high is None else f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"{low:g} to {high:g}"


def ensemble_words(name: str, ensemble: Ensemble) -> str:
    """An ensemble in words."""
    return f"{name}: {ensemble.scenario} from {ensemble.start}, {ensemble.months} months"


def reference_words(check: Check) -> str:
    """The figure of the model document, as precise as it is printed; nothing where it has none."""
    if check.reference is None or check.reference_half is None:
        return ""
    place = math.floor(math.log10(2 * check.reference_half) + 1e-9)
    return number(check.reference, max(0, -place))


class Cells(NamedTuple):
    """A test in words, as its row in a table; empty where there is nothing to say."""

    says: str
    ensembles: str
    figure: str
    unit: str
    bounds: str
    holds: str
    spread: str
    reference: str


def cells_of(one: TestVerdict) -> Cells:
    """A test in words."""
    check, figure = one.check, one.figure
    return Cells(
        check.says,
        ", ".join(check.ensembles),
        figure_words(figure),
        check.unit,
        bounds_words(check.low, check.high),
        "yes" if one.held else "no",
        spread_words(figure),
        reference_words(check),
    )


def page(
    case: str, file: PatternsFile, verdicts: Sequence[PatternVerdict], runs: int, seed: int
) -> str:
    """The whole page of Markdown; `runs` and `seed` are those of the figures."""
    facts = [
        f"| {one.id} | {one.pattern.title} | {one.verdict} | {one.pattern.reference} |"
        for one in verdicts
    ]
    parts = [
        "# The model against stylised facts",
        f"Written by `sim patterns --markdown` from `seeds/{case}/patterns.yaml`; not by hand.",
        folded(f"**{file.caution}**"),
        folded(
            f"{runs:,} runs of each ensemble, seed {seed}: {tally(verdicts)}. A pattern is met if "
            "all its tests hold, missed if none does, and partly met otherwise. A figure that "
            "equals a bound holds. In brackets: the 90 % interval of a figure, from Monte-Carlo "
            f"error alone. The column *document* has the figures of {file.reference}."
        ),
        "\n".join(f"- {ensemble_words(*each)}" for each in file.ensembles.items()),
        table_of(["", "stylised fact", "verdict", "document"], facts),
        "## The record over the simulated runs",
        f"![Record and simulated runs from the start of the record on]({PICTURE})",
        *(part for one in verdicts for part in _section(one)),
        "## Columns of the table",
        "`sim patterns --csv` prints a row for each test, `--json` the same with these names.",
        table_of(["column", "unit", "meaning"], _columns()),
    ]
    return "\n\n".join(parts) + "\n"


def table_of(header: Sequence[str], lines: Sequence[str]) -> str:
    """A table of Markdown; `lines` are its rows as they are."""
    head = f"| {' | '.join(header)} |".replace("|  |", "| |")
    return "\n".join([head, f"| {' | '.join(['---'] * len(header))} |", *lines])


def _columns() -> list[str]:
    hints = get_type_hints(Row, include_extras=True)
    return [f"| `{name}` | {' | '.join(hint.__metadata__)} |" for name, hint in hints.items()]


def folded(text: str) -> str:
    """A paragraph in lines of a fixed width."""
    return textwrap.fill(" ".join(text.split()), WIDTH, break_on_hyphens=False)


def _section(one: PatternVerdict) -> Iterator[str]:
    pattern = one.pattern
    yield f"## {one.id}: {pattern.title}"
    yield folded(
        f"{pattern.fact} *Evidence:* {pattern.evidence} *Source:* {pattern.source}; confidence "
        f"{pattern.confidence}. **Verdict: {one.verdict}.**"
    )
    header = ("test", "ensemble", "figure", "unit", "bounds", "holds", "90 % of runs", "document")
    yield table_of(header, [f"| {' | '.join(cells_of(each))} |" for each in one.tests])
    yield from map(folded, one.notes)
