"""The verb shock: a drought, an earthquake, a budget cut, an atrocity."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from sim.case.case import Case
from sim.scenario.parts import LONGEST, Share
from sim.scenario.selection import Chosen
from sim.scenario.verbs.base import EventRow, Intervention, places
from sim.validation import Finding
from sim.vocab import Verb

FOREIGN = {
    "quake": ("severity", "months", "select"),
    "drought": ("select",),
    "budget": ("months",),
    "atrocity": ("months",),
}
"""Keys that mean nothing to a kind of shock."""


class Shock(Intervention):
    """A drought, an earthquake, a budget cut of the actors, or an atrocity they resent."""

    examples = (
        ("`kind: drought, severity: 0.9, months: 10}`", "its months"),
        ("`kind: quake}`, or `kind: budget, severity: 0.5}`", "its month"),
        ("`kind: atrocity, severity: 0.2}`", "its month"),
    )

    verb: Literal["shock"]
    kind: Literal["drought", "quake", "budget", "atrocity"]
    severity: Share | None = None
    months: Annotated[int, Field(ge=1, le=LONGEST)] | None = None
    select: Chosen | None = None

    @property
    def last(self) -> int | None:
        """The last month of a drought, else `until`."""
        return self.until if self.months is None else self.month + self.months - 1

    def events(self, case: Case) -> Iterator[EventRow]:
        """The quake, the drought, or what meets each actor that is selected; all if none is."""
        severity = self.severity or 0.0
        if self.kind == "quake":
            yield self.event(Verb.QUAKE)
        elif self.kind == "drought":
            yield self.event(Verb.DROUGHT, value=severity, months=self.months or 0)
        else:
            verb = Verb.BUDGET_CUT if self.kind == "budget" else Verb.ATROCITY
            for place in places(case, self.select):
                yield self.event(verb, place, severity)

    def form(self) -> Iterator[Finding]:
        """What the kind needs, and what means nothing to it."""
        yield from super().form()
        if self.kind != "quake" and self.severity is None:
            yield (), f"kind {self.kind} needs a severity from 0 to 1"
        if self.kind == "drought" and self.months is None:
            yield (), "kind drought needs its length, as in months: 10"
        for key in FOREIGN[self.kind]:
            if getattr(self, key) is not None:
                yield (), f"kind {self.kind} takes no {key}"
        if self.kind in ("drought", "budget") and (self.until or self.while_) is not None:
            yield (), f"kind {self.kind} strikes once; use neither until nor while"
