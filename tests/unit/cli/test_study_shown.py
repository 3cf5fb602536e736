"""`compare` and `plot` on the folder of a study."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from sim.figures.points import axis_of, places
from sim.runs.gather import gather_study
from sim.runs.sweep import run_study
from sim.store.manifest import MANIFEST, digest
from sim.store.study import read_study
from tests.studies import HEAD, planned, text_of
from tests.unit.cli.conftest import Sim

TWO = HEAD.replace("scenarios: baseline", "scenarios: [baseline, donor-fatigue]")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study of twelve points, run and gathered."""
    found = planned(tmp_path_factory.mktemp("shown"), text_of(runs=20, head=TWO))
    run_study(found, workers=1)
    gather_study(found)
    return found.folder


@pytest.fixture
def copied(study: Path, tmp_path: Path) -> Path:
    """A copy by another name, which a test may change."""
    return Path(shutil.copytree(study, tmp_path / "sent by mail"))


def test_points_are_compared_with_the_first_one(sim: Sim, copied: Path) -> None:
    found = sim("compare", copied)
    assert found.status == 0
    assert "relief_pledged, US$ m" in found.out
    assert "Against point 1, run by run" in found.out
    rows = json.loads(sim("compare", copied, "--json").out)
    assert {row["point"] for row in rows} == set(range(2, 13))
    assert {row["scenario"] for row in rows} == {"baseline", "donor-fatigue"}
    assert all(row["west"] in {"isolation", "mediator"} for row in rows)


@pytest.mark.parametrize("width", ["print", "phone"])
def test_points_are_drawn(sim: Sim, copied: Path, width: str) -> None:
    found = sim("plot", copied, "--width", width)
    assert found.status == 0, found.err
    [picture] = found.out.splitlines()
    assert Path(picture).read_bytes().startswith(b"\x89PNG")
    one = sim("plot", copied, "--metric", "coverage", "--format", "svg", "--json")
    assert "coverage" in Path(json.loads(one.out)[0]).read_text()


def test_an_unknown_outcome_is_told(sim: Sim, copied: Path) -> None:
    found = sim("plot", copied, "--metric", "coverag")
    assert found.status == 2
    assert "unknown outcome 'coverag', did you mean coverage" in found.err


def test_a_study_stands_alone(sim: Sim, copied: Path) -> None:
    assert sim("compare", copied, "baseline").status == 2


FORGED = ("", "point\n1\n", "point,scenario\nx,y\n", "\0", 'point,"\n', "a" * 10_000)


@pytest.mark.parametrize("text", FORGED, ids=range(len(FORGED)))
@pytest.mark.parametrize("name", ["experiments.csv", "outcomes.csv", "differences.csv"])
def test_a_broken_table_is_one_line(sim: Sim, copied: Path, name: str, text: str) -> None:
    """Even where the manifest was made to fit."""
    (copied / name).write_text(text)
    manifest = json.loads((copied / MANIFEST).read_text())
    manifest["files"][name] = digest(text.encode())
    (copied / MANIFEST).write_text(json.dumps(manifest))
    for command in ("compare", "plot"):
        found = sim(command, copied)
        if name != "differences.csv" or command == "compare":
            expected = (0, 0) if (name, command) == ("outcomes.csv", "compare") else (65, 1)
            assert (found.status, len(found.faults)) == expected


def test_points_that_share_a_value_stand_beside_each_other(study: Path) -> None:
    tables = read_study(study)
    rows = tables.outcomes.merge(tables.experiments, on="point")
    own = rows[rows["outcome"] == "relief_pledged"]
    axis = axis_of(tables)
    assert axis == "parameters.climb_rate"
    found = places(own, axis)
    assert len(np.unique(found)) == 12
    assert (np.abs(found - own[axis]) <= 0.3 * 0.11 + 1e-12).all()
