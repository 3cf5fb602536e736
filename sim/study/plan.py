"""The folder of a study: what was planned, in full, so that nothing outside it is needed to run it.

`study.yaml` is the study with every list written out, `scenarios/` the scenarios it starts from,
`plan.json` what must not change between planning and running. Points and runs may be added.
"""

import io
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from sim.documents import MissingFile
from sim.reader import read_text, read_yaml
from sim.results.folder import MANIFEST, CannotWrite, canonical, digest
from sim.results.members import Reals
from sim.results.outcomes import name_of
from sim.study.catalog import PLAN
from sim.study.changes import differences, told
from sim.study.disk import keep
from sim.study.faults import NotAsPlanned
from sim.study.load import LoadedStudy, load_document
from sim.study.points import Points, case_content, code_version
from sim.study.ready import Base
from sim.study.schema import SAMPLED, Table
from sim.study.store import Store
from sim.study.task import Common
from sim.writing import as_yaml

STUDY, SCENARIOS = "study.yaml", "scenarios"
TABLE, ROWS = "table-{}.csv", "design-{}.npy"
FORMAT = 1
MAKERS = ("numpy", "scipy", "SALib")
"""Packages that make the designs."""


@dataclass(frozen=True)
class Planned:
    """A study in its folder, ready to be run."""

    folder: Path
    study: LoadedStudy
    points: Points
    common: Common

    @property
    def store(self) -> Store:
        """Where its runs are kept."""
        return Store(self.folder, self.common.layout)


def common_of(study: LoadedStudy) -> Common:
    """What all tasks of a study share."""
    return Common(
        {name: Base(base.case, base.scenario) for name, base in study.bases.items()},
        study.months,
        study.study.seed,
        study.recorded.outcomes,
        study.recorded.series,
        code_version(),
    )


def planned(folder: Path, study: LoadedStudy) -> Planned:
    """A study with its points, whether or not it stands in the folder yet."""
    return Planned(folder, study, Points(study), common_of(study))


def resolved(study: LoadedStudy) -> dict[str, Any]:
    """The study in full, with every `*` expanded; scenarios are files beside it."""
    content: dict[str, Any] = study.study.model_dump(mode="json", by_alias=True, exclude_none=True)
    files = {name: f"{SCENARIOS}/{base.name}.yaml" for name, base in study.bases.items()}
    content["scenarios"] = [files[name] for name in study.study.scenarios]
    content["months"] = study.months
    content["outcomes"] = list(study.recorded.outcomes)
    content["series"] = [name_of(key) for key in study.recorded.series]
    for block in study.blocks:
        own = content["blocks"][block.name]
        own["scenarios"] = [files[name] for name in block.scenarios]
        own["runs"] = block.runs
        own["uncertainties"] = [
            {"number": factor.name, **_spread(factor.low, factor.high, factor.options)}
            for factor in block.factors
            if factor.lever is None
        ]
        if isinstance(study.study.blocks[block.name].design, Table):
            own["design"]["file"] = TABLE.format(block.name)
    return content


def _spread(low: float, high: float, options: tuple[Any, ...]) -> dict[str, Any]:
    return {"values": list(options)} if options else {"range": [low, high]}


def versions() -> dict[str, str]:
    """The packages that make designs."""
    found = {}
    for name in MAKERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def plan_of(study: Planned) -> dict[str, Any]:
    """All that must not change between planning and running."""
    bases = study.study.bases.values()
    return {
        "format": FORMAT,
        "code": study.common.code,
        "study": resolved(study.study),
        "scenarios": {base.name: base.resolved() for base in bases},
        "case": _case(study.study),
        "packages": versions(),
        "points": study.points.wanted,
    }


def _case(study: LoadedStudy) -> dict[str, Any]:
    """The case as its files have it: numbers by path, and a hash of each of its facts."""
    base = next(iter(study.bases.values()))
    documented = {str(name): number.value for name, number in study.case.numbers.items()}
    facts = {name: digest(text.encode())[:10] for name, text in case_content(base)[1].items()}
    return {"numbers": documented, "facts": facts}


