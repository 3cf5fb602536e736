"""`sim run --agents`: from a Python file to a result that is compared and drawn."""

import json
from pathlib import Path

import pytest

from sim.store.read import read_result
from tests.unit.cli.conftest import Ended, Sim

FEW = ("--runs", 3, "--months", 2)

BOLD = """import sim


class Bold(sim.ActorAgent):
    def decide(self):
        if self.luck > 0.5 and self.rung < self.cap:
            self.next_rung = self.rung + 1


class Silent(sim.ActorAgent):
    def decide(self):
        pass
"""


@pytest.fixture
def bold(tmp_path: Path) -> Path:
    """A file with two classes of agents."""
    path = tmp_path / "my.py"
    path.write_text(BOLD)
    return path


def ran(sim: Sim, agents: object) -> Path:
    """The folder of a run by agents of one's own."""
    ended = sim("run", "baseline", *FEW, "--agents", agents, "--json")
    assert ended.status == 0, ended.err
    [made] = json.loads(ended.out)
    return Path(made["folder"])


def failed(sim: Sim, path: Path, text: str, name: str = "Bold") -> Ended:
    """A run by agents in a file with some text."""
    path.write_text(text)
    return sim("run", "baseline", *FEW, "--agents", f"{path.name}:{name}")


def test_it_leaves_a_result_that_says_whose_agents_decided(sim: Sim, bold: Path) -> None:
    result = read_result(ran(sim, "my.py:Bold"))
    assert (result.name, result.title) == ("baseline-with-Bold", "Baseline with Bold")
    assert result.manifest["agents"]["name"] == "Bold"
    assert result.manifest["agents"]["file"] == "my.py"
    assert str(bold.parent) not in json.dumps(result.manifest)
    assert not list(bold.parent.glob("__pycache__"))


def test_class_and_content_of_the_file_tell_results_apart(sim: Sim, bold: Path) -> None:
    folders = [ran(sim, "my.py:Bold"), ran(sim, "my.py:Silent")]
    bold.write_text(BOLD.replace("0.5", "0.6"))
    folders.append(ran(sim, "my.py:Bold"))
    [made] = json.loads(sim("run", "baseline", *FEW, "--json").out)
    assert len({*folders, Path(made["folder"])}) == 4
    bold.write_text(BOLD)
    assert ran(sim, bold.resolve().as_posix() + ":Bold") == folders[0]


def test_the_command_that_it_prints_compares_it(sim: Sim, bold: Path) -> None:
    printed = sim("run", "baseline", *FEW, "--agents", "my.py:Bold").out.splitlines()
    [hint] = [line for line in printed if line.startswith("Compare it: sim ")]
    ended = sim(*hint.removeprefix("Compare it: sim ").split())
    assert ended.status == 0, ended.err
    assert "Baseline with Bold against Baseline" in ended.out


def test_two_folders_are_compared_and_drawn(sim: Sim, bold: Path) -> None:
    folders = [ran(sim, f"my.py:{name}") for name in ("Silent", "Bold")]
    ended = sim("compare", *folders, "--json")
    assert ended.status == 0, ended.err
    rows = {row["outcome"]: row for row in json.loads(ended.out)["outcomes"]}
    assert rows["mean_rung:West"]["other"] == "baseline-with-Bold"
    assert rows["mean_rung:West"]["difference"] > 0
    ended = sim("plot", *folders, "--picture", "ladder")
    assert ended.status == 0, ended.err
    assert Path(ended.out.strip()).read_bytes().startswith(b"\x89PNG")


def test_long_runs_are_announced(sim: Sim, bold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = sim("run", "baseline", *FEW, "--agents", "my.py:Silent")
    monkeypatch.setattr("sim.cli.simulate.LONG_FOR_AGENTS", 5)
    many = sim("run", "baseline", *FEW, "--agents", "my.py:Bold")
    assert "by agents, which need about a second" not in few.err
    assert "by agents, which need about a second" in many.err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("import sim\nclass Bald(sim.ActorAgent): ...", "my.py: Bold: no such subclass"),
        ("Bold = 3", "my.py: Bold: no such subclass"),
        ("x = (", "my.py:1:5: "),
        ("x = 1\0", "my.py:1:1: "),
        ("import sys\nsys.exit(0)", "my.py:2:1: SystemExit: 0"),
        ("raise ValueError('a\\nb\\x1b')", "my.py:1:1: ValueError: a\\nb\\x1b"),
        (BOLD.replace("self.rung + 1", "9"), "my.py: Bold: "),
        (BOLD.replace("self.rung + 1", "1 / 0"), "my.py:7:1: ZeroDivisionError: "),
    ],
)
def test_what_is_wrong_gets_one_line(sim: Sim, bold: Path, text: str, line: str) -> None:
    ended = failed(sim, bold, text)
    assert (ended.status, ended.out) == (65, "")
    assert ended.faults[-1].startswith(line)
    assert "Traceback" not in ended.err


def test_a_decision_that_cannot_be_names_actor_month_and_value(sim: Sim, bold: Path) -> None:
    ended = failed(sim, bold, BOLD.replace("self.rung + 1", "9"))
    assert "in month 1 of run 0: next_rung cannot be 9; the rungs of the case are" in ended.err
    assert not list(Path("results").glob("*"))


@pytest.mark.parametrize(("agents", "status"), [("my.py", 2), ("my.py:", 2), ("no.py:Bold", 66)])
def test_a_class_is_named_by_file_and_class(sim: Sim, bold: Path, agents: str, status: int) -> None:
    ended = sim("run", "baseline", *FEW, "--agents", agents)
    assert (ended.status, ended.out) == (status, "")
    assert "Traceback" not in ended.err


def test_help_says_that_code_is_run(sim: Sim) -> None:
    assert "runs the code in the file" in " ".join(sim("run", "--help").out.split())
