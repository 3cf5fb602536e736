"""Imports go one way, so that a part can be read, tested and replaced without what stands on it."""

import ast

import pytest

from tests.architecture.source import imports, layer, trees

LAYERS = (
    {"model", "io"},
    {"model.arithmetic"},
    {"model.calendar", "model.vocab"},
    {"model.schema"},
    {"model.parameters"},
    {"model.policy", "model.slots", "model.interventions"},
    {"model.state"},
    {"model.plan"},
    {"model.metrics"},
    {"model.rules"},
    {"engine"},
    {"io.errors", "io.opening", "io.places"},
    {"io.documents", "io.files"},
    {"io.reader"},
    {"io.validation", "io.writing"},
    {"case"},
    {"scenario"},
    {"planning"},
    {"measures"},
    {"store"},
    {"study"},
    {"runs"},
    {"analysis"},
    {"record"},
    {"figures"},
    {"report"},
    {"public"},
    {""},  # sim/__init__.py, the public names
    {"cli"},
    {"__main__"},
)
"""Bottom to top. A layer imports from itself and from below; `agents` stands on `runs`."""

HEIGHT = {name: height for height, names in enumerate(LAYERS) for name in names}
HEIGHT["agents"] = HEIGHT["runs"]

RULES_MAY_USE = {"math", "collections.abc", "typing"}
"""Beside the layers below: a rule is compiled, so it can use nothing else. Numpy is out, too."""

NOT_FOR_RULES = {"model.schema"}
"""How records are declared and laid out in memory is no business of a rule."""

RULES_FOR_ENGINE = {
    "sim.engine.kernel": {"sim.model.rules", "sim.model.rules.month", "sim.model.rules.reporting"},
    "sim.engine.prepare": {"sim.model.rules.anchoring", "sim.model.rules.preparing"},
}
"""The engine knows no mechanism: only the start, the schedule, the report and the package it walks
through."""


def may_import(importer: str, imported: str) -> bool:
    """Whether a module of layer `importer` may import from layer `imported`."""
    if importer == imported:
        return True
    if imported == "agents":
        return importer in ("cli", "public")
    if importer == "agents":
        return HEIGHT[imported] <= HEIGHT["runs"]
    return HEIGHT[imported] < HEIGHT[importer]


def faults(module: str, tree: ast.Module) -> list[str]:
    """What a module imports and may not."""
    own = layer(module)
    found = []
    for name, line in imports(tree):
        outside = name.split(".")[0] != "sim"
        if name.startswith("."):
            fine = False
        elif outside:
            fine = own != "model.rules" or name in RULES_MAY_USE
        elif own == "model.rules" and layer(name) in NOT_FOR_RULES:
            fine = False
        elif own == "engine" and layer(name) == "model.rules":
            fine = name in RULES_FOR_ENGINE.get(module, set())
        else:
            fine = may_import(own, layer(name))
        if not fine:
            found.append(f"{module}:{line} imports {name}")
    return found


def yaml_faults(module: str, tree: ast.Module) -> list[str]:
    """Imports of yaml, which only the one reader and the one writer may use."""
    return [
        f"{module}:{line} imports {name}"
        for name, line in imports(tree)
        if name.split(".")[0] == "yaml"
    ]


def test_every_module_has_its_layer() -> None:
    assert [module for module in trees() if layer(module) not in HEIGHT] == []


@pytest.mark.parametrize("module", trees())
def test_imports_go_one_way(module: str) -> None:
    assert faults(module, trees()[module]) == []


def test_yaml_has_one_reader_and_one_writer() -> None:
    users = ("sim.io.reader", "sim.io.writing")
    others = {module: tree for module, tree in trees().items() if module not in users}
    assert [fault for module, tree in others.items() for fault in yaml_faults(module, tree)] == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("sim.model.vocab", "from sim.model.schema import of"),
        ("sim.model.rules.trade", "import numpy as np"),
        ("sim.model.rules.trade", "from math import exp; from random import random"),
        ("sim.model.rules.trade", "from sim.model.schema import columns"),
        ("sim.model.rules.trade", "from sim.engine.draws import uid"),
        ("sim.engine.draws", "from sim.model.rules.month import decide"),
        ("sim.engine.kernel", "from sim.model.rules.trade import exchange"),
        ("sim.engine.kernel", "from sim.model.rules import trade"),
        ("sim.io.errors", "from sim.io.documents import Keys"),
        ("sim.case.load", "from sim.scenario.schema import Scenario"),
        ("sim.store.read", "def late():\n    import sim.analysis.compare"),
        ("sim.figures.fan", "from sim.agents import EngagementModel"),
        ("sim.agents.own", "from sim.analysis.compare import differences"),
        ("sim.report.page", "from sim.cli.main import main"),
        ("sim.report.page", "from sim import EngagementModel"),
        ("sim.case.load", "from . import files"),
    ],
)
def test_a_wrong_import_is_seen(module: str, line: str) -> None:
    assert len(faults(module, ast.parse(line))) == 1


@pytest.mark.parametrize(
    "line",
    ["import yaml", "from yaml import CSafeLoader", "import yaml as y", "import yaml.dumper"],
)
def test_another_user_of_yaml_is_seen(line: str) -> None:
    assert len(yaml_faults("sim.case.load", ast.parse(line))) == 1
