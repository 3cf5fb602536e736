"""Uncertainties of a study: numbers of the case by their path, each with where it may lie."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, model_validator

from sim.case.bounds import bounds_of
from sim.case.case import Case
from sim.case.number_id import number_id
from sim.io.validation import Finding, wrong
from sim.scenario.names import Name
from sim.scenario.numbers import unknown_number
from sim.study.numbers import below
from sim.study.setting import StudySetting, study_setting_in
from sim.study.spread import Spread


class Uncertainty(Spread):
    """A number of the case by its path; its documented range holds where nothing else is said.

    A path that ends in `.*`, or `*` alone, means every number below it that has such a range.
    """

    number: Name

    @property
    def is_many(self) -> bool:
        """Whether the path means all numbers below it."""
        return self.number.endswith("*")

    @model_validator(mode="after")
    def _leads_to_a_number(self, info: ValidationInfo) -> Self:
        if self.is_many and {"range", "values", "mode", "sd"} & self.model_fields_set:
            raise ValueError("a path that ends in * takes each number's documented range and value")
        setting = study_setting_in(info)
        if setting is not None:
            found = self._of_many(setting) if self.is_many else self._of_one(setting.case)
            if findings := list(found):
                raise wrong(findings)
        return self

    def _of_many(self, setting: StudySetting) -> Iterator[Finding]:
        paths = below(setting.case, self.number, setting.start)
        if not paths:
            yield ("number",), none_below(setting.case, self.number)
        for path in paths if self.distribution else ():
            number = setting.case.numbers[number_id(path)]
            if message := self.fault_of_shape(number.low, number.high, number.value):
                yield ("distribution",), f"{path}: {message}"
                return

    def _of_one(self, case: Case) -> Iterator[Finding]:
        try:
            name = number_id(self.number)
            number = case.numbers[name]
        except KeyError:
            yield ("number",), unknown_number(case, self.number)
            return
        low, high = self.range or (number.low, number.high)
        if self.values is None and not low < high:
            yield ("number",), f"{self.number} has no documented range: give it a range or values"
        elif self.values is None and (fault := self.fault_of_shape(low, high, number.value)):
            yield ("distribution",), fault
        bounds = bounds_of(name)
        for value, keys in self.given():
            if message := bounds.fault(float(round(value)) if bounds.whole else value):
                yield keys, message


def none_below(case: Case, path: str) -> str:
    """Why a path that ends in `*` means no number."""
    beginning = path.removesuffix("*")
    if any(str(known).startswith(beginning) for known in case.numbers):
        return f"no number below {beginning.rstrip('.')} has a documented range to vary in"
    parts = {f"{part}.*": None for known in case.numbers for part in _beginnings(str(known))}
    near = get_close_matches(path, parts, n=1, cutoff=0.6)
    hint = f", did you mean {near[0]}?" if near else "; see: sim case --csv"
    return f"no numbers below {beginning.rstrip('.')!r}{hint}"


def _beginnings(path: str) -> Iterator[str]:
    """Every part of a case in which a number lies."""
    words = path.split(".")
    return (".".join(words[:length]) for length in range(1, len(words)))


def _uncertainty(value: Any) -> Any:
    return {"number": value} if isinstance(value, str) else value


AnyUncertainty = Annotated[
    Uncertainty,
    BeforeValidator(_uncertainty, json_schema_input_type=str | Uncertainty),
]
"""An uncertainty; the path alone will do."""


def _each_once(listed: list[Uncertainty]) -> list[Uncertainty]:
    numbers = [each.number for each in listed]
    if found := list(repeated(numbers, "stands already above", "number")):
        raise wrong(found)
    return listed


def repeated(names: list[str], message: str, *keys: str) -> Iterator[Finding]:
    """A finding for each name that stands for the second time."""
    for i, name in enumerate(names):
        if name in names[:i]:
            yield (i, *keys), f"{name} {message}" if keys else message


Uncertainties = Annotated[list[AnyUncertainty], AfterValidator(_each_once)]
"""Uncertainties, none of which stands twice."""


def paths_of(setting: StudySetting, listed: Sequence[Uncertainty]) -> list[str]:
    """Paths of all uncertain numbers; one that is named itself is not repeated by a `*`."""
    named = {each.number for each in listed if not each.is_many}
    found: dict[str, None] = {}
    for each in listed:
        many = below(setting.case, each.number, setting.start) if each.is_many else []
        paths = [path for path in many if path not in named] if each.is_many else [each.number]
        found.update(dict.fromkeys(paths))
    return list(found)
