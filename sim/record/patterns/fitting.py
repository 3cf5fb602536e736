"""Fitting the recognition kernel to yearly counts and shares, and its error in left-out years."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from sim.measures.distribution import Reals, quantiles
from sim.model.calendar import MONTHS_A_YEAR
from sim.record.ensemble import Numbers
from sim.record.patterns.checks import Fitted
from sim.record.patterns.estimate import OUTER, Figure
from sim.record.patterns.recognition import (
    Cells,
    Fit,
    Kernel,
    Record,
    cells_of,
    expected_counts,
    expected_shares,
)

STANCE, PENALTY, PEERS, RATE = (-6.0, 6.0), (0.0, 6.0), (0.0, 6.0), (0.01, 0.95)
"""Bounds of a group's value of recognition, of the worried states' penalty and of the weight of
peers (utility), and of the largest monthly chance."""

OTHERS = -1.0
"""Where the search starts for the value of recognition in all groups but the first."""

STARTS = ((0.5, 1.0, 0.1, 0.6), (3.0, 4.0, 0.1, 0.2))
"""Where it starts for the first group, the penalty, the weight of peers and the largest chance."""

RESAMPLES = 10_000
"""Resamples of the states, for the interval of a figure; the fit is held."""

NAIVE_YEARS = 2
"""Last fitted years whose mean is a naive rule for the left-out years."""


@dataclass(frozen=True)
class Fitting:
    """A fitted kernel with its expected and the recorded counts by year, fitted years first."""

    fit: Fit
    record: Record
    kernel: Kernel
    expected: Reals
    recorded: Reals
    opening: tuple[float, float]

    @property
    def years(self) -> int:
        """Number of fitted years."""
        return len(self.fit.fitted)


def deviations(shares: Reals, states: Reals) -> Reals:
    """Standard deviation of a share among some states; a share of 0 or 1 counts as half a state."""
    some = np.clip(shares, 0.5 / states, 1 - 0.5 / states)
    return np.sqrt(some * (1 - some) / states)


def sums_by_part(values: Numbers, of: Record | Cells, groups: int) -> Reals:
    """Sums of values of states or cells over each group, and last over the worried ones."""
    sums = [values[of.group == group].sum() for group in range(groups)]
    return np.array([*sums, values[of.worried == 1].sum()], np.float64)


def kernel_of(numbers: Reals, held: Kernel) -> Kernel:
    """A kernel with other stances, penalty, weight of peers and rate, in this order."""
    penalty, peers, rate = (float(number) for number in numbers[-3:])
    return replace(held, stances=numbers[:-3], penalty=penalty, peers=peers, rate=rate)


@dataclass(frozen=True)
class Goal:
    """What is fitted: shares of all states by year, then of each part that has recognised by `end`.

    The parts are the groups and the worried states; `deviations` are binomial.
    """

    end: int
    parts: Reals
    shares: Reals
    deviations: Reals


def goal_of(fit: Fit, record: Record, cells: Cells) -> Goal:
    """The goal of a fit to a record."""
    groups = len(fit.groups)
    end = record.months_of(fit.fitted[-1]).stop - 1
    recognised = sums_by_part((record.month > 0) & (record.month <= end), record, groups)
    parts = sums_by_part(cells.states, cells, groups)
    total = np.full(len(fit.fitted), len(record.group), np.float64)
    shares = np.concatenate([record.counts(fit.fitted) / total, recognised / parts])
    return Goal(end, parts, shares, deviations(shares, np.concatenate([total, parts])))


def residuals(kernel: Kernel, fit: Fit, record: Record, cells: Cells, goal: Goal) -> Reals:
    """How far the kernel lies from the goal, in standard deviations."""
    shares = expected_shares(kernel, cells, goal.end)
    yearly = expected_counts(shares, cells, record, fit.fitted) / len(record.group)
    reached = sums_by_part(shares[goal.end] * cells.states, cells, len(fit.groups)) / goal.parts
    return np.asarray((np.concatenate([yearly, reached]) - goal.shares) / goal.deviations)


def fit_kernel(fit: Fit, record: Record, held: Kernel) -> Fitting:
    """Least squares over the counts of the fitted years and the shares at their end.

    Shares are those of each group and of the worried states. Each residual counts in its binomial
    standard deviation, since the model document does not say how to weigh them. Of `held` the dead
    band, the noise and the lines are kept.
    """
    from scipy.optimize import least_squares

    cells = cells_of(record)
    goal = goal_of(fit, record, cells)

    def distance(numbers: Reals) -> Reals:
        return residuals(kernel_of(numbers, held), fit, record, cells, goal)

    groups = len(fit.groups)
    bounds = np.array([*[STANCE] * groups, PENALTY, PEERS, RATE]).T
    starts = [[first, *[OTHERS] * (groups - 1), *rest] for first, *rest in STARTS]
    ends = [least_squares(distance, start, bounds=bounds) for start in starts]
    best = min(ends, key=lambda one: float(one.cost))
    return fitting_of(fit, record, kernel_of(best.x, held))


def fitting_of(fit: Fit, record: Record, kernel: Kernel) -> Fitting:
    """What a kernel expects of all years, beside the record; and of the first three months."""
    cells, years = cells_of(record), [*fit.fitted, *fit.left_out]
    shares = expected_shares(kernel, cells, record.months_of(years[-1]).stop - 1)
    expected = expected_counts(shares, cells, record, years)
    quarter = MONTHS_A_YEAR // 4
    early = (record.month > 0) & (record.month <= quarter)
    opening = float(shares[quarter] @ cells.states), float(early.sum())
    return Fitting(fit, record, kernel, expected, record.counts(years), opening)


def error(expected: Reals | float, recorded: Reals) -> float:
    """Root mean square error."""
    return float(np.sqrt(np.mean((expected - recorded) ** 2)))


def naive_forecast(fitting: Fitting, figure: str, recorded: Reals) -> float:
    """The count that a naive rule expects of each left-out year."""
    past = recorded[: fitting.years]
    return float(past[-1] if figure == "against_persistence" else past[-NAIVE_YEARS:].mean())


def value_of(fitting: Fitting, figure: str, recorded: Reals) -> float:
    """A figure of the fit against counts by year; NaN where it would divide by 0."""
    if figure == "first_year":
        return float(fitting.expected[0] / recorded[0]) if recorded[0] else np.nan
    left_out = recorded[fitting.years :]
    base = error(naive_forecast(fitting, figure, recorded), left_out)
    return error(fitting.expected[fitting.years :], left_out) / base if base else np.nan


def figure_of_fit(check: Fitted, fitting: Fitting, seed: int) -> Figure:
    """The figure of a test of a fit; the interval holds 90 % of resamples of the states."""
    states = len(fitting.record.group)
    rest = states - fitting.recorded.sum()
    shares = np.array([*fitting.recorded, rest]) / states
    resampled = np.random.default_rng(seed).multinomial(states, shares, RESAMPLES)[:, :-1]
    values = [value_of(fitting, check.figure, recorded) for recorded in resampled]
    some = np.array(values)
    low, high = quantiles(some[~np.isnan(some)], shares=OUTER)
    value = value_of(fitting, check.figure, fitting.recorded)
    return Figure(value, float(low), float(high), note=described(fitting))


def listed(values: Iterable[float], digits: int = 0) -> str:
    """Numbers in a row.

    >>> listed([1.25, 2.0], 1)
    '1.2, 2.0'
    """
    return ", ".join(f"{value:.{digits}f}" for value in values)


def described(fitting: Fitting) -> str:
    """The fit in words: counts, errors, parameters."""
    years, kernel, fit = fitting.years, fitting.kernel, fitting.fit
    left_out = fitting.recorded[years:]
    naives = [
        error(naive_forecast(fitting, figure, fitting.recorded), left_out)
        for figure in ("against_persistence", "against_mean")
    ]
    return (
        f"Fitted {fit.fitted[0]}–{fit.fitted[-1]}: {listed(fitting.expected[:years])} a year, "
        f"against {listed(fitting.recorded[:years])} recorded. "
        f"Left-out years {fit.left_out[0]}–{fit.left_out[-1]}: "
        f"{listed(fitting.expected[years:], 1)} against {listed(left_out)}, root mean square error "
        f"{error(fitting.expected[years:], left_out):.1f} a year; {naives[0]:.1f} if the last "
        f"fitted year came again, {naives[1]:.1f} for the mean of the last {NAIVE_YEARS}. First "
        f"three months: {fitting.opening[0]:.0f} against {fitting.opening[1]:.0f}. Fitted weight "
        f"of peers {kernel.peers:.2f}, penalty of the worried {kernel.penalty:.2f}, largest "
        f"monthly chance {kernel.rate:.2f}; held: spread of lines {kernel.spread:.1f}, their "
        f"turnover {kernel.turnover:.3f} a month."
    )
