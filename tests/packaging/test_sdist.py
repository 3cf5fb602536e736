"""The source distribution holds what building and testing need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, build, content_of_wheel, files_in

FOLDERS = ("sim", "scenarios", "seeds", "tests", "benchmarks", "docs", "results/reference")
FILES = (
    ".gitignore",
    "AGENTS.md",
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "pyproject.toml",
    "requirements.lock",
    "results/README.md",
)


def test_it_holds_what_building_and_testing_need_and_no_more(unpacked: Path) -> None:
    expected = {name: (ROOT / name).read_bytes() for name in FILES}
    for folder in FOLDERS:
        expected |= files_in(folder)
    paths = [path for path in unpacked.rglob("*") if path.is_file()]
    found = {path.relative_to(unpacked).as_posix(): path.read_bytes() for path in paths}
    del found["PKG-INFO"]
    assert sorted(found) == sorted(expected)
    assert found == expected


def test_a_wheel_built_from_it_is_that_of_the_working_tree(
    unpacked: Path, wheel: Path, tmp_path: Path
) -> None:
    build(unpacked, tmp_path, "--wheel")
    [again] = tmp_path.glob("*.whl")
    assert again.name == wheel.name
    assert content_of_wheel(again) == content_of_wheel(wheel)


@pytest.mark.soak
def test_its_tests_pass(unpacked: Path) -> None:
    """All but those of packaging, run where the distribution was unpacked."""
    process = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "--ignore", "tests/packaging"],
        cwd=unpacked,
        env={**os.environ, "HYPOTHESIS_PROFILE": "ci"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stdout[-3000:]
