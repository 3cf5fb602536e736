"""`python -m sim` as a process of its own: statuses, interrupts and closed pipes."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SIM = [sys.executable, "-m", "sim"]
MANY = ("run", "baseline", "--runs", "1000000", "--threads", "1", "--out")
"""A run that takes far longer than any test."""


def ended(folder: Path, *args: object) -> subprocess.CompletedProcess[str]:
    """A process that has come to its end."""
    return subprocess.run(
        [*SIM, *map(str, args)],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("args", "status", "lines"),
    [
        (("--help",), 0, 0),
        (("scenarios", "schema"), 0, 0),
        (("run", "bad.yaml"), 65, 1),
        (("run", "basline"), 66, 1),
        (("compare", "baseline"), 2, 4),
        (("run", "baseline", "--runs", "1", "--months", "1", "--out", "bad.yaml/x"), 73, 2),
    ],
    ids=str,
)
def test_a_process_ends_with_its_status_and_a_clear_line(
    tmp_path: Path, args: tuple[str, ...], status: int, lines: int
) -> None:
    (tmp_path / "bad.yaml").write_text("title: T\n")
    process = ended(tmp_path, *args)
    assert process.returncode == status
    assert len(process.stderr.splitlines()) == lines
    assert "Traceback" not in process.stderr


def interruptible() -> None:
    """Let a child take an interrupt, also where its parent ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def begun(out: Path, program: Path = ROOT) -> subprocess.Popen[str]:
    """A long run that has begun to write its folder."""
    process = subprocess.Popen(
        [*SIM, *MANY, str(out)],
        cwd=out.parent,
        env={**ENVIRONMENT, "PYTHONPATH": str(program)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=interruptible,
    )
    while process.poll() is None and not (out.is_dir() and any(out.iterdir())):
        threading.Event().wait(0.01)
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda each: each.name)
def test_an_interrupt_has_status_130_and_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    process = begun(tmp_path / "out")
    process.send_signal(number)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert f"sim {' '.join(MANY)} {tmp_path / 'out'}" in err.splitlines()[-1]
    assert os.listdir(tmp_path / "out") == []


@pytest.fixture
def never_compiled(tmp_path: Path) -> Path:
    """A copy of the program beside which no compiled code lies."""
    for name in ("sim", "scenarios", "seeds"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=ignored)
    return tmp_path / "copy"


def test_an_interrupt_does_not_wait_for_the_compiler(never_compiled: Path) -> None:
    """The compiler keeps what it made once it is through; it is not, and nothing is kept."""
    out = never_compiled / "out"
    process = begun(out, never_compiled)
    assert process.stderr is not None
    assert any("compiling" in line for line in process.stderr)
    process.send_signal(signal.SIGINT)
    printed, err = process.communicate()
    assert (process.returncode, printed) == (130, "")
    assert err.splitlines()[-1].startswith("interrupted: no unfinished result was kept")
    assert os.listdir(out) == []
    assert list(never_compiled.rglob("*.nbc")) == []


def test_a_run_that_is_killed_leaves_no_finished_result(tmp_path: Path) -> None:
    process = begun(tmp_path / "out")
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert all(name.startswith(".partial-") for name in os.listdir(tmp_path / "out"))


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*SIM, "scenarios", "schema"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait() == 0
