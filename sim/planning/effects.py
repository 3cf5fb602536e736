"""Interventions that never count or change nothing, found on the rows and events that are planned.

An intervention counts where a row of a month, or an event, would be another one without it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.case.case import Case
from sim.engine.block import copy_block, offsets, views_of, words_of
from sim.engine.prepare import as_plain_lists
from sim.model.plan import COPY, SET_WHOLE, StartViews, Step
from sim.model.policy import Policy
from sim.model.rules.preparing import copy_words, step_value, write_start
from sim.planning.plan import Planned
from sim.planning.vector import Reals
from sim.scenario.selection import custodians
from sim.scenario.verbs.base import EventRow, Intervention

STANCE = offsets(Policy)["asset_stance"]


@dataclass
class Found:
    """What is found of one intervention: whether it counts, changes anything alone, and over whom.

    `others` are those that count in its place.
    """

    counts: bool = False
    alone: bool = False
    others: set[int] = field(default_factory=set)


def without_effect(
    case: Case, interventions: Sequence[Intervention], planned: Planned
) -> dict[int, str]:
    """What to tell of interventions that never count or change nothing, by their places."""
    found = {**_of_rows(case, planned), **_of_events(case, interventions, planned)}
    told = {}
    for place, each in sorted(found.items()):
        if each.counts:
            continue
        names = ", ".join(called(other, interventions[other]) for other in sorted(each.others))
        if each.alone and names:
            do = "do" if len(each.others) > 1 else "does"
            told[place] = f"never counts; {names} {do}, on the same numbers"
        else:
            told[place] = "changes nothing: without it everything is the same"
    return told


def called(place: int, verb: Intervention) -> str:
    """An intervention as a note calls it."""
    return f"intervention {verb.name}" if verb.name else f"interventions[{place}]"


class _Replay:
    """A start whose rows can be made again with some of their steps left out."""

    def __init__(self, planned: Planned) -> None:
        block = copy_block(planned.template, planned.layout)
        room = views_of(block, planned.layout)
        self._numbers: list[float] = planned.numbers.tolist()
        plan, self._room = as_plain_lists(planned.plan, room)
        write_start(self._numbers, plan, self._room)
        self._block = block
        self._steps: dict[tuple[str, int], list[tuple[int, Step]]] = {}
        for step, target in zip(plan.steps, planned.targets, strict=True):
            self._steps.setdefault(target.row, []).append((target.touch, step))
        self._layout = planned.layout

    def row(self, array: str, place: int, touches: Iterable[int]) -> Reals:
        """The words of a row after what makes it and the changes by these interventions."""
        taken = {-1, *touches}
        for touch, step in self._steps.get((array, place), ()):
            if touch in taken:
                take(step, self._numbers, self._room)
        first = self._layout.firsts[array] + place * words_of(array)
        return self._block[first : first + words_of(array)].copy()


def take(step: Step, numbers: Sequence[float], room: StartViews) -> None:
    """Take one step, in bounds or not."""
    words: Any = room.words
    if step.how == COPY:
        copy_words(
            words[step.word : step.word + step.length],
            words[step.source : step.source + step.length],
        )
    elif step.how == SET_WHOLE:
        room.wholes[step.word] = int(numbers[step.number])
    else:
        words[step.word] = step_value(step, words[step.word], numbers[step.number])


def _of_rows(case: Case, planned: Planned) -> dict[int, Found]:
    """What is found on rows of policies and parameters."""
    replay, found = _Replay(planned), {touch: Found() for touch in planned.rows.changes}
    hands = custodians(case)
    with_veto = [actor in hands for actor in planned.actors]
    for row, place in planned.rows.policies.items():
        _compare(replay, "policies", place, row.touches, found, with_veto[row.actor])
    for (_, touches), place in planned.rows.terms.items():
        _compare(replay, "terms", place, touches, found, True)
    for touches, place in planned.rows.parameters.items():
        _compare(replay, "parameters", place, touches, found, True)
    return found


def _compare(
    replay: _Replay,
    array: str,
    place: int,
    touches: tuple[int, ...],
    found: dict[int, Found],
    with_veto: bool,
) -> None:
    """Make a row again without each of its changes."""
    if not touches:
        return

    def seen(own: Iterable[int]) -> bytes:
        row = replay.row(array, place, own)
        if array == "policies" and not with_veto:
            row[STANCE] = min(row[STANCE], 0.0)  # only a threat counts where there is no veto
        return row.tobytes()

    full, none = seen(touches), seen(())
    for i, touch in enumerate(touches):
        each = found[touch]
        each.alone = each.alone or seen((touch,)) != none
        if seen(other for other in touches if other != touch) != full:
            each.counts = True
        else:
            each.others.update(touches[i + 1 :])


@dataclass(frozen=True)
class _Acting:
    """An event of an intervention, its condition, and the months in which it may act."""

    intervention: int
    condition: int
    row: EventRow
    months: frozenset[int]

    def outdone_by(self, other: "_Acting") -> bool:
        """Whether another event on the same target takes its place whenever it acts."""
        later = (other.row.first, other.intervention) > (self.row.first, self.intervention)
        holds = other.condition in (-1, self.condition) and self.condition in (-1, other.condition)
        written = not np.isnan(other.row.value)
        return later and holds and written and self.months <= other.months


def _of_events(
    case: Case, interventions: Sequence[Intervention], planned: Planned
) -> dict[int, Found]:
    """What is found on events."""
    acting = list(_acting(case, interventions, planned))
    rivals: dict[tuple[int, int], list[_Acting]] = {}
    for each in acting:
        rivals.setdefault((each.row.verb, each.row.target), []).append(each)
    found = {each.intervention: Found() for each in acting}
    for each in acting:
        own = found[each.intervention]
        verb = interventions[each.intervention]
        idle = each.row.verb in verb.needs_amount and each.row.value == 0.0
        others = []
        if each.row.verb in verb.overwrites:
            same = rivals[each.row.verb, each.row.target]
            others = [other.intervention for other in same if each.outdone_by(other)]
        own.alone = own.alone or not idle
        own.others.update(others)
        own.counts = own.counts or not (idle or others)
    return found


def _acting(
    case: Case, interventions: Sequence[Intervention], planned: Planned
) -> Iterator[_Acting]:
    months = planned.rows.policy_of.shape[1]
    for place, each in enumerate(interventions):
        for row in each.events(case):
            last = min(row.last, months)
            span = frozenset(range(row.first, last + 1, row.every))
            yield _Acting(place, planned.conditions[place], row, span)
