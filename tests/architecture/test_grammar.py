"""The grammar of a rule: what gives the same bits in Python, in the compiler, on Mesa's agents and
on every machine.

`sum()` differs in its last bits between CPython and numba, a power and the functions of a C library
from one machine to the next; assigning a sub-array copies in one and aliases in the other; the rest
the compiler does not take, or a reader does not need. `sim.model.arithmetic` keeps to the
grammar, too. What a rule may import is held by test_layers.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.records import SUB_ARRAYS
from tests.architecture.source import rules, trees

FORBIDDEN: dict[type[ast.AST], str] = {
    ast.ListComp: "a comprehension",
    ast.SetComp: "a comprehension",
    ast.DictComp: "a comprehension",
    ast.GeneratorExp: "a generator",
    ast.Yield: "a generator",
    ast.YieldFrom: "a generator",
    ast.NamedExpr: "a walrus",
    ast.Lambda: "a lambda",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.With: "with",
    ast.ClassDef: "a class",
    ast.AsyncFunctionDef: "async",
    ast.Global: "global",
    ast.Nonlocal: "nonlocal",
}

FORBIDDEN_CALLS = {"sum", "any", "all", "pow"}

EXACT = {"ceil", "fabs", "floor", "inf", "isfinite", "isinf", "isnan", "nan", "sqrt", "trunc"}
"""What may be used of `math`: IEEE 754 has one result for each of these."""


def is_sub_array(node: ast.AST) -> bool:
    """Whether an expression is a whole sub-array field: `world.level`, but not `world.level[k]`.

    A variable bears the name of its record, `actor` for an Actor. Where it does not, a name counts
    that any record uses for a sub-array.
    """
    if not isinstance(node, ast.Attribute):
        return False
    owner = node.value.attr if isinstance(node.value, ast.Attribute) else ""
    owner = node.value.id if isinstance(node.value, ast.Name) else owner
    known = SUB_ARRAYS.get(owner.capitalize())
    return node.attr in (set().union(*SUB_ARRAYS.values()) if known is None else known)


def targets(node: ast.AST) -> list[ast.expr]:
    """What a statement assigns to, tuples taken apart."""
    if isinstance(node, ast.Assign):
        found = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For):
        found = [node.target]
    else:
        return []
    return [part for each in found for part in getattr(each, "elts", [each])]


def function_faults(function: ast.FunctionDef) -> Iterator[str]:
    """What is wrong with how a function is declared."""
    arguments = function.args
    if function.decorator_list:
        yield "a decorator"
    if arguments.kwonlyargs:
        yield "keyword-only arguments"
    if arguments.vararg or arguments.kwarg:
        yield "* or ** arguments"
    for node in ast.walk(function):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield "an import in a function"
        if isinstance(node, ast.FunctionDef) and node is not function:
            yield "a function in a function, which the compiler would not find"


def library_faults(node: ast.AST) -> Iterator[str]:
    """What comes from a C library, and so with other bits from another one."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if node.value.id == "math" and node.attr not in EXACT:
            yield f"math.{node.attr}"
    if isinstance(node, ast.Import):
        if any(alias.name == "math" and alias.asname for alias in node.names):
            yield "math by another name"
    if isinstance(node, ast.ImportFrom) and node.module == "math":
        for alias in node.names:
            if alias.name not in EXACT:
                yield f"math.{alias.name}"
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
        yield "a power: use sim.model.arithmetic.power"


def node_faults(node: ast.AST) -> Iterator[str]:
    """What is wrong with one node."""
    if type(node) in FORBIDDEN:
        yield FORBIDDEN[type(node)]
    if isinstance(node, ast.FunctionDef):
        yield from function_faults(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in FORBIDDEN_CALLS:
            yield f"{node.func.id}()"
    if isinstance(node, ast.BinOp):
        if is_sub_array(node.left) or is_sub_array(node.right):
            yield "arithmetic on a whole sub-array"
    yield from library_faults(node)
    if any(is_sub_array(target) for target in targets(node)):
        yield "a whole sub-array assigned"


def faults(tree: ast.AST) -> list[str]:
    """All that is against the grammar, with its line."""
    return [
        f"line {getattr(node, 'lineno', 0)}: {fault}"
        for node in ast.walk(tree)
        for fault in node_faults(node)
    ]


KEEPING = {**rules(), "sim.model.arithmetic": trees()["sim.model.arithmetic"]}


@pytest.mark.parametrize("module", KEEPING)
def test_rules_and_their_arithmetic_keep_to_the_grammar(module: str) -> None:
    assert faults(KEEPING[module]) == []


@pytest.mark.parametrize(
    "code",
    [
        "x = y**2",
        "x = y**0.5",
        "x = y**2.0",
        "x = y**0.6",
        "x = y**parameters.need_elasticity",
        "x = y ** -1",
        "x = 2.0**y",
        "x **= y",
        "x = pow(y, 2)",
        "x = math.pow(y, 2.0)",
        "x = math.exp(y)",
        "x = math.cos(y)",
        "x = math.log(y)",
        "x = math.ldexp(y, 2)",
        "f = math.exp",
        "from math import exp",
        "from math import inf, cos as c",
        "from math import *",
        "import math as m",
        "x = sum(y)",
        "x = any(y)",
        "x = all(y)",
        "x = [i for i in y]",
        "x = {i for i in y}",
        "x = {i: i for i in y}",
        "x = list(i for i in y)",
        "def f(y):\n    yield y",
        "if (x := y): pass",
        "x = lambda y: y",
        "try:\n    pass\nexcept ValueError:\n    pass",
        "with x:\n    pass",
        "class X:\n    pass",
        "def f(*, x): pass",
        "def f(*x): pass",
        "def f(**x): pass",
        "@g\ndef f(): pass",
        "def f():\n    import math",
        "def f():\n    def g(): pass",
        "world.next_level = world.level",
        "state.world.next_level = levels",
        "x, world.next_level = y",
        "home.next_level = levels",
        "world.level += 1",
        "x = policy.gates * 2",
    ],
)
def test_a_breach_is_seen(code: str) -> None:
    assert len(faults(ast.parse(code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "x = math.sqrt(y)",
        "if math.isnan(y):\n    pass",
        "from math import floor, inf",
        "world.next_level[k] = world.level[k]",
        "world.next_level[:] = world.level",
        "metrics.concessions = world.conceded",
        "level = state.world.level",
        "x = level[0] / 4",
    ],
)
def test_what_is_fine_passes(code: str) -> None:
    assert faults(ast.parse(code)) == []
