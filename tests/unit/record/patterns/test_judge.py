"""Verdicts follow from figures and bounds alone."""

import math

import pytest

from sim.record.patterns.estimate import Figure
from sim.record.patterns.judge import holds, judge, rows, tally, verdict
from tests.unit.record.patterns.example import a_file

BOUNDED = {"kind": "number", "path": "parameters.ratio", "low": 0.2, "high": 0.4}


@pytest.mark.parametrize(
    ("value", "low", "high", "held"),
    [
        (0.2, 0.2, 0.4, True),
        (0.4, 0.2, 0.4, True),
        (0.19, 0.2, 0.4, False),
        (0.41, 0.2, 0.4, False),
        (-9.0, None, 0.4, True),
        (9.0, None, 0.4, False),
        (9.0, 0.2, None, True),
        (math.nan, 0.2, None, False),
        (math.nan, None, 0.4, False),
    ],
)
def test_bounds_belong_to_what_holds(
    value: float, low: float | None, high: float | None, held: bool
) -> None:
    assert holds(value, low, high) is held


@pytest.mark.parametrize(
    ("held", "word"),
    [([True, True], "met"), ([True, False], "partly"), ([False, False], "missed")],
)
def test_a_verdict_is_met_partly_or_missed(held: list[bool], word: str) -> None:
    assert verdict(held) == word


def test_patterns_are_judged_by_their_own_figures() -> None:
    file = a_file(P1=[BOUNDED, BOUNDED], P2=[BOUNDED])
    judged = judge(file, {"P1": [Figure(0.3), Figure(0.5)], "P2": [Figure(0.5)]})
    assert [(one.id, one.verdict) for one in judged] == [("P1", "partly"), ("P2", "missed")]
    assert tally(judged) == "0 met, 1 partly, 1 missed"


def test_a_table_has_a_line_for_each_test() -> None:
    file = a_file(P1=[BOUNDED, BOUNDED])
    first, second = rows(judge(file, {"P1": [Figure(0.3, note="n"), Figure(0.5)]}), 10, 7)
    assert (first.pattern, first.test, first.figure, first.held) == ("P1", 1, 0.3, True)
    assert (second.test, second.held, second.verdict) == (2, False, "partly")
    assert (first.low, first.high, first.runs, first.seed, first.note) == (0.2, 0.4, 10, 7, "n")
    assert math.isnan(first.error_low)
