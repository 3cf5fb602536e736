"""Figures, bounds and ensembles in words."""

import math

import pytest

from sim.record.patterns.estimate import Figure
from sim.record.patterns.page import (
    bounds_words,
    digits_of,
    figure_words,
    number,
    reference_words,
    spread_words,
)
from tests.unit.record.patterns.example import a_check

RATIO = {
    "kind": "ratio",
    "over": {"ensemble": "two", "metric": "gdp", "year": 2022, "less": "one"},
    "under": {"ensemble": "two", "metric": "gdp", "year": 2022},
    "figure": "ratio",
}


@pytest.mark.parametrize(
    ("error", "digits"),
    [(0.1, 2), (0.2, 1), (0.019, 3), (0.0009, 4), (1.5, 1), (3.0, 0), (12.0, 0), (700.0, 0)],
)
def test_digits_follow_from_the_error(error: float, digits: int) -> None:
    assert digits_of(error) == digits


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(1234.5, 1230.0, 1239.0), "1234 [1230, 1239]"),
        (Figure(-18.672, -18.82, -18.52), "-18.67 [-18.82, -18.52]"),
        (Figure(-0.04, -0.3, 0.22), "-0.040 [-0.300, 0.220]"),
        (Figure(0.0, 0.0, 0.00067), "0.0000 [0.0000, 0.0007]"),
        (Figure(0.0, 0.0, 0.0), "0 [0, 0]"),
        (Figure(math.nan), "–"),
    ],
)
def test_a_figure_has_as_many_digits_as_count(figure: Figure, words: str) -> None:
    assert figure_words(figure) == words


def test_nothing_is_below_nothing() -> None:
    assert number(-0.0001, 2) == "0.00"


def test_spread_and_bounds() -> None:
    assert spread_words(Figure(1, 1, 1, 0.0625, 0.4375)) == "0.0625 … 0.438"
    assert bounds_words(None, None) == "–"
    assert bounds_words(-20.0, -5.0) == "-20 to -5"


@pytest.mark.parametrize(
    ("value", "half", "words"),
    [(0.71, 0.005, "0.71"), (-19, 0.5, "-19"), (0.0008, 0.00005, "0.0008"), (-0.1, 0.02, "-0.10")],
)
def test_a_reference_is_as_precise_as_it_was_printed(value: float, half: float, words: str) -> None:
    check = a_check(kind="number", path="p", reference=value, reference_half=half)
    assert reference_words(check) == words


def test_a_test_without_a_reference_has_no_words_for_it() -> None:
    assert reference_words(a_check(kind="number", path="p")) == ""


def test_ensembles_of_a_test_are_named_once() -> None:
    assert a_check(**RATIO).ensembles == ["two", "one"]
    assert a_check(kind="number", path="p").ensembles == []
