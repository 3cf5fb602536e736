"""The store of a study: a folder of chunks, each a file that bears the hash of its content.

A chunk is written under a temporary name, brought to the disk, and only then gets its name; so a
file with a name is whole, or somebody changed it afterwards. What is there follows from the files
alone.
"""

import errno
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sim.io.errors import Damaged, MissingFile
from sim.io.files import PARTIAL, refusals, sync, write_whole
from sim.io.opening import BLOCK, open_plain
from sim.store.chunk import (
    LARGEST_HEAD,
    Entry,
    Layout,
    NotAChunk,
    Read,
    Stretch,
    announced,
    atoms_of,
    decoded,
    length_of,
    numbers_of,
)
from sim.store.lock import WHOLE, Share

CHUNKS = "chunks"
DAMAGED = "damaged"
SUFFIX = ".chunk"
READERS = 4
"""Threads that read and hash chunks."""


LARGEST = 100_000_000_000
"""Bytes of the largest chunk."""

NO_FILE = (errno.EINVAL, errno.ELOOP, errno.EISDIR, errno.EFBIG, errno.ENXIO)
"""Errors of what can be no chunk; any other one says that a chunk cannot be read just now."""


def name_of(content: bytes) -> str:
    """The name of the file that holds a chunk."""
    return f"{hashlib.sha256(content).hexdigest()[:32]}{SUFFIX}"


def look(path: Path) -> tuple[int, Layout, list[Entry]]:
    """Size, layout and entries of a chunk; raises OSError, or NotAChunk where it is none."""
    with open_plain(path, LARGEST, links=False) as file:
        size, line = os.fstat(file.fileno()).st_size, file.readline(LARGEST_HEAD)
        layout, entries = announced(line, size)
        hashed = hashlib.sha256(line)
        while block := file.read(BLOCK):
            hashed.update(block)
    if f"{hashed.hexdigest()[:32]}{SUFFIX}" != path.name:
        raise NotAChunk
    return size, layout, entries


DAMAGE, GONE = "damage", "gone"
"""What is found where a file is no chunk any more, or is not there."""


@dataclass(frozen=True)
class Chunk:
    """A whole chunk: its bytes and its stretches, none where its layout is another one."""

    size: int
    entries: list[Entry]


@dataclass(frozen=True)
class Place:
    """Where a stretch is kept."""

    file: str
    entry: Entry


@dataclass
class Contents:
    """What a store holds: the places of each point's stretches, and which files are damaged."""

    layout: Layout
    places: dict[str, list[Place]] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)

    def add(self, file: str, size: int, entries: list[Entry]) -> None:
        """Take in a chunk."""
        self.files[file] = size
        for entry in entries:
            self.places.setdefault(entry.stretch.point, []).append(Place(file, entry))

    def atoms(self, point: str, runs: int) -> dict[int, Place]:
        """Where each atom of a point with so many runs is kept, those that are."""
        found: dict[int, Place] = {}
        for place in self.places.get(point, ()):
            stretch = place.entry.stretch
            for atom in stretch.atoms:
                if atom < atoms_of(runs) and stretch.length(atom) == length_of(atom, runs):
                    found.setdefault(atom, place)
        return found

    @property
    def size(self) -> int:
        """Bytes of all chunks."""
        return sum(self.files.values())


class Store:
    """The chunks of the study in `folder`, all with the layout `layout`."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        self.folder = folder
        self.chunks = folder / CHUNKS
        self.layout = layout

    def contents(self) -> Contents:
        """All that is there, every file held against its name; nothing is changed.

        Raises MissingFile for a chunk that may not be read: it need not be damaged.
        """
        found = Contents(self.layout)
        with ThreadPoolExecutor(READERS) as pool:
            for name, looked in pool.map(self._look, self._names()):
                if isinstance(looked, Chunk):
                    found.add(name, looked.size, looked.entries)
                elif looked is DAMAGE:
                    found.damaged.append(name)
        return found

    def _names(self) -> list[str]:
        for folder in (self.chunks, self.folder / DAMAGED):
            if folder.is_symlink():
                raise Damaged(f"{folder}: a link; what it leads to is not touched")
        try:
            names = sorted(os.listdir(self.chunks))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise MissingFile(f"{self.chunks}: {error.strerror}") from None
        return [each for each in names if each.endswith(SUFFIX) and not each.startswith(PARTIAL)]

    def _look(self, name: str) -> "tuple[str, Chunk | str]":
        """What a file holds; another shard may have moved it away as damaged in the meantime."""
        try:
            size, layout, entries = look(self.chunks / name)
        except FileNotFoundError:
            return name, GONE
        except NotAChunk:
            return name, DAMAGE
        except OSError as error:
            if error.errno in NO_FILE:
                return name, DAMAGE
            raise MissingFile(f"{self.chunks / name}: {error.strerror}") from None
        return name, Chunk(size, entries if layout == self.layout else [])

    def stretches(self, name: str) -> list[Stretch]:
        """The stretches of a chunk in their order; none where it is damaged or gone."""
        looked = self._look(name)[1]
        return [entry.stretch for entry in looked.entries] if isinstance(looked, Chunk) else []

    def set_aside(self, names: list[str]) -> None:
        """Move damaged chunks out of the way, those that still are there; raises CannotWrite."""
        with refusals(self.folder / DAMAGED):
            for name in names:
                (self.folder / DAMAGED).mkdir(exist_ok=True)
                with suppress(FileNotFoundError):
                    os.replace(self.chunks / name, self.folder / DAMAGED / name)

    def clear(self, share: Share) -> None:
        """Remove what a process that was killed left half written.

        Who holds the whole study is alone; a shard removes its own, and those of a whole run.
        """
        labels = ("",) if share.is_whole else (f"{share.label}-", f"{WHOLE.label}-")
        with suppress(OSError):
            for name in os.listdir(self.chunks):
                if name.startswith(tuple(f"{PARTIAL}{label}" for label in labels)):
                    (self.chunks / name).unlink(missing_ok=True)

    def put(self, content: bytes, share: Share) -> list[Entry]:
        """Keep a chunk; once this returns, a power cut does not lose it. Raises CannotWrite."""
        name = name_of(content)
        with refusals(self.chunks):
            if not self.chunks.is_dir():
                self.chunks.mkdir(exist_ok=True)
                sync(self.folder)
        write_whole(self.chunks / name, content, f"{share.label}-")
        return decoded(content)[1]

    def read(self, place: Place) -> Read:
        """The runs of a stretch that did not fail."""
        stretch = place.entry.stretch
        with (self.chunks / place.file).open("rb") as file:
            file.seek(place.entry.offset)
            return numbers_of(self.layout, stretch, file.read(8 * self.layout.numbers(stretch)))
