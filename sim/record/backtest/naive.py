"""Rules that know nothing of the model: hazards for rungs; last value, walk and trend for amounts.

They are what a forecast must beat before anybody should listen to it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from sim.measures.members import Places, Reals
from sim.model.calendar import MONTHS_A_YEAR
from sim.model.vocab import RUNGS

SLIP = 0.01
"""Chance that persistence gives to all other rungs together, lest its ignorance be infinite."""

HALF = 0.5
"""Count that is added to each kind of move, by the rule of Jeffreys."""

MEMBERS = 400
"""Quantiles that stand for the distribution of an amount."""

TREND_YEARS = 5


@dataclass(frozen=True)
class Moves:
    """Rungs of actors at two dates, `[actor]`, with the group of each and the months between.

    `age` is the number of months from the takeover to the first date. Of a window that is forecast,
    rules must not look at `after`.
    """

    before: Places
    after: Places
    group: Places
    months: int
    age: int

    @property
    def climbed(self) -> Reals:
        """Whether each actor stands higher than before."""
        return (self.after > self.before).astype(np.float64)


def persistence(past: Moves, window: Moves) -> Reals:
    """Chances `[actor, rung]`: everybody stays; a hundredth is spread over the other rungs."""
    del past
    chances = np.full((len(window.before), RUNGS), SLIP / (RUNGS - 1))
    chances[np.arange(len(window.before)), window.before] = 1.0 - SLIP
    return chances


def hazards(climbs: Reals, years: Reals) -> Reals:
    """Yearly hazards of so many moves in so many actor-years, with half a move added."""
    return np.asarray((climbs + HALF) / np.maximum(years, 1.0))


def constant_hazard(past: Moves, window: Moves) -> Reals:
    """Chances `[actor, rung]` where everybody climbs at the rate of all in the past."""
    alike = np.zeros_like(past.group)
    return _chances(past, window, alike, np.zeros_like(window.group))


def group_hazard(past: Moves, window: Moves) -> Reals:
    """Chances `[actor, rung]` where everybody climbs at the rate of its group in the past."""
    return _chances(past, window, past.group, window.group)


def decaying_hazard(past: Moves, window: Moves) -> Reals:
    """Chances `[actor, rung]` where all climb at a rate that falls as 1/t since the takeover."""
    alike = np.zeros_like(past.group)
    ages = past.age + np.arange(1, past.months + 1)
    ahead = window.age + np.arange(1, window.months + 1)
    pace = (1.0 / ahead) / (1.0 / ages).mean()
    return _chances(past, window, alike, np.zeros_like(window.group), pace)


def _chances(
    past: Moves, window: Moves, kinds: Places, ahead: Places, pace: Reals | None = None
) -> Reals:
    """Chances `[actor, rung]` after the window: climbs by kind, falls and leaps common to all.

    `pace[month]` is a factor on the hazard of a climb.
    """
    years = past.months / MONTHS_A_YEAR
    falls = hazards(np.array([(past.after < past.before).sum()]), np.array([years * len(kinds)]))
    leaps = float(((past.after - past.before) > 1).sum())
    leap = (leaps + HALF) / (float(past.climbed.sum()) + 1.0)
    found = np.zeros((len(window.before), RUNGS))
    for kind in np.unique(ahead):
        own = kinds == kind
        climb = hazards(past.climbed[own].sum(keepdims=True), np.array([years * own.sum()]))
        factors = np.ones(window.months) if pace is None else pace
        moved = np.eye(RUNGS)
        for factor in factors:
            moved = moved @ _month(float(climb[0]) * float(factor), float(falls[0]), leap)
        rows = ahead == kind
        found[rows] = moved[window.before[rows]]
    return found


def _month(climb: float, fall: float, leap: float) -> Reals:
    """Chances `[rung, rung]` of a month, of yearly hazards; a share of climbs leaps over a rung."""
    up, down = (1.0 - np.exp(-each / MONTHS_A_YEAR) for each in (climb, fall))
    chances = np.zeros((RUNGS, RUNGS))
    for rung in range(RUNGS):
        if rung + 1 < RUNGS:
            chances[rung, rung + 1] += up * (1.0 - leap)
            chances[rung, min(rung + 2, RUNGS - 1)] += up * leap
        if rung > 0:
            chances[rung, rung - 1] += down
        chances[rung, rung] = 1.0 - chances[rung].sum()
    return chances


@dataclass(frozen=True)
class Past:
    """What was seen of an amount before a date: decimal years, and logarithms of the values."""

    times: Reals
    values: Reals


def evenly(spread: float, middle: float) -> Reals:
    """Quantiles of a normal distribution that stand for it, `[member]`."""
    shares = (np.arange(MEMBERS) + HALF) / MEMBERS
    return np.asarray(middle + spread * norm.ppf(shares))


def last_value(past: Past, time: float) -> Reals:
    """Samples `[member]`: what was last seen, for certain."""
    del time
    return np.full(1, past.values[-1])


def random_walk(past: Past, time: float) -> Reals:
    """Samples `[member]`: the last value, with the spread of the changes in the past."""
    gaps = np.diff(past.times)
    spread = float(np.sqrt((np.diff(past.values) ** 2 / gaps).mean()))
    return evenly(spread * float(np.sqrt(max(time - past.times[-1], 0.0))), float(past.values[-1]))


def trend(past: Past, time: float) -> Reals:
    """Samples `[member]`: a straight line through the last five years, with what it leaves over."""
    recent = past.times > past.times[-1] - TREND_YEARS
    times, values = past.times[recent], past.values[recent]
    slope, middle = np.polyfit(times - times[-1], values, 1)
    left = values - (middle + slope * (times - times[-1]))
    spread = float(np.sqrt((left**2).sum() / max(len(values) - 2, 1)))
    return evenly(spread, float(middle + slope * (time - times[-1])))


RUNG_RULES = {
    "persistence": persistence,
    "constant hazard": constant_hazard,
    "group hazard": group_hazard,
    "hazard that falls as 1/t": decaying_hazard,
}

AMOUNT_RULES = {"last value": last_value, "random walk": random_walk, "trend": trend}
