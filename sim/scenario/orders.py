"""Which of two interventions on the same numbers counts: the one that began later (model 9).

Within a month the order of the file decides. Where one waits for a condition, only a run can tell
when it begins; then a condition of its own, with a switch, tells which of the two began first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import combinations_with_replacement, islice, product

from sim.case.case import Case
from sim.model.policy import BUNDLE
from sim.scenario.conditions import MOST_SWITCHES, Condition, Conditions, conditions_of
from sim.scenario.verbs.base import How, Intervention, RowChange

COMMUTING = (How.ADD, How.TIMES)
"""What may be done to one number in any order, if all do the same."""

MOST_PAIRS = 20_000
"""Pairs of interventions on the same numbers that are put in order."""

CLIPPED = ("quorum", "relief_conditionality", "development_conditionality")
"""Numbers that are held between 0 and 1 when an intervention moves them (model 9)."""


@dataclass(frozen=True)
class Rivalry:
    """Two interventions on the same numbers, `one` before `other` in the file.

    `other` goes first where `swapped` says so and the switch is not set, or the other way round.
    """

    one: int
    other: int
    swapped: bool
    condition: int = -1


@dataclass(frozen=True)
class Ordered:
    """The conditions of a scenario, those that tell orders last, and its rivalries."""

    conditions: Conditions
    rivalries: tuple[Rivalry, ...]

    @property
    def too_many(self) -> str:
        """What is wrong where too many rows would have to be ready."""
        if len(self.rivalries) > MOST_PAIRS:
            return f"more than {MOST_PAIRS:,} pairs of interventions on the same numbers"
        count = sum(switch > 0 for switch in self.conditions.switches)
        told = {rivalry.condition for rivalry in self.rivalries} - {-1}
        if count <= MOST_SWITCHES:
            return ""
        what = f"more than {MOST_SWITCHES} different conditions on policies and parameters"
        return f"{what}, of which {len(told)} tell which of two began first" if told else what

    def in_order(self, active: Sequence[int], pattern: int) -> tuple[int, ...]:
        """Active interventions by when they began, under a pattern of switches that hold."""
        earlier = dict.fromkeys(active, 0)
        later: dict[int, list[int]] = {each: [] for each in active}
        for rivalry in self.rivalries:
            if rivalry.one in earlier and rivalry.other in earlier:
                condition = rivalry.condition
                switch = self.conditions.switches[condition] if condition >= 0 else 0
                pair = rivalry.one, rivalry.other
                swapped = rivalry.swapped != bool(pattern & switch)
                first, second = reversed(pair) if swapped else pair
                later[first].append(second)
                earlier[second] += 1
        free = [each for each in active if not earlier[each]]
        found: dict[int, None] = {}
        while len(found) < len(earlier):
            following = heappop(free) if free else min(earlier.keys() - found)
            found[following] = None
            for each in later[following]:
                earlier[each] -= 1
                if not earlier[each] and each not in found:
                    heappush(free, each)
        return tuple(found)

    def possible(self, pattern: int) -> int:
        """The pattern without orders that hold though what they compare does not."""
        for place, implied in self.conditions.implied.items():
            if any(not pattern & self.conditions.switches[each] for each in implied):
                pattern &= ~self.conditions.switches[place]
        return pattern


def rivals(one: RowChange, other: RowChange) -> bool:
    """Whether two changes are on the same numbers of the same owners, and their order matters."""
    if one.owners != other.owners and not set(one.owners) & set(other.owners):
        return False
    if How.COPY in (one.how, other.how):
        fields = [each.field for each in (one, other) if each.how is not How.COPY]
        return one.policy != other.policy and all(field in BUNDLE for field in fields)
    if (one.field, one.place) != (other.field, other.place):
        return False
    same = one.how is other.how and one.how in COMMUTING and one.field not in CLIPPED
    return not same and one.field != "authority_frozen"


def rival_pairs(case: Case, interventions: Sequence[Intervention]) -> list[tuple[int, int]]:
    """Pairs of interventions on the same numbers whose order matters; not all of too many."""
    found: set[tuple[int, int]] = set()
    for alike in _alike(case, interventions):
        for one, other in combinations_with_replacement(alike, 2):
            if rivals(one, other):
                pairs = islice(product(alike[one], alike[other]), 3 * MOST_PAIRS)
                found.update((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
            if len(found) > MOST_PAIRS:
                return sorted(found)
    return sorted(found)


def _alike(
    case: Case, interventions: Sequence[Intervention]
) -> Iterable[dict[RowChange, list[int]]]:
    """For each owner, and for the world, the interventions that change its numbers in one way."""
    found: dict[tuple[str, ...], dict[RowChange, list[int]]] = {}
    for i, intervention in enumerate(interventions):
        for change in intervention.changes(case):
            for owner in change.owners or ("",):
                own = (owner,) if owner else ()
                alike = RowChange(own, change.how, change.field, change.place, change.policy)
                found.setdefault(own, {}).setdefault(alike, []).append(i)
    return found.values()


class _Orders:
    """Conditions in the making: those of the interventions, then those that tell orders."""

    def __init__(self, interventions: Sequence[Intervention]) -> None:
        self.interventions = interventions
        self.found = conditions_of(interventions)
        self.distinct = list(self.found.distinct)
        self.implied: dict[int, tuple[int, ...]] = {}

    def rivalry(self, one: int, other: int) -> Rivalry:
        """How the order of two interventions comes about."""
        mine, yours = (self._lasting(each) for each in (one, other))
        months = [self.interventions[each].month for each in (one, other)]
        if mine < 0 and yours < 0:
            return Rivalry(one, other, months[0] > months[1])
        if yours < 0:
            met = self._met_by(mine, months[1])
            return Rivalry(one, other, met is None or met >= 0, -1 if met is None else met)
        if mine < 0:
            met = self._met_by(yours, months[0] - 1)
            return Rivalry(one, other, met == -1, -1 if met is None else met)
        return self._of_two(one, other, mine, yours)

    def _lasting(self, each: int) -> int:
        """The condition for which an intervention waits to begin; -1 for none."""
        place = self.found.of[each]
        return place if place >= 0 and self.distinct[place].lasting else -1

    def _met_by(self, place: int, month: int) -> int | None:
        """Tells whether a condition was met by a month: None for never, -1 for always if ever."""
        own = self.distinct[place]
        if own.first > month:
            return None
        if own.last <= month:
            return -1
        return self._add(Condition(own.first, month, True, own.clauses), place)

    def _of_two(self, one: int, other: int, mine: int, yours: int) -> Rivalry:
        """Of two that wait: whether the later one of the file was met strictly before."""
        first, second = self.distinct[mine], self.distinct[yours]
        if mine == yours or first.last <= second.first:
            return Rivalry(one, other, False)
        if second.last < first.first:
            return Rivalry(one, other, True)
        met = ((yours, True), (mine, False))
        told = Condition(first.first, first.last, True, first.clauses, met)
        return Rivalry(one, other, False, self._add(told, mine, yours))

    def _add(self, condition: Condition, *implied: int) -> int:
        if condition not in self.distinct:
            self.implied[len(self.distinct)] = implied
            self.distinct.append(condition)
        return self.distinct.index(condition)


def ordered(case: Case, interventions: Sequence[Intervention]) -> Ordered:
    """The conditions of some interventions and of their orders, and their rivalries."""
    making = _Orders(interventions)
    rivalries = tuple(making.rivalry(*pair) for pair in rival_pairs(case, interventions))
    conditions = replace(
        making.found,
        distinct=tuple(making.distinct),
        switching=making.found.switching | {rivalry.condition for rivalry in rivalries} - {-1},
        implied=making.implied,
    )
    return Ordered(conditions, rivalries)
