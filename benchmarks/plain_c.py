"""The same month in plain C (`month.c`), on the same records; built by `cc` where there is one."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.month import FLOWS, Totals
from benchmarks.worlds import SEED
from sim.engine.draws import key
from sim.engine.kernel import new_workspace
from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.schema import dtype
from sim.model.state import Actor, Pool, World
from sim.planning.compile import Compiled

SOURCE = Path(__file__).with_name("month.c")
OPTIONS = ("-O3", "-std=c11", "-ffp-contract=off", "-shared", "-fPIC")
"""No fused multiply-add, which has other bits; by itself `cc` aims at any processor of the kind."""

C_TYPES = {"int64": "int64_t", "uint64": "uint64_t", "float64": "double"}
RECORDS = (World, Actor, Pool, Parameters, Policy)


class CState(ctypes.Structure):
    """`state_t` of month.c."""

    _fields_ = [
        ("world", ctypes.c_void_p),
        ("actors", ctypes.c_void_p),
        ("draws", ctypes.c_void_p),
        ("pools", ctypes.c_void_p),
        ("parameters", ctypes.c_void_p),
        ("policies", ctypes.c_void_p),
        ("ties", ctypes.c_void_p),
        ("vetoes", ctypes.c_void_p),
        ("uids", ctypes.c_void_p),
        ("n", ctypes.c_int64),
        ("pool_count", ctypes.c_int64),
        ("entities", ctypes.c_int64),
    ]


def header() -> str:
    """The records of the model as structures of C, with the layout of the arrays."""
    lines = ["#include <stdint.h>"]
    for record in RECORDS:
        lines.append("typedef struct {")
        for name, (kind, *_) in (dtype(record).fields or {}).items():
            length = f"[{kind.shape[0]}]" if kind.shape else ""
            lines.append(f"    {C_TYPES[kind.base.name]} {name}{length};")
        lines.append(f"}} {record.__name__.lower()}_t;")
    return "\n".join(lines) + "\n"


def compiler() -> str | None:
    """The C compiler, if there is one."""
    return shutil.which("cc")


def library(compiler: str, *more: str) -> Any:
    """`month.c` as compiled with `more` options."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "records.h").write_text(header(), encoding="ascii")
        made = str(Path(folder) / "month.so")
        command = [
            compiler,
            *OPTIONS,
            *more,
            f"-I{folder}",
            f"-I{SOURCE.parent}",
            str(SOURCE),
            "-o",
            made,
            "-lm",
        ]
        subprocess.run(command, check=True)
        return ctypes.CDLL(made)


def by_c(library: Any) -> Callable[[Compiled, int], Totals]:
    """What runs the subset in C."""

    def place(array: "np.ndarray[Any, Any]") -> ctypes.c_void_p:
        return ctypes.c_void_p(array.ctypes.data)

    def run(compiled: Compiled, runs: int) -> Totals:
        start, uids = compiled.start, compiled.uids
        work = new_workspace(start, uids)
        totals = np.zeros((runs, FLOWS))
        arrays = (work.world, work.actors, work.buffer, start.pools, start.parameters)
        arrays += (start.policies, start.ties, start.vetoes, uids.words)
        counts = (len(start.actors), len(start.pools), len(uids.words))
        state = CState(*map(place, arrays), *counts)
        keys = (ctypes.c_uint32(int(word)) for word in key(SEED))
        length = ctypes.c_int64(runs), ctypes.c_int64(compiled.months)
        starts = place(start.world), place(start.actors)
        library.simulate(ctypes.byref(state), *starts, *length, *keys, place(totals))
        return totals

    return run
