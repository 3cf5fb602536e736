"""How far a long job is: a bar with the time left on a terminal, a line a minute elsewhere."""

import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import click

from sim.cli.errors import say

WINDOW = 60.0
"""Seconds over which the pace is taken: what came before says nothing about what is left."""

PACE_AFTER = 3.0
"""Seconds before any time left is said."""

BETWEEN_LINES = 60.0
"""Seconds between two lines where no terminal shows a bar."""


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


class Meter:
    """Progress over `total` runs; those that were `done` before say nothing about the pace."""

    def __init__(
        self, label: str, total: int, done: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.label, self.total, self.done = label, total, done
        self._clock = clock
        self._seen = deque([(clock(), done)])
        self._said = clock()
        self._bar: Any = click.progressbar(
            length=total,
            label=label,
            file=sys.stderr,
            show_eta=False,
            hidden=not sys.stderr.isatty(),
            item_show_func=lambda _: self.left(),
        )

    def __enter__(self) -> "Meter":
        if not sys.stderr.isatty():
            say(f"{self.label}: {self.done:,} of {self.total:,} done before")
        self._bar.__enter__()
        self._bar.update(self.done)
        return self

    def __exit__(self, *error: Any) -> None:
        self._bar.__exit__(*error)

    def __call__(self, runs: int) -> None:
        """Show that so many more are done."""
        self.done += runs
        now = self._clock()
        self._seen.append((now, self.done))
        while now - self._seen[0][0] > WINDOW and len(self._seen) > 2:
            self._seen.popleft()
        self._bar.update(runs)
        if not sys.stderr.isatty() and now - self._said >= BETWEEN_LINES:
            self._said = now
            say(f"{self.label}: {self.done:,} of {self.total:,}; {self.left()}")

    def left(self) -> str:
        """Pace of the last minute and the time left at this pace; nothing before it is known."""
        (begun, before), (now, done) = self._seen[0], self._seen[-1]
        if now - begun < PACE_AFTER or done == before:
            return ""
        pace = (done - before) / (now - begun)
        return f"{pace:,.0f} a second, {about((self.total - done) / pace)} left"
