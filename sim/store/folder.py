"""The results folder: it appears whole or not at all, and says all that is needed to repeat it."""

import gzip
import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.io.errors import CannotWrite
from sim.store.manifest import MANIFEST, digest, sealed

PARTIAL = ".partial-"
"""Part of the name of a folder that is still being written; no reader accepts such a name."""


UNIX = 3
"""What an archive says of the system that made it, whatever that was."""


@contextmanager
def appearing(folder: Path) -> Iterator[Path]:
    """A temporary folder beside `folder` that takes its name only when the block ends well.

    Raises CannotWrite where the place cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f"{PARTIAL}{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise CannotWrite(f"{folder.parent}: {error.strerror}") from None
    try:
        yield partial
        for file in partial.iterdir():
            _settle(file)
        partial.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        partial.rename(folder)
        _settle(folder.parent)
    except OSError as error:
        raise CannotWrite(f"{folder}: {error.strerror}") from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _settle(path: Path) -> None:
    """Wait until the disk holds the file or folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def joined(names: Sequence[str], most: int = 60) -> str:
    """Names for the name of a folder, shortened to about `most` bytes.

    >>> joined(["baseline", "isolation-of-all"]), joined(["baseline", "isolation-of-all"], most=20)
    ('baseline+isolation-of-all', 'baseline+1-more')
    >>> joined(["a-very-long-name"], most=6)
    'a-very'
    """
    text = names[0].encode()[:most].decode(errors="ignore")
    for place, name in enumerate(names[1:], start=1):
        if len(f"{text}+{name}".encode()) > most:
            return f"{text}+{len(names) - place}-more"
        text = f"{text}+{name}"
    return text


class Packer:
    """Writes the files of one folder and notes the hash of each one's uncompressed content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hashes: dict[str, str] = {}

    def write(self, name: str, content: str | bytes | memoryview) -> None:
        """Write one file."""
        raw = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(raw)
        self.hashes[name] = digest(raw)

    def write_gzip(self, name: str, parts: Iterator[str]) -> None:
        """Write one gzip file from parts of its text, without a time stamp in it."""
        hashed = hashlib.sha256()
        with (
            (self.folder / name).open("wb") as file,
            gzip.GzipFile("", "wb", compresslevel=5, fileobj=file, mtime=0) as packed,
        ):
            for part in parts:
                raw = part.encode()
                hashed.update(raw)
                packed.write(raw)
        self.hashes[name] = hashed.hexdigest()

    def write_archive(self, name: str, members: Iterable[tuple[str, Iterator[bytes]]]) -> None:
        """Write a zip archive of some members, each in parts, without a time stamp in it.

        Its hash is that of the names and contents of its members, one after the other.
        """
        hashed = hashlib.sha256()
        with zipfile.ZipFile(self.folder / name, "w", compresslevel=1) as archive:
            for member, parts in members:
                entry = zipfile.ZipInfo(member)
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, UNIX
                hashed.update(member.encode())
                with archive.open(entry, "w", force_zip64=True) as file:
                    for part in parts:
                        hashed.update(part)
                        file.write(part)
        self.hashes[name] = hashed.hexdigest()

    def finish(self, content: dict[str, Any]) -> None:
        """Write the manifest with the hashes of all files."""
        (self.folder / MANIFEST).write_text(sealed(content, self.hashes), encoding="utf-8")
