"""Reading YAML and CSV files a person wrote, with the place of every value (the only reader).

YAML 1.2 core types: `NO` is text and `12:30` is text. Duplicate keys, tags, anchors and aliases are
refused. Every fault is one line: `file:line:column: path: what is wrong`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from sim.io.documents import Document, Keys, spelled
from sim.io.errors import BadFile, Fault, MissingFile, Place
from sim.io.opening import read_plain

HEADER = ""
"""The row under which the places of a table's column titles stand."""

LONGEST_NUMBER = 300
"""Digits beyond which a number stays text, and is refused where a number is wanted."""

ODD_BLANKS = "\u00a0\u2007\u202f"
"""Blanks that do not break a line, which word processors and web pages put into text."""

ODD_BLANK = "a no-break space; use a plain blank"

LARGEST_FILE = 4_000_000
"""Bytes of the largest file that is read."""


TRICK = re.compile(r"[&*!]")
"""What every anchor, alias and tag has: most files hold none, and are gone through once only."""


class _Loader(yaml.CSafeLoader):
    """Composes YAML with the core types of version 1.2 instead of those of 1.1."""

    yaml_implicit_resolvers: dict[Any, Any] = {}


CORE_TYPES = (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?[0-9]+", list("-+0123456789")),
    (
        "tag:yaml.org,2002:float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
)


for _tag, _pattern, _first in CORE_TYPES:
    _Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _first)


def _scalar(tag: str, text: str) -> Any:
    kind = tag.rsplit(":", 1)[-1]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int" and len(text) <= LONGEST_NUMBER:
        return int(text)
    if kind == "float":
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


