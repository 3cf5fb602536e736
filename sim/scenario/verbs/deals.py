"""Verbs on the money of pools: pay, suspend."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from sim.case.bounds import Bounds, bounds_in
from sim.case.case import Case, StartFacts
from sim.case.numbers import Real
from sim.io.validation import Finding
from sim.model.interventions import Deal
from sim.model.rules import interventions
from sim.scenario.limits import LONGEST
from sim.scenario.names import PoolId
from sim.scenario.parts import Share
from sim.scenario.selection import ChosenPools
from sim.scenario.verbs.base import TO_THE_END, DealRow, Effect, Intervention


class Pay(Intervention):
    """A pool pays a sum (US$ m), or a share of its balance, in equal instalments, a month each."""

    examples = (
        ("`pool: $pool, share: 0.5, months: 24}`", "its instalments"),
        ("`pool: $pool, sum: 500, months: 10}`", "its instalments"),
    )
    goes_on = True

    verb: Literal["pay"]
    pool: PoolId
    sum: Annotated[Real, Field(gt=0)] | None = None
    share: Annotated[Share, Field(gt=0)] | None = None
    months: Annotated[int, Field(ge=1, le=LONGEST)]
    claw_back: bool | None = None

    @property
    def last(self) -> int | None:
        """The month of the last instalment where no condition decides, else `until`."""
        return self.until if self.condition is not None else self.month + self.months - 1

    @property
    def number_field(self) -> str:
        """What says how much is paid."""
        return "sum" if self.share is None else "share"

    def bounds(self) -> Bounds:
        """What the sum or the share may be."""
        return bounds_in(Deal, "amount" if self.share is None else "share")

    def deals(self, case: Case) -> Iterator[DealRow]:
        """The one payment."""
        pool = list(case.pools).index(self.pool)
        yield DealRow(pool, self.month, self.months, bool(self.claw_back))

    def certain(self, case: Case, start: StartFacts) -> str:
        """How much is paid from where, and when; a share by the balance of the start."""
        total, whole = self.sum or 0.0, ""
        if self.share is not None:
            total = self.share * case.value_at(f"starts.{start.id}.pools.{self.pool}.balance")
            whole = f", {self.share:g} of its balance at the start (that of the first month counts)"
        parts = f"{self.months} instalments of {total / self.months:,.2f}"
        return f"pays US$ {total:,.0f} m from {self.pool} in {parts}{whole}"

    def proviso(self) -> str:
        """The condition, and what is taken back once it no longer holds."""
        back = "; once it no longer holds, what lies in the reserves goes back"
        return super().proviso() + (back if self.claw_back else "")

    def _form(self) -> Iterator[Finding]:
        if (self.sum is None) == (self.share is None):
            yield (), "pays either a sum (US$ m) or a share of the balance"
        if self.claw_back and self.while_ is None:
            yield ("claw_back",), "takes back once `while` no longer holds, and needs it"
        if self.until is not None and self.while_ is None:
            yield ("until",), "goes with `while`; without it `months` says how long"


class Suspend(Intervention):
    """Pools pay nothing and keep their stage."""

    examples = (("`select: {pool: $pool}}`", TO_THE_END),)
    goes_on = True
    says = "{who}: neither a tranche nor a deal is paid, and the stage stays"

    verb: Literal["suspend"]
    select: ChosenPools

    def pools(self, case: Case) -> list[int]:
        """The places of the pools."""
        own = list(case.pools)
        return [own.index(name) for name in self.reached(case)]

    def _effects(self, case: Case) -> Iterator[Effect]:
        return (Effect(interventions.SUSPEND, pool) for pool in self.pools(case))
