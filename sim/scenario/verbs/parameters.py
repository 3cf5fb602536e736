"""Verbs that change global parameters: set_global, freeze_authority."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from sim.case.bounds import bounds_in
from sim.case.case import Case
from sim.case.numbers import Real
from sim.parameters import Parameters
from sim.scenario.parameter_names import GlobalParam, element
from sim.scenario.setting import Setting
from sim.scenario.verbs.base import TO_THE_END, How, Intervention, RowChange
from sim.validation import Finding


class OnParameters(Intervention):
    """A verb that changes the row of global parameters."""

    changes_rows: ClassVar[bool] = True
    goes_on: ClassVar[bool] = True


class SetGlobal(OnParameters):
    """A global parameter takes a value."""

    amount = "to"
    examples = (("`param: fatigue, to: 0.012}`", TO_THE_END),)

    verb: Literal["set_global"]
    param: GlobalParam
    to: Real

    def changes(self, case: Case) -> Iterator[RowChange]:
        """The parameter."""
        yield RowChange((), How.SET, *element(self.param, case.issues), "to")

    def fit(self, setting: Setting) -> Iterator[Finding]:
        """The value lies within the bounds of the parameter; a mediation is no absent one."""
        name = self.param.partition(".")[0]
        message = bounds_in(Parameters, name).fault(self.to)
        if name == "mediation_override" and self.to < 0:
            message = f"must be 0 or more, not {self.to:g}"
        if message:
            yield ("to",), message


class FreezeAuthority(OnParameters):
    """No issue moves by the authority's own will."""

    examples = (("`}`", TO_THE_END),)
    to: ClassVar[float] = 1.0
    """What the flag `authority_frozen` takes."""

    verb: Literal["freeze_authority"]

    def changes(self, case: Case) -> Iterator[RowChange]:
        """The flag of the frozen authority."""
        yield RowChange((), How.SET, "authority_frozen", None, "to")
