"""The files of this checkout that belong to the project, apart from what somebody tries out in it.

A scenario, a study or a case of one's own may lie beside those that come along. Tests must not look
at it, so they read a copy without it.
"""

import shutil
import subprocess
from pathlib import Path

import sim.io.places

ROOT = Path(__file__).parents[1]
DATA = ("scenarios", "seeds")

MADE_BY_MACHINES = "__pycache__"
"""Folders of byte code, compiled code and digests."""


def present(root: Path, *below: str) -> list[Path]:
    """Every file that a person may have written in some folders, relative to `root`, sorted."""
    found = [path for folder in below for path in (root / folder).rglob("*") if path.is_file()]
    return sorted(path.relative_to(root) for path in found if MADE_BY_MACHINES not in path.parts)


def of_the_project(root: Path, *below: str) -> list[Path]:
    """The files in some folders that git tracks, as they are now; all where there is no checkout.

    A source distribution has no list of its own, and nobody works in it.
    """
    if not (root / ".git").exists():
        return present(root, *below)
    command = ["git", "-C", str(root), "ls-files", "-z", "--", *below]
    try:
        listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return present(root, *below)
    return sorted(path for path in map(Path, listed.split("\0")) if (root / path).is_file())


def copy_all(files: list[Path], root: Path, folder: Path) -> None:
    """Copy files from below `root` to the same places below `folder`."""
    for path in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, folder / path)


def ship_only_the_project(folder: Path) -> None:
    """Let the program find a copy of the project's data in `folder`, if others lie beside it."""
    files = of_the_project(ROOT, *DATA)
    if files != present(ROOT, *DATA):
        copy_all(files, ROOT, folder)
        sim.io.places.PACKAGE = folder / "sim"
