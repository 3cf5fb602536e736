"""The files from which a study was planned, and which of them were edited since."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from sim.io.places import shipped
from sim.io.reader import LARGEST_FILE
from sim.store.manifest import digest
from sim.study.load import LoadedStudy
from sim.study.methods import Table


def _files(study: LoadedStudy) -> Iterator[Path]:
    """The study's file, its tables, and the files of its scenarios."""
    yield study.path
    for block in study.study.blocks.values():
        if isinstance(block.design, Table):
            yield study.path.parent / block.design.file
    yield from (base.path for base in study.bases.values())


def sources_of(study: LoadedStudy, folder: Path) -> dict[str, str]:
    """A hash of each of a user's own files, by the way that leads there from the study's folder.

    Files in the folder itself, and those that share nothing but the root with it, are left out.
    """
    found = {}
    here, ours = folder.resolve(), shipped("scenarios").resolve()
    for file in dict.fromkeys(path.resolve() for path in _files(study)):
        apart = os.path.commonpath((file, here)) == os.path.abspath(os.sep)
        if not (apart or file.is_relative_to(here) or file.is_relative_to(ours)):
            found[Path(os.path.relpath(file, here)).as_posix()] = digest(file.read_bytes())[:10]
    return found


def edited(folder: Path, sources: Mapping[str, str]) -> list[Path]:
    """The files that are there and are not as they were when the study was planned."""
    found = []
    for way, before in sources.items():
        file = folder / way
        with suppress(OSError, ValueError):
            fine = file.is_file() and file.stat().st_size <= LARGEST_FILE
            if fine and digest(file.read_bytes())[:10] != before:
                found.append(Path(os.path.normpath(file)))
    return found
