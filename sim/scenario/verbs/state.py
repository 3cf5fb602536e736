"""Verbs that impose a state: close_corridor, force_rung, set_issue, hold."""

import math
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from sim.case.bounds import Bounds, bounds_in
from sim.case.case import Case
from sim.case.ladder import rung_fault
from sim.case.numbers import Real
from sim.io.validation import Finding
from sim.model.rules import interventions
from sim.model.state import Actor, World
from sim.model.vocab import RECOGNITION, TOP_LEVEL
from sim.scenario.clauses import QUANTITIES, RANGES, Holdable
from sim.scenario.names import IssueId, OneOrMore
from sim.scenario.selection import Chosen, places, selected
from sim.scenario.setting import Setting
from sim.scenario.verbs.base import TO_THE_END, Effect, Intervention


class CloseCorridor(Intervention):
    """The actors' corridors are closed."""

    examples = (("`until: 18, select: {id: $corridor}}`", "its month"),)

    says = "the corridors of {who} are closed"

    verb: Literal["close_corridor"]
    select: Chosen

    def _effects(self, case: Case) -> Iterator[Effect]:
        return (Effect(interventions.CLOSE_CORRIDOR, place) for place in places(case, self.select))

    def _fit(self, setting: Setting) -> Iterator[Finding]:
        for actor in selected(setting.case, self.select):
            if not setting.case.value("actors", actor, "corridor"):
                yield ("select",), f"{actor} has no corridor to close"


class ForceRung(Intervention):
    """The actors stand on a rung; with `until` they are held there."""

    examples = (("`select: {id: $actor}, rung: 7}`", "its month"),)
    amount, overwrites = "rung", (interventions.FORCE_RUNG,)

    says = "{who} on rung {rung}"

    verb: Literal["force_rung"]
    select: Chosen
    rung: Annotated[int, Field(ge=0, le=RECOGNITION)]

    def bounds(self) -> Bounds:
        """What a rung may be."""
        return bounds_in(Actor, "rung")

    def _effects(self, case: Case) -> Iterator[Effect]:
        rung = float(self.rung)
        return (
            Effect(interventions.FORCE_RUNG, place, value=rung)
            for place in places(case, self.select)
        )

    def _fit(self, setting: Setting) -> Iterator[Finding]:
        if message := rung_fault(setting.case.ladder, self.rung):
            yield ("rung",), message
        for actor in selected(setting.case, self.select):
            cap = setting.case.value("actors", actor, "cap")
            if self.rung > cap:
                yield ("rung",), f"{actor} can stand on rung {cap:g} at most, not {self.rung}"


class SetIssue(Intervention):
    """Issues take a level; with `until` they are held there."""

    examples = (("`issue: $issue, level: 3}`", "its month"),)
    amount, overwrites = "level", (interventions.SET_ISSUE,)

    says = "{issue} on level {level}"

    verb: Literal["set_issue"]
    issue: OneOrMore[IssueId]
    level: Annotated[int, Field(ge=0, le=TOP_LEVEL)]

    def bounds(self) -> Bounds:
        """What a level may be."""
        return bounds_in(World, "level")

    def _effects(self, case: Case) -> Iterator[Effect]:
        for issue in self.issue:
            yield Effect(interventions.SET_ISSUE, list(case.issues).index(issue), value=self.level)


class Hold(Intervention):
    """A quantity of the world, issues or rungs stay where they are, or are put to a value."""

    examples = (
        (
            "`quantity: need}`, with `to: 0.6` at a value; or `issue: $issue}`, "
            "or `select: {id: $actor}}`",
            TO_THE_END,
        ),
    )
    amount, goes_on, overwrites = "to", True, (interventions.HOLD,)

    verb: Literal["hold"]
    quantity: Holdable | None = None
    to: Real | None = None
    issue: OneOrMore[IssueId] | None = None
    select: Chosen | None = None

    def bounds(self) -> Bounds:
        """What the quantity may be."""
        return Bounds("as the quantity", *RANGES[self.quantity or ""])

    def _effects(self, case: Case) -> Iterator[Effect]:
        if self.quantity is not None:
            value = math.nan if self.to is None else self.to
            yield Effect(interventions.HOLD, QUANTITIES[self.quantity], value=value)
        for issue in self.issue or ():
            yield Effect(interventions.HOLD_ISSUE, list(case.issues).index(issue))
        for place in places(case, self.select) if self.select is not None else ():
            yield Effect(interventions.HOLD_RUNG, place)

    def _form(self) -> Iterator[Finding]:
        if sum(part is not None for part in (self.quantity, self.issue, self.select)) != 1:
            yield (), "holds one thing: a quantity, issues (issue) or rungs (select)"
        elif self.to is not None and self.quantity is None:
            yield (), "`to` goes with a quantity; use set_issue or force_rung"
