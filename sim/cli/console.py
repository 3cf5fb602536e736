"""What the terminal shows: tables and numbers."""

import json
import math
import shutil
from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill, wrap
from typing import Any

import click

WIDTH = 80
"""Columns where there is no terminal."""

INDENT, GAP = "  ", "  "
"""What stands before a line of a table, and between its columns."""

LEAST_LABEL = 30
"""Columns in which a label may be folded."""


def shown(value: float) -> str:
    """A number for reading: about four significant digits, thousands apart.

    >>> shown(12345.678), shown(0.04321), shown(float("nan")), shown(-0.00001)
    ('12,346', '0.0432', '–', '-1e-05')
    """
    if math.isnan(value):
        return "–"
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    if size >= 100:
        return f"{value:.1f}"
    if size >= 1:
        return f"{value:.2f}"
    return f"{value:.3g}" if value else "0"


def change(value: float) -> str:
    """A difference for reading, with its sign."""
    text = shown(value)
    return f"+{text}" if value > 0 else text


def percent(share: float) -> str:
    """A share in per cent; a chance above 0 or below 1 never reads as 0 or 100.

    >>> percent(0.0), percent(0.0004), percent(0.5), percent(0.9999), percent(1.0)
    ('0', '<1', '50', '>99', '100')
    """
    if 0 < share <= 0.005:
        return "<1"
    if 0.995 <= share < 1:
        return ">99"
    return f"{100 * share:.0f}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> Iterator[str]:
    """Lines of a table; the first `left` columns are aligned to the left."""
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    for row in [header, *rows]:
        cells = [
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def terminal_width() -> int:
    """Columns of the terminal; `WIDTH` where there is none."""
    return max(20, shutil.get_terminal_size((WIDTH, 24)).columns)


def blocks(header: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Lines of a table of `(label, cells)` that is never wider than the terminal.

    A long label is folded beside its cells. Where they leave it less than `LEAST_LABEL` columns, it
    has a line of its own; where the cells do not fit in one line, some go below the first ones.
    """
    cells = [header, *(row for _, row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    longest = max((len(label) for label, _ in rows), default=0)
    room = terminal_width() - len(INDENT) - sum(widths) - len(GAP) * len(widths)
    if room >= min(longest, LEAST_LABEL):
        folded = [line for label, row in rows for line in _folded(label, row, room)]
        yield from (INDENT + line for line in table(["", *header], folded))
        return
    parts = list(_side_by_side(widths))
    yield from _below("", header, widths, parts)
    for label, row in rows:
        yield from _below(label, row, widths, parts)


def _folded(label: str, row: Sequence[str], room: int) -> Iterator[list[str]]:
    """A label in as many rows as it needs, its cells in the last one."""
    *first, last = wrap(label, room, subsequent_indent=INDENT) or [""]
    yield from ([line, *([""] * len(row))] for line in first)
    yield [last, *row]


def _side_by_side(widths: Sequence[int]) -> Iterator[slice]:
    """Columns that fit in one line of the terminal, line after line."""
    room, first, used = terminal_width() - 2 * len(INDENT), 0, 0
    for place, width in enumerate(widths):
        if place > first and used + width > room:
            yield slice(first, place)
            first, used = place, 0
        used += width + len(GAP)
    yield slice(first, len(widths))


def _below(
    label: str, row: Sequence[str], widths: Sequence[int], parts: Sequence[slice]
) -> Iterator[str]:
    """A label, and below it its cells."""
    yield from wrap(label, terminal_width(), initial_indent=INDENT, subsequent_indent=2 * INDENT)
    for part in parts:
        cells = (cell.rjust(width) for cell, width in zip(row[part], widths[part], strict=True))
        yield f"{2 * INDENT}{GAP.join(cells)}".rstrip()


def paragraph(text: str, indent: str = "", hanging: str = "") -> str:
    """Text folded to the width of a terminal; `hanging` sets in every line but the first."""
    folded = " ".join(text.split())
    return fill(folded, terminal_width(), initial_indent=indent, subsequent_indent=indent + hanging)


def entry(name: str, text: str, width: int = 10) -> str:
    """A name and a text that is folded to the right of it."""
    return name.ljust(width) + paragraph(text, " " * width)[width:]


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of text; none where a line cannot be made."""
    for line in [*lines]:
        click.echo(line)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
