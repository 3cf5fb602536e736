"""The figures of the named scenarios that `figures.yaml` keeps."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "figures.yaml"

KINDS = (
    "mean",
    "quantile",
    "share above 0",
    "ratio",
    "difference",
    "relative difference",
)
"""What a figure may be `of`."""


@dataclass(frozen=True)
class Figure:
    """One figure: what it is a figure of, its kept value and half a unit of the last digit."""

    outcome: str
    of: str
    value: float = 0.0
    half: float = 0.0
    at: float = 0.5
    per: str = ""
    each: str = ""
    months: tuple[int, ...] = ()
    without: tuple[str, ...] = ()
    words: str = ""

    def is_plain(self, outcome: str, of: str) -> bool:
        """Whether it is this figure of the outcome as results have it."""
        narrowed = self.each or self.months or self.without
        return (self.outcome, self.of) == (outcome, of) and not narrowed


@dataclass(frozen=True)
class Entry:
    """A scenario with its number in the document, and the one with which its runs are paired."""

    name: str
    number: str
    against: str = "baseline"
    figures: tuple[Figure, ...] = ()


def figure_of(content: dict[str, Any]) -> Figure:
    """A figure as the file has it."""
    found = Figure(
        **{key: tuple(part) if isinstance(part, list) else part for key, part in content.items()}
    )
    if found.of not in KINDS:
        raise ValueError(f"{found.outcome}: of {found.of!r}")
    return found


def read_entries() -> dict[str, Entry]:
    """Every scenario of the file by name, in the order of its number in the document."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    entries = []
    for name, each in content.items():
        figures = tuple(map(figure_of, each["figures"]))
        entries.append(Entry(name, each["number"], each.get("against", "baseline"), figures))
    return {entry.name: entry for entry in sorted(entries, key=lambda entry: entry.number)}


ENTRIES = read_entries()
