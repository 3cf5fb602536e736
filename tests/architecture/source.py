"""The modules of the package as syntax trees, for tests that read code without running it."""

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sim"
LAYERED = ("model", "io")


class Import(NamedTuple):
    """A module that another one imports, and the line."""

    module: str
    line: int


def dotted(path: Path) -> str:
    """Name of the module in a file: `sim/model/rules/month.py` is `sim.model.rules.month`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the package by name."""
    files = sorted(PACKAGE.rglob("*.py"))
    return {dotted(path): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def rules() -> dict[str, ast.Module]:
    """The modules of the rules by name."""
    return {name: tree for name, tree in trees().items() if layer(name) == "model.rules"}


def layer(module: str) -> str:
    """The part of the package a module lies in: `model.rules` for `sim.model.rules.month`.

    The model and the files in and out have layers of their own; another room is one layer.
    """
    parts = [*module.split("."), "", ""]
    inside = parts[1] in LAYERED and parts[2]
    return f"{parts[1]}.{parts[2]}" if inside else parts[1]


def imports(tree: ast.AST) -> list[Import]:
    """All that a module imports, anywhere in it; `from sim import case` names `sim.case`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            inside = [f"{source}.{alias.name}" for alias in node.names]
            found += [Import(name if name in trees() else source, node.lineno) for name in inside]
    return found
