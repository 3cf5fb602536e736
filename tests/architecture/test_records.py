"""Names of fields: free of what numpy and Mesa own, and each `next_x` committed to its `x`."""

import ast

import mesa
import numpy as np
import pytest

from sim.model.schema import NEXT, columns
from tests.architecture.records import RECORDS
from tests.architecture.source import trees

TAKEN = {*dir(np.recarray), *dir(np.record), *dir(mesa.Agent(mesa.Model(rng=1)))}
"""Attributes that a row of numpy or an agent of Mesa has already, as size, mean, step and pos."""


def shadowing(names: list[str]) -> list[str]:
    """Names that a row or an agent would understand as something else."""
    return [name for name in names if name in TAKEN]


def declared() -> set[tuple[str, str]]:
    """Record and field of every state that has a `next_…` twin."""
    return {
        (record, name.removeprefix(NEXT))
        for record, kind in RECORDS.items()
        for name in columns(kind)
        if name.startswith(NEXT)
    }


def committed(tree: ast.AST) -> set[tuple[str, str]]:
    """Record and field of every `actor.x = actor.next_x` and `world.x[k] = world.next_x[k]`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = ast.unparse(node.targets[0]), ast.unparse(node.value)
            owner, _, field = target.partition(".")
            if value == f"{owner}.{NEXT}{field}":
                found.add((owner.capitalize(), field.partition("[")[0]))
    return found


@pytest.mark.parametrize("record", RECORDS)
def test_no_field_shadows_numpy_or_mesa(record: str) -> None:
    assert shadowing(list(columns(RECORDS[record]))) == []


def test_shadowing_is_seen() -> None:
    names = ["size", "mean", "copy", "step", "random", "pos", "model", "rung"]
    assert shadowing(names) == names[:-1]


def test_every_next_field_has_its_field() -> None:
    orphans = [f"{record}.{x}" for record, x in declared() if x not in columns(RECORDS[record])]
    assert orphans == []


def test_every_next_field_is_committed() -> None:
    assert committed(trees()["sim.model.rules.commit"]) == declared()


def test_only_a_true_commit_counts() -> None:
    code = "actor.rung = actor.next_rung; world.gdp = world.next_need; pool.paid = actor.next_paid"
    assert committed(ast.parse(code)) == {("Actor", "rung")}
