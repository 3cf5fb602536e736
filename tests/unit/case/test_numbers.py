"""A number of the case with its unit and its backing."""

import math
from typing import Any

import pytest
from pydantic import ValidationError

from sim.case.entries import ColumnEntry, Entry, RangeRule


def entry(**given: Any) -> Entry:
    """An entry of .4 with a source, unless given."""
    return Entry.model_validate({"value": 0.4, "unit": "share", "source": "S1¶2", **given})


def refusal(**given: Any) -> str:
    """Why an entry is refused."""
    with pytest.raises(ValidationError) as caught:
        entry(**given)
    return str(caught.value.errors()[0]["msg"])


def test_a_number_with_a_source_needs_no_range() -> None:
    number = entry(confidence="high", symbol="κ", note="n").numbers()[0]
    assert (number.value, number.unit, number.symbol) == (0.4, "share", "κ")
    assert (number.source, number.confidence, number.note) == ("S1¶2", "high", "n")
    assert not number.has_range


def test_a_number_without_source_needs_an_assumption_with_a_range() -> None:
    backing = "Value error, needs a source, or an assumption with a range"
    assert refusal(source=None) == backing
    assert refusal(source=None, assumption="expert judgement") == backing
    assert refusal(source=None, range=[0.1, 0.5]) == backing
    assert refusal(source="") == backing
    number = entry(source=None, assumption="expert judgement", range=[0.1, 0.5]).numbers()[0]
    assert (number.low, number.high, number.assumption) == (0.1, 0.5, "expert judgement")
    assert number.has_range


@pytest.mark.parametrize("ends", [[0.5, 0.6], [0.1, 0.3]])
def test_a_range_must_hold_its_value(ends: list[float]) -> None:
    assert refusal(range=ends) == "Value error, the range does not contain the value 0.4"


def test_a_value_may_stand_at_either_end_of_its_range() -> None:
    assert entry(range=[0.4, 0.9]).numbers()[0].has_range
    assert entry(range=[0.1, 0.4]).numbers()[0].has_range


def test_a_range_is_a_pair() -> None:
    assert refusal(range=[0.1, 0.4, 0.9]) == "Value error, a range is a pair: [low, high]"


def test_a_list_has_a_range_for_each_number_or_one_for_all() -> None:
    each = entry(value=[1.0, 2.0], range=[[0.5, 1.5], [1.5, 2.5]]).numbers()
    assert [(number.value, number.low, number.high) for number in each] == [
        (1.0, 0.5, 1.5),
        (2.0, 1.5, 2.5),
    ]
    together = entry(value=[1.0, 2.0], range=[0.5, 2.5]).numbers()
    assert [(number.low, number.high) for number in together] == [(0.5, 2.5), (0.5, 2.5)]


def test_a_list_with_ranges_for_others_is_refused() -> None:
    message = "Value error, the range needs 2 lows and 2 highs"
    assert refusal(value=[1.0, 2.0], range=[[0.5, 1.5, 0.1], [1.5, 2.5, 0.2]]) == message


@pytest.mark.parametrize("value", [True, "0.4", None, math.inf, math.nan])
def test_only_finite_numbers_are_numbers(value: Any) -> None:
    with pytest.raises(ValidationError):
        entry(value=value)


def test_a_number_too_large_for_any_use_is_refused() -> None:
    assert refusal(value=10**400) != ""


def test_an_integer_will_do() -> None:
    assert entry(value=4).numbers()[0].value == 4.0


@pytest.mark.parametrize(
    ("rule", "value", "ends"),
    [
        ({"plus_minus": 0.5}, 2.0, (1.5, 2.5)),
        ({"relative": 0.5}, 2.0, (1.0, 3.0)),
        ({"relative": 0.5}, -2.0, (-3.0, -1.0)),
        ({"relative": 0.5, "at_least": 0.1}, 0.1, (0.0, 0.2)),
        ({"relative": 0.5, "at_least": 0.1, "low": 0.0}, 0.05, (0.0, 0.15)),
        ({"plus_minus": 0.2, "low": 0.0, "high": 1.0}, 0.9, (0.7, 1.0)),
        ({"plus_minus": 0.15, "low": 0.0, "high": 2.0}, 2.5, (2.35, 2.5)),
        ({"plus_minus": 0.15, "low": 0.0}, -0.5, (-0.5, -0.35)),
        ({"low": 0.005, "high": 0.12}, 0.01, (0.005, 0.12)),
        ({"low": 0.005}, 0.01, (0.005, 0.01)),
        ({"high": 0.12}, 0.01, (0.01, 0.12)),
    ],
)
def test_a_rule_gives_the_range_of_each_value(
    rule: dict[str, float], value: float, ends: tuple[float, float]
) -> None:
    """5: ±50 % of value, at least ±.1; ends never leave the value outside."""
    assert RangeRule(**rule).around(value) == pytest.approx(ends)


def column(**given: Any) -> ColumnEntry:
    """A column that rests on an assumption, unless given."""
    backing = {"unit": "weight", "assumption": "judged", "range": {"relative": 0.5}}
    return ColumnEntry.model_validate({**backing, **given})


def test_a_cell_takes_the_backing_and_the_range_of_its_column() -> None:
    number = column(symbol="w", confidence="low", note="n").number(2.0)
    assert (number.value, number.low, number.high) == (2.0, 1.0, 3.0)
    assert (number.unit, number.symbol, number.assumption) == ("weight", "w", "judged")
    assert (number.source, number.confidence, number.note) == ("", "low", "n")


def test_a_source_of_its_own_takes_the_place_of_the_assumption() -> None:
    number = column().number(2.0, "S2¶4", "high", "read off")
    assert (number.source, number.confidence, number.note) == ("S2¶4", "high", "read off")
    assert number.assumption == ""


def test_a_flag_without_source_ranges_from_nought_to_one() -> None:
    flag = column(kind="flag", range=None)
    assert (flag.number(1.0).low, flag.number(1.0).high) == (0.0, 1.0)
    assert not flag.number(1.0, "S2¶3").has_range
    assert not column(kind="flag", range=None, source="S2¶3").number(1.0).has_range


def test_a_column_needs_backing_unless_it_holds_text() -> None:
    with pytest.raises(ValidationError, match="needs a source, or an assumption with a range"):
        column(range=None)
    with pytest.raises(ValidationError, match="needs a source, or an assumption with a range"):
        column(kind="flag", range=None, assumption=None)
    assert column(kind="text", range=None, assumption=None).kind == "text"
    assert column(range=None, source="S1").number(2.0).source == "S1"


def test_a_key_that_is_not_known_is_refused() -> None:
    assert refusal(volue=1.0) == "Extra inputs are not permitted"
