"""Where a number of a study may lie; an uncertainty is a number of the case that lies somewhere."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from sim.case.bounds import bounds_of
from sim.case.case import Case
from sim.case.number_id import number_id
from sim.case.numbers import Real, Strict
from sim.scenario.names import Name
from sim.scenario.numbers import unknown_number
from sim.study.numbers import adds_up, below
from sim.study.setting import StudySetting, study_setting_in
from sim.validation import Finding, wrong

MOST_STEPS = 10_000

Label = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""A name that stands in a cell or at the head of a column of a table."""

Ends = Annotated[list[Real], Field(min_length=2, max_length=2)]
Values = Annotated[list[Real], Field(min_length=1)]
Steps = Annotated[int, Field(ge=2, le=MOST_STEPS)]


class Spread(Strict):
    """Where a number may lie: a range, in so many steps, or a list of values."""

    range: Ends | None = None
    values: Values | None = None
    steps: Steps | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.values is not None and (self.range is not None or self.steps is not None):
            raise ValueError("either values, or a range with or without steps")
        if self.range is not None and not self.range[0] < self.range[1]:
            raise ValueError(f"range: {self.range[0]:g} is not below {self.range[1]:g}")
        return self

    def given(self) -> Iterator[tuple[float, tuple[str, int]]]:
        """The numbers that are written out, each with its place."""
        for key, numbers in (("range", self.range), ("values", self.values)):
            yield from ((number, (key, i)) for i, number in enumerate(numbers or ()))


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
        if self.is_many and (self.range is not None or self.values is not None):
            raise ValueError("a path that ends in * takes each number's documented range")
        setting = study_setting_in(info)
        if setting is not None:
            found = self._of_many(setting) if self.is_many else self._of_one(setting.case)
            if findings := list(found):
                raise wrong(findings)
        return self

    def _of_many(self, setting: StudySetting) -> Iterator[Finding]:
        if next(below(setting.case, self.number, setting.start), None) is None:
            yield ("number",), none_below(setting.case, self.number)

    def _of_one(self, case: Case) -> Iterator[Finding]:
        try:
            name = number_id(self.number)
            number = case.numbers[name]
        except KeyError:
            yield ("number",), unknown_number(case, self.number)
            return
        if adds_up(name):
            message = "must add up to 1 with its neighbours, so it cannot vary alone"
            yield ("number",), f"{self.number} {message}"
        elif self.values is None and self.range is None and not number.low < number.high:
            yield ("number",), f"{self.number} has no documented range: give it a range or values"
        bounds = bounds_of(name)
        for value, keys in self.given():
            if message := bounds.fault(float(round(value)) if bounds.whole else value):
                yield keys, message


def none_below(case: Case, path: str) -> str:
    """Why a path that ends in `*` means no number."""
    beginning = path.removesuffix("*")
    if any(str(known).startswith(beginning) for known in case.numbers):
        return f"no number below {beginning.rstrip('.')} can vary alone in a documented range"
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


def paths_of(setting: StudySetting, listed: Iterable[Uncertainty]) -> list[str]:
    """Paths of all uncertain numbers; one that is named itself is not repeated by a `*`."""
    listed = list(listed)
    named = {each.number for each in listed if not each.is_many}
    found: dict[str, None] = {}
    for each in listed:
        many = below(setting.case, each.number, setting.start) if each.is_many else ()
        paths = [path for path in many if path not in named] if each.is_many else [each.number]
        found.update(dict.fromkeys(paths))
    return list(found)
