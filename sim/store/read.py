"""Reading a finished results folder."""

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.io.errors import Damaged, MissingFile
from sim.io.files import PARTIAL
from sim.io.reader import parse_yaml
from sim.results.distribution import Reals
from sim.results.ladder import BY_ACTOR
from sim.store.manifest import IDENTITY, MANIFEST, digest, identity, read_manifest
from sim.store.panel import PANEL, read_panel
from sim.store.tables import QUANTILE_NAMES

AGAIN = "to have it again, move the folder away and run the scenario anew"
UNREADABLE = f"missing or cannot be read; {AGAIN}"
CHANGED = f"changed since it was written; {AGAIN}"

SCENARIO = "scenario.yaml"
"""The scenario in full, in a results folder."""

ROWS_AT_ONCE = 2_000
"""Rows of `runs.csv.gz` read at once."""


@dataclass(frozen=True)
class Series:
    """One quantity by month: its mean over runs and its quantiles."""

    metric: str
    unit: str
    subject: str
    months: npt.NDArray[np.int64]
    dates: tuple[str, ...]
    mean: Reals
    quantiles: Mapping[str, Reals]


@dataclass(frozen=True)
class ActorRow:
    """One line of `actors.csv`."""

    actor: str
    name: str
    group: str
    quantity: str
    unit: str
    mean: float


@dataclass(frozen=True)
class Result:
    """A finished result. Its files are read, and held against the manifest, when asked for."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The scenario's name."""
        return str(self.manifest["scenario"])

    @property
    def title(self) -> str:
        """The scenario's title."""
        return str(self.manifest["title"])

    @property
    def runs(self) -> int:
        """Number of runs."""
        return int(self.manifest["runs"])

    @property
    def months(self) -> int:
        """Number of simulated months."""
        return int(self.manifest["months"])

    @cached_property
    def series(self) -> dict[tuple[str, str], Series]:
        """Every series by metric and subject (a group, an actor or nobody)."""
        rows: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in self._table("summary.csv"):
            rows.setdefault((row["metric"], row["subject"]), []).append(row)
        return {key: _series(*key, lines) for key, lines in rows.items()}

    @cached_property
    def actors(self) -> list[ActorRow]:
        """The lines of `actors.csv`, in order."""
        return [
            ActorRow(
                row["actor"],
                row["name"],
                row["group"],
                row["quantity"],
                row["unit"],
                float(row["mean"]),
            )
            for row in self._table("actors.csv")
        ]

    @cached_property
    def groups(self) -> dict[str, str]:
        """The group of each actor."""
        return {row.actor: row.group for row in self.actors}

    @cached_property
    def outcomes(self) -> dict[str, Reals]:
        """Every outcome by run, in the order of the file; NaN where it is blank."""
        path = self.folder / "runs.csv.gz"
        hashed = hashlib.sha256()
        try:
            with gzip.open(path, "rb") as file:
                header = file.readline()
                hashed.update(header)
                names = header.decode().strip().split(",")[1:]
                found = {name: np.zeros(self.runs, kind_of(name)) for name in names}
                read = 0
                while lines := list(islice(file, ROWS_AT_ONCE)):
                    hashed.update(b"".join(lines))
                    fill_outcomes(found, read, lines)
                    read += len(lines)
                if read != self.runs:
                    raise ValueError(f"{read} runs")
        except (OSError, EOFError, ValueError, zlib.error):
            raise Damaged(f"{path}: {UNREADABLE}") from None
        if hashed.hexdigest() != self.manifest["files"].get("runs.csv.gz"):
            raise Damaged(f"{path}: {CHANGED}")
        return found

    @cached_property
    def units(self) -> dict[str, tuple[str, str]]:
        """Unit and meaning of every outcome."""
        return {
            row["column"]: (row["unit"], row["meaning"])
            for row in self._table("codebook.csv")
            if row["file"] == "runs.csv.gz"
        }

    @cached_property
    def begun(self) -> tuple[int, ...]:
        """Months in which interventions begin, each once; those with a condition aside."""
        scenario = parse_yaml(self._checked(SCENARIO).decode(), SCENARIO).value
        found = {
            int(each["month"])
            for each in scenario["interventions"]
            if not {"when", "while"} & each.keys()
        }
        return tuple(sorted(month for month in found if month <= self.months))

    @cached_property
    def fingerprints(self) -> npt.NDArray[np.uint32]:
        """Fingerprint of all that was recorded, `[run, month]`."""
        raw = np.frombuffer(self._checked("fingerprints.u32"), "<u4")
        return raw.reshape(self.runs, self.months + 1)

    @cached_property
    def panel(self) -> dict[str, npt.NDArray[Any]]:
        """Rungs and flows `[run, month, actor]` by name; `actor` and `month` name the indices.

        Raises MissingFile for a result that was run without its panel.
        """
        path = self.folder / PANEL
        if PANEL not in self.manifest["files"]:
            raise MissingFile(f"{path}: not there; run the scenario with --panel")
        try:
            arrays, hashed = read_panel(path)
        except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile):
            raise Damaged(f"{path}: {UNREADABLE}") from None
        if hashed != self.manifest["files"][PANEL]:
            raise Damaged(f"{path}: {CHANGED}")
        return arrays

    def _table(self, name: str) -> list[dict[str, str]]:
        text = self._checked(name).decode()
        return list(csv.DictReader(io.StringIO(text)))

    def _checked(self, name: str) -> bytes:
        """The bytes of a file, which must be those that the manifest names; raises Damaged."""
        path = self.folder / name
        try:
            raw = path.read_bytes()
        except OSError:
            raise Damaged(f"{path}: {UNREADABLE}") from None
        if digest(raw) != self.manifest["files"].get(name):
            raise Damaged(f"{path}: {CHANGED}")
        return raw


