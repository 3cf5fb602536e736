"""Models that check themselves in a context; every fault in its place, all at once."""

from typing import Annotated, Self

import pytest
from pydantic import AfterValidator, ValidationInfo, model_validator

from sim.case.numbers import Strict
from sim.io.errors import BadFile
from sim.io.reader import parse_yaml
from sim.io.validation import slip, validate, wrong


def _known(name: str, info: ValidationInfo) -> str:
    if info.context is not None and name not in info.context:
        raise ValueError(f"X knows no {name}")
    return name


class Part(Strict):
    name: Annotated[str, AfterValidator(_known)]
    low: int = 0
    high: int = 1

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise wrong([(("low",), "too high"), (("high",), "too low")])
        return self


class Whole(Strict):
    parts: list[Part]


TEXT = """parts:
  - {name: a}
  - {name: b, low: x}
  - {name: a, low: 3, high: 2}
  - {name: c, hihg: 2}
"""


def faults(context: object) -> list[str]:
    """The lines with which the text is refused."""
    with pytest.raises(BadFile) as caught:
        validate(Whole, parse_yaml(TEXT, "x.yaml"), context)
    return str(caught.value).splitlines()


def test_all_faults_come_at_once_each_in_its_place() -> None:
    assert faults(("a", "c")) == [
        "x.yaml:3:6: parts[1].name: X knows no b",
        "x.yaml:3:15: parts[1].low: must be a whole number, not 'x'",
        "x.yaml:4:15: parts[2].low: too high",
        "x.yaml:4:23: parts[2].high: too low",
        "x.yaml:5:15: parts[3].hihg: unknown key, did you mean high?",
    ]


def test_without_a_context_the_form_alone_is_checked() -> None:
    assert [line.split(": ")[1] for line in faults(None)] == [
        "parts[1].low",
        "parts[2].low",
        "parts[2].high",
        "parts[3].hihg",
    ]


@pytest.mark.parametrize("given", ["soon", "2024-07", "a,b", "", 3, None, [], ["a", "b"], [0.1]])
def test_what_is_no_slip_gets_no_hint(given: object) -> None:
    assert slip(given) == ""
