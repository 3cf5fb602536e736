"""Finding scenarios and cases by name or path."""

from functools import cache
from pathlib import Path

from sim.case.case import Case
from sim.case.folder import OWN, base_of, case_folders
from sim.case.load import load_case
from sim.io.documents import did_you_mean
from sim.io.errors import MissingFile
from sim.io.places import shipped

SUFFIX = ".yaml"


def folders() -> list[Path]:
    """Where scenarios are looked for by name: the user's own folder, then the shipped one."""
    return [Path("scenarios"), shipped("scenarios")]


def catalog() -> dict[str, Path]:
    """Every scenario that has a name, and its file."""
    return files_by_name(folders())


def files_by_name(folders: list[Path]) -> dict[str, Path]:
    """The YAML files in some folders by name; of two with one name, the first counts."""
    paths: dict[str, Path] = {}
    for folder in reversed(folders):
        paths.update({path.stem: path for path in folder.glob(f"*{SUFFIX}")})
    return dict(sorted(paths.items()))


def find(name: str) -> Path:
    """The file of a scenario given by path or by name; raises MissingFile."""
    path, known = Path(name), catalog()
    is_path = name.endswith((".yaml", ".yml")) or "/" in name
    if path.is_dir() and (is_path or name not in known):
        inside = sorted(path.glob(f"*{SUFFIX}"))
        hint = f", as in {inside[0]}" if inside else ""
        raise MissingFile(f"{name}: a folder, not a scenario; name a file in it{hint}")
    if is_path and not path.is_file():
        raise MissingFile(f"{name}: no such file")
    if not is_path and name not in known:
        raise MissingFile(f"{name}: no such scenario{did_you_mean(name, list(known))}")
    return path if is_path else known[name]


def cases() -> list[str]:
    """The names of all cases: those that build on none before others, the shipped before one's own.

    The first is the one that is meant where none is named.
    """
    folders = case_folders()
    return sorted(
        folders,
        key=lambda name: (base_of(folders[name]) is not None, folders[name].parent == OWN, name),
    )


def case_named(name: str) -> Case:
    """The case `name`; raises MissingFile or BadFile."""
    folders = case_folders()
    if name not in folders:
        raise MissingFile(f"{name}: no such case{did_you_mean(name, sorted(folders))}")
    return _case_in(folders[name].resolve())


@cache
def _case_in(folder: Path) -> Case:
    return load_case(folder)
