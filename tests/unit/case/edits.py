"""The case with one file changed in memory: where a text stands in it, and why it is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import pytest

from sim.case.case import Case
from sim.case.folder import TABLES, Documents, read_documents
from sim.case.load import case_in
from sim.io.errors import BadFile
from sim.io.places import shipped
from sim.io.reader import parse_table, parse_yaml

FOLDER = shipped("seeds") / "afghanistan"


@cache
def documents() -> Documents:
    """The files of the case as they come, read once."""
    return read_documents(FOLDER)


def text_of(file: str) -> str:
    """A file as it comes."""
    return (FOLDER / file).read_text(encoding="utf-8")


def line_of(file: str, begins: str) -> str:
    """The first line of a file that begins so, blanks aside: a list may grow with the issues."""
    lines = (line.strip() for line in text_of(file).splitlines())
    return next(line for line in lines if line.startswith(begins))


ISSUES = len(documents()["issues.yaml"].value)
ONE_FOR_EACH = f"needs a list of {ISSUES} numbers, one for each issue"


def by_issue(*first: float) -> str:
    """A list by issue that begins so, with 0 for all others."""
    return str([*first, *[0] * (ISSUES - len(first))])


@dataclass(frozen=True)
class Edited:
    """The case with other texts of some files."""

    texts: Mapping[str, str]

    def case(self) -> Case:
        """The case; raises BadFile."""
        changed = {
            file: parse_table(text, f"afghanistan/{file}", TABLES[file])
            if file in TABLES
            else parse_yaml(text, f"afghanistan/{file}")
            for file, text in self.texts.items()
        }
        return case_in({**documents(), **changed})

    def text(self, file: str) -> str:
        """The text of a file."""
        return self.texts.get(file) or text_of(file)


Edit = Callable[..., Edited]


def edited(file: str, *changes: tuple[str, str]) -> Edited:
    """The case with one file changed, each `old` text once for a `new` one."""
    text = text_of(file)
    for old, new in changes:
        assert old in text, f"{file} has no {old!r}"
        text = text.replace(old, new, 1)
    return Edited({file: text})


def faults(case: Edited) -> list[str]:
    """The lines of the refusal of a case."""
    with pytest.raises(BadFile) as caught:
        case.case()
    return str(caught.value).splitlines()


def place(case: Edited, file: str, text: str, within: str = "") -> str:
    """`case/file:line:column` of the first `text` in a file, after `within` if given."""
    content = case.text(file)
    at = content.index(text, content.index(within))
    line = content.count("\n", 0, at) + 1
    column = at - (content.rfind("\n", 0, at) + 1) + 1
    return f"afghanistan/{file}:{line}:{column}"


def cell(case: Edited, row: str, column: str) -> str:
    """`case/actors.csv:line:column` of a cell; columns are counted."""
    lines = case.text("actors.csv").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if text.startswith(f"{row},"))
    return f"afghanistan/actors.csv:{line}:{lines[0].split(',').index(column) + 1}"
