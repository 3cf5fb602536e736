"""The folder of a study: what was planned, in full, so that nothing outside it is needed to run it.

`study.yaml` is the study with every list written out, `scenarios/` the scenarios it starts from,
`plan.json` what must not change between planning and running. Points and runs may be added.
"""

import io
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic_core import from_json

from sim.io.errors import BadFile, Fault, MissingFile, PlanChanged
from sim.io.files import write_whole
from sim.io.opening import read_plain
from sim.io.reader import LARGEST_FILE, read_yaml
from sim.io.writing import as_yaml
from sim.measures.members import Reals
from sim.store.chunks import Store
from sim.store.listing import LARGEST_PLAN
from sim.store.manifest import MANIFEST, canonical
from sim.store.panel import parse_array
from sim.study.catalog import PLAN
from sim.study.content import (
    FORMAT,
    SCENARIOS,
    TABLE,
    content_of,
    differences,
    edited,
    resolved,
    sources_of,
    tables,
    told,
)
from sim.study.load import LoadedStudy, load_document
from sim.study.methods import SAMPLED
from sim.study.points import Points, code_version
from sim.study.ready import Base, Common

STUDY, ROWS = "study.yaml", "design-{}.npy"

LARGEST_ROWS = 4_000_000_000
"""Bytes of the samples of the largest block that are read."""


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
        study.recording.outcomes,
        study.recording.series,
        code_version(),
    )


def planned(
    folder: Path, study: LoadedStudy, progress: Callable[[int], None] = lambda points: None
) -> Planned:
    """A study with its points, whether or not it stands in the folder yet."""
    return Planned(folder, study, Points(study, progress), common_of(study))


def write_plan(new: Planned) -> None:
    """Write the files of a plan into its folder; raises CannotWrite.

    Raises PlanChanged where another study stands there: points and runs may only be added.
    """
    study, folder = new.study, new.folder
    text = as_yaml(resolved(study))
    check_readable(study, text)
    content = content_of(study, new.common.code, new.points.wanted)
    sources = sources_of(study, folder)
    if (folder / PLAN).is_file():
        with suppress(Unreadable):
            before = read_plan(folder)
            check_grown(folder, before, content)
            is_own = study.path.resolve().is_relative_to(folder.resolve())
            sources = before.get("sources", {}) if is_own else sources
    (folder / SCENARIOS).mkdir(parents=True, exist_ok=True)
    for base in study.bases.values():
        write_whole(folder / SCENARIOS / f"{base.name}.yaml", as_yaml(base.resolved()))
    for name, table in tables(study):
        write_whole(folder / TABLE.format(name), table)
    for block in study.blocks:
        if isinstance(study.study.blocks[block.name].design, SAMPLED):
            write_whole(folder / ROWS.format(block.name), in_bytes(block.design.rows))
    write_whole(folder / STUDY, text)
    content["sources"] = sources
    write_whole(folder / PLAN, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def check_readable(study: LoadedStudy, text: str) -> None:
    """Raise BadFile where the study in full would be too large a file to be read again."""
    size = len(text.encode())
    if size > LARGEST_FILE:
        message = (
            f"with every list written out it has {size:,} bytes, and a file may have "
            f"{LARGEST_FILE:,}; use fewer steps or values, or a table"
        )
        raise BadFile([Fault(str(study.path), None, "", message)])


def check_free(folder: Path) -> None:
    """Raise PlanChanged where results of something else stand, which would be lost."""
    if (folder / MANIFEST).exists() and not any((folder / own).exists() for own in (PLAN, STUDY)):
        raise PlanChanged(
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
            file = ROWS.format(name.replace("/", ""))
            rows = parse_array(read_plain(folder / file, LARGEST_ROWS, links=False))
            if rows.dtype == np.float64 and rows.ndim == 2:
                found[name] = rows
    return found


def check_taken(folder: Path, study: LoadedStudy, rows: Mapping[str, Reals]) -> None:
    """Raise PlanChanged for samples in a file that those of its block cannot be."""
    for block in study.blocks:
        sampled = isinstance(study.study.blocks[block.name].design, SAMPLED)
        if sampled and block.name in rows and block.design.rows is not rows[block.name]:
            raise PlanChanged(
                f"{folder / ROWS.format(block.name)}: no samples of the factors of this block, "
                "by their number or their values; plan the study in another folder"
            )


class Unreadable(PlanChanged):
    """A plan that is none, or one of another version; the chunks beside it keep their runs."""


def read_plan(folder: Path) -> dict[str, Any]:
    """What was planned in a folder; raises MissingFile or Unreadable."""
    try:
        content = from_json(read_plain(folder / PLAN, LARGEST_PLAN, links=False))
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFile(f"{folder}: no study is planned there; see: sim study plan") from None
    except OSError as error:
        raise Unreadable(f"{folder / PLAN}: {error.strerror}") from None
    except ValueError:
        raise Unreadable(f"{folder / PLAN}: not a plan; plan the study again") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Unreadable(f"{folder / PLAN}: not a plan of this version; plan the study again")
    points = content.get("points")
    if not isinstance(points, dict) or any(type(runs) is not int for runs in points.values()):
        raise Unreadable(f"{folder / PLAN}: not a plan; plan the study again")
    return content


def check_grown(folder: Path, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Raise PlanChanged unless every point is still there, with as many runs or more."""
    lost = sum(now["points"].get(point, 0) < runs for point, runs in before["points"].items())
    if lost:
        lines = [*differences(*_comparable(before, now))]
        raise PlanChanged(
            f"{folder}: another study is planned there, and {lost:,} of its "
            f"{len(before['points']):,} points would be lost; choose another folder (--out)\n"
            f"{told(lines)}"
        )


def _comparable(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Any, Any]:
    """What the two plans say, points and the files they were made from aside."""
    aside = ("points", "sources")
    one, other = ({k: v for k, v in plan.items() if k not in aside} for plan in (before, now))
    return one, other


def edited_since(folder: Path) -> list[Path]:
    """The files outside the folder that were edited after the study was planned from them."""
    sources = read_plan(folder).get("sources")
    return edited(folder, sources) if isinstance(sources, dict) else []


def open_study(folder: Path) -> Planned:
    """The study in a folder; raises MissingFile, BadFile, or PlanChanged where it changed."""
    before = read_plan(folder)
    if before.get("code") != code_version():
        raise PlanChanged(
            f"{folder}: planned with code {before.get('code')}, this is {code_version()}: runs of "
            "two versions are not mixed; plan the study in another folder"
        )
    document = read_yaml(folder / STUDY)
    blocks = document.value.get("blocks")
    rows = read_rows(folder, blocks) if isinstance(blocks, dict) else {}
    study = planned(folder, load_document(folder / STUDY, document, rows))
    now = content_of(study.study, study.common.code, study.points.wanted)
    one, other = _comparable(before, now)
    same = list(before["points"].items()) == list(now["points"].items())
    if canonical({**one, "packages": 0}) != canonical({**other, "packages": 0}) or not same:
        check_taken(folder, study.study, rows)
        lines = list(differences(one, other)) or ["points: others come out of the design"]
        raise PlanChanged(
            f"{folder}: not the study that was planned; to run it so, plan it again: "
            f"sim study plan {folder / STUDY} --out {folder}\n{told(lines)}"
        )
    return study
