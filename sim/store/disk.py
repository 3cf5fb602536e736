"""Files that appear whole or not at all, and stay there through a power cut."""

import os
from contextlib import suppress
from pathlib import Path

from sim.store.folder import PARTIAL


def settle(folder: Path) -> None:
    """Wait until the disk holds the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep(path: Path, content: bytes, label: str = "") -> None:
    """Write a file; once this returns, a power cut does not lose it. Raises OSError.

    Until then it has a name that no reader takes, with a `label` of whoever writes it.
    """
    partial = path.with_name(f"{PARTIAL}{label}{path.name}")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
        settle(path.parent)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
