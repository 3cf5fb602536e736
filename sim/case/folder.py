"""The files of a case folder as documents: where cases are, and what a case takes from its base."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.io.documents import Document, Keys, did_you_mean
from sim.io.errors import BadFile, Fault
from sim.io.places import shipped
from sim.io.reader import HEADER, read_table, read_yaml

Documents = Mapping[str, Document]

HEAD = "case.yaml"
"""The file that makes a folder a case."""

DEPTHS = {
    HEAD: 1,
    "parameters.yaml": 1,
    "policies.yaml": 2,
    "issues.yaml": 0,
    "actors.csv": 1,
    "actors.columns.yaml": 1,
    "actors.sources.csv": 1,
    "pools.yaml": 1,
    "projects.yaml": 1,
    "ties.yaml": 2,
    "starts.yaml": 1,
}
"""The files of a case, and how many keys lead to an entry that takes the place of its base's.

A file of depth 0 takes the place of the base's as a whole.
"""

OPTIONAL = ("issues.yaml", "actors.sources.csv", "pools.yaml", "projects.yaml")
"""Files that a case without a base may leave out."""

TABLES = {"actors.csv": 1, "actors.sources.csv": 2}
"""Tables of a case, and how many columns make the key of a row."""

TITLES = (HEADER,)
"""The way to the titles of a table's columns."""

OWN = Path("seeds")
"""Where a user's own cases are, below the working folder."""


def case_folders() -> dict[str, Path]:
    """The folder of every case by name; a user's own come before those shipped."""
    found: dict[str, Path] = {}
    for folder in (shipped("seeds"), OWN):
        if folder.is_dir():
            found.update({path.parent.name: path.parent for path in folder.glob(f"*/{HEAD}")})
    return found


def base_of(folder: Path) -> str | None:
    """The name of the case on which the one in a folder builds; None where it says none."""
    try:
        base = read_yaml(folder / HEAD).value.get("base")
    except BadFile:
        return None
    return base if isinstance(base, str) else None


def root_of(folder: Path) -> str:
    """The case at the bottom of those on which the one in a sound folder builds."""
    base = base_of(folder)
    return root_of(case_folders()[base]) if base else folder.name


def read_documents(folder: Path, above: tuple[str, ...] = ()) -> Documents:
    """Every file of the case by its name, over those of its base.

    `above` are the cases that build on this one. Raises MissingFile, or BadFile with all faults.
    """
    head = read_yaml(folder / HEAD, f"{folder.name}/{HEAD}")
    base = _base(head, (*above, folder.name))
    found: dict[str, Document] = {}
    faults: list[Fault] = []
    for name in DEPTHS:
        try:
            found[name] = _read(folder, name, base)
        except BadFile as refusal:
            faults += refusal.faults
    if faults:
        raise BadFile(faults)
    return found


def _base(head: Document, above: tuple[str, ...]) -> Documents:
    """The files of the base of a case; none where it has none."""
    name = head.value.get("base")
    if not isinstance(name, str):
        return {}
    folders = case_folders()
    if name not in folders:
        message = f"{name}: no such case{did_you_mean(name, sorted(folders))}"
        raise BadFile([head.fault(("base",), message)])
    if name in above:
        circle = " -> ".join((*above, name))
        raise BadFile([head.fault(("base",), f"builds on itself: {circle}")])
    return read_documents(folders[name], above)


def _read(folder: Path, name: str, base: Documents) -> Document:
    """A file of a case over that of its base; an empty document where it may be left out."""
    path, shown = folder / name, f"{folder.name}/{name}"
    if not path.exists() and name != HEAD and (name in base or name in OPTIONAL):
        own = Document(shown, {}, {(): (1, 1)})
    elif name in TABLES:
        own = read_table(path, shown, TABLES[name])
    else:
        own = read_yaml(path, shown)
    return overlaid(base[name], own, DEPTHS[name] if own.value else 1) if name in base else own


def overlaid(base: Document, own: Document, depth: int) -> Document:
    """`own` over its base: entries, `depth` keys down, that it does not give are the base's."""
    result = Document(own.name, {}, own.places)
    result.parts.update({(HEADER, title): (base, (HEADER, title)) for title in titles(base)})
    for title in titles(own):
        result.parts.pop((HEADER, title), None)
    result.value.update(_over(base, own.value, (), depth, result))
    return result


def _over(base: Document, own: Any, keys: Keys, depth: int, result: Document) -> Any:
    """The value `own` over that at `keys` of the base; notes what comes from there."""
    below = at(base, keys)
    if not depth or not isinstance(own, dict) or not isinstance(below, dict):
        return own
    result.parts.update({(*keys, key): (base, (*keys, key)) for key in below if key not in own})
    over = {key: _over(base, own[key], (*keys, key), depth - 1, result) for key in own}
    return {**below, **over}


def is_inherited(document: Document, keys: Keys) -> bool:
    """Whether what stands at `keys` comes from the base of a case."""
    return document.source(keys)[0] is not document


def folder_of(document: Document) -> str:
    """The name of the folder of a case's file."""
    return document.name.partition("/")[0]


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
    A key that is inherited may be one too many. At `TITLES` the keys are the columns of a table.
    """
    given = titles(document) if keys == TITLES else at(document, keys)
    if keys != TITLES and not isinstance(given, dict):
        return []
    known, word = [*others, *wanted], "column" if keys == TITLES else "key"
    named = "column " if keys == TITLES else ""
    faults = [
        document.fault(keys, f"{named}{name} is missing") for name in wanted if name not in given
    ]
    for name in given:
        if name not in known and not is_inherited(document, (*keys, name)):
            unknown = f"unknown {word}{did_you_mean(name, known)}"
            faults.append(document.fault((*keys, name), (hints or {}).get(name, unknown)))
    return faults


def titles(table: Document) -> list[str]:
    """The titles of a table's columns."""
    return [str(keys[1]) for keys in (*table.places, *table.parts) if keys[:1] == (HEADER,)]
