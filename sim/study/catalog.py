"""Finding studies by name or path."""

from pathlib import Path

from sim.io.documents import did_you_mean
from sim.io.errors import MissingFile
from sim.io.places import shipped
from sim.scenario.catalog import files_by_name

PLAN = "plan.json"
"""The file by which the folder of a study is known."""


def folders() -> list[Path]:
    """Where studies are looked for by name: the user's own folder, then the shipped one."""
    return [Path("scenarios") / "studies", shipped("scenarios") / "studies"]


def catalog() -> dict[str, Path]:
    """Every study that has a name, and its file."""
    return files_by_name(folders())


def find_study(name: str) -> Path:
    """The file of a study given by path or by name; raises MissingFile."""
    if name.endswith((".yaml", ".yml")) or "/" in name:
        if Path(name).is_file():
            return Path(name)
        raise MissingFile(f"{name}: no such file")
    known = catalog()
    if name not in known:
        raise MissingFile(f"{name}: no such study{did_you_mean(name, list(known))}")
    return known[name]
