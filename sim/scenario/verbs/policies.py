"""Verbs that change the policies of actors: set_policy, shift, set, scale."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.case.bounds import bounds_in
from sim.case.case import Case
from sim.case.numbers import Real
from sim.policy import BUNDLE, Policy
from sim.scenario.names import PolicyId
from sim.scenario.parameter_names import PolicyParam, element
from sim.scenario.selection import Chosen, selected
from sim.scenario.setting import Setting
from sim.scenario.verbs.base import TO_THE_END, How, Intervention, RowChange
from sim.validation import Finding


class OnPolicies(Intervention):
    """A verb that changes the rows of some actors' policies."""

    changes_rows: ClassVar[bool] = True
    goes_on: ClassVar[bool] = True

    select: Chosen

    @property
    def in_bundle(self) -> bool:
        """Whether it changes numbers that an institution takes from its members."""
        return True

    def reached(self, case: Case) -> tuple[str, ...]:
        """Ids of the actors whose numbers it changes, sorted."""
        return tuple(
            actor
            for actor in selected(case, self.select)
            if not (self.in_bundle and case.actors[actor].delegates)
        )

    def fit(self, setting: Setting) -> Iterator[Finding]:
        """Set for institutions that follow their members alone, a policy would do nothing."""
        if not self.reached(setting.case):
            actors = ", ".join(selected(setting.case, self.select))
            yield ("select",), f"{actors}: follows its members; select these instead"


class SetPolicy(OnPolicies):
    """The actors follow a named policy."""

    examples = (("`select: {group: $group}, policy: $policy}`", TO_THE_END),)

    amount = "policy"

    verb: Literal["set_policy"]
    policy: PolicyId

    def changes(self, case: Case) -> Iterator[RowChange]:
        """The whole policy is copied."""
        yield RowChange(self.reached(case), How.COPY, policy=self.policy)


class OnNumber(OnPolicies):
    """A verb that changes one number of the actors' policies."""

    how: ClassVar[How]

    param: PolicyParam

    @property
    def in_bundle(self) -> bool:
        """Whether it changes a number that an institution takes from its members."""
        return self.param.partition(".")[0] in BUNDLE

    def changes(self, case: Case) -> Iterator[RowChange]:
        """The number of each actor that it reaches."""
        field, place = element(self.param, case.issues)
        yield RowChange(self.reached(case), self.how, field, place, self.amount)


class Shift(OnNumber):
    """A number of the actors' policy is raised (or lowered) by an amount."""

    examples = (("`select: {custodian: true}, param: asset_stance, by: 0.5}`", TO_THE_END),)
    how = How.ADD
    amount = "by"

    verb: Literal["shift"]
    by: Real


class SetParameter(OnNumber):
    """A number of the actors' policy takes a value."""

    examples = (("`select: {id: $actor}, param: reservation, to: -3}`", TO_THE_END),)
    how = How.SET
    amount = "to"

    verb: Literal["set"]
    to: Real

    def fit(self, setting: Setting) -> Iterator[Finding]:
        """The value lies within the bounds of the number."""
        yield from super().fit(setting)
        message = bounds_in(Policy, self.param.partition(".")[0]).fault(self.to)
        if message:
            yield ("to",), message


class Scale(OnNumber):
    """A number of the actors' policy, or one of their flows, is multiplied."""

    examples = (("`select: {group: $group}, param: trade_factor, by: 1.25}`", TO_THE_END),)
    how = How.TIMES
    amount = "by"

    verb: Literal["scale"]
    by: Annotated[Real, Field(ge=0)]
