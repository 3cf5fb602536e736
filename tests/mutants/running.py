"""Running the rules' tests on each mutant, in a forked process for each.

Tests are collected once; each mutant gets a copy of the process, in which one function of the rules
has changed code, wherever it was imported. The tests of the rule's own file come first, then those
of all rules, then whole months against the twin.
"""

import ast
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import pytest
from hypothesis import Phase, settings

from tests.mutants.mutations import RULES, Mutant, mutated

ROOT = Path(__file__).parents[2]
UNIT = "tests/unit/model/rules"
MONTHS = (
    "tests/twin/test_twin.py::test_anchors_and_references_agree_on_random_cases",
    "tests/twin/test_twin.py::test_random_worlds_agree",
)

LONGEST = 30.0
"""Seconds of processor time after which a mutant is taken to loop, and so for caught."""

SURVIVED, BY_UNIT_TESTS, BY_MONTHS, LOOPS, BROKEN = 0, 1, 2, 3, 4
"""What became of a mutant, or that it could not be tried, which is a fault of this file."""


class Fate(NamedTuple):
    """A mutant and what became of it."""

    mutant: Mutant
    status: int


def plant(mutant: Mutant) -> None:
    """Change the code of a rule, or a constant of the rules, in this process."""
    tree = mutated(mutant)
    code = compile(tree, str(RULES / f"{mutant.module}.py"), "exec")
    module = import_module(f"sim.model.rules.{mutant.module}")
    for constant in code.co_consts:
        if isinstance(constant, CodeType) and constant.co_name == mutant.function:
            getattr(module, mutant.function).__code__ = constant
            return
    set_constant(mutant.function, tree)


def set_constant(name: str, tree: ast.Module) -> None:
    """Give a constant its new value in every module of the rules that has it."""
    assigned = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    value = ast.literal_eval(assigned[name])
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("sim.model.rules.") and hasattr(module, name):
            setattr(module, name, value)


class Forking:
    """A plugin of pytest that runs the collected tests once for each mutant."""

    def __init__(self, mutants: Sequence[Mutant], told: Callable[[Fate], None]) -> None:
        self.mutants, self.told = mutants, told
        self.failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test failed."""
        self.failed = self.failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of the ordinary loop over tests."""
        if self.in_child(session, None) != SURVIVED:
            raise pytest.UsageError("the tests fail on the rules as they are")
        for mutant in self.mutants:
            self.told(Fate(mutant, self.in_child(session, mutant)))
        return True

    def in_child(self, session: pytest.Session, mutant: Mutant | None) -> int:
        """What becomes of one mutant, or of no change at all. Raises RuntimeError."""
        status = status_of(os.waitpid(self.forked(session, mutant), 0)[1])
        if status == BROKEN:
            raise RuntimeError(f"could not be tried: {mutant}")
        return status

    def forked(self, session: pytest.Session, mutant: Mutant | None) -> int:
        """Start the tests of a mutant; the process that runs them."""
        process = os.fork()
        if process == 0:
            status = BROKEN
            try:
                status = self.tried(session, mutant)
            finally:
                os._exit(status)
        return process

    def tried(self, session: pytest.Session, mutant: Mutant | None) -> int:
        """Run the tests until one fails; how far they came."""
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        if mutant is not None:
            plant(mutant)
        for item in in_order(session.items, mutant):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if self.failed:
                return BY_UNIT_TESTS if item.nodeid.startswith(UNIT) else BY_MONTHS
        return SURVIVED


def in_order(items: Sequence[pytest.Item], mutant: Mutant | None) -> list[pytest.Item]:
    """Tests of the rule's own file first, whole months last."""
    own = f"test_{mutant.module}.py" if mutant else ""

    def place(item: pytest.Item) -> int:
        return 2 if not item.nodeid.startswith(UNIT) else int(item.path.name != own)

    return sorted(items, key=place)


def status_of(wait_status: int) -> int:
    """How a process ended; its timer stops one that loops. Raises RuntimeError."""
    if not os.WIFSIGNALED(wait_status):
        return os.WEXITSTATUS(wait_status)
    if os.WTERMSIG(wait_status) != signal.SIGPROF:
        raise RuntimeError(f"a process was stopped by signal {os.WTERMSIG(wait_status)}")
    return LOOPS


def run_all(mutants: Sequence[Mutant], told: Callable[[Fate], None]) -> None:
    """Try every mutant; raises RuntimeError where the tests fail without any."""
    settings.register_profile(
        "mutants", max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate]
    )
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    os.chdir(ROOT)
    wanted = [UNIT, *MONTHS, "-p", "no:cacheprovider", "-p", "no:terminal"]
    if pytest.main(wanted, plugins=[Forking(mutants, told)]) not in (0, 5):
        raise RuntimeError("the tests fail on the rules as they are")
