"""How rows follow from each other, and which are in force together, as records of a plan."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.bounds import Bounds, bounds_in
from sim.case.case import Case
from sim.case.number_id import NumberId
from sim.engine.block import Layout, words_of
from sim.model.parameters import Parameters
from sim.model.plan import COPY, SET, SET_WHOLE, TIMES, Delegation, Together, Vote
from sim.model.policy import Policy
from sim.model.schema import columns
from sim.model.state import Terms
from sim.planning.month_rows import MonthRows, PolicyRow, PoolRow
from sim.planning.moves import PARTS, as_records, whole_fields
from sim.planning.vector import Places
from sim.scenario.orders import CLIPPED
from sim.scenario.verbs.base import How, Intervention, RowChange

Records = npt.NDArray[np.void]

FIRST_TERM = next(iter(columns(Terms)))

StepRow = tuple[int, int, int, int, int, float, float, bool, bool]
ANY = Bounds("")


@dataclass(frozen=True)
class Target:
    """What a step changes: a number of an actor's or a pool's row, else of the parameters.

    `row` is the array and the place of the row; `touch` is the place of the intervention that
    changes it, -1 where the row is only made; `item` is the actor or the pool.
    """

    row: tuple[str, int]
    touch: int = -1
    item: str = ""
    param: str = ""


def copy(word: int, source: int, length: int) -> StepRow:
    """Copy words."""
    return (COPY, word, source, length, 0, 0.0, 0.0, False, False)


def copied_bundle(word: int, source: int) -> StepRow:
    """Copy the numbers of a named policy."""
    return copy(word, source, len(PARTS))


def change(how: int, word: int, number: int, bounds: Bounds, clipped: bool = False) -> StepRow:
    """Change a word by a number."""
    return (how, word, 0, 0, number, bounds.low, bounds.high, clipped, bounds.whole)


@dataclass(frozen=True)
class Drafter:
    """Makes the steps of the rows of a scenario."""

    case: Case
    interventions: list[Intervention]
    rows: MonthRows
    places: Places
    layout: Layout

    def steps(self, start: str) -> Iterator[tuple[StepRow, Target]]:
        """All steps in order, each with what it changes."""
        yield from self._trade(start)
        for row, place in self.rows.policies.items():
            yield from self._policies(row, place)
        for pool_row, place in self.rows.terms.items():
            yield from self._terms(pool_row, place)
        for touches, place in self.rows.parameters.items():
            yield from self._parameters(touches, place)

    def _trade(self, start: str) -> Iterator[tuple[StepRow, Target]]:
        scale = self.places.of[NumberId("starts", start, "trade_scale")]
        for i, actor in enumerate(self.case.actors):
            word = self.layout.word("actors", i, "trade_capacity")
            yield change(TIMES, word, scale, ANY), Target(("actors", i), -1, actor, "trade")

    def _policies(self, row: PolicyRow, place: int) -> Iterator[tuple[StepRow, Target]]:
        first, actor = self.row_word(place), list(self.case.actors.values())[row.actor]
        made = Target(("policies", place))
        if place != row.actor:
            yield copy(first, self.row_word(row.actor), words_of("policies")), made
        elif not actor.delegates:
            yield copied_bundle(first, self.bundle_word(actor.policy)), made
        for touch in row.touches:
            for each in self.rows.changes[touch]:
                if actor.id in each.actors:
                    target = Target(made.row, touch, actor.id, spelled(each))
                    yield self._policy_step(each, touch, place), target

    def _policy_step(self, each: RowChange, touch: int, place: int) -> StepRow:
        if each.how == How.COPY:
            return copied_bundle(self.row_word(place), self.bundle_word(each.policy))
        word = self.layout.word("policies", place, each.field, each.place or 0)
        clipped = each.field in CLIPPED
        number = self.number(touch, each)
        return change(each.how, word, number, bounds_in(Policy, each.field), clipped)

    def _terms(self, row: PoolRow, place: int) -> Iterator[tuple[StepRow, Target]]:
        made, pool = Target(("terms", place)), list(self.case.pools)[row[0]]
        if place != row[0]:
            first, base = (self.layout.word("terms", at, FIRST_TERM) for at in (place, row[0]))
            yield copy(first, base, words_of("terms")), made
        for touch in row[1]:
            for each in self.rows.changes[touch]:
                if pool in each.pools:
                    word = self.layout.word("terms", place, each.field)
                    bounds = bounds_in(Terms, each.field)
                    step = change(each.how, word, self.number(touch, each), bounds)
                    yield step, Target(made.row, touch, pool, each.field)

    def _parameters(self, touches: tuple[int, ...], place: int) -> Iterator[tuple[StepRow, Target]]:
        made, length = Target(("parameters", place)), words_of("parameters")
        if place:
            base = self.layout.firsts["parameters"]
            yield copy(base + place * length, base, length), made
        for touch in touches:
            for each in self.rows.changes[touch]:
                how = SET_WHOLE if each.field in whole_fields(Parameters) else SET
                word = self.layout.word("parameters", place, each.field, each.place or 0)
                target = Target(made.row, touch, "", spelled(each))
                yield change(how, word, self.number(touch, each), ANY), target

    def row_word(self, place: int) -> int:
        """The first word of a row of policies."""
        return self.layout.firsts["policies"] + place * words_of("policies")

    def bundle_word(self, policy: str) -> int:
        """The first word of a named policy."""
        return self.layout.firsts["bundles"] + list(self.case.policies).index(policy) * len(PARTS)

    def number(self, touch: int, each: RowChange) -> int:
        """The place of the number by which an intervention changes something."""
        return self.places.of_amounts[touch, each.amount]


def spelled(change: RowChange) -> str:
    """The name of the number that changes: `gates.7`."""
    return change.field if change.place is None else f"{change.field}.{change.place}"


def delegations(draft: Drafter) -> tuple[Records, Records]:
    """The rows that follow those of members, and the votes of these, one row after the other."""
    rows, votes = [], list[tuple[int, int]]()
    actors = list(draft.case.actors.values())
    for row, place in draft.rows.policies.items():
        if actors[row.actor].delegates:
            first = len(votes)
            votes += [(member, draft.row_word(own)) for member, own in row.members]
            rows.append((row.actor, draft.row_word(place), len(PARTS), first, len(votes)))
    return as_records(rows, Delegation), as_records(votes, Vote)


def together(rows: MonthRows) -> tuple[Records, npt.NDArray[np.uint64]]:
    """Rows that are in force together, once each, and their rows of policies."""
    seen: dict[bytes, tuple[int, ...]] = {}
    places = np.concatenate([rows.parameters_of[:, :, None], rows.policy_of], axis=2)
    actors = places.shape[2] - 1
    for month in range(1, places.shape[1] + 1):
        for own in places[:, month - 1]:
            if own.tobytes() not in seen:
                first = len(seen) * actors
                seen[own.tobytes()] = (month, own[0], first, first + actors)
    all_rows = np.concatenate([np.frombuffer(key, np.int64)[1:] for key in seen])
    return as_records(seen.values(), Together), all_rows.astype(np.uint64)
