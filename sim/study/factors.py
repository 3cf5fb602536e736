"""Factors: what differs between the points of a study, each a number in a range or a choice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.case.bounds import bounds_of
from sim.case.number_id import number_id
from sim.results.members import Reals
from sim.scenario.verbs import Intervention
from sim.study.levers import Lever, Value
from sim.study.setting import StudySetting
from sim.study.spread import Spread, Uncertainty, paths_of


@dataclass(frozen=True)
class Factor:
    """One column of the points: `options` are all its values where it has a list of them.

    Without options it lies between `low` and `high`. A number of the case has no lever.
    """

    name: str
    low: float = np.nan
    high: float = np.nan
    options: tuple[Value, ...] = ()
    whole: bool = False
    lever: Lever | None = None

    @property
    def is_ranged(self) -> bool:
        """Whether it may take any value between its ends."""
        return not self.options

    @property
    def is_named(self) -> bool:
        """Whether its values are names."""
        return bool(self.options) and isinstance(self.options[0], str)

    def once_each(self) -> "Factor":
        """The factor with each of its values once."""
        return replace(self, options=tuple(dict.fromkeys(self.options)))

    def at(self, share: Reals) -> Reals:
        """Its values at shares of its range, rounded for a whole number."""
        values = self.low + share * (self.high - self.low)
        return np.round(values) if self.whole else values


def spread_out(
    name: str, spread: Spread, low: float, high: float, whole: bool, lever: Lever | None = None
) -> Factor:
    """The factor of a spread whose range is `low` to `high`; steps make a list of it."""
    if spread.values is not None:
        values = np.array(spread.values)
    elif spread.steps is not None:
        values = np.linspace(low, high, spread.steps)
    else:
        return Factor(name, low, high, (), whole, lever)
    rounded = np.round(values) if whole else values
    return Factor(name, low, high, tuple(rounded.tolist()), whole, lever)


def uncertain(setting: StudySetting, listed: Sequence[Uncertainty]) -> Iterator[Factor]:
    """The factors of uncertainties."""
    named = {each.number: each for each in listed if not each.is_many}
    many = [each for each in listed if each.is_many]
    for path in paths_of(setting, listed):
        name = number_id(path)
        number = setting.case.numbers[name]
        spread = named.get(path) or next(
            each for each in many if path.startswith(each.number.removesuffix("*"))
        )
        low, high = spread.range or (number.low, number.high)
        yield spread_out(path, spread, low, high, bounds_of(name).whole)


def factor_of(lever: Lever) -> Factor:
    """The factor of a lever."""
    if names := tuple(lever.policies or lever.options or ()):
        return Factor(lever.name, options=names, lever=lever)
    low, high = lever.range or (np.nan, np.nan)
    return spread_out(lever.name, lever, low, high, lever.is_whole, lever)


def factors_of(
    setting: StudySetting, uncertainties: Sequence[Uncertainty], levers: Sequence[Lever]
) -> list[Factor]:
    """All factors of a block in the order of its file."""
    return [*uncertain(setting, uncertainties), *map(factor_of, levers)]


def interventions(factors: Sequence[Factor], values: Mapping[str, Value]) -> list[Intervention]:
    """What all levers do at a point, in the order of the file."""
    return [
        verb
        for factor in factors
        if factor.lever is not None
        for verb in factor.lever.acts(values[factor.name])
    ]
