"""`sim compare`: scenarios against the first one, run by run."""

import csv
import json
import math
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.compare import Difference
from sim.cli.text.comparison import cells
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
    assert (outcomes["development"]["higher"], outcomes["development"]["runs"]) == (0.0, 6)
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
    assert "Border security" in every
    assert "Border security" not in few


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
    monkeypatch.setattr("sim.planning.notes.falling_at_once", lambda compiled: ["RUS", "CHN"])
    ended = sim(command, "baseline", own, "--runs", 2, "--months", 2)
    assert ended.faults[0] == "baseline: at the start RUS, CHN are above their own gates"
    assert ended.faults[1].startswith("own: at the start RUS, CHN")


def test_outcomes_that_some_runs_lack_say_over_how_many_pairs_they_are(
    sim: Sim, made: dict[str, Path]
) -> None:
    found = compared(sim, *made.values())["outcomes"]
    fewer = {row["outcome"]: row["runs"] for row in found if 0 < row["runs"] < 30}
    assert "first_recognition" in fewer
    shown = " ".join(sim("compare", *made.values(), "--all").out.split())
    for pairs in fewer.values():
        assert f": over the {pairs} of 30 pairs in which both have one" in shown
    assert "First recognition: over the" in shown
    assert shown.count("pairs in which both have one") == len(fewer)


def test_outcomes_that_no_pair_has_say_so(sim: Sim, own: Path) -> None:
    shown = sim("compare", "baseline", own, *FEW, "--all").out
    assert "First recognition: no pair in which both have one" in shown


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
    said = "condition offer (EDU is at least at level 3): met in 100 % of runs"
    assert said in sim("compare", "baseline", "offer.yaml", *short).out
    assert said in sim("run", "offer.yaml", *short).out
    assert sim("compare", "offer.yaml", "baseline", *short).status == 0


@pytest.mark.parametrize("columns", [40, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(
    sim: Sim, made: dict[str, Path], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """22: tables were up to 123 columns wide whatever the terminal; a path is kept whole."""
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = sim("compare", *made.values(), "--all").out.splitlines()
    assert max(map(len, lines[:-1])) <= columns
    assert "compare-baseline+human-rights-conditionality-" in lines[-1]


def test_without_a_terminal_there_are_eighty_columns(sim: Sim, made: dict[str, Path]) -> None:
    lines = sim("compare", *made.values()).out.splitlines()
    assert 70 < max(map(len, lines[:-1])) <= 80


def test_outcomes_in_words_come_first_and_rungs_that_differ_after(
    sim: Sim, made: dict[str, Path]
) -> None:
    """22: 90 lines of rungs came before the outcomes, which were ids without a scale."""
    shown = sim("compare", *made.values()).out
    assert shown.index("People in need (m people; at the end)") < shown.index("reach a rung")
    assert "Mean rung: West (rung, 0 to 7; at the end)" in shown
    assert "Relief delivered, with carry-over from earlier months" in shown
    assert "states_at_6" not in shown
    assert "Japan" in shown
    assert "Russia" not in shown
    assert "not uncertainty about the world" in " ".join(shown.split())
    assert "Russia" in sim("compare", *made.values(), "--all").out


def a_row(**values: Any) -> Difference:
    """A difference of a scenario made up."""
    usual: dict[str, Any] = dict.fromkeys((field.name for field in fields(Difference)), 0.0)
    return Difference(**(usual | {"outcome": "gdp", "unit": "index", "runs": 20} | values))


def test_where_no_pair_differs_it_is_said_in_words_with_a_bound(
    sim: Sim, made: dict[str, Path]
) -> None:
    """4: `0 ±0` at 20 runs stood where 1,000 runs show a difference."""
    shown = " ".join(sim("compare", *made.values()).out.split())
    assert "±0 " not in shown
    bound = "One that occurs in 9.5 % of runs or more would have been seen (95 %)."
    said = re.search(r"No difference in any of 30 pairs: ([^.]*)\. ", shown)
    assert said is not None
    assert bound in shown
    assert said[1].split("; ")[0] == "Assets frozen"
    assert shown.count("Assets frozen") == 1


def test_a_row_has_higher_equal_and_lower_and_means_that_fit_its_difference() -> None:
    """5: medians 10,040 and 10,040 stood beside a mean difference of −371."""
    rare = a_row(base_median=10040.0, other_median=10040.0, base_mean=10006.0, other_mean=9635.0)
    rare = replace(rare, difference=-371.0, interval_high=-361.0, higher=0.01, equal=0.97)
    rare = replace(rare, lower=0.02)
    assert cells(rare) == ["10,006", "9,635", "-371 ±10", "3 % differ", "1", "97", "2"]


def test_a_share_of_runs_that_is_nought_is_no_more_than_the_runs_can_tell() -> None:
    flag = a_row(unit="flag", other_mean=1.0, difference=1.0, spread_low=1.0, spread_high=1.0)
    assert cells(flag)[:2] == ["<0.139", ">0.861"]
    assert cells(replace(flag, unit="states"))[:2] == ["0", "1.00"]


def test_one_pair_has_no_error() -> None:
    alone = a_row(difference=2.0, interval_high=math.nan, spread_low=2.0, spread_high=2.0, runs=1)
    assert cells(alone)[2:4] == ["+2.00", "+2.00 … +2.00"]
