"""Verbs of diplomacy and courts: schedule_forum, pitch, set_litigation."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from sim.case.case import Case
from sim.scenario.names import PoolId
from sim.scenario.parts import LONGEST
from sim.scenario.setting import Setting
from sim.scenario.verbs.base import EventRow, Intervention
from sim.validation import Finding
from sim.vocab import Verb

BY_CHANCE = -1
"""Civil society is seated by chance."""


class ScheduleForum(Intervention):
    """A forum is held, with or without civil society (by chance where that is not said)."""

    examples = (("`every: 6, civil_society: true}`", "with `every` to the end"),)

    verb: Literal["schedule_forum"]
    civil_society: bool | None = None
    every: Annotated[int, Field(ge=1, le=LONGEST)] | None = None

    @property
    def lasts(self) -> bool:
        """Forums that repeat go on."""
        return self.every is not None

    def events(self, case: Case) -> Iterator[EventRow]:
        """The forums."""
        seated = BY_CHANCE if self.civil_society is None else int(self.civil_society)
        yield self.event(Verb.FORUM, value=seated, every=self.every)


class Pitch(Intervention):
    """The authority pitches a recovery plan."""

    examples = (("`every: 3}`", "with `every` to the end"),)

    verb: Literal["pitch"]
    every: Annotated[int, Field(ge=1, le=LONGEST)] | None = None

    @property
    def lasts(self) -> bool:
        """Pitches that repeat go on."""
        return self.every is not None

    def events(self, case: Case) -> Iterator[EventRow]:
        """The pitches."""
        yield self.event(Verb.PITCH, every=self.every)


OUTCOMES = {
    "release": Verb.RELEASE_LITIGATION,
    "fund": Verb.MOVE_LITIGATION,
    "award": Verb.AWARD_LITIGATION,
}


class SetLitigation(Intervention):
    """The litigation over a pool ends: the pool is released, moved to another one or awarded."""

    examples = (
        (
            "`pool: $pool, outcome: release}`; also `award`, or `fund` with `to:`",
            "for good",
        ),
    )

    verb: Literal["set_litigation"]
    pool: PoolId
    outcome: Literal["release", "fund", "award"]
    to: PoolId | None = None

    @property
    def once(self) -> str:
        """What is decided stays so."""
        return ", for good"

    def events(self, case: Case) -> Iterator[EventRow]:
        """The end of the litigation."""
        pools = list(case.pools)
        destination = pools.index(self.to) if self.to else -1
        verb = OUTCOMES[self.outcome]
        yield self.event(verb, pools.index(self.pool), destination=destination)

    def form(self) -> Iterator[Finding]:
        """A pool that receives goes with the outcome fund."""
        yield from super().form()
        if (self.outcome == "fund") != (self.to is not None):
            yield (), "`to` names the receiving pool of outcome fund, and of no other"
        if (self.until or self.while_) is not None:
            yield (), "a litigation ends once; use neither until nor while"

    def fit(self, setting: Setting) -> Iterator[Finding]:
        """A litigation locks the pool, and another one receives it."""
        if not setting.case.value("pools", self.pool, "lock"):
            yield ("pool",), f"no litigation locks the pool {self.pool}"
        if self.pool == self.to:
            yield ("to",), "is the same pool"
