"""Verbs that change rows: set_policy, shift, set, scale (actors and pools), set_global."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.case.bounds import Bounds, bounds_in
from sim.case.case import Case, StartFacts
from sim.case.numbers import Real
from sim.io.validation import Finding
from sim.model.parameters import Parameters
from sim.model.policy import BUNDLE, Policy
from sim.model.schema import columns
from sim.model.state import Terms
from sim.scenario.names import PolicyId
from sim.scenario.parameter_names import OF_POOLS, GlobalParam, RowParam, element
from sim.scenario.selection import Chosen, ChosenEither, selected
from sim.scenario.setting import Setting
from sim.scenario.verbs.base import TO_THE_END, How, Intervention, RowChange, pool_owner

SAID = {How.SET: "is", How.ADD: "changes by", How.TIMES: "is multiplied by"}
"""What a verb does to a number, in words."""


class OnPolicies(Intervention):
    """A verb that changes the rows of some actors' policies."""

    changes_rows: ClassVar[bool] = True
    goes_on: ClassVar[bool] = True

    select: Chosen

    @property
    def in_bundle(self) -> bool:
        """Whether it changes numbers that an institution takes from its members."""
        return getattr(self, "param", BUNDLE[0]).partition(".")[0] in BUNDLE

    def reached(self, case: Case) -> tuple[str, ...]:
        """Ids of the actors whose numbers it changes, sorted, or names of the pools."""
        return tuple(
            each
            for each in super().reached(case)
            if self.select.of_pools or not (self.in_bundle and case.actors[each].delegates)
        )

    def _fit(self, setting: Setting) -> Iterator[Finding]:
        if not self.reached(setting.case):
            actors = ", ".join(selected(setting.case, self.select))
            yield ("select",), f"{actors}: follows its members; select the members instead"


class SetPolicy(OnPolicies):
    """The actors follow a named policy."""

    examples = (("`select: {group: $group}, policy: $policy}`", TO_THE_END),)
    amount = "policy"

    says = "the policy of {who} is {policy}"
    sways = "the actors climb, fall or recognise, and release pools in their custody"

    verb: Literal["set_policy"]
    policy: PolicyId

    def changes(self, case: Case) -> Iterator[RowChange]:
        """The whole policy is copied, if there is anybody to follow it."""
        if actors := self.reached(case):
            yield RowChange(actors, How.COPY, policy=self.policy)


class OnNumber(OnPolicies):
    """A verb that changes one number of the actors' policies, or of pools."""

    how: ClassVar[How]

    select: ChosenEither
    param: RowParam

    def changes(self, case: Case) -> Iterator[RowChange]:
        """The number of each actor or pool that it reaches, if there is any."""
        reached = self.reached(case)
        owners = tuple(map(pool_owner, reached)) if self.select.of_pools else reached
        if owners:
            yield RowChange(owners, self.how, *element(self.param, list(case.issues)))

    @property
    def record(self) -> type:
        """The record in which the number stands."""
        return Terms if self.param in OF_POOLS else Policy

    def certain(self, case: Case, start: StartFacts) -> str:
        """Whose number changes, and how."""
        return f"{self.param} of {', '.join(self.reached(case))} {SAID[self.how]} {self.number:g}"

    def likely(self) -> str:
        """What the number sways, where it decides nothing by itself."""
        return columns(self.record)[self.param.partition(".")[0]].sways

    def _fit(self, setting: Setting) -> Iterator[Finding]:
        if self.select.of_pools != (self.param in OF_POOLS):
            whose = "pools; select them by pool or veto" if self.param in OF_POOLS else "actors"
            yield ("select",), f"{self.param} is a number of {whose}"
        elif not self.select.of_pools:
            yield from super()._fit(setting)


class Shift(OnNumber):
    """A number of the actors' policy, or of pools, is raised (or lowered) by an amount."""

    examples = (("`select: {custodian: true}, param: asset_stance, by: 0.5}`", TO_THE_END),)
    how, amount = How.ADD, "by"

    verb: Literal["shift"]
    by: Real


class SetParameter(OnNumber):
    """A number of the actors' policy, or of pools, takes a value."""

    examples = (
        ("`select: {id: $actor}, param: reservation, to: -3}`", TO_THE_END),
        ("`select: {pool: all}, param: tranche, to: 100}`", TO_THE_END),
    )
    how, amount = How.SET, "to"

    verb: Literal["set"]
    to: Real

    def bounds(self) -> Bounds:
        """What the number of a policy or of a pool may be."""
        return bounds_in(self.record, self.param.partition(".")[0])


class Scale(OnNumber):
    """A number of the actors' policy, one of their flows, or a number of pools is multiplied."""

    examples = (("`select: {group: $group}, param: trade_factor, by: 1.25}`", TO_THE_END),)
    how, amount = How.TIMES, "by"

    verb: Literal["scale"]
    by: Annotated[Real, Field(ge=0)]

    def bounds(self) -> Bounds:
        """What may multiply a number."""
        return Bounds("factor", 0)


class SetGlobal(Intervention):
    """A global parameter takes a value."""

    examples = (("`param: fatigue, to: 0.012}`", TO_THE_END),)
    amount, changes_rows, goes_on = "to", True, True
    says = "{param} is {to:g}"

    verb: Literal["set_global"]
    param: GlobalParam
    to: Real

    def changes(self, case: Case) -> Iterator[RowChange]:
        """The parameter."""
        yield RowChange((), How.SET, *element(self.param, list(case.issues)))

    def bounds(self) -> Bounds:
        """What the parameter may be; that which overrides is below 0 only where nothing does."""
        bounds = bounds_in(Parameters, self.param.partition(".")[0])
        return replace(bounds, low=0.0) if self.param == "mediation_override" else bounds


class FreezeAuthority(Intervention):
    """No issue moves by the authority's own will."""

    examples = (("`}`", TO_THE_END),)
    amount, changes_rows, goes_on = "to", True, True
    to: ClassVar[float] = 1.0
    """What the flag `authority_frozen` takes."""

    verb: Literal["freeze_authority"]

    def bounds(self) -> Bounds:
        """What the flag may be."""
        return bounds_in(Parameters, "authority_frozen")

    def changes(self, case: Case) -> Iterator[RowChange]:
        """The flag of the frozen authority."""
        yield RowChange((), How.SET, "authority_frozen")
