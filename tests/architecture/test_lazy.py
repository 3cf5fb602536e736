"""Help comes at once: nothing heavy is loaded before a command needs it."""

import os
import subprocess
import sys

import pytest

from sim.cli.main import COMMANDS
from tests.architecture.source import ROOT

HEAVY = {"matplotlib", "mesa", "pandas", "scipy", "numba"}

NOT_FOR_HELP = {*HEAVY, "numpy", "pydantic", "yaml", "tqdm"}
"""What no command needs to say how it is called."""

TWO_WORDS = ["case new", "case check", "scenarios new", "study plan", "study run"]


def loaded(*command: str, **given: str) -> set[str]:
    """Top-level packages that a Python process loads; the process must end well."""
    process = subprocess.run(
        [sys.executable, "-X", "importtime", *command],
        cwd=ROOT,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in process.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize(
    "command",
    [("-c", "import sim"), ("-c", "import sim.cli.main"), ("-m", "sim", "--help")],
    ids=" ".join,
)
def test_nothing_heavy_is_loaded(command: tuple[str, ...]) -> None:
    packages = loaded(*command)
    assert "sim" in packages
    assert packages & HEAVY == set()


@pytest.mark.parametrize("command", [*COMMANDS, *TWO_WORDS])
def test_help_loads_nothing_that_only_work_needs(command: str) -> None:
    packages = loaded("-m", "sim", *command.split(), "--help")
    assert "click" in packages
    assert packages & NOT_FOR_HELP == set()


@pytest.mark.parametrize(
    "line", ["sim c", "sim compare b", "sim case actors U", "sim plot --metric g", "sim patterns P"]
)
def test_nothing_heavy_is_loaded_for_the_tab_key(line: str) -> None:
    place = str(len(line.split()) - 1)
    asked = {"_SIM_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": place}
    packages = loaded("-m", "sim", **asked)
    assert "click" in packages
    assert packages & HEAVY == set()


def test_a_heavy_import_is_seen() -> None:
    assert loaded("-c", "import sim, scipy") & HEAVY == {"scipy"}
