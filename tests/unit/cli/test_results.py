"""`sim results` lists what lies in a folder, whatever made it, and says what one of it holds."""

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.io.errors import MissingFile
from sim.store.listing import PLAN, all_listed, listed
from sim.store.manifest import MANIFEST, sealed
from tests.studies import planned
from tests.unit.cli.conftest import Sim
from tests.unit.conftest import MONTHS, RUNS


@pytest.fixture
def out(made: dict[str, Path], tmp_path: Path) -> Path:
    """A folder with two results, one of them renamed, a plan, a comparison and things besides."""
    found = tmp_path / "kept"
    shutil.copytree(made["baseline"], found / "what I sent")
    shutil.copytree(made["human-rights-conditionality"], found / "other")
    planned(tmp_path / "study").folder.rename(found / "planned")
    (found / "compare").mkdir()
    comparison = sealed({"title": "Comparison: A+B", "compares": ["a", "b"]}, {})
    (found / "compare" / MANIFEST).write_text(comparison)
    (found / "empty").mkdir()
    (found / "note.txt").write_text("mine")
    return found


def test_everything_is_listed_with_title_scenarios_and_runs(sim: Sim, out: Path) -> None:
    found = sim("results", "--out", out)
    assert f"Baseline\n  baseline; {RUNS} runs of {MONTHS} months; written " in found.out
    assert f"  {out / 'what I sent'}\n" in found.out
    assert "T\n  baseline; 6 points, 1,500 runs of 6 months; written " in found.out
    assert "Comparison: A+B\n  a, b; written " in found.out
    assert "empty" not in found.out
    assert "note.txt" not in found.out


def test_the_newest_is_last(out: Path) -> None:
    when = datetime(2098, 12, 31, 23, tzinfo=UTC).timestamp()
    os.utime(out / "what I sent" / MANIFEST, (when, when))
    last = all_listed(out)[-1]
    assert (last.folder.name, last.written) == ("what I sent", "2098-12-31 23:00")


def test_a_list_can_be_read_by_programs(sim: Sim, out: Path) -> None:
    found = json.loads(sim("results", "--out", out, "--json").out)
    assert {each["title"] for each in found} >= {"Baseline", "T", "Comparison: A+B"}
    assert {each["points"] for each in found} == {0, 1, 6}


def test_a_folder_says_what_it_holds(sim: Sim, out: Path) -> None:
    found = sim("results", "what I sent", "--out", out)
    for text in (f"{RUNS} runs of {MONTHS} months", "numba", "every outcome of every run"):
        assert text in found.out
    (out / "what I sent" / "summary.csv").unlink()
    assert "summary.csv       missing" in sim("results", out / "what I sent").out


def test_an_empty_folder_says_how_to_begin(sim: Sim, tmp_path: Path) -> None:
    assert "no results in" in sim("results", "--out", tmp_path / "none").out
    assert sim("results", tmp_path).status == 66


@pytest.mark.parametrize(
    "text",
    ["", "[]", "5", "{", "\0", "[" * 100_000, '{"title": 5, "compares": [{}], "files": 3}'],
    ids=range(7),
)
def test_a_manifest_of_any_kind_is_no_fault_of_the_program(
    sim: Sim, tmp_path: Path, text: str
) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / MANIFEST).write_text(text)
    assert sim("results", "--out", tmp_path).status == 0
    assert sim("results", tmp_path / "x").status in {0, 66}


def test_nothing_that_is_printed_can_steer_a_terminal(sim: Sim, tmp_path: Path) -> None:
    content = {"title": "a\x1b[2J", "compares": ["b\r\nc"], "case": "\x07"}
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / MANIFEST).write_text(sealed(content, {"\x1b.csv": "0"}))
    for args in (("results", tmp_path / "x"), ("results", "--out", tmp_path)):
        assert all(each.isprintable() for each in sim(*args).out.splitlines())


@pytest.mark.parametrize("made", [10**4299, -5, 10**15])
def test_what_nobody_counts_is_not_shown(sim: Sim, tmp_path: Path, made: int) -> None:
    plan = {"study": {"title": "t", "months": 3}, "scenarios": [], "points": {"a": made, "b": made}}
    for name, text in (
        (MANIFEST, sealed({"title": "t", "runs": made, "months": made, "points": made}, {})),
        (PLAN, json.dumps(plan)),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text(text)
        for form in ((), ("--json",)):
            assert sim("results", tmp_path / name, *form).status == 0
            assert sim("results", "--out", tmp_path, *form).status == 0
        assert "runs" not in sim("results", tmp_path / name).out


def test_files_are_looked_for_in_the_folder_alone(sim: Sim, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "secret").write_text("s")
    names = ("../secret", str(tmp_path / "secret"), "x" * 5000, "a\0b", "", "..")
    text = sealed({"title": "t"}, dict.fromkeys(names, "0"))
    (tmp_path / "x" / MANIFEST).write_text(text)
    found = sim("results", tmp_path / "x")
    assert found.status == 0
    assert "kB" not in found.out


def test_a_plan_that_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / PLAN)
    with pytest.raises(MissingFile):
        listed(tmp_path)
    (tmp_path / PLAN).unlink()
    (tmp_path / PLAN).symlink_to("/dev/zero")
    with pytest.raises(MissingFile):
        listed(tmp_path)
    (tmp_path / PLAN).unlink()
    with (tmp_path / PLAN).open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(MissingFile):
        listed(tmp_path)


@pytest.mark.parametrize("when", [1e12, 1e17, -1e12])
def test_a_time_that_no_calendar_has_is_no_fault_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: float
) -> None:
    (tmp_path / MANIFEST).write_text(sealed({"title": "t"}, {}))
    before = os.stat(tmp_path / MANIFEST)
    monkeypatch.setattr(
        Path, "stat", lambda *args, **more: SimpleNamespace(st_mtime=when, st_mode=before.st_mode)
    )
    with pytest.raises(MissingFile):
        listed(tmp_path)


def test_a_folder_that_is_no_result_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="no result lies there"):
        listed(tmp_path)
