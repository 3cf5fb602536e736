"""The targets of the Makefile: all listed, and what the long checks run."""

import re
import subprocess
import sys

from tests.packaging.conftest import ROOT

MAKE = ("make", "--no-print-directory")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def printed(*command: str) -> str:
    """What a command prints; it must end well."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_help_lists_every_target() -> None:
    [targets] = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert "soak" in targets.split()
    listed = [line.split()[1] for line in printed(*MAKE, "help").splitlines()]
    assert sorted(listed) == sorted(targets.split())


def test_soak_runs_long_checks_and_properties_on_many_examples() -> None:
    commands = printed(*MAKE, "--dry-run", "soak")
    [selected] = re.findall(r"HYPOTHESIS_PROFILE=soak \S*pytest -q -m '(.*)'", commands)
    some = ("tests/packaging/test_sdist.py", "tests/unit/io/test_writing.py")
    collect = ("-m", "pytest", "--collect-only", "-q", "-m", selected, *some)
    chosen = [line for line in printed(sys.executable, *collect).splitlines() if "::" in line]
    assert [line.rpartition("::")[2] for line in chosen] == [
        "test_its_tests_pass",
        "test_what_is_written_is_read_back_as_it_was",
    ]
