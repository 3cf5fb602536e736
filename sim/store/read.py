"""Reading a finished results folder."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.io.errors import UNSEEN, Damaged, MissingFile, visible
from sim.io.files import PARTIAL
from sim.io.opening import lines, read_plain, unpacked
from sim.io.reader import parse_yaml
from sim.measures.codebook import CODEBOOK_HEADER
from sim.measures.distribution import Reals
from sim.model.calendar import calendar_from
from sim.model.vocab import RUNGS
from sim.store.facts import LONGEST_TEXT, read_manifest
from sim.store.manifest import IDENTITY, MANIFEST, digest, identity
from sim.store.panel import FIELDS, PANEL, read_panel
from sim.store.summary import kind_of
from sim.store.tables import OF_ACTORS, OF_SUMMARY, QUANTILE_NAMES

if TYPE_CHECKING:
    from pandas import DataFrame

AGAIN = "to have it again, move the folder away and run the scenario anew"
UNREADABLE = f"missing or cannot be read; {AGAIN}"
CHANGED = f"changed since it was written; {AGAIN}"

SCENARIO = "scenario.yaml"
"""The scenario in full, in a results folder."""

RUNS_TABLE, FINGERPRINTS = "runs.csv.gz", "fingerprints.u32"

LARGEST_TABLE = 64_000_000
"""Bytes of the largest table that is read at once."""

LONGEST_LINE = 50_000
"""Bytes of the longest line of `runs.csv.gz`."""

MOST_CELLS = 1_000_000_000
"""Cells of the largest `runs.csv.gz`."""

LARGEST_NUMBER = 1e100
"""Beyond it nothing can be drawn or squared."""

READERS_RAISE = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RuntimeError,
    csv.Error,
    zlib.error,
    zipfile.BadZipFile,
)
"""What the readers of a file that is broken raise."""


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

    def __repr__(self) -> str:
        return f"<Result {self.folder.name}: {self.runs:,} runs of {self.months} months>"

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
        with damage(self.folder / "summary.csv"):
            for row in self._table("summary.csv", [*OF_SUMMARY]):
                rows.setdefault((row["metric"], row["subject"]), []).append(row)
            calendar = calendar_from(self.manifest["start"])
            dates = [calendar.date(month) for month in range(self.months + 1)]
            found = {key: _series(*key, lines, dates) for key, lines in rows.items()}
            if not found or len(next(iter(found.values())).dates) < len(dates):
                raise ValueError("the first series does not begin at the start")
        return found

    @cached_property
    def actors(self) -> list[ActorRow]:
        """The lines of `actors.csv`, in order."""
        with damage(self.folder / "actors.csv"):
            rows = self._table("actors.csv", [*OF_ACTORS])
            means = reals([row["mean"] for row in rows]).tolist()
            keys = ("actor", "name", "group", "quantity", "unit")
            facts = [{key: row[key] for key in keys} for row in rows]
            return [ActorRow(**own, mean=mean) for own, mean in zip(facts, means, strict=True)]

    @cached_property
    def groups(self) -> dict[str, str]:
        """The group of each actor."""
        return {row.actor: row.group for row in self.actors}

    @cached_property
    def outcomes(self) -> dict[str, Reals]:
        """Every outcome by run, in the order of the file; NaN where it is blank."""
        path, hashed, read = self.folder / RUNS_TABLE, hashlib.sha256(), 0
        found: dict[str, Reals] = {}
        with damage(path):
            most = (self.runs + 1) * LONGEST_LINE
            for rows in lines(unpacked(path, most), LONGEST_LINE):
                hashed.update(b"".join(row + b"\n" for row in rows))
                if rows and not found:
                    found, rows = self._columns(rows[0]), rows[1:]
                fill_outcomes(found, read, rows)
                read += len(rows)
            if read != self.runs:
                raise ValueError(f"{read} runs")
        if hashed.hexdigest() != self.manifest["files"].get(RUNS_TABLE):
            raise Damaged(f"{path}: {CHANGED}")
        return found

    def _columns(self, header: bytes) -> dict[str, Reals]:
        """Room for the outcomes that the header names; it is taken only as it is filled."""
        [names] = csv.reader([header.decode()])
        names = names[1:]
        if len(names) * self.runs > MOST_CELLS or UNSEEN.search("".join(names)):
            raise ValueError("no header")
        return {name: np.zeros(self.runs, kind_of(name)) for name in names}

    @cached_property
    def units(self) -> dict[str, tuple[str, str]]:
        """Unit and meaning of every outcome."""
        return {name: (row["unit"], row["meaning"]) for name, row in self._codebook.items()}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every outcome."""
        return {name: row["title"] for name, row in self._codebook.items()}

    @cached_property
    def _codebook(self) -> dict[str, dict[str, str]]:
        with damage(self.folder / "codebook.csv"):
            rows = self._table("codebook.csv", CODEBOOK_HEADER)
            found = {row["column"]: row for row in rows if row["file"] == RUNS_TABLE}
            if lacking := [name for name in self.outcomes if name not in found]:
                raise ValueError(f"nothing about {lacking[0]}")
            return {name: found[name] for name in self.outcomes}

    @cached_property
    def begun(self) -> tuple[int, ...]:
        """Months in which interventions begin, each once; those with a condition aside."""
        path = self.folder / SCENARIO
        with damage(path):
            scenario = parse_yaml(self._checked(SCENARIO).decode(), str(path)).value
            found = {
                int(each["month"])
                for each in scenario["interventions"]
                if not {"when", "while"} & each.keys()
            }
        return tuple(sorted(month for month in found if 1 <= month <= self.months))

    @cached_property
    def fingerprints(self) -> npt.NDArray[np.uint32]:
        """Fingerprint of all that was recorded, `[run, month]`."""
        shape = self.runs, self.months + 1
        with damage(self.folder / FINGERPRINTS):
            raw = self._checked(FINGERPRINTS, shape[0] * shape[1] * 4)
            return np.frombuffer(raw, "<u4").reshape(shape)

    @cached_property
    def panel(self) -> dict[str, npt.NDArray[Any]]:
        """Rungs and flows `[run, month, actor]` by name; `actor` and `month` name the indices.

        Raises MissingFile for a result that was run without its panel.
        """
        path = self.folder / PANEL
        if PANEL not in self.manifest["files"]:
            raise MissingFile(f"{path}: not there; run the scenario with --panel")
        with damage(path):
            arrays, hashed = read_panel(path, self.runs, self.months)
        if hashed != self.manifest["files"][PANEL]:
            raise Damaged(f"{path}: {CHANGED}")
        return arrays

    def panel_table(self) -> DataFrame:
        """The panel as a long table: rungs and flows in a row for each run, month and actor.

        Raises MissingFile for a result that was run without its panel.
        """
        from pandas import DataFrame, MultiIndex

        panel = self.panel
        places = {"run": range(self.runs), "month": panel["month"], "actor": panel["actor"]}
        index = MultiIndex.from_product(list(places.values()), names=list(places))
        return DataFrame({name: panel[name].ravel() for name in FIELDS}, index)

    def _table(self, name: str, header: Sequence[str]) -> list[dict[str, str]]:
        """The rows of a file, each a line with these columns; raises ValueError or csv.Error."""
        text = self._checked(name).decode()
        if UNSEEN.search(text.replace("\n", "")):
            raise ValueError("it holds what cannot be printed")
        reader = csv.DictReader(io.StringIO(text), strict=True)
        if lacking := [each for each in header if each not in (reader.fieldnames or ())]:
            raise ValueError(f"the column {lacking[0]} is missing")
        rows = list(reader)
        if reader.line_num != len(rows) + 1 or any(None in row.values() for row in rows):
            raise ValueError("a row is cut, or goes over more than a line")
        return rows

    def _checked(self, name: str, most: int = LARGEST_TABLE) -> bytes:
        """The bytes of a file, which must be those that the manifest names; raises Damaged."""
        path = self.folder / name
        raw = read_plain(path, most, links=False)
        if digest(raw) != self.manifest["files"].get(name):
            raise Damaged(f"{path}: {CHANGED}")
        return raw


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """Raise Damaged for whatever a reader trips over."""
    try:
        yield
    except READERS_RAISE as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        told = f"{path}: {UNREADABLE} ({visible(str(why))[:LONGEST_TEXT]})"
        raise Damaged(told) from None


