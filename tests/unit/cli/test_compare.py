"""`sim compare`: scenarios against the first one, run by run."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Sim

FEW = ("--runs", 6, "--months", 3)


def compared(sim: Sim, *args: object) -> dict[str, Any]:
    """What a comparison says as JSON."""
    ended = sim("compare", *args, "--json")
    assert ended.status == 0
    return dict(json.loads(ended.out))


def test_scenarios_are_run_and_compared_with_the_first(sim: Sim, own: Path) -> None:
    ended = sim("compare", "baseline", own, *FEW)
    assert ended.status == 0
    assert "My own" in ended.out
    assert "month 2 (2024-03)" in ended.out
    assert "6 pairs of runs" in ended.out


def test_a_comparison_as_json_has_differences_partings_and_chances(sim: Sim, own: Path) -> None:
    found = compared(sim, "baseline", own, *FEW)
    outcomes = {row["outcome"]: row for row in found["outcomes"]}
    assert outcomes["development"]["difference"] < 0.0
    assert (outcomes["development"]["rise"], outcomes["development"]["runs"]) == (0.0, 6)
    assert outcomes["first_recognition"]["difference"] is None
    [parting] = found["partings"]
    assert (parting["first"], parting["date"], parting["share"]) == (2, "2024-03", 1.0)
    chances = [row for row in found["rungs"] if row["actor"] == "RUS" and row["rung"] == 5]
    assert [row["chance"] for row in chances] == [1.0, 1.0]


def test_a_comparison_leaves_its_tables(sim: Sim, own: Path) -> None:
    folder = Path(compared(sim, "baseline", own, *FEW)["folder"])
    rows = list(csv.DictReader((folder / "outcomes.csv").read_text().splitlines()))
    assert {row["other"] for row in rows} == {"own"}
    assert (folder / "partings.csv").is_file()
    assert (folder / "rungs.csv").is_file()


def test_finished_results_are_compared_by_their_folders(sim: Sim, made: dict[str, Path]) -> None:
    [parting] = compared(sim, *made.values())["partings"]
    assert (parting["first"], parting["share"]) == (6, 1.0)


def test_all_outcomes_are_shown_on_demand(sim: Sim, made: dict[str, Path]) -> None:
    few, every = (sim("compare", *made.values(), *more).out for more in ((), ("--all",)))
    assert "level:BOR" in every
    assert "level:BOR" not in few


def test_interventions_beyond_a_shorter_horizon_are_told_here_too(sim: Sim) -> None:
    small = ("--runs", 2, "--months", 3)
    ended = sim("compare", "baseline", "human-rights-conditionality", *small)
    assert [line for line in ended.faults if "beyond month 3" in line]
    again = sim("compare", "baseline", "human-rights-conditionality", *small)
    assert again.faults == []


@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_start_above_its_gates_is_told_before_anything_is_run(
    sim: Sim, own: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5: an actor whose own gate denies its rung would fall at once."""
    monkeypatch.setattr("sim.scenario.notes.falling_at_once", lambda compiled: ["RUS", "CHN"])
    ended = sim(command, "baseline", own, "--runs", 2, "--months", 2)
    assert ended.faults[0] == "baseline: at the start RUS, CHN stand above their gates"
    assert ended.faults[1].startswith("own: at the start RUS, CHN")


def test_outcomes_that_some_runs_lack_say_over_how_many_pairs_they_are(
    sim: Sim, made: dict[str, Path]
) -> None:
    found = compared(sim, *made.values())["outcomes"]
    fewer = {row["outcome"]: row["runs"] for row in found if 0 < row["runs"] < 30}
    assert "first_recognition" in fewer
    shown = sim("compare", *made.values(), "--all").out
    for outcome, pairs in fewer.items():
        assert f"{outcome}: over the {pairs} of 30 pairs in which both have one" in shown
    assert shown.count("pairs in which both have one") == len(fewer)


