"""The files of a case folder as documents: which there are, what keys and columns they have."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.documents import BadFile, Document, Fault, Keys, did_you_mean
from sim.reader import HEADER, read_table, read_yaml

Documents = Mapping[str, Document]

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


def read_documents(folder: Path) -> Documents:
    """Every file of the case by its name; raises MissingFile, or BadFile with all faults."""
    found: dict[str, Document] = {}
    faults: list[Fault] = []
    for name in (*YAML_FILES, *TABLES):
        path, shown = folder / name, f"{folder.name}/{name}"
        try:
            is_table = name in TABLES
            found[name] = (
                read_table(path, shown, TABLES[name]) if is_table else read_yaml(path, shown)
            )
        except BadFile as refusal:
            faults += refusal.faults
    if faults:
        raise BadFile(faults)
    return found


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """The faults file by file, each from top to bottom; one that is told twice counts once."""
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.place or (0, 0)))


def at(document: Document, keys: Keys) -> Any:
    """What stands at `keys`; None where nothing does."""
    value = document.value
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def mapping(document: Document, keys: Keys = ()) -> dict[str, Any]:
    """The mapping at `keys`; empty where there is none, which validation reports."""
    value = at(document, keys)
    return value if isinstance(value, dict) else {}


def known_keys(
    document: Document,
    keys: Keys,
    wanted: Iterable[str],
    others: Iterable[str] = (),
    hints: Mapping[str, str] | None = None,
) -> list[Fault]:
    """What the mapping at `keys` lacks of the wanted keys, and which of its keys nobody knows.

    It may have the `others`, too. `hints` says of a key that does not belong here where it does.
    """
    given, known = at(document, keys), [*others, *wanted]
    if not isinstance(given, dict):
        return []
    lacking = [name for name in wanted if name not in given]
    unknown = {
        name: (hints or {}).get(name, f"unknown key{did_you_mean(name, known)}")
        for name in given
        if name not in known
    }
    return [
        *(document.fault(keys, f"{name} is missing") for name in lacking),
        *(document.fault((*keys, name), message) for name, message in unknown.items()),
    ]


def title_faults(table: Document, wanted: Iterable[str]) -> list[Fault]:
    """Which columns a table lacks, and which of them nobody knows."""
    given, known = titles(table), list(wanted)
    lacking = [name for name in known if name not in given]
    unknown = [name for name in given if name not in known]
    return [
        *(table.fault((), f"column {name} is missing") for name in lacking),
        *(
            table.fault((HEADER, name), f"unknown column{did_you_mean(name, known)}")
            for name in unknown
        ),
    ]


def titles(table: Document) -> list[str]:
    """The titles of a table's columns."""
    return [str(keys[1]) for keys in table.places if len(keys) == 2 and keys[0] == HEADER]
