"""Pictures as files: the same picture gives the same bytes, and a file is whole or not there."""

import io
import os
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from sim.io.files import refusals, write_whole

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
    with refusals(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, buffer.getvalue(), f"{os.getpid()}-")
    return path
