"""What stands in a results folder, and how folders and their contents are named."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sim.io.files import StagedFile
from sim.store.manifest import MANIFEST, digest, sealed

UNIX = 3
"""What an archive says of the system that made it, whatever that was."""


def joined(names: Sequence[str], most: int = 120) -> str:
    """Names for the name of a folder: all of them if they fit in `most` bytes, else a count.

    >>> joined(["baseline", "isolation-of-all"]), joined(["baseline", "isolation-of-all"], most=20)
    ('baseline+isolation-of-all', 'baseline+1-other')
    >>> joined(["a-very-long-name"], most=6)
    'a-very'
    """
    text, others = "+".join(names), len(names) - 1
    if len(text.encode()) <= most:
        return text
    first = names[0].encode()[:most].decode(errors="ignore")
    return f"{first}+{others}-other{'s' * (others > 1)}" if others else first


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
        table = StagedFile(self.folder / name)
        for part in parts:
            table.write(part)
        self.hashes[name] = table.sync()
        table.publish()

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
