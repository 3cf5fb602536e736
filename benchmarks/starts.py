"""How long a fresh process takes to its first run: with nothing compiled, and with the cache."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIRST_RUN = """
import sys
from pathlib import Path
from sim.engine import kernel
kernel.cache_folder = lambda: Path(sys.argv[1])
from benchmarks.worlds import SEED, baseline
from sim.engine.ensemble import simulate
compiled = baseline()
next(simulate(compiled.start, compiled.uids, compiled.months, 1, SEED))
"""


def seconds(*command: str) -> float:
    """How long Python takes with these arguments."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return time.perf_counter() - begun


def first_runs(cached: int) -> tuple[float, list[float]]:
    """Seconds to the first run with an empty cache folder, and so many times with a full one."""
    with tempfile.TemporaryDirectory() as folder:
        begin = ("-c", FIRST_RUN, folder)
        return seconds(*begin), [seconds(*begin) for _ in range(cached)]


def whole_commands(runs: int, times: int) -> list[float]:
    """Seconds of `sim run baseline` from start to end, tables written, so many times."""
    found = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            out = str(Path(folder) / "results")
            found.append(seconds("-m", "sim", "run", "baseline", "--runs", str(runs), "--out", out))
    return found
