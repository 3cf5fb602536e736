"""The case with one file changed: where a text stands in it, and why it is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.case.load import load_case
from sim.documents import BadFile

Edit = Callable[..., Path]
"""Copies the case and changes one file of it; see conftest.py."""


def faults(folder: Path) -> list[str]:
    """The lines of the refusal of a case."""
    with pytest.raises(BadFile) as caught:
        load_case(folder)
    return str(caught.value).splitlines()


def place(folder: Path, file: str, text: str, within: str = "") -> str:
    """`case/file:line:column` of the first `text` in a file, after `within` if given."""
    content = (folder / file).read_text(encoding="utf-8")
    at = content.index(text, content.index(within))
    line = content.count("\n", 0, at) + 1
    column = at - (content.rfind("\n", 0, at) + 1) + 1
    return f"{folder.name}/{file}:{line}:{column}"


def cell(folder: Path, row: str, column: str) -> str:
    """`case/actors.csv:line:column` of a cell; columns are counted."""
    lines = (folder / "actors.csv").read_text(encoding="utf-8").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if text.startswith(f"{row},"))
    return f"{folder.name}/actors.csv:{line}:{lines[0].split(',').index(column) + 1}"
