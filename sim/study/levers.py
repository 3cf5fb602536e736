"""Levers: what somebody may choose, and what follows from a choice in a scenario."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from sim.case.bounds import bounds_in
from sim.io.documents import Keys
from sim.io.validation import Finding, plain, wrong
from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.schema import columns
from sim.scenario.conditions import MOST_SWITCHES, conditions_of
from sim.scenario.names import Name, OneOrMore, PolicyId
from sim.scenario.parts import Month
from sim.scenario.selection import Chosen
from sim.scenario.verbs import VERBS, AnyIntervention
from sim.scenario.verbs.base import Intervention
from sim.study.setting import StudySetting, study_setting_in
from sim.study.spread import Label, Spread, Varied, fault_of_ends

Value = float | str
"""What a factor takes at a point: a number, or the name of a policy or option."""

OF_VERB = ("verb", "param", "range", "values", "steps", "distribution", "mode", "sd")
OF_ALL = ("name", "sampled", "group")
WHERE = ("month", "until", "select")
KINDS = {"policies": (*WHERE, "policies"), "verb": (*WHERE, *OF_VERB), "options": ("options",)}
"""The key by which a kind of lever is known, and all its keys."""


class Timing(Varied):
    """Months of which a study tries several: all in a range, or a list; dates will do."""

    range: Annotated[list[Month], Field(min_length=2, max_length=2)] | None = None
    values: Annotated[list[Month], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if message := fault_of_ends(self.range, self.values, self.steps):
            raise ValueError(message)
        if self.range is None and self.values is None:
            raise ValueError("needs a range or values")
        return self


When = Annotated[
    Annotated[Month, Tag("month")] | Annotated[Timing, Tag("Timing")],
    Discriminator(lambda given: "Timing" if isinstance(given, dict | Timing) else "month"),
]
"""A month, or several of them to try."""


class Lever(Spread):
    """What somebody may choose: a policy, the number of a verb, or a bundle of interventions."""

    name: Label
    month: When | None = None
    until: When | None = None
    select: Chosen | None = None
    policies: OneOrMore[PolicyId] | None = None
    verb: Literal["set", "shift", "scale", "set_global"] | None = None
    param: Name | None = None
    options: Annotated[dict[Label, list[AnyIntervention]], Field(min_length=1)] | None = None

    @property
    def kind(self) -> str:
        """`policies`, `verb` or `options`."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Self:
        given = {name for name in self.model_fields_set if getattr(self, name) is not None}
        kinds = [kind for kind in KINDS if kind in given]
        if len(kinds) != 1:
            raise ValueError("is one of three: policies, a verb with its param, or options")
        foreign = sorted(given - {*OF_ALL, *KINDS[kinds[0]]})
        if foreign:
            raise ValueError(f"a lever of {kinds[0]} takes no {foreign[0]}")
        for key in self._needed(kinds[0]):
            if key not in given:
                raise ValueError(f"a lever of {kinds[0]} needs {key}")
        if kinds[0] == "verb" and not {"range", "values"} & given:
            raise ValueError("a lever of verb needs a range or values")
        setting = study_setting_in(info)
        if setting is not None and (found := dict.fromkeys(self._faults(setting))):
            raise wrong(found)
        return self

    def _needed(self, kind: str) -> tuple[str, ...]:
        if kind == "options":
            return ()
        if kind == "policies":
            return ("month", "select")
        return ("month", "param") if self.verb == "set_global" else ("month", "select", "param")

    @property
    def is_whole(self) -> bool:
        """Whether the number that a verb changes counts something."""
        record = Parameters if self.verb == "set_global" else Policy
        name = (self.param or "").partition(".")[0]
        return name in columns(record) and bounds_in(record, name).whole

    @property
    def timings(self) -> dict[str, Timing]:
        """`month` and `until`, as far as several are tried."""
        both = {"month": self.month, "until": self.until}
        return {key: when for key, when in both.items() if isinstance(when, Timing)}

    def acts(self, values: Mapping[str, Value]) -> list[Intervention]:
        """The interventions that it makes where factors have some values."""
        value = values[self.name]
        if self.options is not None:
            return list(self.options[str(value)])
        months = {key: int(values[f"{self.name}.{key}"]) for key in self.timings}
        return [kind.model_validate(content) for kind, content in self._written(value, months)]

    def _written(
        self, value: Value, months: Mapping[str, int]
    ) -> Iterator[tuple[type[Intervention], dict[str, Any]]]:
        """The interventions at a value as a file has them, each with its class."""
        if self.options is not None:
            for each in self.options[str(value)]:
                yield type(each), each.model_dump(by_alias=True, exclude_none=True)
        else:
            verb = self.verb or "set_policy"
            content = {key: getattr(self, key) for key in (*WHERE, "param")} | dict(months)
            given = {key: part for key, part in content.items() if part is not None}
            yield VERBS[verb], {"verb": verb, VERBS[verb].amount: value, **given}

    def _faults(self, setting: StudySetting) -> Iterator[Finding]:
        """What its interventions are refused for in the case of any scenario."""
        if self.range and (message := self.fault_of_shape(*self.range)):
            yield ("distribution",), message
        for value, keys in self._extremes():
            for case in setting.cases:
                yield from self._refused(value, keys, replace(setting, case=case))
            for base in setting.bases.values():
                chosen = self.options[str(value)] if self.options else []
                together = conditions_of([*base.scenario.interventions, *chosen])
                if max(together.switches, default=0) >= 2**MOST_SWITCHES:
                    yield (), f"more than {MOST_SWITCHES} conditions with those of {base.name}"

    def _extremes(self) -> Iterator[tuple[Value, Keys]]:
        """Values at which its interventions are looked at, and where these are written."""
        yield from ((policy, ("policies", i)) for i, policy in enumerate(self.policies or ()))
        yield from ((option, ("options", option)) for option in self.options or ())
        for value, keys in self.given():
            yield float(round(value)) if self.is_whole else value, keys

    def _latest(self) -> dict[str, int]:
        """The last month and the first `until` of those that are tried: all others go with it."""
        latest = {"month": max, "until": min}
        return {
            key: latest[key](timing.range or timing.values or [1])
            for key, timing in self.timings.items()
        }

    def _refused(self, value: Value, keys: Keys, setting: StudySetting) -> Iterator[Finding]:
        """What one case says of the interventions at a value, which is written at `keys`."""
        for i, (kind, content) in enumerate(self._written(value, self._latest())):
            try:
                kind.model_validate(content, context=setting)
            except ValidationError as error:
                for detail in error.errors():
                    way, message = detail["loc"], plain(detail)
                    if detail["type"] != "value_error" and way == (kind.amount,):
                        message += f", not {detail['input']:g}"
                    if self.options is not None:
                        yield (*keys, i, *way), message
                    else:
                        yield keys if way == (kind.amount,) else way, message