def kind_of(outcome: str) -> type[np.generic]:
    """How an outcome is kept: rungs of actors in a byte, all else as float64."""
    return np.int8 if outcome.startswith(BY_ACTOR) else np.float64


def fill_outcomes(outcomes: dict[str, Reals], first: int, lines: list[bytes]) -> None:
    """Fill in the runs from `first` on, one for each line of text; raises ValueError."""
    rows = [line.decode().rstrip("\n").split(",")[1:] for line in lines]
    for cells, values in zip(zip(*rows, strict=True), outcomes.values(), strict=True):
        values[first : first + len(rows)] = [float(cell) if cell else np.nan for cell in cells]


def _series(metric: str, subject: str, rows: list[dict[str, str]]) -> Series:
    return Series(
        metric,
        rows[0]["unit"],
        subject,
        np.array([int(row["month"]) for row in rows]),
        tuple(row["date"] for row in rows),
        np.array([float(row["mean"]) for row in rows]),
        {name: np.array([float(row[name]) for row in rows]) for name in QUANTILE_NAMES},
    )


def is_result(path: Path) -> bool:
    """Whether `path` is a finished results folder."""
    try:
        return (path / MANIFEST).is_file() and not path.name.startswith(PARTIAL)
    except OSError:
        return False


def read_result(folder: Path) -> Result:
    """The result in `folder`; raises MissingFile or Damaged."""
    if not is_result(folder):
        raise MissingFile(f"{folder}: no finished result there")
    path = folder / MANIFEST
    try:
        manifest = read_manifest(folder)
        changed = manifest.get(IDENTITY, identity(manifest)) != identity(manifest)
        dict(manifest["files"])
        str(manifest["scenario"])
    except (OSError, ValueError, KeyError, TypeError):
        raise Damaged(f"{path}: not a manifest of a result") from None
    if changed:
        raise Damaged(f"{path}: {CHANGED}")
    return Result(folder, manifest)
