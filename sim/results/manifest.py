"""What the manifest of a results folder may say: it may have come from anywhere."""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sim.io.documents import Document
from sim.io.errors import UNSEEN
from sim.io.opening import read_plain
from sim.io.validation import parsed
from sim.model.vocab import MOST_ISSUES, RUNGS
from sim.results.folder import MANIFEST
from sim.scenario.parts import LARGEST_SEED, LONGEST, MOST_RUNS

LARGEST = 1_000_000
"""Bytes of the largest manifest that is read."""

"""Runs of the largest result."""

LONGEST_TEXT = 200
"""Letters of a fault of a manifest that are told."""


def _line(text: str) -> str:
    if UNSEEN.search(text):
        raise ValueError("holds what cannot be printed")
    return text


def _part(text: str) -> str:
    """A name that can be part of that of a folder."""
    if "/" in text or len(text.encode()) > 200:
        raise ValueError("is no name")
    return text


Line = Annotated[str, Field(max_length=1_000), AfterValidator(_line)]
Name = Annotated[Line, Field(min_length=1), AfterValidator(_part)]
Rung = Annotated[int, Field(ge=0, lt=RUNGS)]


class Strict(BaseModel):
    """What JSON says, taken as it is: a number in quotes is none."""

    model_config = ConfigDict(strict=True)


class IssueFacts(Strict):
    """What is said of an issue."""

    title: Line
    headline: bool


class Manifest(Strict):
    """What identifies a result, and the hashes of its files; more keys are no fault."""

    scenario: Name
    title: Line
    case: Line
    case_root: Line = ""
    start: Annotated[str, Field(pattern=r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])$")]
    months: Annotated[int, Field(ge=1, le=LONGEST)]
    runs: Annotated[int, Field(ge=1, le=MOST_RUNS)]
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)]
    issues: Annotated[dict[Line, IssueFacts], Field(max_length=MOST_ISSUES)] = {}
    ladder: Annotated[list[Rung], Field(min_length=1, max_length=RUNGS)] = list(range(RUNGS))
    case_hash: Line = ""
    code_hash: Line = ""
    files: Annotated[dict[Name, Line], Field(max_length=100)]


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest in `folder`, as it stands there; raises OSError or ValueError."""
    text = read_plain(folder / MANIFEST, LARGEST, links=False).decode()
    try:
        content = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(content, dict):
        raise ValueError("no mapping")
    _, faults = parsed(Manifest, Document("", content, {}))
    for fault in faults:
        raise ValueError(f"{fault.path}: {fault.message}"[:LONGEST_TEXT])
    return content