def write_plan(new: Planned) -> None:
    """Write the files of a plan into its folder; raises CannotWrite.

    Raises NotAsPlanned where another study stands there: points and runs may only be added.
    """
    study, folder, content = new.study, new.folder, plan_of(new)
    if (folder / PLAN).is_file():
        with suppress(Unreadable):
            check_grown(folder, read_plan(folder), content)
    (folder / SCENARIOS).mkdir(parents=True, exist_ok=True)
    for base in study.bases.values():
        write(folder / SCENARIOS / f"{base.name}.yaml", as_yaml(base.resolved()))
    for block in study.blocks:
        design = study.study.blocks[block.name].design
        if isinstance(design, Table):
            source, target = study.path.parent / design.file, folder / TABLE.format(block.name)
            if source.resolve() != target.resolve():
                write(target, read_text(source))
        elif isinstance(design, SAMPLED):
            write(folder / ROWS.format(block.name), in_bytes(block.design.rows))
    write(folder / STUDY, as_yaml(content["study"]))
    write(folder / PLAN, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def check_free(folder: Path) -> None:
    """Raise NotAsPlanned where results of something else stand, which would be lost."""
    if (folder / MANIFEST).exists() and not any((folder / own).exists() for own in (PLAN, STUDY)):
        raise NotAsPlanned(
            f"{folder}: {MANIFEST} stands there and belongs to something else, which a study would "
            "write over; choose another folder (--out)"
        )


def in_bytes(rows: Reals) -> bytes:
    """The samples of a design as a file has them."""
    file = io.BytesIO()
    np.save(file, rows, allow_pickle=False)
    return file.getvalue()


def read_rows(folder: Path, names: Iterable[str]) -> dict[str, Reals]:
    """The samples of the blocks that have some; those that cannot be read are made anew."""
    found = {}
    for name in names:
        with suppress(OSError, ValueError, EOFError):
            rows = np.load(folder / ROWS.format(name), allow_pickle=False)
            if rows.dtype == np.float64:
                found[name] = rows
    return found


def write(path: Path, content: str | bytes) -> None:
    """Write a file as a whole or not at all; raises CannotWrite."""
    try:
        keep(path, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror}") from None


class Unreadable(NotAsPlanned):
    """A plan that is none, or one of another version; the chunks beside it keep their runs."""


def read_plan(folder: Path) -> dict[str, Any]:
    """What was planned in a folder; raises MissingFile or Unreadable."""
    try:
        content = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    except OSError:
        raise MissingFile(f"{folder}: no study is planned there; see: sim study plan") from None
    except ValueError:
        raise Unreadable(f"{folder / PLAN}: not a plan; plan the study again") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Unreadable(f"{folder / PLAN}: not a plan of this version; plan the study again")
    return content


def check_grown(folder: Path, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Raise NotAsPlanned unless every point is still there, with as many runs or more."""
    lost = sum(now["points"].get(point, 0) < runs for point, runs in before["points"].items())
    if lost:
        lines = [*differences(*_comparable(before, now))]
        raise NotAsPlanned(
            f"{folder}: another study is planned there, and {lost:,} of its "
            f"{len(before['points']):,} points would be lost; choose another folder (--out)\n"
            f"{told(lines)}"
        )


def _comparable(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Any, Any]:
    """What the two plans say, points aside."""
    one, other = ({k: v for k, v in plan.items() if k != "points"} for plan in (before, now))
    return one, other


def open_study(folder: Path) -> Planned:
    """The study in a folder; raises MissingFile, BadFile, or NotAsPlanned where it changed."""
    before = read_plan(folder)
    if before.get("code") != code_version():
        raise NotAsPlanned(
            f"{folder}: planned with code {before.get('code')}, this is {code_version()}: runs of "
            "two versions are not mixed; plan the study in another folder"
        )
    document = read_yaml(folder / STUDY)
    blocks = document.value.get("blocks")
    rows = read_rows(folder, blocks) if isinstance(blocks, dict) else {}
    study = planned(folder, load_document(folder / STUDY, document, rows))
    now = plan_of(study)
    one, other = _comparable(before, now)
    same = canonical(before["points"]) == canonical(now["points"])
    if canonical({**one, "packages": 0}) != canonical({**other, "packages": 0}) or not same:
        lines = list(differences(one, other)) or ["points: others come out of the design"]
        raise NotAsPlanned(
            f"{folder}: not the study that was planned; to run it so, plan it again: "
            f"sim study plan {folder / STUDY} --out {folder}\n{told(lines)}"
        )
    return study
