"""A copy of the tree in which a recipe is followed: what it touches, and whether it then works."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.tree import DATA, ROOT, copy_all, of_the_project, present

CODE = ("sim", "tests", "benchmarks", "docs", "results/reference")
SCHEMA = "scenarios/schema.json"
MADE = re.compile(rb"<!-- (?:table: [^>]+|verbs) -->\n.*?<!-- end -->", re.DOTALL)
"""Parts of a page that a command of `RENEW` makes."""

RENEW = (("-m", "tests.reference.page"), ("-m", "tests.reference.verb_table"))
"""What `make docs` runs, the schema aside."""

SMALL = ("--runs", "2", "--months", "3", "--engine", "mesa", "--json")
"""A short run by agents, which needs no compiler."""

PLAY = """
import hashlib, json, sys
from sim.agents.own import simulate_with_agents
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario

for settings in json.loads(sys.argv[1]):
    loaded = load_scenario("baseline", settings)
    made = compile_scenario(loaded.case, loaded.scenario, 3)
    digest = hashlib.sha256()
    for chunk in simulate_with_agents(made.start, made.uids, 3, 1, 1):
        for array in chunk.trajectories:
            digest.update(array.tobytes())
    print(digest.hexdigest())
"""
"""Runs of the baseline by agents, each with some settings."""

NAMES = "tests/architecture/test_names.py"
ARCHITECTURE = (
    NAMES,
    "tests/architecture/test_grammar.py",
    "tests/architecture/test_layers.py",
    "tests/architecture/test_records.py",
    "tests/reference/test_page.py",
    "tests/unit/test_readme.py::test_the_table_of_verbs_is_that_of_the_code",
    "tests/unit/scenario/test_template.py::test_the_schema_for_editors_is_current",
)
"""Tests that hold all code against the rules of the house, and the pages against the code."""

TWIN = (
    "tests/twin/test_twin.py::test_the_case_files_hold_the_numbers_of_the_text",
    "tests/twin/test_twin.py::test_the_text_knows_the_whole_case",
    "tests/twin/test_twin.py::test_the_text_knows_every_verb",
    "tests/twin/test_twin.py::test_the_scenarios_use_every_verb",
    "tests/twin/test_twin.py::test_weights_of_the_case_agree",
)
"""Tests of the twin that compare tables, and run nothing."""

WHOLE = ("-x", "--ignore=tests/packaging", "--ignore=tests/recipes", "tests")
"""All tests but those of packaging and of recipes."""


def files_of_the_tree() -> list[Path]:
    """The files of the tree as it is worked on, and of its data those of the project."""
    readme = Path("results", "README.md")
    return [*at_the_top(ROOT), readme, *present(ROOT, *CODE), *of_the_project(ROOT, *DATA)]


def at_the_top(root: Path) -> list[Path]:
    """The files beside the folders; in a worktree `.git` is one, and the copy is no checkout."""
    files = [path.relative_to(root) for path in root.iterdir() if path.is_file()]
    return sorted(path for path in files if path.name != ".git")


def written(path: Path) -> bytes | None:
    """What a file holds that a person wrote; None where there is no file."""
    if not path.is_file():
        return None
    return MADE.sub(b"", path.read_bytes()) if path.suffix == ".md" else path.read_bytes()


@dataclass(frozen=True)
class Tested:
    """What a run of tests printed."""

    text: str

    @property
    def failing(self) -> list[str]:
        """The tests that failed, by id."""
        lines = self.text.splitlines()
        return [line.split()[1] for line in lines if line.startswith(("FAILED ", "ERROR "))]


@dataclass(frozen=True)
class Copy:
    """A copy of the tree; what it was copied from tells what has been touched since."""

    root: Path

    def write(self, path: str, text: str) -> None:
        """Write a file that is not there yet."""
        with (self.root / path).open("x", encoding="utf-8") as file:
            file.write(text)

    def append(self, path: str, text: str) -> None:
        """Put text at the end of a file."""
        with (self.root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def replace(self, path: str, old: str, new: str) -> None:
        """Put text in the place of other text, which must be there once."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, (path, old, text.count(old))
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def by_hand(self) -> list[str]:
        """The files, sorted, that are new or changed in a part that no command makes."""
        now = [*at_the_top(self.root), *present(self.root, *CODE, *DATA)]
        return sorted(
            path.as_posix()
            for path in now
            if written(self.root / path) != written(ROOT / path) and path != Path(SCHEMA)
        )

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, on the package of the copy."""
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root), "COLUMNS": "80"},
            capture_output=True,
            text=True,
            check=False,
        )

    def sim(self, *words: str) -> str:
        """What a command of the copy prints; it must end well."""
        ended = self.python("-m", "sim", *words)
        assert ended.returncode == 0, ended.stderr[-3000:]
        return ended.stdout

    def shell(self, words: list[str]) -> str:
        """What a line of the shell prints, where `sim` and `python` are those of the copy."""
        ended = self.python("-m", *words) if words[0] == "sim" else self.python(*words[1:])
        assert ended.returncode == 0, ended.stdout[-1000:] + ended.stderr[-3000:]
        return ended.stdout

    def played(self, settings: list[list[str]]) -> list[str]:
        """A digest of all that three months of the baseline report, for each list of settings."""
        ended = self.python("-c", PLAY, json.dumps(settings))
        assert ended.returncode == 0, ended.stderr[-3000:]
        return ended.stdout.split()

    def renew(self) -> None:
        """Run the commands that make what is generated."""
        for words in RENEW:
            ended = self.python(*words)
            assert ended.returncode == 0, ended.stderr[-3000:]
        schema = self.sim("scenarios", "schema")
        (self.root / SCHEMA).write_text(schema, encoding="utf-8")

    def pytest(self, *words: str) -> Tested:
        """Run tests of the copy; raises AssertionError where they cannot be run."""
        quiet = ("-q", "-rsfE", "-p", "no:cacheprovider", "--tb=short")
        ended = self.python("-m", "pytest", *quiet, *words)
        assert ended.returncode in (0, 1), ended.stdout[-3000:] + ended.stderr[-1000:]
        tested = Tested(ended.stdout)
        assert (ended.returncode == 1) == bool(tested.failing), ended.stdout[-3000:]
        return tested


def copied(folder: Path) -> Copy:
    """A copy of the tree below `folder`."""
    copy_all(files_of_the_tree(), ROOT, folder)
    return Copy(folder)
