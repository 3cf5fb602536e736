"""Scenarios, studies and cases of one's own, saved in a checkout, make no test fail (README)."""

import re
import shutil
import subprocess

import pytest

from tests.recipes.copy import Copy
from tests.tree import ROOT, of_the_project, present

NOTICING = (
    "tests/architecture/test_names.py",
    "tests/unit/scenario/test_shipped.py",
    "tests/unit/scenario/test_catalog.py",
    "tests/unit/study/test_shipped.py",
    "tests/unit/cli/test_case.py",
    "tests/unit/cli/test_scenarios.py",
    "tests/reference/test_table.py",
)
"""Tests that see every scenario, study or case there is."""


@pytest.fixture
def checkout(tree: Copy) -> Copy:
    """A copy of the tree in which git tracks what was copied."""
    for words in (("init", "-q"), ("add", "--all")):
        subprocess.run(["git", *words], cwd=tree.root, check=True, capture_output=True)
    return tree


def save_ones_own(tree: Copy) -> None:
    """The README's example where the README says, files that are half written, and a case."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [example, *_] = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    tree.write("scenarios/swap.yaml", example)
    tree.write("scenarios/aaa.yaml", "title: [half\n")
    tree.write("scenarios/studies/aaa.yaml", "title: Half\nscenarios: nowhere\n")
    own = shutil.copytree(tree.root / "seeds" / "afghanistan", tree.root / "seeds" / "aaa")
    shutil.rmtree(own / "record")
    tree.replace("seeds/aaa/case.yaml", "id: afghanistan", "id: aaa")


def test_what_git_does_not_track_is_not_of_the_project(checkout: Copy) -> None:
    before = of_the_project(checkout.root, "scenarios", "seeds")
    save_ones_own(checkout)
    assert of_the_project(checkout.root, "scenarios", "seeds") == before
    assert set(present(checkout.root, "scenarios", "seeds")) > set(before)


def test_where_there_is_no_checkout_everything_is_of_the_project(tree: Copy) -> None:
    save_ones_own(tree)
    assert of_the_project(tree.root, "scenarios") == present(tree.root, "scenarios")


def test_the_example_of_the_readme_and_more_make_no_test_fail(checkout: Copy) -> None:
    save_ones_own(checkout)
    assert checkout.pytest(*NOTICING).failing == []


@pytest.mark.soak
def test_the_whole_gate_passes_beside_them(checkout: Copy) -> None:
    save_ones_own(checkout)
    whole = ("--ignore=tests/packaging", "--ignore=tests/recipes", "tests")
    assert checkout.pytest("-x", *whole).failing == []
