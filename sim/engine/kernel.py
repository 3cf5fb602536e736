"""The loop over runs and months, and its compiled form.

`chunk_loop` is plain Python on records; compiled, it runs without the interpreter lock. All rules are
registered with the compiler by walking `sim.rules`, so none can be forgotten.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

import sim.rules
from sim import state as schema
from sim import vocab
from sim.engine import draws, philox
from sim.engine.digest import model_digest
from sim.engine.draws import Buffers, Uids, draw_month, new_buffers
from sim.metrics import Report
from sim.rules.month import close_month, decide, open_month
from sim.rules.reporting import write_report
from sim.state import State

Records = npt.NDArray[np.void]


class Start(NamedTuple):
    """The arrays a run starts from, as `sim.state.State`; `world` has one row."""

    world: Records
    actors: Records
    pools: Records
    projects: Records
    parameters: Records
    policies: Records
    ties: npt.NDArray[np.float64]
    vetoes: npt.NDArray[np.int64]
    events: Records
    policy_of: npt.NDArray[np.int64]
    parameters_of: npt.NDArray[np.int64]


class Trajectories(NamedTuple):
    """What a chunk of runs records, by run and month (month 0 is the start).

    `metrics[run, month]`, `actors[run, month, actor]`, `pools[run, month, pool]`,
    `projects[run, month, project]`, each a structured array of `sim.metrics`.
    """

    metrics: Records
    actors: Records
    pools: Records
    projects: Records


class Workspace(NamedTuple):
    """What one thread writes while a run goes on: the changing records and the draws of a month.

    The compiled loop itself allocates nothing.
    """

    world: Records
    actors: Records
    pools: Records
    projects: Records
    buffers: Buffers


def new_workspace(start: Start, uids: Uids) -> Workspace:
    """Room for one thread."""
    return Workspace(
        start.world.copy(),
        start.actors.copy(),
        start.pools.copy(),
        start.projects.copy(),
        new_buffers(uids),
    )


def copy_rows(target: Records, source: Records) -> None:
    """Copy records one by one, which needs no room in between."""
    for i in range(len(target)):
        target[i] = source[i]


def chunk_loop(digest: str) -> Callable[..., str]:
    """The loop over the runs and months of a chunk.

    `digest` names the code of the model. The loop closes over it, and over nothing else, so that
    the compiler's cache is renewed when a rule changes and hits when none did.
    """

    def run_chunk(
        start: Start,
        uids: Uids,
        workspace: Workspace,
        key_0: np.uint64,
        key_1: np.uint64,
        first_run: int,
        recorded: Trajectories,
    ) -> str:
        world, actors, pools, projects, buffers = workspace
        state = State(
            world[0],
            actors,
            pools,
            projects,
            start.parameters,
            start.policies,
            start.ties,
            start.vetoes,
            start.events,
            start.policy_of,
            start.parameters_of,
        )
        runs, months = recorded.metrics.shape
        for run in range(runs):
            copy_rows(world, start.world)
            copy_rows(actors, start.actors)
            copy_rows(pools, start.pools)
            copy_rows(projects, start.projects)
            for month in range(months):
                if month > 0:
                    drawn = draw_month(buffers, uids, first_run + run, month, key_0, key_1)
                    open_month(state, drawn)
                    for i in range(len(actors)):
                        decide(actors[i], state, drawn)
                    close_month(state, drawn)
                report = Report(
                    recorded.metrics[run, month],
                    recorded.actors[run, month],
                    recorded.pools[run, month],
                    recorded.projects[run, month],
                )
                write_report(report, state)
        return digest

    return run_chunk


def functions(module: ModuleType) -> list[Callable[..., Any]]:
    """Functions that `module` itself defines."""
    members = inspect.getmembers(module, inspect.isfunction)
    return [function for _, function in members if function.__module__ == module.__name__]


def rule_modules() -> list[ModuleType]:
    """Every module of the rules."""
    found = pkgutil.iter_modules(sim.rules.__path__, "sim.rules.")
    return [importlib.import_module(entry.name) for entry in found]


@cache
def compiled() -> Callable[..., str]:
    """The compiled loop; the first call on a machine compiles for some seconds, later ones load."""
    from numba import njit
    from numba.extending import register_jitable

    register_jitable(_nrt=False)(copy_rows)
    for module in [vocab, schema, philox, draws, *rule_modules()]:
        for function in functions(module):
            register_jitable(_nrt=False)(function)
    loop: Callable[..., str] = njit(
        nogil=True, cache=True, error_model="numpy", _nrt=False
    )(
        chunk_loop(model_digest())
    )
    return loop
