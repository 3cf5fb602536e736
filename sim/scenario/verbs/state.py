"""Verbs that impose a state: close_corridor, force_rung, set_issue, hold."""

import math
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.case.case import Case
from sim.case.numbers import Real
from sim.scenario.clauses import QUANTITIES, RANGES, Holdable
from sim.scenario.names import IssueId, OneOrMore
from sim.scenario.selection import Chosen, selected
from sim.scenario.setting import Setting
from sim.scenario.verbs.base import TO_THE_END, EventRow, Intervention, places
from sim.validation import Finding
from sim.vocab import RECOGNITION, TOP_LEVEL, Verb


class CloseCorridor(Intervention):
    """The actors' corridors are closed."""

    examples = (("`until: 18, select: {id: $corridor}}`", "its month"),)

    verb: Literal["close_corridor"]
    select: Chosen

    def events(self, case: Case) -> Iterator[EventRow]:
        """The corridor of each actor."""
        for place in places(case, self.select):
            yield self.event(Verb.CLOSE_CORRIDOR, place)

    def fit(self, setting: Setting) -> Iterator[Finding]:
        """Each has a corridor."""
        for actor in selected(setting.case, self.select):
            if not setting.case.value("actors", actor, "corridor"):
                yield ("select",), f"{actor} has no corridor to close"


class ForceRung(Intervention):
    """The actors stand on a rung; with `until` they are held there."""

    examples = (("`select: {id: $actor}, rung: 7}`", "its month"),)

    verb: Literal["force_rung"]
    select: Chosen
    rung: Annotated[int, Field(ge=0, le=RECOGNITION)]

    def events(self, case: Case) -> Iterator[EventRow]:
        """The rung of each actor."""
        for place in places(case, self.select):
            yield self.event(Verb.FORCE_RUNG, place, float(self.rung))

    def fit(self, setting: Setting) -> Iterator[Finding]:
        """The rung lies below the cap of each."""
        for actor in selected(setting.case, self.select):
            cap = setting.case.value("actors", actor, "cap")
            if self.rung > cap:
                yield ("rung",), f"{actor} can stand on rung {cap:g} at most, not {self.rung}"


class SetIssue(Intervention):
    """Issues take a level; with `until` they are held there."""

    examples = (("`issue: $issue, level: 3}`", "its month"),)

    verb: Literal["set_issue"]
    issue: OneOrMore[IssueId]
    level: Annotated[int, Field(ge=0, le=TOP_LEVEL)]

    def events(self, case: Case) -> Iterator[EventRow]:
        """The level of each issue."""
        for issue in self.issue:
            yield self.event(Verb.SET_ISSUE, list(case.issues).index(issue), self.level)


class Hold(Intervention):
    """A quantity of the world, issues or rungs stay where they are, or are put to a value."""

    examples = (
        (
            "`quantity: need}`, with `to: 0.6` at a value; or `issue: $issue}`, "
            "or `select: {id: $actor}}`",
            TO_THE_END,
        ),
    )
    goes_on: ClassVar[bool] = True

    verb: Literal["hold"]
    quantity: Holdable | None = None
    to: Real | None = None
    issue: OneOrMore[IssueId] | None = None
    select: Chosen | None = None

    def events(self, case: Case) -> Iterator[EventRow]:
        """What is held, to the end."""
        if self.quantity is not None:
            value = math.nan if self.to is None else self.to
            yield self.event(Verb.HOLD, QUANTITIES[self.quantity], value, every=1)
        for issue in self.issue or ():
            yield self.event(Verb.HOLD_ISSUE, list(case.issues).index(issue), every=1)
        for place in places(case, self.select) if self.select is not None else ():
            yield self.event(Verb.HOLD_RUNG, place, every=1)

    def form(self) -> Iterator[Finding]:
        """One thing is held, and a quantity alone at a value."""
        yield from super().form()
        if sum(part is not None for part in (self.quantity, self.issue, self.select)) != 1:
            yield (), "holds one thing: a quantity, issues (issue) or rungs (select)"
        elif self.to is not None and self.quantity is None:
            yield (), "`to` goes with a quantity; use set_issue or force_rung"
        elif self.to is not None and self.quantity is not None:
            low, high = RANGES[self.quantity]
            if not low <= self.to <= high:
                yield (), f"{self.quantity} lies between {low:g} and {high:g}"
