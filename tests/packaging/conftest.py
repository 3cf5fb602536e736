"""The program as it is handed on: built without a network, installed without a right to write."""

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
import pytest

from tests.recipes.copy import copied
from tests.tree import DATA, ROOT, of_the_project, present


def files_in(folder: str) -> dict[str, bytes]:
    """What a person wrote below a folder of the working tree for the project, by its path."""
    paths = of_the_project(ROOT, folder) if folder in DATA else present(ROOT, folder)
    return {path.as_posix(): (ROOT / path).read_bytes() for path in paths}


def build(source: Path, out: Path, *kinds: str) -> None:
    """Build from a source tree with what is installed here; nothing is downloaded."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, *kinds, source]
    offline = {**os.environ, "PIP_NO_INDEX": "1"}
    subprocess.run(list(map(str, command)), env=offline, capture_output=True, check=True)


def content_of_wheel(path: Path) -> dict[str, bytes]:
    """The files of a wheel by name."""
    with zipfile.ZipFile(path) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working tree, without data of one's own."""
    return copied(tmp_path_factory.mktemp("source")).root


@pytest.fixture(scope="session")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the working tree."""
    out = tmp_path_factory.mktemp("wheel")
    build(source, out, "--wheel")
    [path] = out.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def unpacked(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution that is built from the working tree, unpacked."""
    out = tmp_path_factory.mktemp("sdist")
    build(source, out, "--sdist")
    [path] = out.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        archive.extractall(out, filter="data")
    return out / path.name.removesuffix(".tar.gz")


@dataclass(frozen=True)
class Installed:
    """An installation in which nothing can be written, beside a user's folders."""

    program: Path
    work: Path
    cache: Path
    fresh: dict[Path, tuple[int, int]] = field(default_factory=dict, repr=False)

    def run(self, *command: object) -> subprocess.CompletedProcess[str]:
        """A process of Python that finds this installation first, far from the clone."""
        environment = {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",  # an administrator's Python writes wherever it may
            "PYTHONPATH": str(self.program),
            "XDG_CACHE_HOME": str(self.cache),
            "MPLCONFIGDIR": mpl.get_cachedir(),
        }
        return subprocess.run(
            [sys.executable, "-P", *map(str, command)],
            cwd=self.work,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def sim(self, *args: object) -> str:
        """What the installed command prints; it must end well."""
        process = self.run(self.program / "bin" / "sim", *args)
        assert process.returncode == 0, process.stderr
        return process.stdout

    def state(self) -> dict[Path, tuple[int, int]]:
        """Size and time of every file of the installation; `fresh` is how pip left it."""
        found = {path: path.stat() for path in sorted(self.program.rglob("*"))}
        return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in found.items()}


def close(program: Path, mode: int) -> None:
    """Take or give the right to write in every folder of the installation."""
    for path in [program, *program.rglob("*")]:
        if path.is_dir():
            path.chmod(mode)


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """The wheel as pip installs it, without the right to write.

    An administrator may write all the same. So a file stands where a folder would be needed for
    compiled code.
    """
    place = tmp_path_factory.mktemp("installed")
    made = Installed(place / "program", place / "work", place / "cache")
    made.work.mkdir()
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--no-index"]
    how = ["--no-deps", "--no-compile", "--target", str(made.program), str(wheel)]
    subprocess.run([*pip, *how], capture_output=True, check=True)
    (made.program / "sim" / "engine" / "__pycache__").write_text("")
    close(made.program, 0o555)
    made.fresh.update(made.state())
    yield made
    close(made.program, 0o755)
