"""The command line, run in this process: its status and what it prints."""

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.cli.errors import run_safely
from sim.cli.main import command
from sim.engine.ensemble import Chunk


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


Sim = Callable[..., Ended]


@pytest.fixture
def sim(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Sim]:
    """Runs `sim` with some arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)
    before = signal.getsignal(signal.SIGTERM)

    def run(*args: object) -> Ended:
        capsys.readouterr()
        status = run_safely(command, [str(arg) for arg in args])
        printed = capsys.readouterr()
        return Ended(status, printed.out, printed.err)

    yield run
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A scenario with two faults, in lines 3 and 5."""
    path = tmp_path / "bad.yaml"
    path.write_text(
        "title: T\ncase: afghanistan\nmnths: 3\ninterventions:\n"
        "  - {month: 6, verb: set_polcy, select: {id: RUS}, policy: isolation}\n"
    )
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A scenario of the user's own: three months, a change in the second."""
    path = tmp_path / "own.yaml"
    path.write_text(
        "title: My own\ncase: afghanistan\nmonths: 3\ninterventions:\n"
        "  - {month: 2, verb: set_policy, select: {group: West}, policy: isolation}\n"
    )
    return path


@pytest.fixture
def never_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that runs anything ends with a fault of the program."""

    def run(*args: object, **more: object) -> Iterator[Chunk]:
        raise AssertionError("a scenario was run")

    monkeypatch.setattr("sim.cli.simulate.simulate", run)
