"""Figures and bounds in words, with as many digits as their error leaves."""

import math
from typing import NamedTuple

from sim.record.patterns.checks import Check
from sim.record.patterns.estimate import Figure
from sim.record.patterns.file import Ensemble
from sim.record.patterns.judge import Tested


def digits_of(error: float) -> int:
    """Digits behind the point that an error leaves: one that counts, two if it begins with 1.

    >>> digits_of(0.012), digits_of(0.0008), digits_of(0.3), digits_of(25.0)
    (3, 4, 1, 0)
    """
    place = math.floor(math.log10(error))
    leading = error / 10.0**place
    return max(0, -place + int(leading < 2))


def number(value: float, digits: int | None = None) -> str:
    """A number with some digits behind the point, or with four that count.

    >>> number(0.30000001), number(-18.672, 1), number(float("nan"))
    ('0.3', '-18.7', '–')
    """
    if math.isnan(value):
        return "–"
    if digits is None:
        return f"{value:.4g}"
    return f"{value if round(value, digits) else 0.0:.{digits}f}"


def figure_words(figure: Figure) -> str:
    """A figure with its interval in brackets, and two digits that count at least.

    >>> figure_words(Figure(0.71325, 0.7013, 0.7249)), figure_words(Figure(0.92, 0.4, 1.8))
    ('0.713 [0.701, 0.725]', '0.92 [0.40, 1.80]')
    >>> figure_words(Figure(0.3)), figure_words(Figure(2.0, 2.0, 2.0))
    ('0.3', '2 [2, 2]')
    """
    reach = (figure.high - figure.low) / 2
    if math.isnan(reach):
        return number(figure.value)
    least = 1 - math.floor(math.log10(abs(figure.value))) if figure.value else 0
    digits = max(digits_of(reach), least) if reach > 0 else None
    ends = f"[{number(figure.low, digits)}, {number(figure.high, digits)}]"
    return f"{number(figure.value, digits)} {ends}"


def spread_words(figure: Figure) -> str:
    """The range of 90 % of the runs, or nothing.

    >>> spread_words(Figure(3.2, 3.1, 3.3, 1.0, 6.0)), spread_words(Figure(0.5))
    ('1 … 6', '')
    """
    if math.isnan(figure.spread_low):
        return ""
    return f"{figure.spread_low:.3g} … {figure.spread_high:.3g}"


def bounds_words(low: float | None, high: float | None) -> str:
    """Bounds in words.

    >>> bounds_words(0.4, 0.85), bounds_words(None, 3.0), bounds_words(0.2, None)
    ('0.4 to 0.85', 'at most 3', 'at least 0.2')
    """
    if low is None:
        return "–" if high is None else f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"{low:g} to {high:g}"


def ensemble_words(name: str, ensemble: Ensemble) -> str:
    """An ensemble in words."""
    return f"{name}: {ensemble.scenario} from {ensemble.start}, {ensemble.months} months"


def reference_words(check: Check) -> str:
    """The figure of the model document, as precise as it is printed; nothing where it has none."""
    if check.reference is None or check.reference_half is None:
        return ""
    place = math.floor(math.log10(2 * check.reference_half) + 1e-9)
    return number(check.reference, max(0, -place))


class Cells(NamedTuple):
    """A test in words, as its row in a table; empty where there is nothing to say."""

    says: str
    ensembles: str
    figure: str
    unit: str
    bounds: str
    holds: str
    spread: str
    reference: str


def cells_of(one: Tested) -> Cells:
    """A test in words."""
    return Cells(
        one.check.says,
        ", ".join(one.check.ensembles),
        figure_words(one.figure),
        one.check.unit,
        bounds_words(one.check.low, one.check.high),
        "yes" if one.held else "no",
        spread_words(one.figure),
        reference_words(one.check),
    )
