"""What surrounds the program does not change what it does, nor break it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.engine import kernel
from sim.io.files import whole_folder

RUN = ("run", "baseline", "--runs", "2", "--months", "1")


def ended(
    folder: Path, *args: str, shell: str = '"$@"', **environment: str
) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = ["sh", "-c", shell, "sh", sys.executable, "-m", "sim", *args]
    own = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    return subprocess.run(command, env=own, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "environment",
    [{"NUMBA_NUM_THREADS": "0"}, {"NUMBA_DISABLE_JIT": "1"}, {"NUMBA_NUM_THREADS": "many"}],
)
def test_settings_of_the_compiler_change_nothing(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    found = ended(tmp_path, *RUN, **environment)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize("command", [RUN, ("patterns",)])
def test_too_little_memory_to_compile_is_told_in_a_line(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    found = ended(tmp_path, *command, shell='ulimit -v 600000; "$@"')
    assert found.returncode == 73
    assert found.stderr.splitlines()[-1].startswith(
        "not enough memory: the compiler needs 1,050 MB"
    )
    assert "Traceback" not in found.stderr
    assert not list(tmp_path.glob("results/*/manifest.json"))


@pytest.mark.parametrize(
    "command", ["--help", "results", "case actors", "scenarios check baseline"]
)
def test_what_compiles_nothing_needs_little_memory(tmp_path: Path, command: str) -> None:
    found = ended(tmp_path, *command.split(), shell='ulimit -v 400000; "$@"')
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&-", "<&- 2>&-"])
def test_a_closed_stream_breaks_nothing(tmp_path: Path, closed: str) -> None:
    found = ended(tmp_path, *RUN, shell=f'"$@" {closed}')
    assert found.returncode == 0, found.stderr
    [folder] = (tmp_path / "results").iterdir()
    assert (folder / "manifest.json").is_file()


def test_settings_of_pictures_change_no_byte(tmp_path: Path) -> None:
    drawn = []
    for name, text in (("plain", None), ("bad", "\xff garbage"), ("other", "lines.linewidth: 20")):
        folder = tmp_path / name
        folder.mkdir()
        if text is not None:
            (folder / "matplotlibrc").write_text(text, encoding="latin-1")
        found = ended(folder, "plot", *RUN[1:], "--metric", "gdp", MPLBACKEND="nonsense")
        assert found.returncode == 0, found.stderr
        pictures = sorted((folder / "results").glob("plot-*/*.png"))
        drawn.append([path.read_bytes() for path in pictures])
    assert drawn[0]
    assert drawn[0] == drawn[1] == drawn[2]


def cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def emptied(raw: bytes) -> bytes:
    return b""


def zeros(raw: bytes) -> bytes:
    return bytes(len(raw))


def add_one(number: int) -> int:
    return number + 1


@pytest.mark.parametrize("damage", [cut, emptied, zeros])
@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
def test_damaged_compiled_code_is_made_anew(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[bytes], bytes],
    suffix: str,
) -> None:
    monkeypatch.setattr(kernel, "cache_folder", lambda name: tmp_path)
    assert kernel.compile_cached(add_one)(1) == 2
    [file] = tmp_path.rglob(f"*{suffix}")
    file.write_bytes(damage(file.read_bytes()))
    with pytest.warns(UserWarning, match="compiled code was damaged and is made anew"):
        assert kernel.compile_cached(add_one)(1) == 2
    assert kernel.compile_cached(add_one)(1) == 2


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / ".partial-a-xyz"
    left.mkdir()
    (left / "half").write_text("half")
    with whole_folder(tmp_path / "a") as held:
        assert not left.exists()
        with whole_folder(tmp_path / "a"):
            assert held.is_dir()  # it belongs to somebody
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
