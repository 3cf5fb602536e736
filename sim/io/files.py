"""Files and folders that appear whole or not at all, and stay there through a power cut."""

import fcntl
import gzip
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO

from sim.io.errors import CannotWrite

PARTIAL = ".partial-"
"""The name of what is still being written begins so; no reader accepts such a name."""

LEVEL = 2
"""How hard gzip tries on a table: many rows shrink to a fifth with little effort."""


def sync(path: Path) -> None:
    """Wait until the disk holds a file, or the names in a folder; raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn each OSError of a block into CannotWrite, with the name of what was being written."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror or error}") from None


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A temporary folder beside `folder` that takes its name only when the block ends well.

    Raises CannotWrite where the place cannot be written.
    """
    beginning = f"{PARTIAL}{folder.name}-"
    partial = folder.parent / f"{beginning}{token_hex(4)}"
    with ExitStack() as undo:
        # before it is there: an interrupt right after its making must find this
        undo.callback(shutil.rmtree, partial, ignore_errors=True)
        with refusals(folder.parent):
            folder.parent.mkdir(parents=True, exist_ok=True)
            undo.callback(os.close, _begin(partial, beginning))
        with refusals(folder):
            yield partial
            for file in partial.iterdir():
                sync(file)
            partial.chmod(0o755)
            if folder.exists():
                shutil.rmtree(folder)
            partial.rename(folder)
            sync(folder.parent)


def _begin(partial: Path, beginning: str) -> int:
    """Make a temporary folder, and open it under a lock that says that somebody works in it.

    What processes that were killed left of the same folder, by the `beginning` of its name, is
    removed: nobody holds its lock.
    """
    parent = os.open(partial.parent, os.O_RDONLY)
    try:
        fcntl.flock(parent, fcntl.LOCK_EX)  # so that nobody takes a new folder for a left one
        for left in partial.parent.iterdir():
            if left.name.startswith(beginning) and left.is_dir() and not left.is_symlink():
                _remove_unless_held(left)
        partial.mkdir(0o700)
        mark = os.open(partial, os.O_RDONLY)
        fcntl.flock(mark, fcntl.LOCK_EX)
    finally:
        os.close(parent)
    return mark


def _remove_unless_held(left: Path) -> None:
    mark = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left)
    except OSError:
        return
    finally:
        os.close(mark)


def write_whole(path: Path, content: str | bytes, label: str = "") -> None:
    """Write a file; once this returns, a power cut does not lose it. Raises CannotWrite.

    Until then it has a name that no reader takes, with a `label` of whoever writes it.
    """
    partial = path.with_name(f"{PARTIAL}{label}{path.name}")
    with refusals(path):
        try:
            partial.unlink(missing_ok=True)
            with partial.open("xb") as file:  # a link of this name would lead elsewhere
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
            sync(path.parent)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; raises OSError, also where it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)


class StagedFile:
    """A text file written in parts under a temporary name; all but `discard` raise CannotWrite.

    A name that ends in `.gz` is packed, without a time stamp in it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._partial = path.with_name(f"{PARTIAL}{path.name}")
        with refusals(path):
            self._partial.unlink(missing_ok=True)
            self._file = self._partial.open("xb")
        self._packed: IO[bytes] | gzip.GzipFile = self._file
        if path.suffix == ".gz":
            self._packed = gzip.GzipFile("", "wb", LEVEL, self._file, mtime=0)
        self._hash = hashlib.sha256()

    def write(self, text: str) -> None:
        """Write some rows."""
        raw = text.encode()
        self._hash.update(raw)
        with refusals(self.path):
            self._packed.write(raw)

    def sync(self) -> str:
        """Bring all rows to the disk; gives the hash of the text."""
        with refusals(self.path):
            if self._packed is not self._file:
                self._packed.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        return self._hash.hexdigest()

    def publish(self) -> None:
        """Take the place of the file that was there before."""
        with refusals(self.path):
            os.replace(self._partial, self.path)

    def discard(self) -> None:
        """Leave nothing behind, where the rows did not come to their end; never raises."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._partial.unlink(missing_ok=True)
