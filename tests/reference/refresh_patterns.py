"""Renew `results/reference/patterns.csv`, `docs/patterns.md` and its picture: takes half a minute.

python -m tests.reference.refresh_patterns. Say why in CHANGELOG.md. The page is written from the
table, so a quick test can hold the one against the other.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from PIL import Image

from sim.analysis.save import table
from sim.figures.hindcast import hindcast as picture
from sim.figures.save import save
from sim.record.ensemble import Runs
from sim.record.hindcast import hindcast
from sim.record.patterns.estimate import Figure
from sim.record.patterns.judge import Row, judge, rows
from sim.record.patterns.page import PICTURE, page
from sim.record.patterns.play import Patterns, chosen, figures, load_patterns

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "results" / "reference" / "patterns.csv"
PAGE = ROOT / "docs" / "patterns.md"
CASE = "afghanistan"

COLOURS = 64
"""Colours that the picture keeps, so that it stays small."""

Lines = list[dict[str, str]]


def read(text: str) -> Lines:
    """The lines of a table."""
    return list(csv.DictReader(io.StringIO(text)))


def number(cell: str) -> float:
    """A number of a table; NaN for a blank."""
    return float(cell) if cell else float("nan")


def figures_in(lines: Iterable[Mapping[str, str]]) -> dict[str, list[Figure]]:
    """The figures of a table by pattern."""
    found: dict[str, list[Figure]] = {}
    for line in lines:
        names = ("figure", "error_low", "error_high", "spread_low", "spread_high")
        figure = Figure(*(number(line[name]) for name in names), note=line["note"])
        found.setdefault(line["pattern"], []).append(figure)
    return found


def page_of(patterns: Patterns, text: str) -> str:
    """The page that belongs to a table."""
    lines = read(text)
    judged = judge(patterns.file, figures_in(lines))
    runs, seed = (int(lines[0][name]) for name in ("runs", "seed"))
    return page(CASE, patterns.file, judged, runs, seed)


def main() -> None:
    """Write the table, the page and the picture."""
    patterns, how = load_patterns(CASE), Runs()
    found = judge(patterns.file, figures(patterns, chosen(patterns, []), how))
    text = table(Row, rows(found, how.runs, how.seed))
    TABLE.write_text(text, encoding="utf-8")
    PAGE.write_text(page_of(patterns, text), encoding="utf-8")
    file = save(picture(hindcast(CASE, how)), PAGE.parent / PICTURE)
    Image.open(file).convert("RGB").quantize(COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    main()
