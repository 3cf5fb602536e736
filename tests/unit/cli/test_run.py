"""`sim run`: what it leaves, what it prints, and how it fails."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from sim.store.read import read_result
from tests.states import afghanistan
from tests.unit.cli.conftest import Sim

FEW = ("--runs", 6, "--months", 3)


def ran(sim: Sim, *args: object) -> list[dict[str, Any]]:
    """What a run says as JSON."""
    ended = sim("run", *args, "--json")
    assert ended.status == 0
    return list(json.loads(ended.out))


def test_a_run_leaves_a_folder_below_results(sim: Sim, tmp_path: Path) -> None:
    ended = sim("run", "baseline", *FEW)
    assert ended.status == 0
    [folder] = (tmp_path / "results").iterdir()
    assert folder.name.startswith("baseline-")
    assert str(Path("results") / folder.name) in ended.out
    assert (read_result(folder).runs, read_result(folder).months) == (6, 3)


def test_results_go_to_stdout_and_progress_to_stderr(sim: Sim) -> None:
    ended = sim("run", "baseline", *FEW)
    assert "Mean rung: East (rung, 0 to 7; at the end)" in ended.out
    assert "6 runs" in ended.out
    assert len(ended.faults) == 1


@pytest.mark.parametrize("columns", [60, 80])
def test_what_a_run_gave_fits_the_terminal(
    sim: Sim, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = sim("run", "baseline", *FEW).out.splitlines()
    assert max(map(len, lines)) <= columns


def test_a_share_of_runs_has_neither_median_nor_range(sim: Sim) -> None:
    lines = sim("run", "baseline", *FEW).out.splitlines()
    shares = [line for line in lines if "(share of runs)" in line]
    assert shares
    assert all(re.search(r"\(share of runs\) +[0-9.]+$", line) for line in shares)


def test_a_run_as_json_names_its_folder(sim: Sim, tmp_path: Path) -> None:
    [made] = ran(sim, "baseline", *FEW, "--out", tmp_path / "deep" / "er")
    assert (made["scenario"], made["new"], made["runs"]) == ("baseline", True, 6)
    assert Path(made["folder"]).parent == tmp_path / "deep" / "er"
    assert read_result(Path(made["folder"])).name == "baseline"


def test_the_same_command_twice_does_nothing_new(sim: Sim) -> None:
    [first] = ran(sim, "baseline", *FEW)
    before = {path: path.stat() for path in Path(first["folder"]).iterdir()}
    [second] = ran(sim, "baseline", *FEW)
    assert (second["folder"], second["new"]) == (first["folder"], False)
    assert {path: path.stat() for path in Path(first["folder"]).iterdir()} == before


def test_a_scenario_is_compiled_once(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*args: object) -> None:
        raise AssertionError("it was compiled again")

    monkeypatch.setattr("sim.runs.make.compile_scenario", again)
    assert sim("run", "baseline", *FEW).status == 0
    assert sim("compare", "baseline", "donor-fatigue", *FEW).status == 0


def test_another_seed_or_number_of_runs_is_another_result(sim: Sim) -> None:
    folders = {
        ran(sim, "baseline", *more)[0]["folder"]
        for more in (
            FEW,
            (*FEW, "--seed", 1),
            ("--runs", 5, "--months", 3),
            ("--runs", 6, "--months", 2),
        )
    }
    assert len(folders) == 4


def test_more_runs_do_not_change_a_run(sim: Sim) -> None:
    """10, invariant 10: run r is unchanged by R and by the horizon (prefix)."""
    few = read_result(Path(ran(sim, "baseline", *FEW)[0]["folder"]))
    more = read_result(Path(ran(sim, "baseline", "--runs", 9, "--months", 5)[0]["folder"]))
    assert (few.fingerprints == more.fingerprints[:6, :4]).all()


def test_threads_do_not_change_a_byte(sim: Sim, tmp_path: Path) -> None:
    folders = [
        Path(
            ran(sim, "baseline", *FEW, "--threads", count, "--out", tmp_path / str(count))[0][
                "folder"
            ]
        )
        for count in (1, 2)
    ]
    one, other = map(contents, folders)
    assert one == other


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_agents_give_the_same_bytes(sim: Sim, tmp_path: Path) -> None:
    """The Mesa front: the same results, far slower."""
    small = ("--runs", 2, "--months", 2)
    kernel, mesa = (
        Path(ran(sim, "baseline", *small, "--engine", name, "--out", tmp_path / name)[0]["folder"])
        for name in ("kernel", "mesa")
    )
    for path in kernel.glob("[!m]*"):
        assert path.read_bytes() == (mesa / path.name).read_bytes()


def test_a_panel_is_kept_on_demand_in_a_result_of_its_own(sim: Sim) -> None:
    [plain] = ran(sim, "baseline", *FEW)
    [made] = ran(sim, "baseline", *FEW, "--panel")
    assert made["folder"] != plain["folder"]
    panel = read_result(Path(made["folder"])).panel
    assert panel["rung"].shape == (6, 4, len(afghanistan().actors))
    assert not (Path(plain["folder"]) / "panel.npz").exists()
    [again] = ran(sim, "baseline", *FEW, "--panel")
    assert (again["folder"], again["new"]) == (made["folder"], False)


def test_agents_keep_the_same_panel(sim: Sim, tmp_path: Path) -> None:
    small = ("--runs", 2, "--months", 2, "--panel")
    kernel, mesa = (
        Path(ran(sim, "baseline", *small, "--engine", name, "--out", tmp_path / name)[0]["folder"])
        for name in ("kernel", "mesa")
    )
    assert (kernel / "panel.npz").read_bytes() == (mesa / "panel.npz").read_bytes()


def test_several_scenarios_are_run_in_their_order(sim: Sim, own: Path) -> None:
    made = ran(sim, own, "baseline", *FEW)
    assert [each["scenario"] for each in made] == ["own", "baseline"]


def test_a_scenario_runs_to_its_own_horizon(sim: Sim, own: Path) -> None:
    [made] = ran(sim, own, "--runs", 2)
    assert read_result(Path(made["folder"])).months == 3


def test_a_bad_scenario_stops_all_before_anything_is_run(
    sim: Sim, bad: Path, tmp_path: Path
) -> None:
    ended = sim("run", "baseline", bad, *FEW)
    assert (ended.status, ended.out, len(ended.faults)) == (65, "", 2)
    assert "Traceback" not in ended.err
    assert not (tmp_path / "results").exists()


def test_a_scenario_that_makes_no_run_stops_all_before_anything_is_run(
    sim: Sim, own: Path, tmp_path: Path
) -> None:
    own.write_text(
        "title: T\ncase: afghanistan\ninterventions:\n"
        "  - {month: 2, verb: set_global, param: climb_rate, to: 0.95}\n"
    )
    ended = sim("run", "baseline", own, *FEW)
    assert (ended.status, len(ended.faults)) == (65, 1)
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("name", ["basline", "gone.yaml"])
def test_a_missing_scenario_has_status_66(sim: Sim, name: str) -> None:
    ended = sim("run", name, *FEW)
    assert (ended.status, ended.out, len(ended.faults)) == (66, "", 1)
    assert ended.err.startswith(f"{name}: ")


def test_a_place_that_cannot_be_written_has_status_73(sim: Sim, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = sim("run", "baseline", *FEW, "--out", tmp_path / "file" / "below")
    assert ended.status == 73
    assert "Not a directory" in ended.faults[-1]
    assert "Traceback" not in ended.err


def test_a_file_cannot_be_the_results_folder(sim: Sim, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = sim("run", "baseline", *FEW, "--out", tmp_path / "file")
    assert ended.status == 2
    assert "Traceback" not in ended.err


def test_an_unfinished_folder_does_not_count(sim: Sim) -> None:
    [made] = ran(sim, "baseline", *FEW)
    os.remove(Path(made["folder"]) / "manifest.json")
    [again] = ran(sim, "baseline", *FEW)
    assert (again["folder"], again["new"]) == (made["folder"], True)
    assert read_result(Path(again["folder"])).runs == 6


def test_interventions_beyond_a_shorter_horizon_are_told(sim: Sim) -> None:
    ended = sim("run", "human-rights-conditionality", "--runs", 2, "--months", 3)
    assert ended.status == 0
    assert any("human-rights-conditionality" in line and "3" in line for line in ended.faults)
