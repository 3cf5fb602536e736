"""Reading the files of a case folder: which keys, names and columns they must have."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from sim.case.numbers import ColumnEntry
from sim.documents import BadFile, Document, Fault, Keys, did_you_mean
from sim.reader import HEADER, read_table, read_yaml
from sim.validation import parsed

Documents = Mapping[str, Document]
Part = TypeVar("Part", bound=BaseModel)

YAML_FILES = (
    "case.yaml",
    "parameters.yaml",
    "policies.yaml",
    "issues.yaml",
    "actors.columns.yaml",
    "pools.yaml",
    "projects.yaml",
    "ties.yaml",
    "starts.yaml",
)
TABLES = {"actors.csv": 1, "actors.sources.csv": 2}
"""Tables of a case, and how many columns make the key of a row."""

NAME = re.compile(r"[A-Za-z0-9_-]+")
"""What may name an actor, policy, pool, project or start; a point would split a number's path."""


def read_documents(folder: Path) -> Documents:
    """Every file of the case by its name; raises BadFile or MissingFile."""
    found = {name: read_yaml(folder / name, f"{folder.name}/{name}") for name in YAML_FILES}
    tables = {
        name: read_table(folder / name, f"{folder.name}/{name}", keys)
        for name, keys in TABLES.items()
    }
    return {**found, **tables}


def one_each(faults: list[Fault]) -> list[Fault]:
    """The first fault of each part of a file: one of a column is one and not one for each cell."""
    return list({(fault.file, fault.path): fault for fault in reversed(faults)}.values())[::-1]


def refuse(faults: Iterable[Fault]) -> None:
    """Raise BadFile if there is a fault; a fault that is told twice counts once."""
    once = list(dict.fromkeys(faults))
    if once:
        raise BadFile(once)


def mapping(document: Document, keys: Keys = ()) -> dict[str, Any]:
    """The mapping at `keys`, the last of which may lead to nothing or to something else: then {}.

    Of that the form of the file tells.
    """
    value = document.value
    for key in keys:
        value = value.get(key)
    return value if isinstance(value, dict) else {}


def names(document: Document, keys: Keys = ()) -> tuple[list[str], list[Fault]]:
    """The keys of the mapping at `keys` that can stand in a path, and the faults of the others."""
    given = mapping(document, keys)
    faults = [
        document.fault((*keys, name), "a name holds letters, digits, _ and - and nothing else")
        for name in given
        if not NAME.fullmatch(name)
    ]
    return [name for name in given if NAME.fullmatch(name)], faults


def parts(
    document: Document, model: type[Part], keys: Keys = ()
) -> tuple[dict[str, Part], list[Fault]]:
    """Each entry of the mapping at `keys` as `model` if it is sound, and the faults of the rest."""
    sound, faults = names(document, keys)
    found = {}
    for name in sound:
        part, wrong = parsed(model, document, (*keys, name))
        faults += wrong
        if part is not None:
            found[name] = part
    return found, faults


def known_keys(
    document: Document,
    keys: Keys,
    wanted: Sequence[str],
    elsewhere: Mapping[str, str] | None = None,
    optional: Sequence[str] = (),
) -> list[Fault]:
    """What the mapping at `keys` lacks of the wanted keys, and which of its keys nobody knows.

    `elsewhere` says of a key that is not wanted here where it belongs; wanted keys that are
    `optional` may be left out.
    """
    given, hints = mapping(document, keys), elsewhere or {}
    lacking = [name for name in wanted if name not in given and name not in optional]
    unknown = {
        name: hints.get(name, f"unknown key{did_you_mean(name, list(wanted))}")
        for name in given
        if name not in wanted
    }
    return [
        *(document.fault(keys, f"{name} is missing") for name in lacking),
        *(document.fault((*keys, name), message) for name, message in unknown.items()),
    ]


def column_faults(
    document: Document,
    keys: Keys,
    columns: Mapping[str, ColumnEntry],
    wanted: Sequence[str],
    texts: Sequence[str] = (),
) -> list[Fault]:
    """Which columns at `keys` are missing or unknown, and which hold numbers but say text."""
    return known_keys(document, keys, (*texts, *wanted)) + [
        document.fault((*keys, name, "kind"), "holds numbers, not text")
        for name, column in columns.items()
        if name in wanted and column.kind == "text"
    ]


def title_faults(table: Document, wanted: Sequence[str]) -> list[Fault]:
    """Which columns a table lacks, and which of them nobody knows."""
    given = titles(table)
    lacking = [name for name in wanted if name not in given]
    unknown = [name for name in given if name not in wanted]
    return [
        *(table.fault((), f"column {name} is missing") for name in lacking),
        *(
            table.fault((HEADER, name), f"unknown column{did_you_mean(name, list(wanted))}")
            for name in unknown
        ),
    ]


def titles(table: Document) -> list[str]:
    """The titles of a table's columns."""
    return [str(keys[1]) for keys in table.places if len(keys) == 2 and keys[0] == HEADER]
