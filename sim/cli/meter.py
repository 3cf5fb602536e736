"""How far a long job is: a bar with the time left on a terminal, a line a minute elsewhere."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sim.cli.errors import say
from sim.io.errors import visible

MINUTE = 60.0
"""Seconds between two lines where no terminal shows a bar."""

PATIENCE = 4.0
"""Seconds without progress after which the first compilation is mentioned."""

BAR = "{desc} |{bar}| {percentage:.0f} %, "
LEFT = "{n:,} of {total:,}, {rate_noinv_fmt}, {remaining} left"
"""A bar, and what stands beside it."""


def spoken(seconds: float) -> str:
    """A time for reading.

    >>> spoken(0.4), spoken(42), spoken(200), spoken(9000), spoken(400000)
    ('under a second', '42 s', '3 min', '2.5 h', '4.6 days')
    """
    if seconds < 1:
        return "under a second"
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 48 * 3600 else f"{seconds / 86400:.1f} days"


def about(seconds: float) -> str:
    """A time that was reckoned.

    >>> about(0.4), about(42)
    ('under a second', 'about 42 s')
    """
    return spoken(seconds) if seconds < 1 else f"about {spoken(seconds)}"


def sized(count: int) -> str:
    """A number of bytes for reading.

    >>> sized(340_200), sized(24_949_394), sized(3_210_000_000)
    ('340 kB', '25 MB', '3.2 GB')
    """
    if count < 1e6:
        return f"{count / 1e3:.0f} kB"
    return f"{count / 1e6:.0f} MB" if count < 1e9 else f"{count / 1e9:.1f} GB"


class Lines:
    """Stands for a terminal where there is none: what a bar shows becomes a line of its own."""

    def write(self, text: str) -> None:
        """Print what the bar says, its way back to the beginning of the line aside."""
        if said := text.strip():
            say(said)

    def flush(self) -> None:
        """Nothing is held back."""


def explain() -> None:
    """Say why nothing is done yet."""
    say("compiling the rules for this machine; once, for some 20 seconds …")


@contextmanager
def meter(label: str, total: int, done: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar over `total` of something, `done` of it before; yields what counts how many more are.

    Elsewhere than on a terminal it is a line a minute. The first compilation is mentioned where
    nothing is done for some seconds.
    """
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread that looks after the bar
    form: dict[str, Any] = {"file": sys.stderr, "dynamic_ncols": True, "bar_format": BAR + LEFT}
    if not sys.stderr.isatty():
        say(f"{label} …" if done is None else f"{label}: {done:,} of {total:,} done before")
        form = {"file": Lines(), "delay": MINUTE, "mininterval": MINUTE, "leave": False}
        form["bar_format"] = LEFT
    timer = threading.Timer(PATIENCE, explain)
    timer.daemon = True
    timer.start()
    name = visible(label)
    try:
        with tqdm(total=total, initial=done or 0, desc=name, miniters=1, unit="", **form) as bar:

            def count(more: int) -> None:
                timer.cancel()
                if bar.n == (done or 0):  # the pace leaves out what is compiled or read before
                    bar.n = bar.initial = bar.last_print_n = bar.n + more
                    bar.unpause()
                else:
                    bar.update(more)

            yield count
    finally:
        timer.cancel()
