"""The identity of a number and the text that spells it."""

import pytest

from sim.case.number_id import NumberId, number_id
from tests.states import afghanistan


def test_text_and_identity_go_both_ways_for_every_number_of_the_case() -> None:
    assert [number_id(str(name)) for name in afghanistan().numbers] == list(afghanistan().numbers)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("parameters.noise", ("parameters", "", "noise", None)),
        ("parameters.thresholds.7", ("parameters", "", "thresholds", 7)),
        ("policies.mild.gates.0", ("policies", "mild", "gates", 0)),
        ("actors.XYZ.cap", ("actors", "XYZ", "cap", None)),
        ("starts.then.pools.fund.stage", ("starts.pools", "then", "stage", "fund")),
        ("ties.12", ("ties", "", "weight", 12)),
        ("votes.WB.otherwise", ("votes", "WB", "weight", "otherwise")),
    ],
)
def test_a_text_spells_a_number(text: str, parts: tuple[str, str, str, int | str | None]) -> None:
    assert number_id(text) == NumberId(*parts)
    assert str(NumberId(*parts)) == text


@pytest.mark.parametrize(
    "text", ["", ".", "actors", "actors.XYZ", "boats.XYZ.cap", "ties.0.weight", "actors..cap"]
)
def test_a_text_that_spells_none_raises(text: str) -> None:
    with pytest.raises(KeyError):
        number_id(text)
