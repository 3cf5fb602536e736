"""`compare` and `plot` on the folder of a study."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.points import differences_from
from sim.figures.points import axis_of, draw_months, places
from sim.figures.style import PRINT
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
    pictures = [Path(line) for line in found.out.splitlines()]
    assert [picture.name for picture in pictures] == ["points.png", "trajectories.png"]
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
    one = sim("plot", copied, "--metric", "coverage", "--format", "svg", "--json")
    assert "Coverage" in Path(json.loads(one.out)[0]).read_text()


def test_points_are_compared_with_another_one(sim: Sim, copied: Path, study: Path) -> None:
    found = sim("compare", copied, "--reference", "3")
    assert "Against point 3, run by run" in found.out
    again = differences_from(read_study(study), 1).merge(
        read_study(study).differences, on=["point", "outcome"], suffixes=("", "_kept")
    )
    assert len(again) == len(read_study(study).differences)
    for name in ("runs", "difference", "standard_error", "higher", "equal", "lower"):
        # The table has ten digits of each run, of which a small difference keeps fewer.
        kept = again[f"{name}_kept"]
        assert np.allclose(again[name], kept, rtol=1e-6, atol=1e-5, equal_nan=True)
    mirrored = differences_from(read_study(study), 3).set_index(["point", "outcome"])
    own = read_study(study).differences.set_index(["point", "outcome"])
    assert mirrored.loc[(1, "relief_pledged"), "difference"] == pytest.approx(
        -own.loc[(3, "relief_pledged"), "difference"], abs=1e-5
    )
    assert sim("compare", copied, "--reference", "99").status == 2
    assert sim("compare", "baseline", "donor-fatigue", "--reference", "1").status == 2


def test_series_are_drawn_by_month_a_line_for_each_point(study: Path) -> None:
    tables = read_study(study)
    [figure] = draw_months(tables, [], PRINT)
    series = tables.months.drop_duplicates(["metric", "subject"])
    assert len(figure.axes) == len(series)
    assert {len(ax.lines) for ax in figure.axes} == {12}
    flows = tables.months[tables.months["metric"] == "relief_pledged"]
    [ax] = [ax for ax in figure.axes if ax.get_title(loc="left") == "Relief pledged"]
    assert list(ax.lines[0].get_ydata()) == flows[flows["point"] == 1]["mean"].tolist()[1:]


def test_a_ladder_of_a_study_is_refused(sim: Sim, copied: Path) -> None:
    found = sim("plot", copied, "--picture", "ladder")
    assert (found.status, "are not drawn of a study" in found.err) == (2, True)


def test_an_unknown_outcome_is_told(sim: Sim, copied: Path) -> None:
    found = sim("plot", copied, "--metric", "coverag")
    assert found.status == 2
    assert "coverag: not in this study, did you mean coverage" in found.err


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
