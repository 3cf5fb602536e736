"""No number, however it came, makes compiled code touch memory outside its arrays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def fuzzed(*options: str) -> subprocess.CompletedProcess[str]:
    """The fuzz in a process of its own, whose compiled code checks the bounds of every array."""
    command = [sys.executable, "-m", "tests.properties.escapes", *options]
    environment = {**os.environ, "NUMBA_BOUNDSCHECK": "1"}
    return subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_numbers_beyond_their_bounds_are_refused_and_others_stay_inside() -> None:
    """Without the bounds of a plan the same numbers escape: else the fuzz could not fail."""
    ended = fuzzed()
    assert ended.returncode == 0, ended.stderr
    refused, run = (int(word) for word in ended.stdout.split() if word.isdecimal())
    assert refused > 200
    assert run > 100
    assert "unchecked: escaped" in ended.stdout


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_many_numbers_beyond_their_bounds_stay_inside(seed: int) -> None:
    ended = fuzzed("--times", "40", "--seed", str(seed))
    assert ended.returncode == 0, ended.stderr
