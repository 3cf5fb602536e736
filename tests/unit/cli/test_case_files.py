"""Cases of one's own on the command line: begun, checked, run and compared."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from sim.io.places import shipped
from sim.store.read import read_result
from tests.states import afghanistan
from tests.unit.cli.conftest import Sim

IDLE = (
    "id,name,kind,group,bloc,policy,salience,rung_2021_09,rung_2024_02\n"
    "XYZ,Elsewhere,state,Other,GF,economic_partnership,0,0,1\n"
)
SCENARIO = "extends: baseline\ntitle: With one more\ncase: one-more\nmonths: 6\n"


def begun(sim: Sim, name: str = "one-more") -> Path:
    """The folder of a case that was begun; a hyphen in its name is no trouble."""
    ended = sim("case", "new", name)
    assert (ended.status, ended.err) == (0, "")
    assert "sim case check" in ended.out
    return Path("seeds") / name


def test_a_case_that_is_begun_is_fine_and_its_bases(sim: Sim) -> None:
    begun(sim)
    ended = sim("case", "check", "one-more")
    assert (ended.status, ended.err) == (0, "")
    assert "one-more: fine" in ended.out
    assert "0 of them not from afghanistan" in ended.out
    assert sim("case", "check", "seeds/one-more").out == ended.out


def test_the_shipped_case_is_fine(sim: Sim) -> None:
    ended = sim("case", "check", "afghanistan")
    assert ended.status == 0
    assert f"{len(afghanistan().actors)} actors" in ended.out


def test_all_faults_of_a_case_are_told_with_status_65(sim: Sim) -> None:
    folder = begun(sim)
    (folder / "actors.csv").write_text(IDLE.replace("GF", "GX"), encoding="utf-8")
    (folder / "policies.yaml").write_text("policies:\n  mild: {title: x}\n", encoding="utf-8")
    ended = sim("case", "check", "one-more")
    assert ended.status == 65
    assert ended.faults[0].startswith("one-more/actors.csv:2:5: XYZ.bloc: unknown bloc 'GX'")
    assert ended.faults[1].startswith("one-more/policies.yaml:2:3: policies.mild: ")


@pytest.mark.parametrize("name", ["../../escape", "a/b", "..", "", "a b", "/tmp/x"])
def test_a_case_is_begun_below_its_folder_alone(sim: Sim, tmp_path: Path, name: str) -> None:
    ended = sim("case", "new", name)
    assert ended.status == 2
    assert list(tmp_path.iterdir()) == []


def test_a_case_that_is_there_is_left_as_it_is(sim: Sim) -> None:
    folder = begun(sim)
    before = (folder / "case.yaml").read_text(encoding="utf-8")
    for name in ("one-more", "afghanistan"):
        ended = sim("case", "new", name)
        assert (ended.status, "already" in ended.err) == (2, True)
    assert (folder / "case.yaml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("name", ["afganistan", "seeds/none"])
def test_a_case_that_is_not_there_has_status_66(sim: Sim, name: str) -> None:
    assert sim("case", "check", name).status == 66
    assert sim("case", "new", "mine", "--base", name).status == 66


def test_a_folder_without_a_case_says_so(sim: Sim) -> None:
    Path("empty").mkdir()
    ended = sim("case", "check", "empty")
    assert (ended.status, ended.faults) == (66, ["empty: no case, as there is no case.yaml in it"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,name\rXYZ,Elsewhere\r", "carriage return"),
        (f"id,name\nXYZ,{'x' * 200_000}\n", "too long"),
    ],
    ids=["carriage returns", "a long cell"],
)
def test_a_table_that_cannot_be_read_is_one_line(sim: Sim, text: str, words: str) -> None:
    folder = begun(sim)
    (folder / "actors.csv").write_bytes(text.encode())
    ended = sim("case", "check", "one-more")
    assert ended.status == 65
    [line] = ended.faults
    assert line.startswith("one-more/actors.csv:")
    assert words in line


def test_sim_case_says_what_is_inherited(sim: Sim) -> None:
    begun(sim)
    shown = sim("case", "--case", "one-more", "actors", "USA").out
    assert "inherited from: afghanistan" in " ".join(shown.split())
    assert "inherited" not in sim("case", "actors", "USA").out


def test_an_idle_actor_more_changes_no_bit_of_the_others(sim: Sim) -> None:
    """And the case is compared with its base run by run, the one more aside."""
    folder = begun(sim)
    (folder / "actors.csv").write_text(IDLE, encoding="utf-8")
    Path("more.yaml").write_text(SCENARIO, encoding="utf-8")
    order = ("--runs", 8, "--months", 6)
    for name in ("baseline", "more.yaml"):
        assert sim("run", name, *order, "--panel").status == 0
    base, more = (read_result(path) for path in sorted(Path("results").glob("[bm]*-*")))
    ours, theirs = base.panel, more.panel
    kept = theirs["actor"] != "XYZ"
    assert sorted(ours) == sorted(theirs)
    for name, values in ours.items():
        others = theirs[name] if name == "month" else theirs[name][..., kept]
        assert np.array_equal(values, others), name
    ended = sim("compare", base.folder, more.folder, "--all")
    assert (ended.status, ended.err) == (0, "")
    assert "8 pairs of runs, of cases with different actors" in ended.out


@pytest.mark.parametrize("group", ["Other, far", 'the "far"', "far; away"])
def test_a_group_may_have_any_name(sim: Sim, group: str) -> None:
    """Its outcomes are run, kept, read back, compared and drawn under that name."""
    folder = begun(sim)
    quoted = '"' + group.replace('"', '""') + '"'
    (folder / "actors.csv").write_text(IDLE.replace("Other", quoted), encoding="utf-8")
    Path("more.yaml").write_text(SCENARIO, encoding="utf-8")
    order = ("more.yaml", "--runs", 4, "--months", 6)
    assert sim("run", *order).status == 0
    [path] = Path("results").glob("more-*")
    assert f"mean_rung:{group}" in read_result(path).outcomes
    assert sim("compare", path, path, "--all").status == 0
    assert sim("plot", path, "--metric", f"mean_rung:{group}").status == 0


def test_a_case_without_a_base_in_common_is_not_compared(sim: Sim) -> None:
    """Their draws have nothing to do with each other."""
    begun(sim)
    shutil.copytree(shipped("seeds") / "afghanistan", "seeds/other")
    head = Path("seeds/other/case.yaml")
    head.write_text(head.read_text("utf-8").replace("id: afghanistan", "id: other"), "utf-8")
    Path("own.yaml").write_text(SCENARIO.replace("one-more", "other"), encoding="utf-8")
    ended = sim("compare", "baseline", "own.yaml", "--runs", 2, "--months", 6)
    assert ended.status == 65
    assert "differ in case: afghanistan and other" in ended.err
