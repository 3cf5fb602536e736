"""Loading a scenario: its file, what it extends, the options on top, and the case it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.case.case import Case
from sim.documents import BadFile, Document, Fault, MissingFile, did_you_mean
from sim.reader import read_yaml
from sim.scenario.catalog import SUFFIX, case_named, cases, catalog, find, folders
from sim.scenario.check import faults_of
from sim.scenario.check_numbers import faults_of_numbers
from sim.scenario.dates import counted
from sim.scenario.merge import LISTED, merged, with_settings
from sim.scenario.salvage import salvaged
from sim.scenario.schema import Scenario
from sim.validation import validate


@dataclass(frozen=True)
class Loaded:
    """A scenario with its name, its case and the file it came from.

    `documented` is the case as its files have it; in `case` the scenario's numbers are changed.
    `came_from` gives the file of each intervention, empty for the scenario's own.
    """

    name: str
    scenario: Scenario
    case: Case
    documented: Case
    path: Path
    came_from: tuple[str, ...] = ()

    @property
    def start(self) -> str:
        """The start from which the scenario runs."""
        return self.scenario.start or self.case.default_start

    def resolved(self) -> dict[str, Any]:
        """The scenario in full: bases merged, defaults written out, the start named."""
        content = self.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {**content, "start": self.start}


def load_scenario(name: str, settings: Sequence[str] = ()) -> Loaded:
    """The scenario of a name or path, changed by settings `KEY=VALUE`.

    Raises MissingFile, or BadFile with all its faults.
    """
    path = find(name)
    document = read_extended(path, str(name) if "/" in name else path.name)
    return load_document(path.stem, path, document, settings)


def load_document(
    name: str, path: Path, document: Document, settings: Sequence[str] = ()
) -> Loaded:
    """The scenario in a document whose bases are merged; raises BadFile with all its faults."""
    if settings:
        document = with_settings(document, settings)
    document, dated = counted(document)
    faults: list[Fault] = []
    try:
        scenario = validate(Scenario, document)
        documented = case_named(scenario.case)
    except MissingFile as error:
        raise BadFile([document.fault(("case",), str(error))]) from None
    except BadFile as error:
        given = document.value.get("case")
        if given not in cases():
            known = did_you_mean(given, cases())
            named = [document.fault(("case",), f"{given}: no such case{known}")]
            raise BadFile([*(named if isinstance(given, str) else []), *error.faults]) from None
        faults = error.faults
        scenario = salvaged(document.value, document.value["case"])
        documented = case_named(scenario.case)
    faults = [*dated, *faults, *faults_of_numbers(documented, scenario, document)]
    case = documented if faults else documented.with_values_at(scenario.numbers)
    faults += faults_of(case, scenario, document)
    if faults:
        raise BadFile(sorted(faults, key=lambda fault: (fault.file, fault.place or (0, 0))))
    if settings:
        title = f"{scenario.title} ({', '.join(settings)})"
        scenario = scenario.model_copy(update={"title": title})
    return Loaded(name, scenario, case, documented, path, _sources(document, scenario))


def _sources(document: Document, scenario: Scenario) -> tuple[str, ...]:
    """The file of each intervention, empty for the document's own and for those of options."""
    found = []
    for i in range(len(scenario.interventions)):
        file, is_option = document.origin((LISTED, i)).file, document.place((LISTED, i)) is None
        found.append("" if is_option or file == document.name else file)
    return tuple(found)


def read_extended(path: Path, name: str, chain: tuple[Path, ...] = ()) -> Document:
    """The document in a file over those it extends; raises BadFile or MissingFile."""
    document = read_yaml(path, name)
    if "extends" not in document.value:
        return document
    named = document.value["extends"]
    bases = [named] if isinstance(named, str) else named
    if not isinstance(bases, list) or not all(isinstance(each, str) for each in bases):
        raise BadFile([document.fault(("extends",), "must be the name of a scenario, or a list")])
    chain = (*chain, path.resolve())
    faults, found = [], []
    for i, base in enumerate(bases):
        keys = ("extends",) if isinstance(named, str) else ("extends", i)
        try:
            file = base_file(base, path)
            if file.resolve() in chain:
                names = " → ".join(each.stem for each in (*chain, file))
                raise MissingFile(f"{base}: goes round in a circle: {names}")
            found.append(read_extended(file, file.name, chain))
        except MissingFile as error:
            faults.append(document.fault(keys, str(error)))
        except BadFile as error:
            faults += error.faults
    if faults:
        raise BadFile(faults)
    return merged(found, document)


def base_file(base: str, path: Path) -> Path:
    """The file that a scenario in `path` extends.

    A name is looked for beside the file, then among the scenarios with a name; a path leads from
    the folder of the file. Raises MissingFile; also for a file outside the folders for scenarios.
    """
    allowed = [path.parent.resolve(), *(folder.resolve() for folder in folders())]
    if base.endswith((SUFFIX, ".yml")) or "/" in base:
        places = [path.parent / base]
    else:
        places = [folder / f"{base}{SUFFIX}" for folder in (path.parent, *folders())]
    for place in places:
        real = place.resolve()
        if not any(real.is_relative_to(folder) for folder in allowed):
            shown = ", ".join(
                dict.fromkeys(str(folder) for folder in (path.parent, *folders()[:1]))
            )
            raise MissingFile(f"{base}: lies outside the folders for scenarios ({shown})")
        if place.is_file() and real != path.resolve():
            return place
    if path.resolve() in [place.resolve() for place in places]:
        raise MissingFile(f"{base}: a scenario cannot extend itself")
    raise MissingFile(f"{base}: no such scenario{did_you_mean(base, list(catalog()))}")
