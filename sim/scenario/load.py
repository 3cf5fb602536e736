"""Loading a scenario: its file, what it extends, the options on top, and the case it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.case.case import Case
from sim.io.documents import Document, did_you_mean
from sim.io.errors import UNSEEN, BadFile, Fault, MissingFile
from sim.io.reader import read_yaml
from sim.io.validation import parsed
from sim.scenario.catalog import SUFFIX, case_named, cases, catalog, find, folders
from sim.scenario.limits import LONGEST
from sim.scenario.merge import LISTED, merged, with_settings
from sim.scenario.numbers import changes_in
from sim.scenario.schema import Scenario
from sim.scenario.setting import Setting

DEEPEST = 50
"""Scenarios that may extend each other, one on another."""


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

    def __repr__(self) -> str:
        return f"<Loaded {self.name}: {self.scenario!r}>"

    @property
    def start(self) -> str:
        """The start from which the scenario runs."""
        return self.scenario.start or self.case.default_start

    def resolved(self) -> dict[str, Any]:
        """The scenario in full: bases merged, defaults written out, the start named."""
        content = self.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {**content, "start": self.start}


def load_scenario(name: str | Path, settings: Sequence[str] = ()) -> Loaded:
    """The scenario of a name or path, changed by settings `KEY=VALUE`.

    Raises MissingFile, or BadFile with all its faults.

    >>> load_scenario("baseline", ["months=24", "parameters.reward_weight=3"]).scenario.months
    24
    """
    name = str(name)
    path = find(name)
    check_name(path)
    document = read_extended(path, name if "/" in name else path.name)
    return load_document(path.stem, path, document, settings)


def check_name(path: Path) -> None:
    """Raise BadFile for a name that cannot become part of that of a folder."""
    if UNSEEN.search(path.stem):
        message = "the name of the file holds a line break or what cannot be printed; rename it"
        raise BadFile([Fault(str(path), None, "", message)])


def load_document(
    name: str, path: Path, document: Document, settings: Sequence[str] = ()
) -> Loaded:
    """The scenario in a document whose bases are merged; raises BadFile with all its faults."""
    if settings:
        document = with_settings(document, settings)
    setting = read_setting(document)
    scenario, faults = parsed(Scenario, document, context=setting)
    named = document.value.get("case")
    if setting is None and isinstance(named, str):
        message = f"{named}: no such case{did_you_mean(named, cases())}"
        faults = [document.fault(("case",), message), *faults]
    if scenario is None or setting is None:
        raise BadFile(sorted(faults, key=lambda fault: (fault.file, fault.place or (0, 0))))
    if settings:
        title = f"{scenario.title} ({', '.join(settings)})"
        scenario = scenario.model_copy(update={"title": title})
    documented = case_named(scenario.case)
    return Loaded(name, scenario, setting.case, documented, path, _sources(document, scenario))


def read_setting(document: Document) -> Setting | None:
    """What a scenario acts on, read before all else; None where its case is not known.

    What is wrong with start, horizon or numbers the scenario itself reports.
    """
    content = document.value
    if content.get("case") not in cases():
        return None
    case, default = case_named(content["case"]), Scenario.model_fields["months"].default
    start = case.starts.get(str(content.get("start") or case.default_start))
    case = case.with_numbers(changes_in(case, content.get("numbers"))[0])
    months = content.get("months", default)
    fine = type(months) is int and 1 <= months <= LONGEST
    return Setting(case, start, months if fine else LONGEST)


def _sources(document: Document, scenario: Scenario) -> tuple[str, ...]:
    """The file of each intervention, empty for the document's own and for those of options."""
    sources = [document.source((LISTED, i))[0] for i in range(len(scenario.interventions))]
    return tuple(
        "" if source.name == document.name or not source.places else source.name
        for source in sources
    )


Known = dict[Path, Document | BadFile]
"""What became of the files that were read before."""


def read_extended(
    path: Path, name: str, chain: tuple[Path, ...] = (), known: Known | None = None
) -> Document:
    """The document in a file over those it extends; `chain` are the files that led here.

    Raises BadFile or MissingFile.
    """
    document, known = read_yaml(path, name), {} if known is None else known
    if "extends" not in document.value:
        return document
    if len(chain) == DEEPEST:
        raise BadFile([document.fault(("extends",), f"more than {DEEPEST} files, one on another")])
    named = document.value["extends"]
    bases = [named] if isinstance(named, str) else named
    if not isinstance(bases, list) or not all(isinstance(each, str) for each in bases):
        raise BadFile([document.fault(("extends",), "must be the name of a scenario, or a list")])
    chain = (*chain, path.resolve())
    faults, documents = [], []
    for i, base in enumerate(bases):
        keys = ("extends",) if isinstance(named, str) else ("extends", i)
        try:
            documents.append(_base(base, path, chain, known))
        except MissingFile as error:
            faults.append(document.fault(keys, str(error)))
        except BadFile as error:
            faults += error.faults
    if faults:
        raise BadFile(list(dict.fromkeys(faults)))
    return merged(documents, document)


def _base(base: str, path: Path, chain: tuple[Path, ...], known: Known) -> Document:
    """A base, read the first time it is met: else a few files could name each other for ever."""
    file = base_file(base, path)
    if file.resolve() in chain:
        names = " -> ".join(each.stem for each in (*chain, file))
        raise MissingFile(f"{base}: a scenario cannot extend itself: {names}")
    if file not in known:
        try:
            known[file] = read_extended(file, file.name, chain, known)
        except BadFile as error:
            known[file] = error
    result = known[file]
    if isinstance(result, BadFile):
        raise result
    return result


def base_file(base: str, path: Path) -> Path:
    """The file that a scenario in `path` extends.

    A name is looked for beside the file, then among the scenarios with a name; a path leads from
    the folder of the file. Raises MissingFile; also for a file outside the folders for scenarios.
    """
    near = (path.parent, *folders())
    is_path = base.endswith((SUFFIX, ".yml")) or "/" in base
    places = [path.parent / base] if is_path else [folder / f"{base}{SUFFIX}" for folder in near]
    for place in places:
        real = place.resolve()
        if not any(real.is_relative_to(folder.resolve()) for folder in near):
            shown = ", ".join(dict.fromkeys(map(str, near[:2])))
            raise MissingFile(f"{base}: lies outside the folders for scenarios ({shown})")
        if place.is_file() and real != path.resolve():
            return place
    if path.resolve() in [place.resolve() for place in places]:
        raise MissingFile(f"{base}: a scenario cannot extend itself")
    raise MissingFile(f"{base}: no such scenario{did_you_mean(base, list(catalog()))}")
