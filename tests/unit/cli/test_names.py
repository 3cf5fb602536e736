"""Names and titles that are no names: refused in a line, never printed raw, never a folder."""

import os
from pathlib import Path

import pytest

from sim.store.tables import as_csv
from tests.unit.cli.conftest import Sim

HEAD = "title: T\ncase: afghanistan\nmonths: 2\n"
NAMES = ("two\nlines", "\x1b[2J", "a\u202eb", os.fsdecode(b"\xff\xfe"))


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("command", [("run",), ("scenarios", "check"), ("compare", "baseline")])
def test_a_file_whose_name_cannot_be_printed(
    sim: Sim, tmp_path: Path, never_run: None, name: str, command: tuple[str, ...]
) -> None:
    Path(f"{name}.yaml").write_text(HEAD)
    ended = sim(*command, f"{name}.yaml")
    assert (ended.status, ended.out, len(ended.faults)) == (65, "", 1)
    assert ended.faults[0].isprintable()
    assert "rename it" in ended.err
    assert [path.suffix for path in tmp_path.iterdir()] == [".yaml"]


@pytest.mark.parametrize("title", ['"two\\nlines"', '"\\e[2J"', '"a\\u202Eb"'])
def test_a_title_that_cannot_be_printed(sim: Sim, never_run: None, title: str) -> None:
    Path("s.yaml").write_text(HEAD.replace("title: T", f"title: {title}"))
    ended = sim("run", "s.yaml")
    assert (ended.status, len(ended.faults)) == (65, 1)
    assert "s.yaml:1:1: title: holds a line break or what cannot be printed" in ended.err


def test_text_that_steers_the_terminal_is_spelled_out(sim: Sim) -> None:
    Path("s.yaml").write_text(f'{HEAD}question: "\\e]0;b?"\n')
    ended = sim("scenarios", "show", "s.yaml")
    assert ended.status == 0
    assert "\x1b" not in ended.out
    assert "\\u001b]0;b?" in ended.out


@pytest.mark.parametrize("name", ["../../escape", "/tmp/escape", "a/b", "..", "", "-x"])
def test_a_new_scenario_lies_in_the_folder_of_scenarios(
    sim: Sim, tmp_path: Path, name: str
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    os.chdir(tmp_path / "a" / "b")
    assert sim("scenarios", "new", "--", name).status == 2
    assert not list(tmp_path.rglob("*.yaml"))


def test_no_cell_of_a_table_is_a_formula() -> None:
    rows = [["=1+1", "+x", "-x", "@x", "-1.5", "-1e-07", "+", "a=b", "x,=y", -2.0]]
    assert as_csv(["=h", "h"], rows) == (
        "'=h,h\n'=1+1,'+x,'-x,'@x,-1.5,-1e-07,'+,a=b,\"x,=y\",-2.0\n"
    )


def test_a_name_that_begins_as_a_formula_is_none_in_a_table(sim: Sim) -> None:
    for name in ("=a", "@b"):
        Path(f"{name}.yaml").write_text(HEAD)
    ended = sim("compare", "=a.yaml", "@b.yaml", "--runs", 2)
    assert ended.status == 0, ended.err
    [table] = Path("results").glob("compare-*/outcomes.csv")
    assert ",'=a,'@b," in table.read_text()
