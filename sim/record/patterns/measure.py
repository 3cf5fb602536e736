"""From a test to its figure: what it needs of each ensemble, and what becomes of these numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.record.patterns.estimate import PERCENT, Figure, Reals, mean, quantile, ratio, share
from sim.record.patterns.file import (
    Amount,
    AnyCheck,
    CaseNumber,
    Falls,
    Fitted,
    Leaving,
    MeanRung,
    Months,
    Moves,
    Positive,
    Ratio,
    Reaching,
    Rise,
    Season,
    StageFalls,
    Yearly,
)
from sim.record.patterns.quantities import (
    Panel,
    Span,
    falls,
    leaving,
    mean_rung,
    moves,
    moves_a_year,
    over_months,
    over_year,
    positive,
    reaching,
    rise,
    season,
    stage_falls,
    yearly,
)

Quantity = Callable[[Panel], Reals]
"""One number for each run of a panel."""


@dataclass(frozen=True)
class Wanted:
    """A quantity of an ensemble."""

    ensemble: str
    quantity: Quantity


def wanted(check: AnyCheck) -> list[Wanted]:
    """What a test needs, in the order in which `figure_of` takes it; nothing if it needs no run."""
    if isinstance(check, CaseNumber | Fitted):
        return []
    if isinstance(check, Ratio):
        amounts = (check.over, check.under)
        return [each for one in amounts if isinstance(one, Amount) for each in _amount(one)]
    if isinstance(check, Rise):
        spans = [check.months, *([check.less] if check.less else [])]
        return [Wanted(check.ensemble, _rise(check, span)) for span in spans]
    if isinstance(check, Falls):
        parts = [partial(falls, who=check.who), partial(moves, who=check.who)]
        return [Wanted(check.ensemble, part) for part in parts]
    return [Wanted(check.ensemble, _single(check))]


def _single(
    check: Reaching | MeanRung | Moves | Leaving | Yearly | Positive | Season | StageFalls,
) -> Quantity:
    """The quantity of a test that needs but one."""
    if isinstance(check, Reaching):
        return partial(reaching, who=check.who, rung=check.rung, span=_span(check.months))
    if isinstance(check, MeanRung):
        return partial(mean_rung, who=check.who, span=_span(check.months))
    if isinstance(check, Moves):
        return partial(moves_a_year, who=check.who)
    if isinstance(check, Leaving):
        return partial(leaving, who=check.who, rung=check.rung)
    if isinstance(check, Yearly):
        return partial(yearly, metrics=tuple(check.metrics))
    if isinstance(check, Positive):
        return partial(positive, metric=check.metric, month=check.month)
    if isinstance(check, Season):
        return partial(season, metric=check.metric, peak=check.peak, trough=check.trough)
    return partial(stage_falls, project=check.project, span=_span(check.months))


def _span(months: Months) -> Span:
    return months.first, months.last


def _rise(check: Rise, months: Months) -> Quantity:
    return partial(rise, who=check.who, span=_span(months))


def _amount(amount: Amount) -> list[Wanted]:
    """An amount, and the one that is taken off it."""
    if amount.months is not None:
        quantity: Quantity = partial(over_months, metric=amount.metric, span=_span(amount.months))
    else:
        quantity = partial(over_year, metric=amount.metric, year=amount.year or 0)
    ensembles = [amount.ensemble, *([amount.less] if amount.less else [])]
    return [Wanted(ensemble, quantity) for ensemble in ensembles]


def figure_of(check: AnyCheck, found: Sequence[Reals]) -> Figure:
    """The figure of a test from the numbers that `wanted` asked for; not for fits and numbers."""
    first = found[0]
    if isinstance(check, Reaching):
        if check.figure == "none":
            return share(np.asarray(first == 0, np.float64))
        return quantile(first, 0.95) if check.figure == "q95" else mean(first)
    if isinstance(check, Leaving | Positive | StageFalls):
        return share(first)
    if isinstance(check, Rise):
        return mean(first - found[1] if check.less else first)
    if isinstance(check, Falls):
        return ratio(first, found[1]).scaled(PERCENT)
    if isinstance(check, Ratio):
        return _ratio(check, found)
    return mean(first)


def _ratio(check: Ratio, found: Sequence[Reals]) -> Figure:
    """A ratio of amounts, each less another one where the test says so."""
    rest = list(found)

    def taken(amount: Amount) -> Reals:
        value = rest.pop(0)
        return value - rest.pop(0) if amount.less else value

    over = taken(check.over)
    base = check.under
    under = taken(base) if isinstance(base, Amount) else np.full(len(over), base)
    plain = ratio(over, under)
    if check.figure == "ratio":
        return plain
    return plain.scaled(PERCENT, -PERCENT if check.figure == "change" else 0.0)
