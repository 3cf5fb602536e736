"""Tables that are written row by row under a temporary name, and appear once all are whole.

What the disk does not take is told as CannotWrite with the name of the table.
"""

import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sim.io.errors import CannotWrite
from sim.store.folder import PARTIAL

LEVEL = 2
"""How hard gzip tries: a study has many rows, and they shrink to a fifth with little."""


class Table:
    """One table in the making; a name that ends in `.gz` is packed, without a time stamp in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._partial = path.with_name(f"{PARTIAL}{path.name}")
        with self._told():
            self._file = self._partial.open("wb")
        self._packed: IO[bytes] | gzip.GzipFile = self._file
        if path.suffix == ".gz":
            self._packed = gzip.GzipFile("", "wb", LEVEL, self._file, mtime=0)
        self._hash = hashlib.sha256()

    def write(self, text: str) -> None:
        """Write some rows."""
        raw = text.encode()
        self._hash.update(raw)
        with self._told():
            self._packed.write(raw)

    def settle(self) -> str:
        """Bring all rows to the disk; gives the hash of the text."""
        with self._told():
            if self._packed is not self._file:
                self._packed.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        return self._hash.hexdigest()

    def appear(self) -> None:
        """Take the place of the table that was there before."""
        with self._told():
            os.replace(self._partial, self.path)

    def drop(self) -> None:
        """Leave nothing behind, where the rows did not come to their end."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._partial.unlink(missing_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CannotWrite(f"{self.path}: {error.strerror}") from None
