"""Results as text: the list of them, and what a folder holds."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.cli.console import entry, paragraph, table
from sim.cli.meter import sized
from sim.io.errors import visible
from sim.store.listing import FILES_IN_WORDS, Listed
from sim.store.manifest import VERSIONS

FACTS = {"case": "case", "start": "start", "seed": "seed", "code_hash": "code"}
"""Keys of a manifest that are shown, and what they are called."""


def extent(result: Listed) -> str:
    """How much was run, in words; empty where the manifest does not say."""
    points = f"{result.points:,} points, " if result.points > 1 else ""
    runs = f"{points}{result.runs:,} runs" if result.runs else ""
    return f"{runs} of {result.months} months" if runs and result.months else runs


def result_lines(result: Listed) -> Iterator[str]:
    """A result in the list: its title, what it compares and how often it was run, its folder."""
    yield result.title
    told = [", ".join(result.compares), extent(result), f"written {result.written} UTC"]
    yield paragraph("; ".join(filter(None, told)), indent="  ")
    yield f"  {result.folder}"


def as_dict(result: Listed) -> dict[str, Any]:
    """A result for JSON."""
    names = ("title", "compares", "points", "runs", "months", "written", "files")
    return {"folder": str(result.folder), **{name: getattr(result, name) for name in names}}


def files(result: Listed) -> Iterator[list[str]]:
    """Rows of the files that a folder holds, with their size; what lies elsewhere is missing."""
    for name in result.files or sorted(os.listdir(result.folder)):
        path = result.folder / Path(name).name
        there = path.name == name and os.path.isfile(path)
        size = sized(path.stat().st_size) if there else "missing"
        yield [name, size if not os.path.isdir(path) else "", FILES_IN_WORDS.get(name, "")]


def folder_lines(result: Listed) -> Iterator[str]:
    """What a folder holds."""
    yield result.title
    versions = result.manifest.get(VERSIONS)
    made = versions.items() if isinstance(versions, dict) else ()
    facts = {
        "compares": ", ".join(result.compares),
        "runs": extent(result),
        **{words: result.manifest.get(key) for key, words in FACTS.items()},
        "written": f"{result.written} UTC",
        "made with": ", ".join(f"{name} {number}" for name, number in made),
    }
    for name, value in facts.items():
        if value not in ("", None):
            yield entry(f"  {name}", visible(str(value)), 13)
    yield from (f"  {line}" for line in table(["file", "size", ""], [*files(result)], left=3))
