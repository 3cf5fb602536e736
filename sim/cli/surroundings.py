"""What surrounds the program and must not change what it does: settings, and closed streams."""

import os
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import TextIO

KEPT = ("NUMBA_CACHE_DIR", "NUMBA_BOUNDSCHECK", "NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES")
"""Settings of the compiler that do not move a result."""

STREAMS = (0, 1, 2)


def settle() -> None:
    """Leave out settings of other packages, and open streams that are closed, to nowhere.

    A closed stream's number would be that of the next file that is opened.
    """
    for name in [each for each in os.environ if each.startswith("NUMBA_") and each not in KEPT]:
        del os.environ[name]
    os.environ |= {"NUMBA_DISABLE_JIT": "0", "MPLBACKEND": "agg"}
    for number in STREAMS:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)
    warnings.showwarning = _warn


def _warn(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """A warning in a line of its own."""
    sys.stderr.write(f"{message}\n")


@cache
def settle_pictures() -> None:
    """Import matplotlib with its own settings, whatever a file in the working folder says."""
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(Path(__file__).parent)
        import matplotlib as mpl
    finally:
        os.fchdir(here)
        os.close(here)
    mpl.rcdefaults()
