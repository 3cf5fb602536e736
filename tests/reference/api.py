"""Renew `docs/reference.md` from docstrings: python -m tests.reference.api, or `make docs`.

It is read off the source, so that signatures stand there as they are written.
"""

import ast
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent

from sim import PUBLIC
from tests.architecture.source import trees

PAGE = Path(__file__).parents[2] / "docs" / "reference.md"

HEAD = """\
# Reference

The public names of `import sim`, from their docstrings. [first-look.ipynb](first-look.ipynb) shows
them at work, and `help(sim.run)` has examples. For the command line, see `sim COMMAND --help`; for
the model, [model.md](model.md).
"""

Definition = ast.FunctionDef | ast.ClassDef


def definition(module: str, name: str) -> Definition | None:
    """The function or class of that name in a module of the package."""
    tree = trees().get(module, ast.Module([], []))
    found = [node for node in tree.body if isinstance(node, Definition) and node.name == name]
    return found[0] if found else None


def imported(module: str) -> dict[str, str]:
    """Where each name comes from that a module imports or defines."""
    names = dict.fromkeys((getattr(node, "name", "") for node in trees()[module].body), module)
    for node in ast.walk(trees()[module]):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.name: node.module for alias in node.names}
    return names


def types_of(module: str, node: Definition) -> Iterator[tuple[str, str]]:
    """Classes of the package, with their modules, that a function takes or returns."""
    if isinstance(node, ast.ClassDef):
        return
    known = imported(module)
    hints = [each.annotation for each in [*node.args.args, *node.args.kwonlyargs]]
    for hint in [*hints, node.returns]:
        for part in ast.walk(hint) if hint else ():
            if isinstance(part, ast.Name) and part.id in known:
                if isinstance(definition(known[part.id], part.id), ast.ClassDef):
                    yield part.id, known[part.id]


def signature(node: ast.FunctionDef) -> str:
    """How a function is called, or a property is read, as it is written."""
    returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    if any("property" in ast.unparse(each) for each in node.decorator_list):
        return f"{node.name}{returned.replace(' ->', ':')}"
    arguments = ast.unparse(node.args).removeprefix("self").removeprefix(", ")
    return f"{node.name}({arguments}){returned}"


def documented(node: ast.ClassDef) -> Iterator[str]:
    """The fields of a class and its public methods, each with what its docstring says first."""
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            if not part.target.id.startswith("_"):
                yield f"- `{part.target.id}: {ast.unparse(part.annotation)}`"
        if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
            if text := ast.get_docstring(part):
                yield f"- `{signature(part)}`: {' '.join(text.split())}"


def entry(name: str, module: str) -> str:
    """The section of a name; raises KeyError for one that its module does not define."""
    node = definition(module, name)
    if node is None:
        raise KeyError(name)
    text = cleandoc(ast.get_docstring(node) or "")
    lines = [f"### {name}", f"`{module}`"]
    if isinstance(node, ast.FunctionDef):
        lines.append(f"```python\n{signature(node)}\n```")
    lines.append(without_examples(text))
    if isinstance(node, ast.ClassDef) and (parts := list(documented(node))):
        lines.append("\n".join(parts))
    return "\n\n".join(lines)


def without_examples(text: str) -> str:
    """A docstring without its examples, which run where they stand; layouts stay in blocks."""
    kept = [part for part in text.split("\n\n") if not part.startswith(">>>")]
    return "\n\n".join(
        f"```text\n{dedent(part)}\n```" if part[:4] == "    " else part for part in kept
    )


def page() -> str:
    """The whole page."""
    found: dict[str, str] = {}
    for name, module in PUBLIC.items():
        node = definition(module, name)
        found |= dict(types_of(module, node)) if node else {}
    types = {name: found[name] for name in sorted(found) if name not in PUBLIC}
    parts = [HEAD, "## Names", *(entry(*one) for one in PUBLIC.items())]
    parts += ["## Types", *(entry(*one) for one in types.items())]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
