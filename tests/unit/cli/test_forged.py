"""Folders of studies that were forged, in part or as a whole, are refused with one line."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from sim.study import plan as plans
from sim.study.plan import Planned
from sim.study.points import Points
from tests.studies import planned, text_of
from tests.unit.cli.conftest import Sim

RUNG = "actors.PAK.rung_2024_02"
BLOCK = f"""\
blocks:
  all:
    uncertainties: [{{number: {RUNG}, range: [1, 4]}}, parameters.climb_rate]
    design: {{method: latin_hypercube, points: 6}}
"""


def forged(found: Planned, rows: Any, ends: tuple[float, float] | None = None) -> Path:
    """The folder with other samples, and a plan that lists the points which come of them.

    With `ends` the study says that the rung may lie between them.
    """
    [block] = found.study.blocks
    if rows.ndim == 2 and rows.shape[1] == 2:
        design = replace(block.design, rows=rows)
        study = replace(found.study, blocks=(replace(block, design=design),))
        content = json.loads((found.folder / plans.PLAN).read_text())
        content["points"] = Points(study).wanted
        if ends is not None:
            content["study"]["blocks"]["all"]["uncertainties"][0]["range"] = list(ends)
        (found.folder / plans.PLAN).write_text(json.dumps(content))
    if ends is not None:
        written = yaml.safe_load((found.folder / plans.STUDY).read_text())
        written["blocks"]["all"]["uncertainties"][0]["range"] = list(ends)
        (found.folder / plans.STUDY).write_text(yaml.safe_dump(written))
    file = io.BytesIO()
    np.save(file, rows)
    (found.folder / plans.ROWS.format("all")).write_bytes(file.getvalue())
    return found.folder


def put(value: float) -> Callable[[Any], Any]:
    """Samples of which one has another rung."""

    def change(rows: Any) -> Any:
        changed = rows.copy()
        changed[2, 0] = value
        return changed

    return change


CHANGES: dict[str, Callable[[Any], Any]] = {
    f"{value:g}": put(value) for value in (np.nan, np.inf, -np.inf, 1e9, -1.0, 9.0, 2.5)
}
SHAPES: dict[str, Callable[[Any], Any]] = {
    "one column": lambda rows: rows[:, :1],
    "three columns": lambda rows: np.hstack([rows, rows[:, :1]]),
    "one dimension": lambda rows: rows[:, 0],
}


def refused(sim: Sim, folder: Path) -> None:
    """`run` refuses a folder with one line."""
    ended = sim("study", "run", str(folder))
    assert (ended.status, ended.out) == (65, "")
    assert len(ended.err.splitlines()) == 1, ended.err
    assert not list((folder / "chunks").glob("*.chunk"))


@pytest.mark.parametrize("change", CHANGES)
def test_samples_that_no_design_makes(sim: Sim, tmp_path: Path, change: str) -> None:
    found = planned(tmp_path, text_of(runs=2, blocks=BLOCK))
    refused(sim, forged(found, CHANGES[change](found.study.blocks[0].design.rows)))


@pytest.mark.parametrize("shape", SHAPES)
def test_samples_of_another_shape_are_made_again(sim: Sim, tmp_path: Path, shape: str) -> None:
    """The plan still says which points come of them."""
    found = planned(tmp_path, text_of(runs=2, blocks=BLOCK))
    folder = forged(found, SHAPES[shape](found.study.blocks[0].design.rows))
    assert sim("study", "run", str(folder)).status == 0


@pytest.mark.parametrize("ends", [(0.0, 9.0), (-3.0, 4.0), (0.0, 1e9)])
def test_samples_and_ranges_that_agree(sim: Sim, tmp_path: Path, ends: tuple[float, float]) -> None:
    """Study, plan and samples say the same: a rung that the ladder does not have."""
    found = planned(tmp_path, text_of(runs=2, blocks=BLOCK))
    rows = put(max(ends, key=abs))(found.study.blocks[0].design.rows)
    refused(sim, forged(found, rows, ends))


def test_what_was_planned_is_run(sim: Sim, tmp_path: Path) -> None:
    """Else all would be refused."""
    found = planned(tmp_path, text_of(runs=2, blocks=BLOCK))
    folder = forged(found, found.study.blocks[0].design.rows)
    assert sim("study", "run", str(folder)).status == 0
