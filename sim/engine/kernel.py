"""The loop over runs and months, and its compiled form.

`run_chunk` is plain Python on records; compiled, it runs without the interpreter lock and without
reference counts, since it allocates nothing. All rules are registered with the compiler by walking
`sim.model.rules`, so none can be forgotten.
"""

import importlib
import inspect
import pkgutil
import resource
import warnings
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

import sim.model.rules
from sim.engine import draws, philox
from sim.engine.cache import cache_folder
from sim.engine.digest import model_digest
from sim.engine.draws import Uids, fill_draws, new_buffer
from sim.model import arithmetic, calendar, slots
from sim.model.metrics import Report
from sim.model.rules.month import close_month, decide, open_month
from sim.model.rules.reporting import write_report
from sim.model.slots import named_draws
from sim.model.state import State

COMPILER_NEEDS = 1_050_000_000
"""Bytes of address space that compiling the loop took at most, measured with two threads.

With less, LLVM may abort the process or go on without end.
"""

Records = npt.NDArray[np.void]
Rows = Any
"""Rows that rules read by attribute: an array in compiled code, a record view elsewhere."""


class Start(NamedTuple):
    """The arrays a run starts from, as `sim.model.state.State`; `world` has one row."""

    world: Rows
    actors: Rows
    pools: Rows
    projects: Rows
    conditions: Rows
    deals: Rows
    parameters: Rows
    policies: Rows
    terms: Rows
    ties: Rows
    vetoes: Rows
    clauses: Rows
    events: Rows
    parts: Rows
    policy_of: Rows
    terms_of: Rows
    parameters_of: Rows


class Trajectories(NamedTuple):
    """What a chunk of runs records, by run and month (month 0 is the start).

    `metrics[run, month]`, `actors[run, month, actor]`, `pools[run, month, pool]`,
    `projects[run, month, project]`, `issues[run, month, issue]`, `conditions[run, month,
    condition]`, each a structured array of `sim.model.metrics`.
    """

    metrics: Rows
    actors: Rows
    pools: Rows
    projects: Rows
    issues: Rows
    conditions: Rows


class Workspace(NamedTuple):
    """What one thread writes while a run goes on: the changing records and the draws of a month.

    The compiled loop itself allocates nothing.
    """

    world: Rows
    actors: Rows
    pools: Rows
    projects: Rows
    conditions: Rows
    deals: Rows
    buffer: Rows


def new_workspace(start: Start, uids: Uids) -> Workspace:
    """Room for one thread."""
    return Workspace(
        start.world.copy(),
        start.actors.copy(),
        start.pools.copy(),
        start.projects.copy(),
        start.conditions.copy(),
        start.deals.copy(),
        new_buffer(uids),
    )


def copy_rows(target: Records, source: Records) -> None:
    """Copy records one by one, which needs no room in between."""
    for i in range(len(target)):
        target[i] = source[i]


def run_chunk(
    start: Start,
    uids: Uids,
    workspace: Workspace,
    key_0: np.uint64,
    key_1: np.uint64,
    first_run: int,
    recorded: Trajectories,
) -> None:
    """Simulate runs `first_run` and following into `recorded`; plain Python, or compiled."""
    world, actors, pools, projects, conditions, deals, buffer = workspace
    state = State(world[0], *workspace[1:6], *start[6:])
    runs, months = recorded.metrics.shape
    for run in range(runs):
        copy_rows(world, start.world)
        copy_rows(actors, start.actors)
        copy_rows(pools, start.pools)
        copy_rows(projects, start.projects)
        copy_rows(conditions, start.conditions)
        copy_rows(deals, start.deals)
        for month in range(months):
            if month > 0:
                fill_draws(buffer, uids, first_run + run, month, key_0, key_1)
                drawn = named_draws(buffer, uids.actors, uids.issues, uids.pools, uids.projects)
                open_month(state, drawn)
                for i in range(len(actors)):
                    decide(actors[i], state, drawn)
                close_month(state, drawn)
            report = Report(
                recorded.metrics[run, month],
                recorded.actors[run, month],
                recorded.pools[run, month],
                recorded.projects[run, month],
                recorded.issues[run, month],
                recorded.conditions[run, month],
            )
            write_report(report, state)


