"""Factors: what differs between the points of a study, each a number in a range or a choice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.case.bounds import bounds_in, bounds_of
from sim.case.case import Case, StartFacts
from sim.case.number_id import number_id
from sim.parameters import Parameters
from sim.policy import Policy
from sim.results.members import Reals
from sim.scenario.verbs import VERBS
from sim.scenario.verbs.base import Intervention
from sim.schema import columns
from sim.study.numbers import below
from sim.study.schema import Block, Lever, Spread, Uncertainty, Zip

Value = float | str
"""What a factor takes at a point: a number, or the name of a policy or option."""


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


def paths_of(case: Case, starts: list[StartFacts], listed: Sequence[Uncertainty]) -> list[str]:
    """Paths of all uncertain numbers; one that is named itself is not repeated by a `*`."""
    named = {each.number for each in listed if not each.is_many}
    found: dict[str, None] = {}
    for each in listed:
        paths = below(case, each.number, starts) if each.is_many else [each.number]
        found.update(dict.fromkeys(path for path in paths if not each.is_many or path not in named))
    return list(found)


def uncertain(case: Case, starts: list[StartFacts], block: Block) -> Iterator[Factor]:
    """The factors of the block's uncertainties."""
    named = {each.number: each for each in block.uncertainties if not each.is_many}
    many = [each for each in block.uncertainties if each.is_many]
    for path in paths_of(case, starts, block.uncertainties):
        name = number_id(path)
        number = case.numbers[name]
        spread = named.get(path) or next(
            each for each in many if path.startswith(each.number.removesuffix("*"))
        )
        low, high = spread.range or (number.low, number.high)
        yield spread_out(path, spread, low, high, bounds_of(name).whole)


def factor_of(lever: Lever) -> Factor:
    """The factor of a lever."""
    if lever.policies is not None:
        return Factor(lever.name, options=tuple(lever.policies), lever=lever)
    if lever.options is not None:
        return Factor(lever.name, options=tuple(lever.options), lever=lever)
    low, high = lever.range or (np.nan, np.nan)
    return spread_out(lever.name, lever, low, high, is_whole(lever), lever)


def is_whole(lever: Lever) -> bool:
    """Whether the number that a verb changes counts something."""
    record = Parameters if lever.verb == "set_global" else Policy
    name = (lever.param or "").partition(".")[0]
    return name in columns(record) and bounds_in(record, name).whole


def factors_of(case: Case, starts: list[StartFacts], block: Block) -> list[Factor]:
    """All factors of a block in the order of the file; only a zip takes a value more than once."""
    found = [*uncertain(case, starts, block), *(factor_of(lever) for lever in block.levers)]
    return found if isinstance(block.design, Zip) else [once_each(factor) for factor in found]


def once_each(factor: Factor) -> Factor:
    """The factor with each of its values once."""
    return replace(factor, options=tuple(dict.fromkeys(factor.options)))


def acts(lever: Lever, value: Value) -> list[Intervention]:
    """The interventions that a lever makes at a value."""
    if lever.options is not None:
        return list(lever.options[str(value)])
    verb = "set_policy" if lever.policies is not None else str(lever.verb)
    kind, fields = VERBS[verb], ("month", "until", "select", "param")
    given = {key: getattr(lever, key) for key in fields if getattr(lever, key) is not None}
    amount = value if isinstance(value, str) else float(value)
    return [kind.model_validate({"verb": verb, kind.amount: amount, **given})]


def interventions(factors: Sequence[Factor], values: Mapping[str, Value]) -> list[Intervention]:
    """What all levers do at a point, in the order of the file."""
    return [
        verb
        for factor in factors
        if factor.lever is not None
        for verb in acts(factor.lever, values[factor.name])
    ]
