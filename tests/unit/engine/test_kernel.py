"""The compiled loop: what is compiled, and how. Where it is kept: test_cache_folder.py."""

import ast
import re
from pathlib import Path
from types import FunctionType
from typing import Any

import numba
import numba.extending
import numpy as np
import pytest

from sim.engine import kernel
from sim.engine.draws import key
from sim.engine.ensemble import empty_trajectories
from sim.engine.kernel import (
    compile_function,
    compiled,
    copy_rows,
    functions,
    new_workspace,
    rule_modules,
)
from sim.model.rules import ordinal
from sim.model.schema import dtype
from sim.model.state import Pool
from sim.planning.compile import Compiled
from tests.architecture.source import rules

# Registration


def written() -> set[tuple[str, str]]:
    """Every function in the text of the rules, by module and name."""
    return {
        (module, node.name)
        for module, tree in rules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[FunctionType, dict[str, Any]]]:
    """Functions that the compiler is told of, and how they are to be compiled."""
    found: list[tuple[FunctionType, dict[str, Any]]] = []

    def register_jitable(**options: Any) -> Any:
        return lambda function: found.append((function, options))

    monkeypatch.setattr(numba.extending, "register_jitable", register_jitable)
    kernel.register_functions.__wrapped__()
    return found


def test_every_function_of_every_rule_is_registered(
    registered: list[tuple[FunctionType, dict[str, Any]]],
) -> None:
    names = {(function.__module__, function.__name__) for function, _ in registered}
    assert len(written()) > 100
    assert written() - names == set()


def test_every_function_is_registered_once_inlined_and_without_counts(
    registered: list[tuple[FunctionType, dict[str, Any]]],
) -> None:
    assert len({function for function, _ in registered}) == len(registered)
    wanted = {"_nrt": False, "error_model": "numpy", "forceinline": True}
    assert all(options == wanted for _, options in registered)


def test_rule_modules_are_those_in_the_folder() -> None:
    found = [module.__name__ for module in rule_modules()]
    assert found == [name for name in rules() if name != "sim.model.rules"]


def test_functions_of_a_module_are_its_own() -> None:
    """`trade` uses `clip` and `step`, which `ordinal` defines."""
    assert ordinal.clip in functions(ordinal)
    modules = [each.__module__ for module in rule_modules() for each in functions(module)]
    names = [module.__name__ for module in rule_modules() for _ in functions(module)]
    assert modules == names


# How it is compiled


def add_up(values: "np.ndarray", total: "np.ndarray") -> None:
    """A loop that reads one array and writes another one."""
    for i in range(len(values)):
        total[0] += values[i]


def test_arrays_are_taken_to_lie_apart() -> None:
    loop: Any = compile_function(add_up)
    total = np.zeros(1)
    loop(np.arange(4.0), total)
    assert total[0] == 6.0
    [text] = loop.inspect_llvm().values()
    head = next(line for line in text.splitlines() if line.startswith("define"))
    arrays = [part for part in head.split(",") if re.search(r"%arg\.(values|total)\.4", part)]
    assert len(arrays) == 2
    assert all("noalias" in part for part in arrays)


def test_code_is_kept_only_if_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel, "cache_folder", lambda name: tmp_path)
    kept: Any = compiled.__wrapped__()
    assert Path(kept.stats.cache_path).parent == tmp_path
    monkeypatch.setattr(kernel, "cache_folder", lambda name: None)
    not_kept: Any = compiled.__wrapped__()
    assert not_kept.stats.cache_path is None


def test_the_compilers_own_folder_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config: Any = numba.config
    monkeypatch.setattr(config, "CACHE_DIR", "elsewhere")
    monkeypatch.setattr(kernel, "cache_folder", lambda name: tmp_path)
    compiled.__wrapped__()
    assert config.CACHE_DIR == "elsewhere"


# The loop


def test_rows_are_copied_one_by_one() -> None:
    source = np.zeros(3, dtype(Pool))
    source["balance"] = (1.0, 2.0, 3.0)
    source["stage"] = 4
    target = np.zeros(3, dtype(Pool))
    copy_rows(target, source)
    assert target.tobytes() == source.tobytes()
    target["balance"] = 0.0
    assert source["balance"].tolist() == [1.0, 2.0, 3.0]


def test_a_workspace_shares_nothing_with_the_start(baseline: Compiled) -> None:
    start = baseline.start
    workspace = new_workspace(start, baseline.uids)
    for name in ("world", "actors", "pools", "projects", "conditions"):
        mine, given = getattr(workspace, name), getattr(start, name)
        assert mine.tobytes() == given.tobytes()
        assert not np.shares_memory(mine, given)


def test_the_start_is_recorded_and_stays(baseline: Compiled) -> None:
    before = [array.tobytes() for array in baseline.start]
    recorded = empty_trajectories(baseline.start, 2, baseline.months)
    workspace = new_workspace(baseline.start, baseline.uids)
    compiled()(baseline.start, baseline.uids, workspace, *key(5), 0, recorded)
    assert [array.tobytes() for array in baseline.start] == before
    rungs = recorded.actors["rung"][:, 0].tolist()
    assert rungs == [baseline.start.actors["rung"].tolist()] * 2
    assert recorded.metrics["population"][:, 0].tolist() == [40.0, 40.0]
    assert recorded.metrics["relief_pledged"][0, 1] != recorded.metrics["relief_pledged"][1, 1]
