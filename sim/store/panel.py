"""`panel.npz`: rungs and flows by run, month and actor, written in constant memory.

Each array passes through a file of its own without a name, since runs come chunk by chunk while a
zip archive takes its members one after the other.
"""

import hashlib
import io
import math
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Trajectories
from sim.io.opening import open_plain
from sim.measures.codebook import CodebookRow
from sim.model.metrics import ActorMonth
from sim.model.schema import columns, dtype

PANEL = "panel.npz"

FIELDS = {
    name: np.dtype(np.int8 if dtype(ActorMonth)[name] == np.int64 else "<f8")
    for name in columns(ActorMonth)
}
"""The arrays `[run, month, actor]` and how they are kept: whole numbers in a byte."""

PART = 2**20
"""Bytes handed on at once."""

MOST_ACTORS, NAME = 1_000, 4_000
"""The most actors of a panel, and the bytes that the name of each may take up."""

HEADER, MOST_AXES = 10_000, 3
"""Bytes of the header of an array, and axes of the largest."""

LARGEST = 100_000_000_000
"""Bytes of the largest archive."""

Member = tuple[str, Iterator[bytes]]
"""Name and content of an array in the archive, in parts."""


def header(kind: npt.DTypeLike, shape: Sequence[int]) -> bytes:
    """The first bytes of an array's file."""
    text = io.BytesIO()
    facts = {"descr": np.dtype(kind).str, "fortran_order": False, "shape": tuple(shape)}
    np.lib.format.write_array_header_1_0(text, facts)
    return text.getvalue()


def whole(values: npt.NDArray[Any]) -> Iterator[bytes]:
    """The file of a small array."""
    yield header(values.dtype, values.shape)
    yield values.tobytes()


def panel_rows() -> Iterator[CodebookRow]:
    """What the arrays of a panel mean, how they are kept, and the order of their indices."""
    kept = {"i": "whole number in a byte", "f": "float of 64 bits, lowest byte first"}
    for name, kind in FIELDS.items():
        column = columns(ActorMonth)[name]
        when = "in the month" if column.flow else "at the end of the month"
        meaning = f"{column.meaning}; {when}; array [run, month, actor], {kept[kind.kind]}"
        yield (PANEL, name, column.unit, meaning, "")
    yield (PANEL, "actor", "id", "of each actor, in the order of the last index; text", "")
    yield (PANEL, "month", "month", "of each place of the second index; 0 is the start", "")


class Spool:
    """Holds the arrays of a panel on disk while runs go by, each in one of `files`."""

    def __init__(self, files: Mapping[str, IO[bytes]], actors: Sequence[str], months: int) -> None:
        self._files = files
        self._actors = actors
        self._months = months
        self._runs = 0

    def add(self, trajectories: Trajectories) -> None:
        """Add the runs of a chunk, in order of their number."""
        for name, file in self._files.items():
            file.write(np.ascontiguousarray(trajectories.actors[name], FIELDS[name]).data)
        self._runs += len(trajectories.actors)

    def members(self) -> Iterator[Member]:
        """The arrays of the archive: actors and months, then every field."""
        yield "actor.npy", whole(np.array(self._actors))
        yield "month.npy", whole(np.arange(self._months + 1, dtype="<i2"))
        for name in FIELDS:
            yield f"{name}.npy", self._parts(name)

    def _parts(self, name: str) -> Iterator[bytes]:
        yield header(FIELDS[name], (self._runs, self._months + 1, len(self._actors)))
        file = self._files[name]
        file.seek(0)
        while part := file.read(PART):
            yield part


@contextmanager
def spooling(folder: Path, actors: Sequence[str], months: int) -> Iterator[Spool]:
    """A spool whose files lie in `folder`, have no name and are gone when the block ends."""
    with ExitStack() as stack:
        files = {name: stack.enter_context(tempfile.TemporaryFile(dir=folder)) for name in FIELDS}
        yield Spool(files, actors, months)


def read_panel(path: Path, runs: int, months: int) -> tuple[dict[str, npt.NDArray[Any]], str]:
    """The arrays of an archive by name, and the hash of their names and contents.

    Raises OSError, ValueError, EOFError, RuntimeError, zlib.error or zipfile.BadZipFile where it
    is no panel of so many runs and months.
    """
    arrays: dict[str, npt.NDArray[Any]] = {}
    hashed, most = hashlib.sha256(), MOST_ACTORS * NAME
    with open_plain(path, LARGEST, links=False) as file, zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if names != [f"{name}.npy" for name in ("actor", "month", *FIELDS)]:
            raise ValueError("other arrays than those of a panel")
        for name in names:
            raw = _member(archive, name, most)
            hashed.update(name.encode() + raw)
            arrays[name.removesuffix(".npy")] = parse_array(raw)
            most = runs * (months + 1) * arrays["actor"].size * 8
    shape = runs, months + 1, arrays["actor"].size
    if any(arrays[name].shape != shape for name in FIELDS):
        raise ValueError(f"arrays of other sizes than {shape}")
    return arrays, hashed.hexdigest()


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The bytes of a member of an archive; raises ValueError for more than `most` and a header."""
    with archive.open(name) as file:
        raw = file.read(most + HEADER + 1)
    if len(raw) > most + HEADER:
        raise ValueError(f"{name} is too large")
    return raw


def parse_array(raw: bytes) -> npt.NDArray[Any]:
    """The numbers or texts of an array's file; raises ValueError where it holds anything else."""
    file = io.BytesIO(raw)
    version = np.lib.format.read_magic(file)
    if version != (1, 0):
        raise ValueError("an array of another format")
    shape, in_columns, kind = np.lib.format.read_array_header_1_0(file)
    if kind.kind not in "biufU" or not kind.itemsize or len(shape) > MOST_AXES or in_columns:
        raise ValueError("an array of another kind")
    if math.prod(shape) * kind.itemsize != len(raw) - file.tell():
        raise ValueError("an array of another size")
    return np.frombuffer(raw, kind, offset=file.tell()).reshape(shape).copy()
