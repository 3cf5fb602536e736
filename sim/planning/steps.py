"""How rows follow from each other, and which are in force together, as records of a plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.case.bounds import Bounds, bounds_in
from sim.case.case import Case
from sim.case.number_id import NumberId
from sim.engine.block import RECORDS, Layout, offsets, words_of
from sim.model.plan import COPY, SET_WHOLE, TIMES, Delegation, Step, Together, Vote
from sim.planning.month_rows import MonthRows, Touches
from sim.planning.moves import PARTS, Records, as_records, whole_fields
from sim.planning.vector import NumberPlaces
from sim.scenario.orders import CLIPPED
from sim.scenario.verbs.base import OF_POOL, How, RowChange, pool_owner


class StepRow(NamedTuple):
    """A step of a plan (sim.model.plan.Step)."""

    how: int
    word: int
    source: int = 0
    length: int = 0
    number: int = 0
    low: float = 0.0
    high: float = 0.0
    clipped: bool = False
    whole: bool = False


def array_of(owner: str) -> str:
    """The array in which the rows of an owner lie."""
    if not owner:
        return "parameters"
    return "terms" if owner.startswith(OF_POOL) else "policies"


def copied_bundle(word: int, source: int) -> StepRow:
    """Copy the numbers of a named policy."""
    return StepRow(COPY, word, source, len(PARTS))


def change(how: int, word: int, number: int, bounds: Bounds, clipped: bool = False) -> StepRow:
    """Change a word by a number."""
    return StepRow(how, word, 0, 0, number, bounds.low, bounds.high, clipped, bounds.whole)


@dataclass(frozen=True)
class Drafter:
    """Makes the steps of the rows of a scenario, by their owners; "" owns the parameters."""

    case: Case
    rows: MonthRows
    places: NumberPlaces
    layout: Layout

    def steps(self, start: str) -> Records:
        """All steps in order."""
        scale = self.places.of[NumberId("starts", start, "trade_scale")]
        words = [self.layout.word("actors", i, "trade_capacity") for i in range(len(self.actors))]
        trade = [change(TIMES, word, scale, Bounds("")) for word in words]
        parts, changes = [as_records(trade, Step)], as_records(self.changes, Step)
        for row, place in self.rows.policies.items():
            parts += self._row_steps(self.actors[row.actor], place, row.touches, changes)
        for (pool, touches), place in self.rows.terms.items():
            parts += self._row_steps(pool_owner(self.pools[pool]), place, touches, changes)
        for touches, place in self.rows.parameters.items():
            parts += self._row_steps("", place, touches, changes)
        return np.concatenate(parts)

    def _row_steps(
        self, owner: str, place: int, touches: Touches, changes: Records
    ) -> tuple[Records, Records]:
        """The steps that make a row, and those that change it."""
        own = self.own.get(owner, {})
        places = [each for touch in touches for each in own.get(touch, ())]
        steps = changes[np.array(places, np.int64)]
        steps["word"] += self.word(owner, place)
        return as_records(self.making(owner, place), Step), steps

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """The ids of the actors."""
        return tuple(self.case.actors)

    @cached_property
    def pools(self) -> tuple[str, ...]:
        """The names of the pools."""
        return tuple(self.case.pools)

    @cached_property
    def own(self) -> dict[str, dict[int, list[int]]]:
        """By owner and intervention, the places of the changes of a row."""
        own: dict[str, dict[int, list[int]]] = {}
        pairs = [(touch, each) for touch, some in self.rows.changes.items() for each in some]
        for place, (touch, each) in enumerate(pairs):
            for owner in each.owners or ("",):
                own.setdefault(owner, {}).setdefault(touch, []).append(place)
        return own

    @cached_property
    def changes(self) -> list[StepRow]:
        """All changes as steps, in a row that begins at word 0."""
        pairs = self.rows.changes.items()
        return [self._step(each, touch) for touch, some in pairs for each in some]

    def _step(self, each: RowChange, touch: int) -> StepRow:
        if each.how is How.COPY:
            return copied_bundle(0, self._bundle(each.policy))
        record = RECORDS[array_of(each.owners[0] if each.owners else "")]
        word = offsets(record)[each.field] + (each.place or 0)
        how = SET_WHOLE if each.field in whole_fields(record) else each.how
        clipped, bounds = each.field in CLIPPED, bounds_in(record, each.field)
        return change(how, word, self.places.of_verbs[touch], bounds, clipped)

    def making(self, owner: str, place: int) -> Iterator[StepRow]:
        """The steps that make a row before anything changes it."""
        owners = {"policies": self.actors, "terms": [*map(pool_owner, self.pools)]}
        array = array_of(owner)
        base = owners[array].index(owner) if owner else 0
        word, source = self.word(owner, place), self.word(owner, base)
        if place != base:
            yield StepRow(COPY, word, source, words_of(array))
        elif array == "policies" and not self.case.actors[owner].delegates:
            yield copied_bundle(word, self._bundle(self.case.actors[owner].policy))

    def _bundle(self, policy: str) -> int:
        """The first word of a named policy."""
        return self.layout.firsts["bundles"] + list(self.case.policies).index(policy) * len(PARTS)

    def word(self, owner: str, place: int) -> int:
        """The first word of a row."""
        array = array_of(owner)
        return self.layout.firsts[array] + place * words_of(array)


def delegations(draft: Drafter) -> tuple[Records, Records]:
    """The rows that follow those of members, and the votes of these, one row after the other."""
    rows, votes = [], list[tuple[int, int]]()
    actors = list(draft.case.actors.values())
    for row, place in draft.rows.policies.items():
        if actors[row.actor].delegates:
            first = len(votes)
            votes += [
                (member, draft.word(draft.actors[member], own)) for member, own in row.members
            ]
            rows.append(
                (
                    row.actor,
                    draft.word(draft.actors[row.actor], place),
                    len(PARTS),
                    first,
                    len(votes),
                )
            )
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
