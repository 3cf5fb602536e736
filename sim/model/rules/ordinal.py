"""The one step up or down with a dead band that every decision of the model uses (model 7.1)."""

from sim.model.arithmetic import exponential

TOLERANCE = 1e-9
"""Scores, gates and issue weights are multiples of small fractions and are often equal; what is
equal in exact arithmetic counts as equal, however its sum was rounded."""


def logistic(value: float) -> float:
    """1 / (1 + exp(-value)), without overflow at either end; never falls as the value rises.

    >>> logistic(0.0), logistic(-800.0), logistic(800.0)
    (0.5, 0.0, 1.0)
    """
    return 1.0 / (1.0 + exponential(-value))


def climb_chance(rate: float, value: float, dead_band: float, noise: float) -> float:
    """Chance in a month of the next level, whose value is `value` (utility)."""
    return rate * logistic((value - dead_band) / noise)


def fall_chance(rate: float, value: float, dead_band: float, noise: float) -> float:
    """Chance in a month of leaving the present level, whose value is `value` (utility)."""
    return rate * logistic((-value - dead_band) / noise)


def may_climb(draw: float, rate: float) -> bool:
    """Whether `draw` could mean a climb at the largest chance; if not, no value need be known."""
    return draw > 1.0 - rate


def may_fall(draw: float, rate: float) -> bool:
    """Whether `draw` could mean a fall at the largest chance."""
    return draw < rate


def move_level(
    level: int,
    top: int,
    draw: float,
    value: float,
    keeping: float,
    climb_rate: float,
    fall_rate: float,
    dead_band: float,
    noise: float,
) -> int:
    """The level after one month; `value` is that of the next level, `keeping` of the present one.

    Both comparisons are strict and share one draw, so that two copies of the model that share it
    keep their order (the coupling theorem of 7.1).
    """
    if level < top and may_climb(draw, climb_rate):
        if draw > 1.0 - climb_chance(climb_rate, value, dead_band, noise):
            return level + 1
    if level > 0 and may_fall(draw, fall_rate):
        if draw < fall_chance(fall_rate, keeping, dead_band, noise):
            return level - 1
    return level


def clip(value: float, low: float, high: float) -> float:
    """`value` held between `low` and `high`."""
    return min(max(value, low), high)
