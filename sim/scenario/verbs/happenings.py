"""Verbs that make something happen: shock, schedule_forum, pitch, set_litigation."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from sim.case.bounds import Bounds
from sim.case.case import Case
from sim.io.validation import Finding
from sim.model.rules import interventions
from sim.scenario.limits import LONGEST
from sim.scenario.names import PoolId
from sim.scenario.parts import Share
from sim.scenario.selection import Chosen, places
from sim.scenario.setting import Setting
from sim.scenario.verbs.base import Effect, Intervention

KINDS = {
    "quake": interventions.QUAKE,
    "drought": interventions.DROUGHT,
    "budget": interventions.BUDGET_CUT,
    "atrocity": interventions.ATROCITY,
}
"""What the rules call each kind of shock."""

FOREIGN = {
    "quake": ("severity", "months", "select"),
    "drought": ("select",),
    "budget": ("months",),
    "atrocity": ("months",),
}
"""Keys that mean nothing to a kind of shock."""

OUTCOMES = {
    "release": interventions.RELEASE_LITIGATION,
    "fund": interventions.MOVE_LITIGATION,
    "award": interventions.AWARD_LITIGATION,
}
"""What the rules call each outcome of a litigation."""

BY_CHANCE = -1
"""Civil society is seated by chance."""


class Shock(Intervention):
    """A drought, an earthquake, a budget cut of the actors, or an atrocity they resent."""

    examples = (
        ("`kind: drought, severity: 0.9, months: 10}`", "its months"),
        ("`kind: quake}`, or `kind: budget, severity: 0.5}`", "its month"),
        ("`kind: atrocity, severity: 0.2}`", "its month"),
    )
    amount = "severity"
    needs_amount = (interventions.BUDGET_CUT, interventions.ATROCITY, interventions.DROUGHT)

    says = "a shock: {kind}"

    verb: Literal["shock"]
    kind: Literal["drought", "quake", "budget", "atrocity"]
    severity: Share | None = None
    months: Annotated[int, Field(ge=1, le=LONGEST)] | None = None
    select: Chosen | None = None

    def bounds(self) -> Bounds:
        """What a severity may be."""
        return Bounds("share", 0, 1)

    @property
    def last(self) -> int | None:
        """The last month of a drought, else `until`."""
        return self.until if self.months is None else self.month + self.months - 1

    def _effects(self, case: Case) -> Iterator[Effect]:
        """A budget cut or an atrocity meets the selected actors, or all."""
        on_actors = self.kind in ("budget", "atrocity")
        for target in places(case, self.select) if on_actors else (-1,):
            value, months = self.severity or 0.0, self.months or 0
            yield Effect(KINDS[self.kind], target, value=value, months=months)

    def _form(self) -> Iterator[Finding]:
        if self.kind != "quake" and self.severity is None:
            yield (), f"kind {self.kind} needs a severity from 0 to 1"
        if self.kind == "drought" and self.months is None:
            yield (), "kind drought needs its length, as in months: 10"
        for key in FOREIGN[self.kind]:
            if getattr(self, key) is not None:
                yield (), f"kind {self.kind} takes no {key}"
        if self.kind in ("drought", "budget") and (self.until or self.while_) is not None:
            yield (), f"kind {self.kind} strikes once; use neither until nor while"


class Repeated(Intervention):
    """A verb that may repeat itself every so many months."""

    every: Annotated[int, Field(ge=1, le=LONGEST)] | None = None

    @property
    def period(self) -> int:
        """Months from one time to the next; 0 for once."""
        return self.every or 0


class ScheduleForum(Repeated):
    """A forum is held, with or without civil society (by chance where that is not said)."""

    examples = (("`every: 6, civil_society: true}`", "with `every` to the end"),)
    overwrites = (interventions.FORUM,)

    sways = "the authority attends, and whoever counts on talks moves"

    verb: Literal["schedule_forum"]
    civil_society: bool | None = None

    def _effects(self, case: Case) -> Iterator[Effect]:
        seated = BY_CHANCE if self.civil_society is None else int(self.civil_society)
        yield Effect(interventions.FORUM, value=seated)


class Pitch(Repeated):
    """The authority pitches a recovery plan."""

    examples = (("`every: 3}`", "with `every` to the end"),)

    sways = "pools are released, and actors with a stake in resources climb"

    verb: Literal["pitch"]

    def _effects(self, case: Case) -> Iterator[Effect]:
        yield Effect(interventions.PITCH)


class SetLitigation(Intervention):
    """The litigation over a pool ends: the pool is released, moved to another one or awarded."""

    examples = (
        ("`pool: $pool, outcome: release}`; also `award`, or `fund` with `to:`", "for good"),
    )
    once = ", for good"
    sways = "the pool is released, if it still holds money"

    says = "the litigation over {pool} ends ({outcome})"

    verb: Literal["set_litigation"]
    pool: PoolId
    outcome: Literal["release", "fund", "award"]
    to: PoolId | None = None

    def _effects(self, case: Case) -> Iterator[Effect]:
        pools = list(case.pools)
        destination = pools.index(self.to) if self.to else -1
        yield Effect(OUTCOMES[self.outcome], pools.index(self.pool), destination)

    def _form(self) -> Iterator[Finding]:
        if (self.outcome == "fund") != (self.to is not None):
            yield (), "`to` names the receiving pool of outcome fund, and of no other"
        if (self.until or self.while_) is not None:
            yield (), "a litigation ends once; use neither until nor while"

    def _fit(self, setting: Setting) -> Iterator[Finding]:
        if not setting.case.value("pools", self.pool, "lock"):
            yield ("pool",), f"no litigation locks the pool {self.pool}"
        if self.pool == self.to:
            yield ("to",), "must be another pool"
