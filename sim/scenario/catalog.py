"""Finding scenarios and cases by name or path, and loading them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.case.case import Case
from sim.case.load import load_case
from sim.documents import BadFile, Document, Fault, MissingFile, did_you_mean, read_yaml
from sim.places import shipped
from sim.scenario.check import faults_of
from sim.scenario.schema import Scenario
from sim.validation import validate

SUFFIX = ".yaml"


@dataclass(frozen=True)
class Loaded:
    """A scenario with its name, its case and the file it came from."""

    name: str
    scenario: Scenario
    case: Case
    path: Path

    @property
    def start(self) -> str:
        """The start from which the scenario runs."""
        return self.scenario.start or self.case.default_start

    def resolved(self) -> dict[str, Any]:
        """The scenario in full: defaults written out, the start named."""
        content = self.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {**content, "start": self.start}


def folders() -> list[Path]:
    """Where scenarios are looked for by name: the user's own folder, then the shipped one."""
    return [Path("scenarios"), shipped("scenarios")]


def catalog() -> dict[str, Path]:
    """Every scenario that has a name, and its file; the user's own come first."""
    found: dict[str, Path] = {}
    for folder in reversed(folders()):
        if folder.is_dir():
            found.update({path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))})
    return dict(sorted(found.items()))


def find(name: str) -> Path:
    """The file of a scenario given by path or by name; raises MissingFile."""
    if name.endswith((".yaml", ".yml")) or "/" in name:
        path = Path(name)
        if path.is_file():
            return path
        raise MissingFile(f"{name}: no such file")
    known = catalog()
    if name not in known:
        raise MissingFile(f"{name}: no such scenario{did_you_mean(name, list(known))}")
    return known[name]


def cases() -> list[str]:
    """The names of all cases."""
    return sorted(path.parent.name for path in shipped("seeds").glob("*/case.yaml"))


@cache
def case_named(name: str) -> Case:
    """The case `name`; raises MissingFile or BadFile."""
    folder = shipped("seeds") / name
    if not (folder / "case.yaml").is_file():
        raise MissingFile(f"{name}: no such case{did_you_mean(name, cases())}")
    return load_case(folder)


def load_scenario(name: str) -> Loaded:
    """The scenario of a name or path; raises MissingFile, or BadFile with all its faults."""
    path = find(name)
    return load_document(path.stem, path, read_yaml(path, str(name) if "/" in name else path.name))


def load_document(name: str, path: Path, document: Document) -> Loaded:
    """The scenario in a document; raises BadFile with all its faults."""
    scenario = validate(Scenario, document)
    try:
        case = case_named(scenario.case)
    except MissingFile as error:
        raise BadFile([document.fault(("case",), str(error))]) from None
    faults: list[Fault] = faults_of(case, scenario, document)
    if faults:
        raise BadFile(faults)
    return Loaded(name, scenario, case, path)
