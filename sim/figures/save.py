"""Pictures as files: the same picture gives the same bytes, and a file is whole or not there."""

import io
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from sim.io.errors import CannotWrite
from sim.store.folder import PARTIAL

DPI = 200
"""Dots an inch of a png."""

SILENT: dict[str, dict[str, Any]] = {
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
}
"""Suffixes that can be saved, and what a file of that kind is not to say about its making."""


def kind_of(path: Path) -> str:
    """The suffix of `path` in small letters; raises ValueError for one that cannot be saved."""
    kind = path.suffix.lower()
    if kind not in SILENT:
        raise ValueError(f"{path}: unknown kind of picture; known: {', '.join(SILENT)}")
    return kind


def save(figure: Figure, path: Path) -> Path:
    """Write `figure` as png (200 dots an inch), pdf or svg, as the suffix of `path` says.

    A file that is there is replaced. Returns `path`; raises ValueError for another suffix and
    CannotWrite where the place cannot be written.
    """
    kind, buffer = kind_of(path), io.BytesIO()
    # Without a salt of its own an svg names its parts by chance; 42 keeps letters in a pdf.
    with mpl.rc_context({"svg.hashsalt": "sim", "pdf.fonttype": 42}):
        figure.savefig(buffer, format=kind[1:], dpi=DPI, metadata=SILENT[kind])
    partial = path.with_name(f"{PARTIAL}{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(buffer.getvalue())
        partial.replace(path)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror}") from None
    finally:
        with suppress(OSError):
            partial.unlink()
    return path
