"""Verdicts: which tests a figure holds, and whether a pattern is met, met in part or missed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from sim.record.patterns.checks import AnyCheck
from sim.record.patterns.estimate import Figure
from sim.record.patterns.file import Pattern, PatternsFile

Verdict = Literal["met", "partly", "missed"]

VERDICTS: tuple[Verdict, ...] = ("met", "partly", "missed")


@dataclass(frozen=True)
class TestVerdict:
    """A test with its figure, and whether the figure lies within the bounds."""

    check: AnyCheck
    figure: Figure
    held: bool


@dataclass(frozen=True)
class PatternVerdict:
    """A pattern with its tests and the verdict on it."""

    id: str
    pattern: Pattern
    tests: tuple[TestVerdict, ...]
    verdict: Verdict

    @property
    def notes(self) -> list[str]:
        """What else belongs to the pattern and to its figures, each once."""
        notes = [self.pattern.note, *(each.figure.note for each in self.tests)]
        return [note for note in dict.fromkeys(notes) if note]


OF_FIGURE = "that of the figure"
"""Unit of the columns that have the unit of their figure."""


@dataclass(frozen=True)
class Row:
    """A test in one line of a table, with unit and meaning of each column; blank where unknown."""

    pattern: Annotated[str, "id", "pattern of the case"]
    title: Annotated[str, "text", "title of the pattern"]
    verdict: Annotated[str, "word", "met, partly or missed: that of the whole pattern"]
    test: Annotated[int, "count", "number of the test within its pattern, from 1"]
    says: Annotated[str, "text", "the quantity that is tested, in words"]
    unit: Annotated[str, "unit", "unit of the figure"]
    figure: Annotated[float, OF_FIGURE, "the quantity over all runs"]
    error_low: Annotated[float, OF_FIGURE, "lower end of the 90 % interval, Monte-Carlo error only"]
    error_high: Annotated[float, OF_FIGURE, "upper end of that interval"]
    spread_low: Annotated[float, OF_FIGURE, "5 % of the runs lie below; blank for a share of runs"]
    spread_high: Annotated[float, OF_FIGURE, "5 % of the runs lie above"]
    low: Annotated[float | None, OF_FIGURE, "least value that passes the test; blank for any"]
    high: Annotated[float | None, OF_FIGURE, "largest value that passes the test; blank for any"]
    held: Annotated[bool, "flag", "whether the figure passes the test"]
    reference: Annotated[float | None, OF_FIGURE, "figure that the model document prints"]
    runs: Annotated[int, "count", "runs of each ensemble"]
    seed: Annotated[int, "number", "seed of the runs"]
    evidence: Annotated[str, "text", "what the fact rests on"]
    source: Annotated[str, "text", "where the evidence is found"]
    note: Annotated[str, "text", "what else belongs to the figure"]


def holds(value: float, low: float | None, high: float | None) -> bool:
    """Whether a value lies within bounds, which belong to it; NaN never does.

    >>> holds(0.5, None, 0.5), holds(0.5, 0.6, None), holds(float("nan"), None, 1.0)
    (True, False, False)
    """
    above = value >= low if low is not None else value == value
    below = value <= high if high is not None else value == value
    return above and below


def verdict(held: Sequence[bool]) -> Verdict:
    """Met if all tests hold, missed if none does, partly in between."""
    if all(held):
        return "met"
    return "partly" if any(held) else "missed"


def judge(file: PatternsFile, figures: Mapping[str, Sequence[Figure]]) -> list[PatternVerdict]:
    """Each pattern of which there are figures, in their order."""
    verdicts = []
    for name, own in figures.items():
        pattern = file.patterns[name]
        tests = tuple(
            TestVerdict(check, figure, holds(figure.value, check.low, check.high))
            for check, figure in zip(pattern.tests, own, strict=True)
        )
        verdicts.append(PatternVerdict(name, pattern, tests, verdict([one.held for one in tests])))
    return verdicts


def tally(verdicts: Sequence[PatternVerdict]) -> str:
    """How many patterns have each verdict, in words."""
    counts = {word: sum(one.verdict == word for one in verdicts) for word in VERDICTS}
    return ", ".join(f"{number} {word}" for word, number in counts.items())


def rows(verdicts: Sequence[PatternVerdict], runs: int, seed: int) -> list[Row]:
    """Every test as a line of a table."""
    return [_row(one, place, runs, seed) for one in verdicts for place in range(len(one.tests))]


def _row(one: PatternVerdict, place: int, runs: int, seed: int) -> Row:
    tested, pattern = one.tests[place], one.pattern
    check, figure = tested.check, tested.figure
    named = (one.id, pattern.title, one.verdict, place + 1, check.says, check.unit)
    numbers = (figure.value, figure.low, figure.high, figure.spread_low, figure.spread_high)
    bounds = (check.low, check.high, tested.held, check.reference)
    backing = (pattern.evidence, pattern.source, figure.note)
    return Row(*named, *numbers, *bounds, runs, seed, *backing)
