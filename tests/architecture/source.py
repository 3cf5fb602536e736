"""The modules of the package as syntax trees, for tests that read code without running it."""

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sim"


class Import(NamedTuple):
    """A module that another one imports, and the line."""

    module: str
    line: int


def dotted(path: Path) -> str:
    """Name of the module in a file: `sim/rules/month.py` is `sim.rules.month`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the package by name."""
    files = sorted(PACKAGE.rglob("*.py"))
    return {dotted(path): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def rules() -> dict[str, ast.Module]:
    """The modules of the rules by name."""
    return {name: tree for name, tree in trees().items() if layer(name) == "rules"}


def layer(module: str) -> str:
    """The part of the package a module lies in: `sim.rules.month` lies in `rules`."""
    return [*module.split("."), ""][1]


def imports(tree: ast.AST) -> list[Import]:
    """All that a module imports, anywhere in it; `from sim import state` imports `sim.state`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            inside = [f"{source}.{alias.name}" for alias in node.names]
            found += [Import(name if name in trees() else source, node.lineno) for name in inside]
    return found
