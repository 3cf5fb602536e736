"""Renew `docs/arithmetic.md`: python -m tests.arithmetic.accuracy.

Errors are counted in units of the last place of the exact value, which mpmath gives to 60 digits.
"""

import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import mpmath

from sim.model.arithmetic import (
    cosine,
    exponential,
    logarithm,
    logarithm_of_share,
    power,
    tanh,
)

PAGE = Path(__file__).parents[2] / "docs" / "arithmetic.md"
POINTS = 4000
DIGITS = 60

HEAD = f"""\
# Errors of the model's own arithmetic

The largest error of each function of `sim/model/arithmetic.py` against mpmath with {DIGITS} digits,
in units of the last place (ulp), over {POINTS} points each; a perfect function has 0.5.
Written by `python -m tests.arithmetic.accuracy`; not to be edited.

| function | range | largest error, ulp |
| --- | --- | ---: |
"""


class Case(NamedTuple):
    """A function over a range, its exact values, points of the range, and what errors may be.

    The last two functions are quick ones, for swings, which nothing multiplies up.
    """

    function: str
    range: str
    ours: Callable[..., float]
    exact: Callable[..., mpmath.mpf]
    points: Callable[[random.Random], tuple[float, ...]]
    most: float = 1.0


def between(*bounds: tuple[float, float]) -> Callable[[random.Random], tuple[float, ...]]:
    """A point with each coordinate between two bounds."""
    return lambda rng: tuple(rng.uniform(low, high) for low, high in bounds)


def leading(value: float) -> float:
    return logarithm(value)[0]


def exact_power(base: float, exponent: float) -> mpmath.mpf:
    return mpmath.power(mpmath.mpf(base), mpmath.mpf(exponent))


def exact_cosine(twelfths: float) -> mpmath.mpf:
    return mpmath.cospi(mpmath.mpf(twelfths) / 6)


def any_month(rng: random.Random) -> tuple[float, ...]:
    return (rng.randrange(-600, 601),)


def any_size(rng: random.Random) -> tuple[float, ...]:
    return (10.0 ** rng.uniform(-307.0, 308.0),)


def any_share(rng: random.Random) -> tuple[float, ...]:
    return (2.0 ** rng.uniform(-32.0, 0.0),)


CASES = (
    Case("exponential", "−1 to 1", exponential, mpmath.exp, between((-1, 1))),
    Case("exponential", "−40 to 40", exponential, mpmath.exp, between((-40, 40))),
    Case("exponential", "−708 to 709.7", exponential, mpmath.exp, between((-708, 709.7))),
    Case("exponential", "−745 to −708", exponential, mpmath.exp, between((-745, -708))),
    Case("logarithm", "0.5 to 2", leading, mpmath.log, between((0.5, 2))),
    Case("logarithm", "10^−307 to 10^308", leading, mpmath.log, any_size),
    Case("power", "0.05 to 20, to 0.6", power, exact_power, between((0.05, 20), (0.6, 0.6))),
    Case("power", "0.05 to 20, to −3 to 3", power, exact_power, between((0.05, 20), (-3, 3))),
    Case("power", "0.5 to 1.5, to 0 to 40", power, exact_power, between((0.5, 1.5), (0, 40))),
    Case("cosine", "−600 to 600 months", cosine, exact_cosine, any_month),
    Case("logarithm_of_share", "2^−32 to 1", logarithm_of_share, mpmath.log, any_share, 2.0),
    Case("tanh", "−3 to 3", tanh, mpmath.tanh, between((-3, 3)), 5.0),
    Case("tanh", "−40 to 40", tanh, mpmath.tanh, between((-40, 40)), 5.0),
)


def error(got: float, exact: mpmath.mpf) -> float:
    """How far `got` is from the exact value, in units of that value's last place."""
    return float(abs(mpmath.mpf(got) - exact) / math.ulp(float(exact)))


def largest(case: Case) -> float:
    """The largest error of a case over points that are the same each time."""
    rng = random.Random(f"{case.function} {case.range}")
    with mpmath.workdps(DIGITS):
        points = [case.points(rng) for _ in range(POINTS)]
        return max(error(case.ours(*point), case.exact(*point)) for point in points)


def rows() -> Iterator[str]:
    for case in CASES:
        yield f"| `{case.function}` | {case.range} | {largest(case):.2f} |\n"


def page() -> str:
    """The page as it should stand."""
    return HEAD + "".join(rows())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
