"""Loading a study: its file, the scenarios it starts from, what it keeps, and its designs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.case.case import Case
from sim.io.documents import Document, Keys
from sim.io.errors import BadFile, Fault, MissingFile
from sim.io.reader import read_yaml
from sim.io.validation import parsed
from sim.measures.catalog import is_whole
from sim.measures.distribution import Flags
from sim.measures.measure import Key
from sim.measures.members import Reals
from sim.scenario.catalog import SUFFIX
from sim.scenario.limits import LONGEST
from sim.scenario.load import Loaded, check_name, load_scenario
from sim.scenario.names import as_list
from sim.study.catalog import find_study
from sim.study.design import Design, columns_of, made
from sim.study.factors import Factor
from sim.study.methods import too_many
from sim.study.schema import ShareOfRuns, Study
from sim.study.setting import Inventory, StudySetting, expanded, inventory_of, matching


def read_bases(path: Path, document: Document) -> tuple[dict[str, Loaded], list[Fault]]:
    """The scenarios by the names that a study gives them, and what is wrong with them.

    A path leads from the folder of the study's file.
    """
    found: dict[str, Loaded] = {}
    faults: list[Fault] = []
    for name, keys in _named(document.value).items():
        is_path = name.endswith((SUFFIX, ".yml")) or "/" in name
        try:
            found[name] = load_scenario(str(path.parent / name) if is_path else name)
        except MissingFile as error:
            message = str(error).replace(str(path.parent / name), name)
            faults.append(document.fault(keys, message))
        except BadFile as error:
            faults += error.faults
    together = _apart(list(found.values()), document.value.get("months") is not None)
    return found, [*faults, *(document.fault(("scenarios",), message) for message in together)]


def _named(content: Mapping[str, Any]) -> dict[str, Keys]:
    """Every scenario that is named anywhere, and where it is first."""
    found: dict[str, Keys] = {}
    blocks = content.get("blocks")
    parts: list[tuple[Keys, Any]] = [((), content)]
    if isinstance(blocks, dict):
        parts += ((("blocks", key), block) for key, block in blocks.items())
    for keys, part in parts:
        given = part.get("scenarios") if isinstance(part, dict) else None
        for i, name in enumerate(given if isinstance(given, list) else as_list(given) or ()):
            if isinstance(name, str) and name:
                place = (i,) if isinstance(given, list) else ()
                found.setdefault(name, (*keys, "scenarios", *place))
    return found


def _apart(bases: list[Loaded], has_months: bool) -> Iterator[str]:
    """What keeps scenarios from standing in one table."""
    cases = sorted({base.scenario.case for base in bases})
    starts = sorted({base.start for base in bases})
    lengths = sorted({base.scenario.months for base in bases})
    if len(cases) > 1:
        yield f"all scenarios of a study play in one case, not in {', '.join(cases)}"
    elif len(starts) > 1:
        yield f"a month means one date in a study; the scenarios start at {', '.join(starts)}"
    if len(lengths) > 1 and not has_months:
        shown = ", ".join(map(str, lengths))
        yield f"the scenarios last {shown} months; say months for all of them"
    names = [base.name for base in bases]
    if len(set(names)) < len(names):
        yield "two of the scenarios have the same name"


def read_setting(document: Document, bases: Mapping[str, Loaded]) -> StudySetting | None:
    """What a study acts on; None where no scenario could be read, or they have two cases."""
    if len({base.scenario.case for base in bases.values()}) != 1:
        return None
    first = next(iter(bases.values()))
    months = document.value.get("months", first.scenario.months)
    fine = type(months) is int and 1 <= months <= LONGEST
    case, inventory = first.documented, inventory_of(bases.values())
    start = case.starts[first.start]
    return StudySetting(case, start, months if fine else LONGEST, bases, inventory)


@dataclass(frozen=True)
class Recording:
    """The outcomes and series that are kept, shares of runs by them, and what they mean."""

    outcomes: tuple[str, ...]
    series: tuple[Key, ...]
    shares: tuple[ShareOfRuns, ...]
    inventory: Inventory

    @property
    def names(self) -> list[str]:
        """The outcomes, then the shares of runs, as tables name them."""
        return [*self.outcomes, *(share.name for share in self.shares)]

    @property
    def units(self) -> list[str]:
        """The unit of each of the `names`."""
        own = [self.inventory.outcomes[name][0] for name in self.outcomes]
        return own + ["share of runs"] * len(self.shares)

    @property
    def whole(self) -> Flags:
        """Which of the `names` have whole numbers as values."""
        return np.array([*map(is_whole, self.outcomes), *(True for _ in self.shares)])

    def with_shares(self, values: Reals) -> Reals:
        """Outcomes `[outcome, run]`, then each share: 1 in a run that reaches it, 0 in others."""
        own = [(share, values[self.outcomes.index(share.outcome)]) for share in self.shares]
        reached = [(share.low <= row) & (row <= share.high) for share, row in own]
        return np.vstack([values, *reached])


def recording_of(inventory: Inventory, study: Study) -> Recording:
    """What is kept of the runs of a study; to what it keeps by default its case adds issues."""

    def added(key: str, there: Iterable[str]) -> list[str]:
        given = key in study.model_fields_set
        return [] if given else [name for name in inventory.of_issues if name in there]

    outcomes = [*study.outcomes, *added("outcomes", inventory.outcomes)]
    series = [*study.series, *added("series", inventory.series)]
    asked = [each if isinstance(each, str) else each.outcome for each in outcomes]
    shares = {
        share.model_copy(update={"outcome": name}): None
        for share in outcomes
        if isinstance(share, ShareOfRuns)
        for name in matching(share.outcome, inventory.outcomes)
    }
    return Recording(
        tuple(expanded(asked, inventory.outcomes)),
        tuple(inventory.series[name] for name in expanded(series, inventory.series)),
        tuple(shares),
        inventory,
    )


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
    recording: Recording
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
    recording = recording_of(setting.inventory, study)
    blocks = _blocks(path, document, study, setting, rows)
    return LoadedStudy(path.stem, path, study, bases, setting.months, recording, blocks)


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
