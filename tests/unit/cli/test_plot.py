"""`sim plot`: where the pictures stand."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sim.figures.words import usual
from sim.measures.catalog import MEASURES
from sim.store.read import read_result
from tests.unit.cli.conftest import Sim

BOTH = "baseline\\+human-rights-conditionality"


@pytest.mark.parametrize(
    ("args", "name"),
    [
        (("--picture", "ladder"), f"plot-{BOTH}-ladder-[0-9a-f]{{10}}"),
        (("--picture", "ladder", "--width", "phone"), f"plot-{BOTH}-ladder\\+phone-[0-9a-f]{{10}}"),
        (
            ("--metric", "gdp", "--metric", "mean_rung:East"),
            f"plot-{BOTH}-gdp\\+mean_rung\\.East-[0-9a-f]{{10}}",
        ),
    ],
    ids=["a picture", "on a phone", "metrics"],
)
def test_the_folder_names_the_scenarios_and_what_is_drawn(
    sim: Sim, made: dict[str, Path], args: tuple[str, ...], name: str
) -> None:
    ended = sim("plot", *made.values(), *args, "--json")
    assert ended.status == 0
    folders = {Path(path).parent.name for path in json.loads(ended.out)}
    assert len(folders) == 1
    assert re.fullmatch(name, folders.pop())


def other_start(folder: Path, *lines: str) -> Path:
    """A scenario of the user's own that starts elsewhere than the others."""
    path = folder / "early.yaml"
    path.write_text("\n".join(["title: Early", "case: afghanistan", "start: '2021-09'", *lines]))
    return path


@pytest.mark.usefixtures("never_run")
@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("--metric", "gdpp"), 2, "unknown metric 'gdpp', did you mean gdp?"),
        (
            ("--picture", "trajectories", "--metric", "peak_food_share"),
            2,
            "peak_food_share: not in every result",
        ),
        (
            ("--picture", "differences", "--metric", "mean_rung:Wst"),
            2,
            "unknown metric 'mean_rung:Wst', did you mean mean_rung:West?",
        ),
        (("--runs-shown", "9", "--runs", "8"), 2, "--runs-shown: 9 of 8 runs"),
        (("early.yaml",), 65, "differ in start: 2024-02 and 2021-09"),
        (("--out", "file/below"), 73, "file/below: Not a directory"),
    ],
    ids=["unknown", "not by month", "no such group", "too few runs", "another start", "no place"],
)
def test_what_cannot_be_drawn_is_told_before_anything_is_run(
    sim: Sim, tmp_path: Path, args: tuple[str, ...], status: int, words: str
) -> None:
    other_start(tmp_path)
    (tmp_path / "file").write_text("")
    ended = sim("plot", "baseline", "human-rights-conditionality", *args)
    assert (ended.status, ended.out) == (status, "")
    assert words in ended.faults[-1]
    assert not (tmp_path / "results").exists()


@pytest.mark.usefixtures("never_run")
def test_what_a_case_is_without_is_left_out_of_the_usual(
    made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The usual is what all results have; what is asked for by name must be there."""
    nothing = replace(MEASURES["gdp"], name="nothing")
    monkeypatch.setattr("sim.figures.words.MEASURES", {**MEASURES, "nothing": nothing})
    drawn = usual([read_result(made["baseline"])])
    assert "gdp" in drawn
    assert "nothing" not in drawn
    assert drawn[0].startswith("mean_rung:")


@pytest.mark.usefixtures("never_run")
def test_a_damaged_result_is_told_before_anything_is_run(
    sim: Sim, made: dict[str, Path], tmp_path: Path
) -> None:
    damaged = tmp_path / made["baseline"].name
    shutil.copytree(made["baseline"], damaged)
    (damaged / "fingerprints.u32").write_bytes(b"")
    args = ("--picture", "trajectories")
    ended = sim("plot", "human-rights-conditionality", damaged, *args)
    assert (ended.status, ended.out) == (65, "")
    assert "fingerprints.u32" in ended.faults[-1]
    assert not (tmp_path / "results").exists()


def test_scenarios_of_two_starts_are_drawn_by_month(sim: Sim, tmp_path: Path) -> None:
    args = ("--picture", "trajectories", "--metric", "gdp", "--runs", 2, "--months", 2)
    assert sim("plot", "baseline", other_start(tmp_path), *args).status == 0


def test_runs_and_the_record_can_be_drawn_and_differences_by_month(
    sim: Sim, made: dict[str, Path]
) -> None:
    args = ("--metric", "gdp", "--observed", "--runs-shown", "2", "--json")
    ended = sim("plot", *made.values(), *args)
    assert (ended.status, ended.err) == (0, "")
    names = [Path(path).name for path in json.loads(ended.out)]
    assert names == ["trajectories.png", "differences.png", "monthly.png"]


@pytest.fixture
def aged(made: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Results whose code is not the present one any more."""
    monkeypatch.setattr("sim.runs.make.code_hash", lambda: "0123456789")
    return list(made.values())


def test_what_other_code_made_is_drawn_without_single_runs(sim: Sim, aged: list[Path]) -> None:
    ended = sim("plot", *aged, "--metric", "gdp", "--json")
    assert ended.status == 0
    assert [Path(path).name for path in json.loads(ended.out)] == [
        "trajectories.png",
        "differences.png",
    ]
    assert "no picture monthly" in ended.err
    assert "made with another code" in ended.err


@pytest.mark.parametrize("args", [("--picture", "monthly"), ("--runs-shown", "2")])
def test_single_runs_that_other_code_made_are_refused(
    sim: Sim, aged: list[Path], args: tuple[str, ...]
) -> None:
    ended = sim("plot", *aged, *args)
    assert (ended.status, ended.out, len(ended.faults)) == (65, "", 1)


@pytest.mark.usefixtures("never_run")
def test_a_case_without_a_record_is_told_before_anything_is_run(
    sim: Sim, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sim.record.ensemble.shipped", lambda part: tmp_path)
    ended = sim("plot", "baseline", "--observed")
    assert (ended.status, ended.out) == (66, "")
    assert "hindcast.yaml" in ended.err


def test_eight_scenarios_make_two_pages(sim: Sim, tmp_path: Path) -> None:
    names = []
    for number in range(8):
        path = tmp_path / f"s{number}.yaml"
        path.write_text(f"title: Scenario {number}\ncase: afghanistan\nmonths: 2\n")
        names.append(path)
    ended = sim("plot", *names, "--metric", "gdp", "--runs", 2, "--json")
    assert ended.status == 0
    assert [Path(path).name for path in json.loads(ended.out)] == [
        "trajectories.png",
        "trajectories-2.png",
        "differences.png",
        "differences-2.png",
        "monthly.png",
        "monthly-2.png",
    ]