class _Builder:
    """Turns composed nodes into plain values, noting places and faults."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Keys, Place | None] = {}
        self.faults: list[Fault] = []

    def build(self, node: yaml.Node, keys: Keys) -> Any:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.places.setdefault(keys, place)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, keys)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*keys, i)) for i, item in enumerate(node.value)]
        return _scalar(node.tag, node.value)

    def _mapping(self, node: yaml.MappingNode, keys: Keys) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for key_node, item in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            key = str(key_node.value)
            way = (*keys, key)
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault(self.name, place, spelled(keys), "a key must be text"))
            elif not key_node.style and any(blank in key for blank in ODD_BLANKS):
                self.faults.append(Fault(self.name, place, spelled(keys), ODD_BLANK))
            elif key in value:
                first = self.places[way]
                message = f"duplicate key, first given in line {first[0] if first else 0}"
                self.faults.append(Fault(self.name, place, spelled(way), message))
            else:
                self.places[way] = place
                value[key] = self.build(item, way)
        return value


def _refuse_tricks(name: str, text: str) -> None:
    if not TRICK.search(text):
        return
    faults = []
    events: Iterable[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
    for event in events:
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            faults.append(Fault(name, place, "", "anchors and aliases (& and *) are not used here"))
        elif getattr(event, "tag", None) and not isinstance(event, yaml.DocumentStartEvent):
            faults.append(Fault(name, place, "", f"tags ({event.tag}) are not used here"))
    if faults:
        raise BadFile(faults)


def _yaml_trouble(text: str, place: Place | None, problem: str | None) -> str:
    """What is wrong with the YAML, and the usual mend."""
    lines = text.split("\n")
    line = lines[place[0] - 1] if place and place[0] <= len(lines) else ""
    if "\t" in line:
        return "a tab; use blanks"
    if any(blank in line for blank in ODD_BLANKS):
        return ODD_BLANK
    if problem and "nesting" in problem:
        return "nested too deeply"
    if problem and "mapping values" in problem:
        return "a second colon in the line; put quotes around text that holds one"
    if problem and "expected" in problem:
        return f"the indent or a bracket is off, or a quote is open ({problem})"
    return f"not YAML: {problem}"


def read_text(path: Path, name: str = "") -> str:
    """The text of a file; raises MissingFile, or BadFile if it is too large or not UTF-8."""
    name = name or str(path)
    try:
        content = read_plain(path, LARGEST_FILE)
    except FileNotFoundError:
        raise MissingFile(f"{name}: no such file") from None
    except OSError as error:
        raise BadFile([Fault(name, None, "", error.strerror or "cannot be read")]) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile([Fault(name, None, "", "not a text file in UTF-8")]) from None


def parse_yaml(text: str, name: str) -> Document:
    """The one YAML document in `text`, a mapping; raises BadFile."""
    try:
        _refuse_tricks(name, text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else None
        raise BadFile([Fault(name, place, "", _yaml_trouble(text, place, error.problem))]) from None
    except yaml.YAMLError as error:
        raise BadFile([Fault(name, None, "", f"not YAML: {str(error).splitlines()[0]}")]) from None
    except RecursionError:
        raise BadFile([Fault(name, None, "", "nested too deeply")]) from None
    if node is None:
        raise BadFile([Fault(name, (1, 1), "", "the file is empty")])
    if not isinstance(node, yaml.MappingNode):
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        raise BadFile([Fault(name, place, "", "the top of the file must be `key: value` lines")])
    builder = _Builder(name)
    try:
        value = builder.build(node, ())
    except RecursionError:
        raise BadFile([Fault(name, None, "", "nested too deeply")]) from None
    if builder.faults:
        raise BadFile(builder.faults)
    return Document(name, value, builder.places)


def read_yaml(path: Path, name: str = "") -> Document:
    """The YAML document in a file; raises BadFile or MissingFile."""
    return parse_yaml(read_text(path, name), name or str(path))


def read_table(path: Path, name: str = "", keys: int = 1) -> Document:
    """The rows of a CSV file, as `parse_table` gives them; raises BadFile or MissingFile."""
    return parse_table(read_text(path, name), name or str(path), keys)


def parse_table(text: str, name: str, keys: int = 1) -> Document:
    """The rows of CSV text as `{key: {column: cell}}`; raises BadFile.

    The first `keys` columns, joined by a blank, are the key of a row. The place of a cell is its
    line and the number of its column; that of a column's title stands under (HEADER, title).
    """
    (_, header), *lines = list(_lines(text, name)) or [(1, [])]
    rows: dict[str, dict[str, str]] = {}
    places: dict[Keys, Place | None] = {(): (1, 1)}
    faults = []
    for column, title in enumerate(header, start=1):
        if (HEADER, title) in places:
            message = "duplicate column, first given to the left"
            faults.append(Fault(name, (1, column), title, message))
        places[(HEADER, title)] = (1, column)
    for line, cells in lines:
        if len(cells) != len(header):
            message = f"{len(cells)} cells where the header has {len(header)}"
            faults.append(Fault(name, (line, 1), cells[0], message))
            continue
        row = " ".join(cells[:keys])
        if row in rows:
            faults.append(Fault(name, (line, 1), row, "duplicate row, first given above"))
        rows[row] = dict(zip(header, cells, strict=True))
        places[(row,)] = (line, 1)
        for column, title in enumerate(header):
            places[(row, title)] = (line, column + 1)
    if faults:
        raise BadFile(faults)
    return Document(name, rows, places)


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that has any, with its number; raises BadFile for what is no CSV."""
    reader = csv.reader(io.StringIO(text))
    try:
        yield from ((reader.line_num, cells) for cells in reader if cells)
    except csv.Error as error:
        message = f"not a table of comma-separated values: {_table_trouble(str(error))}"
        raise BadFile([Fault(name, (reader.line_num, 1), "", message)]) from None


def _table_trouble(problem: str) -> str:
    """What is wrong with a table, and the usual mend."""
    if "new-line" in problem:
        return "a line ends with a bare carriage return; save the file with line feeds"
    if "larger than" in problem:
        return "a cell is too long, or a quote is open"
    return problem
