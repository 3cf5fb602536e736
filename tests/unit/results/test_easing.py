"""Whether and when the authority eased, by hand (model 11)."""

import math

from sim.results.easing import EASING, LEVELS, easing_outcomes
from sim.vocab import Issue
from tests.recorded import blank


def outcome(name: str) -> list[float]:
    """An outcome of two runs of three months."""
    found = blank(runs=2, months=4)
    found.metrics["girls_education"] = [[0, 0, 1, 2], [1, 0, 0, 0]]
    found.metrics["counter_terrorism"] = [[2, 3, 3, 3], [2, 2, 2, 2]]
    return easing_outcomes(found.metrics)[name].tolist()


def test_an_issue_was_eased_where_its_level_ever_rose() -> None:
    """11: P(any improvement)."""
    assert outcome("eased_girls_education") == [1, 0]
    assert outcome("eased_any") == [1, 0]
    assert outcome("eased_justice") == [0, 0]


def test_the_first_easing_has_a_month_or_none() -> None:
    """11: months to an improvement."""
    assert outcome("first_easing_girls_education")[0] == 2
    assert outcome("first_easing_any")[0] == 1
    assert math.isnan(outcome("first_easing_girls_education")[1])
    assert math.isnan(outcome("first_easing_any")[1])


def test_every_issue_has_both() -> None:
    assert set(LEVELS) == set(Issue)
    found = easing_outcomes(blank(runs=1, months=2).metrics)
    assert list(found) == list(EASING)
