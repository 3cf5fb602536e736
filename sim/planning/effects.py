"""Interventions that never count or change nothing, found on the rows and events that are planned.

An intervention counts where a row of a month, or an event, would be another one without it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.case.case import Case
from sim.engine.block import copy_block, offsets, views_of, words_of
from sim.engine.prepare import as_plain_lists
from sim.model.plan import COPY, SET_WHOLE
from sim.model.policy import Policy
from sim.model.rules.preparing import copy_words, step_value, write_start
from sim.planning.month_rows import Touches
from sim.planning.plan import Planned
from sim.planning.steps import Drafter, array_of
from sim.scenario.selection import custodians
from sim.scenario.verbs.base import EventRow, Intervention, pool_owner

STANCE = offsets(Policy)["asset_stance"]


@dataclass
class Effects:
    """What an intervention does: whether it counts, changes anything alone, and what outdoes it.

    `others` are those that count in its place.
    """

    counts: bool = False
    alone: bool = False
    others: set[int] = field(default_factory=set)


def without_effect(
    case: Case, interventions: Sequence[Intervention], planned: Planned
) -> dict[int, str]:
    """What to tell of interventions that never count or change nothing, by their places."""
    effects = {**_on_rows(case, planned), **_on_state(case, interventions, planned)}
    told = {}
    for place, each in sorted(effects.items()):
        if interventions[place].worth is not None:
            continue
        names = ", ".join(called(other, interventions[other]) for other in sorted(each.others))
        if not each.counts and each.alone and names:
            do = "do" if len(each.others) > 1 else "does"
            told[place] = f"never counts; {names} {do}, on the same numbers"
        elif not each.counts:
            told[place] = "changes nothing: without it everything is the same"
    return told


def called(place: int, verb: Intervention) -> str:
    """An intervention as a note calls it."""
    return f"intervention {verb.name}" if verb.name else f"interventions[{place}]"


class _Replay:
    """A start whose rows can be made again with some of their steps left out.

    The first steps, two for each actor at most, make the rows without any intervention.
    """

    def __init__(self, case: Case, planned: Planned) -> None:
        self.draft = Drafter(case, planned.rows, planned.places, planned.layout)
        self._numbers: list[float] = planned.numbers.tolist()
        self._block = copy_block(planned.template, planned.layout)
        plan = planned.plan._replace(steps=planned.plan.steps[: 2 * len(planned.actors)])
        plan, room = as_plain_lists(plan, views_of(self._block, planned.layout))
        write_start(self._numbers, plan, room)
        self._words: Any = room.words
        self._wholes = room.wholes

    def row(self, owner: str, place: int, touches: Touches) -> Any:
        """The words of a row after what makes it and the changes by these interventions."""
        first, own = self.draft.word(owner, place), self.draft.own.get(owner, {})
        for step in self.draft.making(owner, place):
            self._take(step, 0)
        for touch in touches:
            for each in own.get(touch, ()):
                self._take(self.draft.changes[each], first)
        length = words_of(array_of(owner))
        return self._block[first : first + length].copy()

    def _take(self, step: Any, first: int) -> None:
        """Take one step in a row that begins at `first`, in bounds or not."""
        words, word = self._words, first + step.word
        if step.how == COPY:
            source = words[step.source : step.source + step.length]
            copy_words(words[word : word + step.length], source)
        elif step.how == SET_WHOLE:
            self._wholes[word] = int(self._numbers[step.number])
        else:
            words[word] = step_value(step, words[word], self._numbers[step.number])


def _on_rows(case: Case, planned: Planned) -> dict[int, Effects]:
    """What interventions do to rows of policies, pools and parameters."""
    replay, effects = _Replay(case, planned), {touch: Effects() for touch in planned.rows.changes}
    hands = custodians(case)
    for row, place in planned.rows.policies.items():
        owner = planned.actors[row.actor]
        _compare(replay, owner, place, row.touches, effects, owner in hands)
    for (pool, touches), place in planned.rows.terms.items():
        owner = pool_owner(replay.draft.pools[pool])
        _compare(replay, owner, place, touches, effects, True)
    for touches, place in planned.rows.parameters.items():
        _compare(replay, "", place, touches, effects, False)
    return effects


def _compare(
    replay: _Replay,
    owner: str,
    place: int,
    touches: Touches,
    effects: dict[int, Effects],
    with_veto: bool,
) -> None:
    """Make a row again without each of those changes of which it is not known that they count."""

    def seen(own: Touches) -> bytes:
        row = replay.row(owner, place, own)
        if owner and not with_veto:
            row[STANCE] = min(row[STANCE], 0.0)  # only a threat counts where there is no veto
        return bytes(row.tobytes())

    open_to_doubt = [i for i, touch in enumerate(touches) if not effects[touch].counts]
    if not open_to_doubt:
        return
    full, none = seen(touches), seen(())
    for i in open_to_doubt:
        each = effects[touches[i]]
        each.counts = seen(touches[:i] + touches[i + 1 :]) != full
        if not each.counts:
            each.alone = each.alone or seen(touches[i : i + 1]) != none
            each.others.update(touches[i + 1 :])


@dataclass(frozen=True)
class _Acting:
    """An event of an intervention, its condition, and the months in which it may act."""

    intervention: int
    condition: int
    row: EventRow
    months: Collection[int]

    def outdone_by(self, other: "_Acting") -> bool:
        """Whether another event on the same target takes its place whenever it acts."""
        later = (other.row.first, other.intervention) > (self.row.first, self.intervention)
        holds = other.condition in (-1, self.condition) and self.condition in (-1, other.condition)
        written = not np.isnan(other.row.value)
        return later and holds and written and all(month in other.months for month in self.months)


def _acting(
    case: Case, interventions: Sequence[Intervention], planned: Planned
) -> Iterator[_Acting]:
    months = planned.rows.policy_of.shape[1]
    for place, each in enumerate(interventions):
        for row in each.events(case):
            span = range(row.first, min(row.last, months) + 1, row.every)
            yield _Acting(place, planned.conditions[place], row, span)


def _on_state(
    case: Case, interventions: Sequence[Intervention], planned: Planned
) -> dict[int, Effects]:
    """What interventions do by their events."""
    rivals: dict[tuple[int, int], list[_Acting]] = {}
    for event in _acting(case, interventions, planned):
        rivals.setdefault((event.row.verb, event.row.target), []).append(event)
    effects: dict[int, Effects] = {}
    for alike in rivals.values():
        for event in alike:
            each = effects.setdefault(event.intervention, Effects())
            verb, row = interventions[event.intervention], event.row
            idle = row.verb in verb.needs_amount and row.value == 0.0
            rivalry = alike if row.verb in verb.overwrites else []
            others = {other.intervention for other in rivalry if event.outdone_by(other)}
            each.alone = each.alone or not idle
            each.counts = each.counts or not (idle or others)
            each.others |= others
    return effects
