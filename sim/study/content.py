"""What is planned, in full, in what two plans differ, and the files from which one was made."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim.io.places import shipped
from sim.io.reader import LARGEST_FILE, read_text
from sim.measures.measure import name_of
from sim.store.manifest import digest
from sim.study.load import LoadedStudy
from sim.study.methods import Table
from sim.study.points import case_content

SCENARIOS, TABLE = "scenarios", "table-{}.csv"
FORMAT = 1
MAKERS = ("numpy", "scipy", "SALib")
"""Packages that make the designs."""


def resolved(study: LoadedStudy) -> dict[str, Any]:
    """The study in full, with every `*` expanded; scenarios are files beside it."""
    content: dict[str, Any] = study.study.model_dump(mode="json", by_alias=True, exclude_none=True)
    files = {name: f"{SCENARIOS}/{base.name}.yaml" for name, base in study.bases.items()}
    content["scenarios"] = [files[name] for name in study.study.scenarios]
    content["months"] = study.months
    shares = [share.model_dump(exclude_none=True) for share in study.recording.shares]
    content["outcomes"] = [*study.recording.outcomes, *shares]
    content["series"] = [name_of(key) for key in study.recording.series]
    for block in study.blocks:
        own = content["blocks"][block.name]
        own["scenarios"] = [files[name] for name in block.scenarios]
        own["runs"] = block.runs
        own["uncertainties"] = [
            {"number": factor.name, **factor.written()}
            for factor in block.factors
            if factor.lever is None
        ]
        if isinstance(study.study.blocks[block.name].design, Table):
            own["design"]["file"] = TABLE.format(block.name)
    return content


def versions() -> dict[str, str]:
    """The packages that make designs."""
    found = {}
    for name in MAKERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def tables(study: LoadedStudy) -> Iterator[tuple[str, str]]:
    """The text of each block's table, of those that have one."""
    for block in study.blocks:
        design = study.study.blocks[block.name].design
        if isinstance(design, Table):
            yield block.name, read_text(study.path.parent / design.file)


def _case(study: LoadedStudy) -> dict[str, Any]:
    """The case as its files have it: numbers by path, and a hash of each of its facts."""
    base = next(iter(study.bases.values()))
    documented = {str(name): number.value for name, number in study.case.numbers.items()}
    facts = {name: digest(text.encode())[:10] for name, text in case_content(base)[1].items()}
    return {"numbers": documented, "facts": facts}


def content_of(study: LoadedStudy, code: str, points: Mapping[str, int]) -> dict[str, Any]:
    """All that must not change between planning and running; runs of each point by name."""
    bases = study.bases.values()
    return {
        "format": FORMAT,
        "code": code,
        "study": resolved(study),
        "scenarios": {base.name: base.resolved() for base in bases},
        "case": _case(study),
        "packages": versions(),
        "tables": {name: digest(text.encode())[:10] for name, text in tables(study)},
        "points": dict(points),
    }


MOST_LINES = 12
"""Differences that are told; the rest are counted."""

NOTHING = object()


def differences(before: Any, now: Any, path: str = "") -> Iterator[str]:
    """A line for each part of `before` that is another one in `now`."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*before, *now]):
            inside = f"{path}.{key}" if path else str(key)
            yield from differences(before.get(key, NOTHING), now.get(key, NOTHING), inside)
    elif isinstance(before, list) and isinstance(now, list):
        for i in range(max(len(before), len(now))):
            one, other = (each[i] if i < len(each) else NOTHING for each in (before, now))
            yield from differences(one, other, f"{path}[{i}]")
    elif before != now:
        yield f"{path}: {shown(now)} now, {shown(before)} when planned"


def shown(value: Any) -> str:
    """A value for reading."""
    if value is NOTHING:
        return "nothing"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def told(lines: list[str]) -> str:
    """The first lines, and how many more there are."""
    more = len(lines) - MOST_LINES
    rest = [f"and {more} more"] if more > 0 else []
    return "\n".join(f"  {line}" for line in [*lines[:MOST_LINES], *rest])


def _files(study: LoadedStudy) -> Iterator[Path]:
    """The study's file, its tables, and the files of its scenarios."""
    yield study.path
    for block in study.study.blocks.values():
        if isinstance(block.design, Table):
            yield study.path.parent / block.design.file
    yield from (base.path for base in study.bases.values())


def sources_of(study: LoadedStudy, folder: Path) -> dict[str, str]:
    """A hash of each of a user's own files, by the way that leads there from the study's folder.

    Files in the folder itself, and those that share nothing but the root with it, are left out.
    """
    found = {}
    here, ours = folder.resolve(), shipped("scenarios").resolve()
    for file in dict.fromkeys(path.resolve() for path in _files(study)):
        apart = os.path.commonpath((file, here)) == os.path.abspath(os.sep)
        if not (apart or file.is_relative_to(here) or file.is_relative_to(ours)):
            found[Path(os.path.relpath(file, here)).as_posix()] = digest(file.read_bytes())[:10]
    return found


def edited(folder: Path, sources: Mapping[str, str]) -> list[Path]:
    """The files that are there and are not as they were when the study was planned."""
    found = []
    for way, before in sources.items():
        file = folder / way
        with suppress(OSError, ValueError):
            fine = file.is_file() and file.stat().st_size <= LARGEST_FILE
            if fine and digest(file.read_bytes())[:10] != before:
                found.append(Path(os.path.normpath(file)))
    return found
