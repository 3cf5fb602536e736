"""Loading a study: its file, the scenarios it starts from, and the designs of its blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.case.case import Case
from sim.io.documents import Document
from sim.io.errors import BadFile, Fault, MissingFile
from sim.io.reader import read_yaml
from sim.io.validation import parsed
from sim.measures.members import Reals
from sim.scenario.load import Loaded, check_name
from sim.study.bases import read_bases, read_setting
from sim.study.catalog import find_study
from sim.study.counting import too_many
from sim.study.design import Design, made
from sim.study.factors import Factor
from sim.study.recorded import Recorded, recorded_of
from sim.study.schema import Study
from sim.study.setting import StudySetting
from sim.study.tables import columns_of

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
    check_name(path)
    return load_document(path, read_yaml(path, name if "/" in name else path.name))


def load_document(
    path: Path, document: Document, rows: Mapping[str, Reals] = NO_ROWS
) -> LoadedStudy:
    """The study in a document; raises MissingExtra, or BadFile with all its faults.

    Its scenarios are read first, as what it says is held against their case. `rows` holds the
    samples of blocks whose design was made before.
    """
    bases, faults = read_bases(path, document)
    setting = read_setting(document, bases)
    study, wrong = parsed(Study, document, (), setting)
    _refuse([*faults, *wrong])
    if study is None or setting is None:
        raise BadFile([document.fault(("scenarios",), "none of them can be read")])
    recorded = recorded_of(setting.known, study)
    blocks = _blocks(path, document, study, setting, rows)
    return LoadedStudy(path.stem, path, study, bases, setting.months, recorded, blocks)


def _in_order(fault: Fault) -> tuple[str, tuple[int, int], str, str]:
    return fault.file, fault.place or (0, 0), fault.path, fault.message


def _refuse(faults: list[Fault]) -> None:
    """Raise BadFile with faults, if there are any: each once, in the order of their places."""
    if faults:
        each = dict.fromkeys(faults)
        raise BadFile(sorted(each, key=_in_order))


def _blocks(
    path: Path,
    document: Document,
    study: Study,
    setting: StudySetting,
    rows: Mapping[str, Reals],
) -> tuple[LoadedBlock, ...]:
    """The blocks with their designs; raises BadFile with the faults of all tables."""
    found: list[LoadedBlock] = []
    faults: list[Fault] = []
    for name, block in study.blocks.items():
        names = block.scenarios or study.scenarios
        factors = block.factors(setting.of(names))
        try:
            table = columns_of(path, block.design, factors)
            design = made(block.design, factors, table, rows.get(name))
            if message := too_many(len(names) * len(design)):
                faults.append(document.fault(("blocks", name, "design"), message))
            found.append(
                LoadedBlock(name, tuple(names), block.runs or study.runs, tuple(factors), design)
            )
        except MissingFile as error:
            faults.append(document.fault(("blocks", name, "design", "file"), str(error)))
        except BadFile as error:
            faults += error.faults
    _refuse(faults)
    return tuple(found)
