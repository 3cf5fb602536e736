"""Reading a finished results folder."""

import csv
import gzip
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.documents import MissingFile
from sim.results.distribution import Reals
from sim.results.folder import MANIFEST, PARTIAL, digest
from sim.results.tables import QUANTILE_NAMES


class Damaged(Exception):
    """A results folder with a file that is missing or not as it was written."""


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
    def outcomes(self) -> dict[str, Reals]:
        """Every outcome by run, in the order of the file; NaN where it is blank."""
        text = gzip.decompress(self._checked("runs.csv.gz", packed=True)).decode()
        header, _, body = text.partition("\n")
        names = header.split(",")
        cells = body.replace("\n", ",").split(",")[:-1]
        values = np.array([float(cell) if cell else np.nan for cell in cells])
        columns = values.reshape(-1, len(names)).T
        return dict(zip(names[1:], columns[1:], strict=True))

    @cached_property
    def units(self) -> dict[str, tuple[str, str]]:
        """Unit and meaning of every outcome."""
        return {
            row["column"]: (row["unit"], row["meaning"])
            for row in self._table("codebook.csv")
            if row["file"] == "runs.csv.gz"
        }

    @cached_property
    def fingerprints(self) -> npt.NDArray[np.uint32]:
        """Fingerprint of all that was recorded, `[run, month]`."""
        raw = np.frombuffer(self._checked("fingerprints.u32"), "<u4")
        return raw.reshape(self.runs, self.months + 1)

    def _table(self, name: str) -> list[dict[str, str]]:
        text = self._checked(name).decode()
        return list(csv.DictReader(io.StringIO(text)))

    def _checked(self, name: str, packed: bool = False) -> bytes:
        """The bytes of a file, which must be those that the manifest names; raises Damaged."""
        path = self.folder / name
        try:
            raw = path.read_bytes()
            plain = gzip.decompress(raw) if packed else raw
        except (OSError, EOFError):
            raise Damaged(f"{path}: missing or cannot be read; run the scenario again") from None
        if digest(plain) != self.manifest["files"].get(name):
            raise Damaged(f"{path}: changed since it was written; run the scenario again")
        return raw


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
    return (path / MANIFEST).is_file() and PARTIAL not in path.name


def read_result(folder: Path) -> Result:
    """The result in `folder`; raises MissingFile or Damaged."""
    if not is_result(folder):
        raise MissingFile(f"{folder}: no finished result there")
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for key in ("scenario", "title", "runs", "months", "seed", "files"):
            manifest[key]
    except (ValueError, KeyError, TypeError):
        raise Damaged(f"{folder / MANIFEST}: not a manifest; run the scenario again") from None
    return Result(folder, manifest)