def test_outcomes_that_no_pair_has_say_so(sim: Sim, own: Path) -> None:
    shown = sim("compare", "baseline", own, *FEW, "--all").out
    assert "first_recognition: no pair in which both have one" in shown


def test_the_folder_of_a_comparison_names_the_scenarios(sim: Sim, own: Path) -> None:
    folder = Path(compared(sim, "baseline", own, *FEW)["folder"])
    assert re.fullmatch(r"compare-baseline\+own-[0-9a-f]{10}", folder.name)


def test_three_scenarios_have_two_partings(sim: Sim, own: Path) -> None:
    found = compared(sim, "baseline", own, "engagement-without-recognition", *FEW)
    assert [row["other"] for row in found["partings"]] == ["own", "engagement-without-recognition"]


def test_a_scenario_does_not_differ_from_itself(sim: Sim) -> None:
    ended = sim("compare", "baseline", "baseline", *FEW)
    assert ended.status == 0
    assert "never part" in ended.out


def test_two_results_of_one_scenario_can_be_compared(sim: Sim) -> None:
    folders = []
    for runs in (4, 6):
        ended = sim("run", "baseline", "--runs", runs, "--months", 3, "--json")
        folders.append(json.loads(ended.out)[0]["folder"])
    ended = sim("compare", *folders)
    assert (ended.status, ended.err) == (0, "")
    assert "4 pairs of runs" in ended.out


@pytest.mark.usefixtures("never_run")
def test_results_that_do_not_pair_have_status_65(
    sim: Sim, made: dict[str, Path], tmp_path: Path
) -> None:
    """Nor is anything run for it."""
    ended = sim("compare", made["baseline"], "baseline", "--runs", 2, "--months", 2)
    assert ended.status == 65
    assert "months: 14 and 2" in ended.faults[-1]
    assert "Traceback" not in ended.err
    assert not (tmp_path / "results").exists()


@pytest.mark.usefixtures("never_run")
def test_a_place_that_cannot_be_written_is_told_before_anything_is_run(
    sim: Sim, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    for command in ("run", "compare"):
        ended = sim(command, "baseline", "donor-fatigue", *FEW, "--out", "file/below")
        assert (ended.status, ended.out) == (73, "")


def test_a_damaged_result_has_status_65(sim: Sim, made: dict[str, Path], tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    for path in made["baseline"].iterdir():
        (damaged / path.name).write_bytes(path.read_bytes().replace(b"Russia", b"Russja"))
    ended = sim("compare", made["baseline"], damaged)
    assert (ended.status, ended.out, len(ended.faults)) == (65, "", 1)
    assert ended.err.startswith(str(damaged))


@pytest.mark.parametrize("name", ["basline", "gone.yaml"])
def test_a_missing_scenario_stops_all_before_anything_is_run(
    sim: Sim, tmp_path: Path, name: str
) -> None:
    ended = sim("compare", "baseline", name, *FEW)
    assert (ended.status, ended.out, len(ended.faults)) == (66, "", 1)
    assert not (tmp_path / "results").exists()


def test_tables_that_cannot_be_written_have_status_73(
    sim: Sim, made: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    ended = sim("compare", *made.values(), "--out", tmp_path / "file" / "below")
    assert (ended.status, ended.out, len(ended.faults)) == (73, "", 1)


def test_a_comparison_says_how_often_an_offer_was_met(sim: Sim) -> None:
    Path("offer.yaml").write_text(
        "title: Offer\ncase: afghanistan\ninterventions:\n"
        "  - {month: 1, verb: set_issue, issue: EDU, level: 3}\n"
        "  - {name: offer, month: 1, when: {issue: EDU, at_least: 3}, verb: pitch}\n"
    )
    short = ("--runs", "2", "--months", "3")
    said = "condition offer (EDU at least level 3): met in 100 % of runs"
    assert said in sim("compare", "baseline", "offer.yaml", *short).out
    assert said in sim("run", "offer.yaml", *short).out
    assert sim("compare", "offer.yaml", "baseline", *short).status == 0
