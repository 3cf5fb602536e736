"""What `docs/model.md` says of rules and verbs of which its text by hand does not tell."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.schema import NEXT, columns
from sim.scenario.verbs import VERBS
from tests.reference.page_tables import STATE, rule_modules, table

NOTHING = "Every file of the rules is told of above."
NO_VERB = "Every verb is told of above."


def address(module: str) -> str:
    """How a section names the file of its rules."""
    return f"File: [`sim/model/rules/{module}.py`](../sim/model/rules/{module}.py)"


def names_in(function: ast.FunctionDef) -> Iterator[str]:
    """Parameters and numbers of a policy that a function reads, and memories that it writes."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        owner, name = node.value.id, node.attr
        if owner == "parameters" and name in columns(Parameters):
            yield name
        elif owner == "policy" and name in columns(Policy):
            yield f"policy.{name}"
        elif name.startswith(NEXT) and owner in STATE:
            yield f"{owner}.{name.removeprefix(NEXT)}"


def function_words(module: str, function: ast.FunctionDef) -> str:
    """A line on a function: its docstring, and what it reads and writes."""
    said = " ".join(inspect.cleandoc(ast.get_docstring(function) or "").split())
    named = ", ".join(f"[`{name}`]" for name in dict.fromkeys(names_in(function)))
    return f"- [`{module}.{function.name}`]: {said}" + (f" With {named}." if named else "")


def section(module: str, path: Path) -> str:
    """What a file of the rules says of itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = " ".join((ast.get_docstring(tree) or "").split())
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    lines = "\n".join(function_words(module, function) for function in functions)
    return f"{address(module)}. {said}\n\n{lines}"


def rules_of_their_own_words(hand: str) -> str:
    """A section for each file of the rules that the text by hand does not tell of."""
    untold = {name: path for name, path in rule_modules().items() if address(name) not in hand}
    return "\n\n".join(section(name, path) for name, path in untold.items()) or NOTHING


def verbs_of_their_own_words(hand: str) -> str:
    """What each verb does of which the text by hand does not tell."""
    rows = [
        (f"`{verb}`", " ".join(inspect.cleandoc(kind.__doc__ or "").split()))
        for verb, kind in VERBS.items()
        if f"`{verb}`" not in hand
    ]
    return table(("verb", "what it does"), rows) if rows else NO_VERB
