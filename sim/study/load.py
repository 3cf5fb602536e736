"""Loading a study: its file, the scenarios it starts from, and the designs of its blocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.case.case import Case
from sim.documents import BadFile, Document, Fault, Keys, MissingFile
from sim.reader import read_yaml
from sim.results.members import Reals
from sim.scenario.catalog import SUFFIX
from sim.scenario.load import Loaded, load_scenario
from sim.study.catalog import find_study
from sim.study.check import faults_of_block
from sim.study.design import Design, made
from sim.study.factors import Factor, factors_of
from sim.study.recorded import Recorded, faults_of_recorded, known_of, recorded_of
from sim.study.salvage import salvaged
from sim.study.schema import Block, Study, Table
from sim.study.tables import columns_of
from sim.validation import validate

NO_ROWS: Mapping[str, Reals] = {}


@dataclass(frozen=True)
class LoadedBlock:
    """A block with its factors and its design; `scenarios` are crossed with every point of it."""

    name: str
    scenarios: tuple[str, ...]
    runs: int
    factors: tuple[Factor, ...]
    design: Design

    def __len__(self) -> int:
        return len(self.scenarios) * len(self.design)


@dataclass(frozen=True)
class LoadedStudy:
    """A study with its name, the scenarios it starts from by name, and its blocks."""

    name: str
    path: Path
    study: Study
    bases: Mapping[str, Loaded]
    months: int
    recorded: Recorded
    blocks: tuple[LoadedBlock, ...]

    @property
    def case(self) -> Case:
        """The case in which all its scenarios play, as its files have it."""
        return next(iter(self.bases.values())).documented


def load_study(name: str) -> LoadedStudy:
    """The study of a name or path; raises MissingFile, MissingExtra, or BadFile with all faults."""
    path = find_study(name)
    return load_document(path, read_yaml(path, name if "/" in name else path.name))


def load_document(
    path: Path, document: Document, rows: Mapping[str, Reals] = NO_ROWS
) -> LoadedStudy:
    """The study in a document; raises MissingExtra, or BadFile with all its faults.

    `rows` holds the samples of blocks whose design was made before.
    """
    faults: list[Fault] = []
    try:
        study = validate(Study, document)
    except BadFile as error:
        faults, study = list(error.faults), salvaged(document.value)
    bases, wrong = _bases(path, study, document)
    faults += wrong
    faults += [document.fault(keys, "stands twice") for keys in _repeated(study)]
    known = known_of(bases.values())
    if bases:
        faults += faults_of_recorded(known, study, document)
        faults += _faults_in_case(path, study, bases, document)
    if faults:
        raise BadFile(sorted(set(faults), key=lambda fault: (fault.file, fault.place or (0, 0))))
    months = study.months or next(iter(bases.values())).scenario.months
    blocks = tuple(_block(path, study, bases, name, rows.get(name)) for name in study.blocks)
    return LoadedStudy(path.stem, path, study, bases, months, recorded_of(known, study), blocks)


def scenarios_of(study: Study, block: Block) -> list[str]:
    """The scenarios of a block: its own, else those of the study."""
    return block.scenarios or study.scenarios


def _named(study: Study) -> dict[str, tuple[str | int, ...]]:
    """Every scenario that is named anywhere, and where."""
    found: dict[str, tuple[str | int, ...]] = {}
    for i, name in enumerate(study.scenarios):
        found.setdefault(name, ("scenarios", i))
    for key, block in study.blocks.items():
        for i, name in enumerate(block.scenarios or ()):
            found.setdefault(name, ("blocks", key, "scenarios", i))
    return found


def _repeated(study: Study) -> Iterator[Keys]:
    """Where a scenario stands for the second time."""
    listed: list[tuple[Keys, list[str]]] = [(("scenarios",), study.scenarios)]
    for key, block in study.blocks.items():
        listed.append((("blocks", key, "scenarios"), block.scenarios or []))
    for keys, names in listed:
        yield from ((*keys, i) for i, name in enumerate(names) if name in names[:i])


def _bases(path: Path, study: Study, document: Document) -> tuple[dict[str, Loaded], list[Fault]]:
    """The scenarios of a study; a path leads from the folder of its file."""
    found: dict[str, Loaded] = {}
    faults: list[Fault] = []
    for name, keys in _named(study).items():
        is_path = name.endswith((SUFFIX, ".yml")) or "/" in name
        place = keys if isinstance(_at(document.value, keys[:-1]), list) else keys[:-1]
        try:
            found[name] = load_scenario(str(path.parent / name) if is_path else name)
        except MissingFile as error:
            message = str(error).replace(str(path.parent / name), name)
            faults.append(document.fault(place, message))
        except BadFile as error:
            faults += error.faults
    faults += [
        document.fault(("scenarios",), message) for message in _apart(list(found.values()), study)
    ]
    return found, faults


def _at(value: Any, keys: tuple[str | int, ...]) -> Any:
    for key in keys:
        value = value[key]
    return value


def _apart(bases: list[Loaded], study: Study) -> list[str]:
    """What keeps scenarios from standing in one table."""
    cases = sorted({base.scenario.case for base in bases})
    lengths = sorted({base.scenario.months for base in bases})
    found = []
    if len(cases) > 1:
        found.append(f"all scenarios of a study play in one case, not in {', '.join(cases)}")
    if len(lengths) > 1 and study.months is None:
        shown = ", ".join(map(str, lengths))
        found.append(f"the scenarios last {shown} months; say months for all of them")
    stems = [base.name for base in bases]
    if len(set(stems)) < len(stems):
        found.append("two of the scenarios have the same name")
    return found


def _faults_in_case(
    path: Path, study: Study, bases: Mapping[str, Loaded], document: Document
) -> list[Fault]:
    faults: list[Fault] = []
    for name, block in study.blocks.items():
        own = [bases[each] for each in scenarios_of(study, block) if each in bases]
        if own:
            faults += faults_of_block(path, study, name, own, document)
    return faults


def _block(
    path: Path, study: Study, bases: Mapping[str, Loaded], name: str, rows: Reals | None
) -> LoadedBlock:
    block = study.blocks[name]
    names = scenarios_of(study, block)
    case = bases[names[0]].documented
    starts = [case.starts[bases[each].start] for each in names]
    factors = factors_of(case, starts, block)
    table = columns_of(path, block.design, factors) if isinstance(block.design, Table) else ()
    design = made(block.design, factors, table, rows)
    return LoadedBlock(name, tuple(names), block.runs or study.runs, tuple(factors), design)
