"""Timing in turn: each repetition times every contestant once, so that a busy machine hits all."""

import statistics
import time
from collections.abc import Callable, Mapping

Seconds = dict[str, list[float]]
"""Seconds of each contestant, by repetition."""


def in_turn(contestants: Mapping[str, Callable[[], object]], repetitions: int) -> Seconds:
    """Time all contestants in turn, so many times."""
    found: Seconds = {name: [] for name in contestants}
    for _ in range(repetitions):
        for name, run in contestants.items():
            begun = time.perf_counter()
            run()
            found[name].append(time.perf_counter() - begun)
    return found


def ratio(slower: list[float], faster: list[float]) -> float:
    """Median of the ratios, repetition by repetition: how many times as fast the second one is."""
    return statistics.median(a / b for a, b in zip(slower, faster, strict=True))


def spread(values: list[float], form: str = ",.1f") -> str:
    """Median, and the lowest and highest value."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:{form}} ({low:{form}} to {high:{form}})"