def fill_outcomes(outcomes: dict[str, Reals], first: int, lines: list[bytes]) -> None:
    """Fill in the runs from `first` on, one for each line of text; raises ValueError."""
    rows = [line.decode().split(",")[1:] for line in lines]
    for cells, values in zip(zip(*rows, strict=True), outcomes.values(), strict=bool(rows)):
        numbers = reals(cells)
        if values.dtype == np.int8 and not ((numbers >= 0) & (numbers < RUNGS)).all():
            raise ValueError("a rung that does not exist")
        values[first : first + len(rows)] = numbers


def reals(cells: Sequence[str]) -> Reals:
    """Cells as numbers, NaN where one is blank; raises ValueError for none or one too large."""
    values = np.array([float(cell) if cell else np.nan for cell in cells])
    if (np.abs(values) > LARGEST_NUMBER).any():
        raise ValueError("a number is too large")
    return values


def _series(metric: str, subject: str, rows: list[dict[str, str]], dates: list[str]) -> Series:
    """The series in some rows, which go from the start or month 1 to the end; else ValueError."""
    months = np.array([int(row["month"]) for row in rows])
    first = len(dates) - len(rows)
    if first not in (0, 1) or (months != np.arange(first, len(dates))).any():
        raise ValueError(f"{metric} does not have every month once")
    if [row["date"] for row in rows] != dates[first:]:
        raise ValueError(f"{metric} has other dates than the manifest")
    numbers = {name: reals([row[name] for row in rows]) for name in ("mean", *QUANTILE_NAMES)}
    if any(np.isnan(values).any() for values in numbers.values()):
        raise ValueError(f"{metric} lacks a number")
    mean = numbers.pop("mean")
    return Series(metric, rows[0]["unit"], subject, months, tuple(dates[first:]), mean, numbers)


def is_result(path: Path) -> bool:
    """Whether `path` is a finished results folder."""
    return os.path.lexists(path / MANIFEST) and not path.name.startswith(PARTIAL)


def read_result(folder: str | Path) -> Result:
    """The result in `folder`; raises MissingFile or Damaged."""
    folder = Path(folder)
    if not is_result(folder):
        raise MissingFile(f"{folder}: no finished result there")
    path = folder / MANIFEST
    try:
        manifest = read_manifest(folder)
        is_changed = manifest.get(IDENTITY, identity(manifest)) != identity(manifest)
    except OSError as error:
        raise Damaged(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise Damaged(f"{path}: not a manifest of a result ({error})") from None
    if is_changed:
        raise Damaged(f"{path}: {CHANGED}")
    return Result(folder, manifest)
