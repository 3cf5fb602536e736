"""Tables that are written row by row under a temporary name, and appear once all are whole."""

import gzip
import hashlib
import os
from pathlib import Path
from typing import IO

from sim.results.folder import PARTIAL

LEVEL = 2
"""How hard gzip tries: a study has many rows, and they shrink to a fifth with little."""


class Table:
    """One table in the making; a name that ends in `.gz` is packed, without a time stamp in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._partial = path.with_name(f"{PARTIAL}{path.name}")
        self._file = self._partial.open("wb")
        self._packed: IO[bytes] | gzip.GzipFile = self._file
        if path.suffix == ".gz":
            self._packed = gzip.GzipFile("", "wb", LEVEL, self._file, mtime=0)
        self._hash = hashlib.sha256()

    def write(self, text: str) -> None:
        """Write some rows."""
        raw = text.encode()
        self._hash.update(raw)
        self._packed.write(raw)

    def settle(self) -> str:
        """Bring all rows to the disk; gives the hash of the text."""
        if self._packed is not self._file:
            self._packed.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._hash.hexdigest()

    def appear(self) -> None:
        """Take the place of the table that was there before."""
        os.replace(self._partial, self.path)

    def drop(self) -> None:
        """Leave nothing behind, where the rows did not come to their end."""
        self._file.close()
        self._partial.unlink(missing_ok=True)
