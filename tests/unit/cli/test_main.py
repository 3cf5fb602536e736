"""Help, commands and options."""

import pytest

from sim.cli.main import COMMANDS
from tests.unit.cli.conftest import Sim


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_names_every_command_and_the_statuses(sim: Sim, flag: str) -> None:
    ended = sim(flag)
    assert (ended.status, ended.err) == (0, "")
    assert all(name in ended.out for name in COMMANDS)
    assert "130" in ended.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(sim: Sim, name: str) -> None:
    ended = sim(name, "--help")
    assert (ended.status, ended.err) == (0, "")
    assert f"sim {name}" in ended.out


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--nosuch",),
        ("run",),
        ("run", "baseline", "--runs", "0"),
        ("run", "baseline", "--runs", "many"),
        ("run", "baseline", "--months", "481"),
        ("run", "baseline", "--seed", "-1"),
        ("run", "baseline", "--seed", str(2**64)),
        ("run", "baseline", "--threads", "0"),
        ("run", "baseline", "--engine", "abacus"),
        ("compare", "baseline"),
        ("scenarios",),
        ("scenarios", "show"),
        ("scenarios", "check"),
        ("scenarios", "nosuch"),
    ],
    ids=" ".join,
)
def test_wrong_usage_has_status_two_and_no_traceback(sim: Sim, args: tuple[str, ...]) -> None:
    ended = sim(*args)
    assert ended.status == 2
    assert "Usage:" in ended.err + ended.out
    assert "Traceback" not in ended.err


def test_an_unknown_command_gets_the_nearest_one(sim: Sim) -> None:
    ended = sim("scenarioes", "list")
    assert ended.status == 2
    assert "did you mean scenarios?" in ended.err


def test_wrong_usage_leaves_nothing_behind(sim: Sim, tmp_path: object) -> None:
    sim("run", "baseline", "--runs", "0")
    assert list(tmp_path.iterdir()) == []  # type: ignore[attr-defined]
