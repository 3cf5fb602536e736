"""Small changes of the rules' source, one at a time: an operator, a comparison, a constant, a name.

A mutant is named by what it changes and not by its line, so that its name lasts.

The changes are made here and not by a package because of time. Cosmic Ray starts Python and the
tests anew for each mutant, near four seconds of a processor where the tests themselves take one or
two: 6,462 mutants, a working day. Forked from one process and in plain Python a mutant takes a
fifth of a second, since most are caught by the first tests of their own file. Of 120 mutants of
Cosmic Ray, drawn at random, none survived.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from sim.model.schema import NEXT, columns
from sim.model.state import Actor, Pool, Project, World

RULES = Path(__file__).parents[2] / "sim" / "model" / "rules"

OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Mod: ast.Mult,
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
"""The comparison that differs where both sides are equal, and the opposite one."""

SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.Mod: "%",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
}
NAMES = {"min": "max", "max": "min", "cos": "sin"}
"""Functions that are easily mistaken for each other."""

STATES = {name for record in (World, Actor, Pool, Project) for name in columns(record)}

Change = tuple[str, str, Callable[[], None]]
"""What stands there, what will, and how to make it so."""


class Mutant(NamedTuple):
    """The n-th change of a rule: module, function (or constant), what stands there, what will.

    `number` is 1 but where a function holds the same words several times.
    """

    module: str
    function: str
    old: str
    new: str
    number: int
    place: int

    def __str__(self) -> str:
        again = f" ({self.number})" if self.number > 1 else ""
        return f"{self.module}.{self.function}: `{self.old}` → `{self.new}`{again}"


def short(node: ast.AST) -> str:
    """An expression as it is written."""
    return ast.unparse(node)


def of_operator(node: ast.BinOp | ast.AugAssign) -> Iterator[Change]:
    """The opposite operator."""
    old = type(node.op)
    if old in OPERATORS:
        new = OPERATORS[old]
        right = short(node.right if isinstance(node, ast.BinOp) else node.value)
        sign = "=" if isinstance(node, ast.AugAssign) else ""
        yield (
            f"{SIGNS[old]}{sign} {right}",
            f"{SIGNS[new]}{sign} {right}",
            lambda: setattr(node, "op", new()),
        )


def of_comparison(node: ast.Compare) -> Iterator[Change]:
    """Each comparison strict where it was not, and the other way round; and the opposite one."""
    for i, operator in enumerate(node.ops):
        right = short(node.comparators[i])
        for new in COMPARISONS[type(operator)]:

            def change(i: int = i, new: type[ast.cmpop] = new) -> None:
                node.ops[i] = new()

            yield f"{SIGNS[type(operator)]} {right}", f"{SIGNS[new]} {right}", change


def of_constant(node: ast.Constant) -> Iterator[Change]:
    """A number one higher, a truth the other way."""
    value = node.value
    if isinstance(value, bool):
        yield short(node), str(not value), lambda: setattr(node, "value", not value)
    elif isinstance(value, int | float):
        yield short(node), str(value + 1), lambda: setattr(node, "value", value + 1)


def of_name(node: ast.Name) -> Iterator[Change]:
    """A constant one higher, a function taken for another one."""
    if node.id.isupper() and isinstance(node.ctx, ast.Load):
        yield node.id, f"{node.id} + 1", lambda: replace(node, f"({node.id} + 1)")
    elif node.id in NAMES:
        other = NAMES[node.id]
        yield node.id, other, lambda: setattr(node, "id", other)


def of_attribute(node: ast.Attribute) -> Iterator[Change]:
    """The state as the month leaves it for the state as it found it, and the other way round."""
    name = node.attr
    other = name.removeprefix(NEXT) if name.startswith(NEXT) else f"{NEXT}{name}"
    if isinstance(node.ctx, ast.Load) and {name, other} <= STATES:
        yield name, other, lambda: setattr(node, "attr", other)
    elif name in NAMES:
        yield name, NAMES[name], lambda: setattr(node, "attr", NAMES[name])


def of_test(node: ast.If | ast.IfExp) -> Iterator[Change]:
    """What happens where the condition is met happens where it is not."""
    test = node.test
    if not isinstance(test, ast.UnaryOp | ast.Compare):  # these change by themselves
        negated = ast.UnaryOp(ast.Not(), test)
        yield (
            f"if {short(test)}",
            f"if not ({short(test)})",
            lambda: setattr(node, "test", negated),
        )


def of_logic(node: ast.BoolOp) -> Iterator[Change]:
    """`and` for `or`, and the other way round."""
    word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    new = ast.Or if word == "and" else ast.And
    yield (
        f"{word} {short(node.values[-1])}",
        f"{other} {short(node.values[-1])}",
        lambda: setattr(node, "op", new()),
    )


def of_sign(node: ast.UnaryOp) -> Iterator[Change]:
    """Without its sign or its `not`."""
    yield short(node), short(node.operand), lambda: replace(node, short(node.operand))


def of_call(node: ast.Call) -> Iterator[Change]:
    """A value that is not clipped."""
    if isinstance(node.func, ast.Name) and node.func.id == "clip":
        low, high = (short(bound) for bound in node.args[1:])
        yield (
            f"clip(…, {low}, {high})",
            "…",
            lambda: replace(node, short(node.args[0])),
        )


def of_statement(node: ast.Assign | ast.AugAssign | ast.Expr | ast.Continue) -> Iterator[Change]:
    """A statement that is left out; a name that then had no value would break every test."""
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call):
        return
    yield short(node).splitlines()[0][:60], "pass", lambda: replace(node, "pass")


def of_return(node: ast.Return) -> Iterator[Change]:
    """Nothing, or the opposite, for what is returned; a constant changes by itself."""
    if node.value is None:
        yield "return", "pass", lambda: replace(node, "pass")
    elif isinstance(node.value, ast.BoolOp):
        old = short(node.value)
        yield f"return {old}", f"return not ({old})", lambda: replace(node, f"return not ({old})")
    elif isinstance(node.value, ast.BinOp | ast.Call | ast.Name | ast.Attribute | ast.IfExp):
        yield short(node)[:60], "return 0", lambda: replace(node, "return 0")


def replace(node: ast.AST, source: str) -> None:
    """Make a node of what some source says."""
    new: ast.AST = parsed_line(source)
    if isinstance(node, ast.expr) and isinstance(new, ast.Expr):
        new = new.value
    place = {key: getattr(node, key) for key in PLACE}
    node.__class__ = type(new)
    node.__dict__.clear()
    node.__dict__.update(new.__dict__ | place)


def parsed_line(source: str) -> ast.stmt:
    """A line that may stand in a function and in a loop."""
    return ast.parse(f"def f():\n for x in y:\n  {source}").body[0].body[0].body[0]


PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")

CHANGES: dict[type[ast.AST], tuple[Callable[..., Iterator[Change]], ...]] = {
    ast.BinOp: (of_operator,),
    ast.AugAssign: (of_statement, of_operator),
    ast.Assign: (of_statement,),
    ast.Expr: (of_statement,),
    ast.Continue: (of_statement,),
    ast.Return: (of_return,),
    ast.Compare: (of_comparison,),
    ast.Constant: (of_constant,),
    ast.Name: (of_name,),
    ast.Attribute: (of_attribute,),
    ast.If: (of_test,),
    ast.IfExp: (of_test,),
    ast.BoolOp: (of_logic,),
    ast.UnaryOp: (of_sign,),
    ast.Call: (of_call,),
}


def first_values(part: ast.AST) -> set[int]:
    """The lines that give names their first values, from top to bottom."""
    found: dict[str, int] = {}
    for node in ast.walk(part):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            found[name] = min(node.lineno, found.get(name, node.lineno))
    return set(found.values())


def changes_of(part: ast.AST) -> Iterator[Change]:
    """Every change of a function or constant."""
    return changes_within(part, first_values(part))


def changes_within(node: ast.AST, first: set[int]) -> Iterator[Change]:
    """Every change of a node and of what lies in it, annotations aside."""
    for of in CHANGES.get(type(node), ()):
        if of is not of_statement or node.lineno not in first:
            yield from of(node)
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "args") and not isinstance(node, ast.Call):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from changes_within(child, first)


def parts(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """The functions and constants of a module by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id.isupper():
                yield node.targets[0].id, node.value


def parsed(module: str) -> ast.Module:
    """The source of a module of the rules."""
    return ast.parse((RULES / f"{module}.py").read_text(encoding="utf-8"))


def mutants_of(module: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its source."""
    found = []
    seen: Counter[tuple[str, str, str]] = Counter()
    for name, node in parts(parsed(module)):
        for place, (old, new, _) in enumerate(changes_of(node)):
            seen[name, old, new] += 1
            found.append(Mutant(module, name, old, new, seen[name, old, new], place))
    return found


def all_mutants() -> list[Mutant]:
    """Every mutant of the rules."""
    modules = sorted(path.stem for path in RULES.glob("*.py") if path.stem != "__init__")
    return [mutant for module in modules for mutant in mutants_of(module)]


def mutated(mutant: Mutant) -> ast.Module:
    """The source of a module with one change."""
    tree = parsed(mutant.module)
    node = dict(parts(tree))[mutant.function]
    for place, (_, _, change) in enumerate(changes_of(node)):
        if place == mutant.place:
            change()
            return ast.fix_missing_locations(tree)
    raise ValueError(f"no such mutant: {mutant}")
