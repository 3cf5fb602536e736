"""What lies in a folder of results: of each result what it is, read off its manifest alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.io.errors import MissingFile, visible
from sim.io.files import PARTIAL
from sim.io.opening import read_plain
from sim.store.manifest import FILES, MANIFEST, parse_manifest

MOST = 10**15
"""More than anybody counts: such a number is not shown."""

BROKEN = (OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError)
"""What reading a file may raise that somebody wrote by hand."""

PLAN = "plan.json"
"""The file by which a study is known that was planned, but has no tables yet."""

LARGEST_PLAN = 500_000_000
"""Bytes of a plan that are read."""

FILES_IN_WORDS = {
    "scenario.yaml": "the scenario in full",
    "study.yaml": "the study in full",
    "summary.csv": "each series by month: mean and quantiles over the runs",
    "actors.csv": "flows, last rung and chance of each rung, by actor",
    "runs.csv.gz": "every outcome of every run",
    "fingerprints.u32": "a number for all that a run records in a month",
    "panel.npz": "rungs and flows by run, month and actor",
    "experiments.csv": "each point with its factors, and whether it was run",
    "outcomes.csv": "each outcome, over the runs",
    "differences.csv": "each outcome against the first point, run by run",
    "months.csv.gz": "each series by point and month",
    "partings.csv": "when the runs of two scenarios part",
    "rungs.csv": "chance of each actor to reach each rung",
    "codebook.csv": "unit and meaning of every column",
}
"""What each file of a folder holds."""


@dataclass(frozen=True)
class Listed:
    """A result, a study, a comparison or pictures: what it is called, compares and holds.

    `runs` and `points` are 0 and `months` is 0 where its manifest does not say; `written` is a
    time in UTC, and `files` are those that the manifest names.
    """

    folder: Path
    title: str
    compares: tuple[str, ...]
    points: int
    runs: int
    months: int
    written: str
    files: tuple[str, ...]
    manifest: Mapping[str, Any]


def _text(value: object) -> str:
    return visible(value) if isinstance(value, str) else ""


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 <= value < MOST else 0


def _time(path: Path) -> str:
    """When a file was written, in UTC."""
    return f"{datetime.fromtimestamp(path.stat().st_mtime, UTC):%Y-%m-%d %H:%M}"


def _listed(folder: Path, path: Path, manifest: Mapping[str, Any]) -> Listed:
    named = manifest.get("compares")
    compares = [_text(name) for name in named] if isinstance(named, list) else []
    files = manifest.get(FILES)
    return Listed(
        folder,
        _text(manifest.get("title")) or visible(folder.name),
        tuple(compares or filter(None, [_text(manifest.get("scenario"))])),
        _count(manifest.get("points")),
        _count(manifest.get("runs")),
        _count(manifest.get("months")),
        _time(path),
        tuple(map(visible, files)) if isinstance(files, dict) else (),
        manifest,
    )


def _planned(plan: Any) -> dict[str, Any]:
    """What a plan says of a study that has no tables yet."""
    study, points = plan["study"], plan["points"]
    return {
        "title": study["title"],
        "compares": list(plan["scenarios"]),
        "points": len(points),
        "runs": sum(points.values()),
        "months": study["months"],
    }


def listed(folder: Path) -> Listed:
    """What lies in a folder; raises MissingFile where it is no result."""
    try:
        return _listed(folder, folder / MANIFEST, parse_manifest(folder))
    except (*BROKEN, RecursionError):
        pass
    try:
        plan = json.loads(read_plain(folder / PLAN, LARGEST_PLAN, links=False))
        return _listed(folder, folder / PLAN, _planned(plan))
    except (*BROKEN, RecursionError):
        raise MissingFile(f"{folder}: no result lies there") from None


def all_listed(out: Path) -> list[Listed]:
    """All results in a folder, the newest last; none where there is no such folder."""
    found = []
    for folder in sorted(out.iterdir()) if out.is_dir() else ():
        if not folder.name.startswith(PARTIAL) and folder.is_dir():
            try:
                found.append(listed(folder))
            except MissingFile:
                continue
    return sorted(found, key=lambda each: each.written)
