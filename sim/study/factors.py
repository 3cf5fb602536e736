"""Factors: what differs between the points of a study, each a number in a range or a choice."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.case.bounds import bounds_of
from sim.case.number_id import number_id
from sim.measures.members import Reals
from sim.scenario.verbs.base import Intervention
from sim.study.levers import Lever, Timing, Value
from sim.study.numbers import adds_up
from sim.study.setting import StudySetting
from sim.study.spread import UNIFORM, Shape, Spread, whole_months
from sim.study.uncertainty import Uncertainty, paths_of


@dataclass(frozen=True)
class Factor:
    """One column of the points: `options` are all its values where it has a list of them.

    Without options it lies between `low` and `high`. A number of the case has no lever; a lever has
    a factor for what is chosen, and one for each of its months (`timing`) of which several are
    tried. Factors of a `group` are drawn together; a list that is not `sampled` is crossed with the
    samples. A number is `shared` that must add up to 1 with others.
    """

    name: str
    low: float = math.nan
    high: float = math.nan
    options: tuple[Value, ...] = ()
    whole: bool = False
    lever: Lever | None = None
    timing: str = ""
    shape: Shape = UNIFORM
    sampled: bool = False
    group: str = ""
    shared: bool = False

    @property
    def is_ranged(self) -> bool:
        """Whether it may take any value between its ends."""
        return not self.options

    @property
    def is_named(self) -> bool:
        """Whether its values are names."""
        return bool(self.options) and isinstance(self.options[0], str)

    @property
    def is_drawn(self) -> bool:
        """Whether a sampled design draws its values, rather than crosses them with the samples."""
        return self.is_ranged or self.sampled or bool(self.group)

    @property
    def dimension(self) -> tuple[str, str]:
        """The dimension of the unit cube that it follows: its own, or that of its group."""
        return ("group", self.group) if self.group else ("factor", self.name)

    def once_each(self) -> "Factor":
        """The factor with each of its values once."""
        return replace(self, options=tuple(dict.fromkeys(self.options)))

    def at(self, share: Reals) -> Reals:
        """Its values at shares of all draws, rounded for a whole number; for names their places.

        Values of a list have equal parts of the unit interval, and so have months of a range.
        """
        if self.options:
            count = len(self.options)
            places = np.minimum(np.floor(share * count), count - 1.0)
            return places if self.is_named else np.array(self.options)[places.astype(np.int64)]
        if self.timing:
            return whole_months(share, self.low, self.high)
        values = self.shape.at(share, self.low, self.high)
        return np.round(values) if self.whole else values

    def holds(self, column: Reals) -> bool:
        """Whether a column of samples has nothing but values that the factor could take."""
        if self.is_named:
            return bool(np.isin(column, np.arange(len(self.options))).all())
        if self.options:
            return bool(np.isin(column, np.array(self.options)).all())
        inside = (math.floor(self.low) <= column) & (column <= math.ceil(self.high))
        return bool(inside.all()) and (not self.whole or bool((column == np.round(column)).all()))

    def written(self) -> dict[str, Any]:
        """Where its numbers lie, as a file says it in full."""
        found: dict[str, Any] = (
            {"values": list(self.options)} if self.options else {"range": [self.low, self.high]}
        )
        shape = () if self.shape.is_uniform else vars(self.shape).items()
        found |= {key: part for key, part in shape if part == part}
        found |= {"sampled": True} if self.sampled else {}
        return found | ({"group": self.group} if self.group else {})


def spread_out(factor: Factor, spread: Spread | Timing) -> Factor:
    """The factor with its list of values, where the spread has one or steps to make it of."""
    factor = replace(factor, sampled=bool(spread.sampled), group=spread.group or "")
    if spread.values is not None:
        values = np.array(spread.values, np.float64)
    elif spread.steps is not None:
        values = np.linspace(factor.low, factor.high, spread.steps)
    else:
        return factor
    rounded = np.round(values) if factor.whole else values
    return replace(factor, options=tuple(rounded.tolist()))


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
        factor = Factor(path, low, high, whole=bounds_of(name).whole, shared=adds_up(name))
        yield spread_out(replace(factor, shape=spread.shape(number.value)), spread)


def of_lever(lever: Lever) -> Iterator[Factor]:
    """The factors of a lever: what is chosen, and when, as far as several months are tried."""
    low, high = lever.range or (math.nan, math.nan)
    names = tuple(lever.policies or lever.options or ())
    factor = Factor(lever.name, low, high, names, lever.is_whole, lever, shape=lever.shape())
    yield spread_out(factor, lever)
    for key, timing in lever.timings.items():
        first, last = timing.range or (math.nan, math.nan)
        months = Factor(f"{lever.name}.{key}", first, last, (), True, lever, timing=key)
        yield spread_out(months, timing)


def factors_of(
    setting: StudySetting, uncertainties: Sequence[Uncertainty], levers: Sequence[Lever]
) -> list[Factor]:
    """All factors of a block in the order of its file."""
    found = list(uncertain(setting, uncertainties))
    return [*found, *(factor for lever in levers for factor in of_lever(lever))]


def interventions(factors: Sequence[Factor], values: Mapping[str, Value]) -> list[Intervention]:
    """What all levers do at a point, in the order of the file."""
    return [
        verb
        for factor in factors
        if factor.lever is not None and not factor.timing
        for verb in factor.lever.acts(values)
    ]