def functions(module: ModuleType) -> list[Callable[..., Any]]:
    """Functions that `module` itself defines."""
    members = inspect.getmembers(module, inspect.isfunction)
    return [function for _, function in members if function.__module__ == module.__name__]


def rule_modules() -> list[ModuleType]:
    """Every module of the rules."""
    found = pkgutil.iter_modules(sim.model.rules.__path__, "sim.model.rules.")
    return [importlib.import_module(entry.name) for entry in found]


def require_memory() -> None:
    """Raise MemoryError where the process may not use the memory that the compiler needs."""
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if most != resource.RLIM_INFINITY and most < COMPILER_NEEDS:
        needs, may = COMPILER_NEEDS // 10**6, most // 10**6
        raise MemoryError(f"the compiler needs {needs:,} MB, this process may use {may:,} (ulimit)")


def inline() -> Callable[..., Any]:
    """What tells the compiler of a function that it inlines where it is called."""
    require_memory()
    from numba.extending import register_jitable

    inlined: Callable[..., Any] = register_jitable(
        _nrt=False, error_model="numpy", forceinline=True
    )
    return inlined


@cache
def register_functions() -> None:
    """Tell the compiler of every function that a loop may call; each is inlined where it is called.

    All functions of the rules are found by walking `sim.model.rules`, so none can be forgotten.
    """
    inlined = inline()
    inlined(copy_rows)
    for module in [arithmetic, calendar, slots, philox, draws, *rule_modules()]:
        for function in functions(module):
            inlined(function)


def without_overlap(*context: Any) -> Any:
    """A compiler that is told that no array handed to the loop overlaps another one.

    So it reads a parameter once a month, and not again after every write to an actor.
    """
    from numba.core import compiler

    new: Any = compiler.Compiler
    made = new(*context)
    made.state.flags.noalias = True
    return made


def compile_function(
    function: Callable[..., Any],
    *,
    keep: bool = False,
    overlap: bool = False,
    short: bool = False,
) -> Callable[..., Any]:
    """`function`, compiled on its first call; `keep` leaves the code in numba's cache folder.

    It runs without reference counts, and without the interpreter lock unless it is `short`: to take
    that again may need longer than the call. `overlap` says that its arrays may share memory.
    """
    import numba
    from numba.core.compiler import Compiler

    njit: Any = numba.njit
    pipeline: Any = Compiler if overlap else without_overlap
    made: Callable[..., Any] = njit(
        nogil=not short, cache=keep, error_model="numpy", pipeline_class=pipeline, _nrt=False
    )(function)
    return made


def compile_cached(
    function: Callable[..., Any], *, overlap: bool = False, short: bool = False
) -> Callable[..., Any]:
    """`function`, compiled, and kept in a folder of this version's own wherever that is possible.

    Compiled code of another version of the model is so never read. Raises MemoryError.
    """
    require_memory()
    import numba

    config: Any = numba.config
    folder, before = cache_folder(f"kernel-{model_digest()}"), config.CACHE_DIR
    config.CACHE_DIR = str(folder or "")
    try:
        made = compile_function(function, keep=folder is not None, overlap=overlap, short=short)
    finally:
        config.CACHE_DIR = before
    forgive(made)
    return made


def forgive(made: Any) -> None:
    """Let a damaged file of compiled code be left out and made anew, with a warning."""
    load = made._cache.load_overload

    def load_or_compile(*asked: Any) -> Any:
        try:
            return load(*asked)
        except Exception as error:
            what = f"{type(error).__name__} in {made._cache.cache_path}"
            warnings.warn(f"compiled code was damaged and is made anew ({what})", stacklevel=2)
            made._cache.flush()
            return None

    made._cache.load_overload = load_or_compile


@cache
def compiled() -> Callable[..., None]:
    """The compiled loop; the first call on a machine compiles for some seconds, later ones load."""
    register_functions()
    return compile_cached(run_chunk)
