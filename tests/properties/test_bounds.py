"""No rule reads or writes beyond the end of an array, which compiled code does not notice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.soak
def test_every_index_is_within_bounds() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bounds"],
        cwd=ROOT,
        env={**os.environ, "NUMBA_BOUNDSCHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("all indices are within bounds\n", 0), done.stderr
