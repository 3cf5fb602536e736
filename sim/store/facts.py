"""What the manifest of a result may say, wherever it came from, and what it says of its case."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sim.case.case import Case
from sim.case.ladder import EVERY_RUNG
from sim.io.documents import Document
from sim.io.errors import UNSEEN
from sim.io.validation import parsed
from sim.model.vocab import MOST_ISSUES, RUNGS, TOP_LEVEL
from sim.scenario.limits import LARGEST_SEED, LONGEST, MOST_RUNS
from sim.store.manifest import parse_manifest

ISSUES = "issues"
"""The key of the issues."""


LADDER = "ladder"
"""The key of the rungs."""


def issue_facts(case: Case) -> dict[str, dict[str, Any]]:
    """What the manifest says of each issue, by id."""
    return {
        name: {"title": issue.title, "headline": issue.headline, "shown_level": issue.shown_level}
        for name, issue in case.issues.items()
    }


def headline_issues(manifest: Mapping[str, Any]) -> list[str]:
    """The issues that the case wants to be shown first, then levels of issues, as in `XYZ:2`."""
    known = manifest.get(ISSUES, {}).items()
    levels = [(name, facts.get("shown_level")) for name, facts in known]
    return [
        *(name for name, facts in known if facts["headline"]),
        *(f"{name}:{level}" for name, level in levels if level),
    ]


def rungs_in_use(manifest: Mapping[str, Any]) -> list[int]:
    """The rungs of the case's ladder, the lowest first."""
    return [int(rung) for rung in manifest.get(LADDER, EVERY_RUNG)]


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
    shown_level: Annotated[int, Field(ge=1, le=TOP_LEVEL)] | None = None


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
    content = parse_manifest(folder)
    _, faults = parsed(Manifest, Document("", content, {}))
    for fault in faults:
        raise ValueError(f"{fault.path}: {fault.message}"[:LONGEST_TEXT])
    return content
