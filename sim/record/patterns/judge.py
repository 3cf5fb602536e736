"""Verdicts: which tests a figure holds, and whether a pattern is met, met in part or missed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sim.record.patterns.checks import AnyCheck
from sim.record.patterns.estimate import Figure
from sim.record.patterns.file import Pattern, PatternsFile

Verdict = Literal["met", "partly", "missed"]

VERDICTS: tuple[Verdict, ...] = ("met", "partly", "missed")


@dataclass(frozen=True)
class Tested:
    """A test with its figure, and whether the figure lies within the bounds."""

    check: AnyCheck
    figure: Figure
    held: bool


@dataclass(frozen=True)
class Judged:
    """A pattern with its tests and the verdict on it."""

    id: str
    pattern: Pattern
    tests: tuple[Tested, ...]
    verdict: Verdict

    @property
    def notes(self) -> list[str]:
        """What else belongs to the pattern and to its figures, each once."""
        notes = [self.pattern.note, *(each.figure.note for each in self.tests)]
        return [note for note in dict.fromkeys(notes) if note]


@dataclass(frozen=True)
class Row:
    """A test in one line, as it stands in a table. Ends that are not there are NaN."""

    pattern: str
    title: str
    verdict: str
    test: int
    says: str
    unit: str
    figure: float
    error_low: float
    error_high: float
    spread_low: float
    spread_high: float
    low: float | None
    high: float | None
    held: bool
    reference: float | None
    runs: int
    seed: int
    evidence: str
    source: str
    note: str


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


def judge(file: PatternsFile, figures: Mapping[str, Sequence[Figure]]) -> list[Judged]:
    """Each pattern of which there are figures, in their order."""
    found = []
    for name, own in figures.items():
        pattern = file.patterns[name]
        tests = tuple(
            Tested(check, figure, holds(figure.value, check.low, check.high))
            for check, figure in zip(pattern.tests, own, strict=True)
        )
        found.append(Judged(name, pattern, tests, verdict([one.held for one in tests])))
    return found


def tally(judged: Sequence[Judged]) -> str:
    """How many patterns have each verdict, in words."""
    counts = {word: sum(one.verdict == word for one in judged) for word in VERDICTS}
    return ", ".join(f"{number} {word}" for word, number in counts.items())


def rows(judged: Sequence[Judged], runs: int, seed: int) -> list[Row]:
    """Every test as a line of a table."""
    return [
        Row(
            one.id,
            one.pattern.title,
            one.verdict,
            place,
            each.check.says,
            each.check.unit,
            each.figure.value,
            each.figure.low,
            each.figure.high,
            each.figure.spread_low,
            each.figure.spread_high,
            each.check.low,
            each.check.high,
            each.held,
            each.check.reference,
            runs,
            seed,
            one.pattern.evidence,
            one.pattern.source,
            each.figure.note,
        )
        for one in judged
        for place, each in enumerate(one.tests, start=1)
    ]
