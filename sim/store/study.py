"""Reading the tables of a study into pandas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.io.errors import Damaged, MissingFile
from sim.io.opening import read_plain, unpacked
from sim.store.manifest import FILES, MANIFEST, digest, parse_manifest
from sim.store.read import CHANGED, damage

if TYPE_CHECKING:
    from pandas import DataFrame

LARGEST = 4_000_000_000
"""Bytes of the largest table that is read."""

NUMBERS = {
    "experiments.csv": ("point",),
    "outcomes.csv": ("point", "mean", "q05", "q95"),
    "differences.csv": ("point", "difference", "standard_error", "higher", "equal", "lower"),
    "months.csv.gz": ("point", "month", "mean"),
    "runs.csv.gz": ("point", "run"),
}
TEXTS = {
    "experiments.csv": ("scenario",),
    "outcomes.csv": ("outcome", "unit"),
    "differences.csv": ("reference", "outcome", "unit"),
    "months.csv.gz": ("metric", "unit", "subject", "date"),
    "runs.csv.gz": ("scenario",),
}
"""Columns that each table must have."""


@dataclass(frozen=True)
class StudyTables:
    """The tables of a study that was gathered, read and held against the manifest when asked for.

    Each raises Damaged, or MissingFile where an earlier version of the program did not write it.
    """

    folder: Path
    manifest: dict[str, Any]

    @property
    def title(self) -> str:
        """The title of the study."""
        return str(self.manifest["title"])

    @property
    def factors(self) -> list[str]:
        """The columns that hold factors."""
        return [str(name) for name in self.manifest["factors"]]

    @cached_property
    def experiments(self) -> DataFrame:
        """A row for each point."""
        return self.table("experiments.csv")

    @cached_property
    def outcomes(self) -> DataFrame:
        """A row for each point and outcome: mean, spread and quantiles over the runs."""
        return self.table("outcomes.csv")

    @cached_property
    def differences(self) -> DataFrame:
        """A row for each point and outcome: how it differs from the reference, run by run."""
        return self.table("differences.csv")

    @cached_property
    def months(self) -> DataFrame:
        """A row for each point, series and month."""
        return self.table("months.csv.gz")

    @cached_property
    def runs(self) -> DataFrame:
        """A row for each point and run: scenario, factors and outcomes."""
        return self.table("runs.csv.gz")

    def table(self, name: str) -> DataFrame:
        """A table of the folder, as it was written; raises MissingFile or Damaged."""
        from pandas import read_csv

        path, hashes = self.folder / name, self.manifest[FILES]
        lists = {"experiments.csv": self.factors, "runs.csv.gz": self.factors}
        if name not in hashes:
            raise MissingFile(f"{path}: not there; gather the study again: sim study gather")
        with damage(path):
            packed = path.suffix == ".gz"
            raw = b"".join(unpacked(path, LARGEST)) if packed else read_plain(path, LARGEST)
            if digest(raw) != hashes[name]:
                raise Damaged(f"{path}: {CHANGED}")
            found = read_csv(io.BytesIO(raw), keep_default_na=False, na_values=[""])
            _check(found, NUMBERS[name], [*TEXTS[name], *lists.get(name, ())])
        return found


def _check(table: DataFrame, numbers: Sequence[str], texts: Sequence[str]) -> None:
    """Raise ValueError where a column is missing, or one of numbers holds something else."""
    for name in (*numbers, *texts):
        if name not in table:
            raise ValueError(f"the column {name} is missing")
    for name in numbers:
        if len(table) and table[name].dtype.kind not in "if":
            raise ValueError(f"the column {name} holds no numbers")


def is_study(folder: Path) -> bool:
    """Whether a folder holds the tables of a study."""
    try:
        return "factors" in parse_manifest(folder)
    except (OSError, ValueError):
        return False


def read_study(folder: Path) -> StudyTables:
    """The tables of the study in `folder`; raises MissingFile or Damaged."""
    path = folder / MANIFEST
    try:
        manifest = parse_manifest(folder)
    except OSError:
        raise MissingFile(f"{folder}: no study was gathered there; see: sim study run") from None
    except ValueError as error:
        raise Damaged(f"{path}: not a manifest ({error})") from None
    kinds = {"title": str, "factors": list, FILES: dict}
    if any(not isinstance(manifest.get(key), kind) for key, kind in kinds.items()):
        raise Damaged(f"{path}: not a manifest of a study")
    return StudyTables(folder, manifest)
