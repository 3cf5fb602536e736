"""Whether and when the authority eased, by hand (model 11)."""

import math

from sim.engine.kernel import Trajectories
from sim.results.easing import easing_outcomes, issue_levels, level_series
from tests.recorded import blank, members

MEMBERS = members([0], {}, issues=("ART", "BUS", "CAR"))


def recorded() -> Trajectories:
    """Two runs of three months and the start."""
    found = blank(runs=2, months=4, issues=3)
    found.issues["level"][:, :, 0] = [[0, 0, 1, 2], [1, 0, 0, 0]]
    found.issues["level"][:, :, 1] = 1
    found.issues["level"][:, :, 2] = [[2, 3, 3, 3], [2, 2, 2, 2]]
    return found


def outcome(name: str) -> list[float]:
    """An outcome of two runs of three months."""
    return easing_outcomes(recorded(), MEMBERS)[name].tolist()


def test_an_issue_was_eased_where_its_level_ever_rose() -> None:
    """11: P(any improvement)."""
    assert outcome("eased:ART") == [1, 0]
    assert outcome("eased_any") == [1, 0]
    assert outcome("eased:BUS") == [0, 0]


def test_the_first_easing_has_a_month_or_none() -> None:
    """11: months to an improvement."""
    assert outcome("first_easing:ART")[0] == 2
    assert outcome("first_easing_any")[0] == 1
    assert math.isnan(outcome("first_easing:ART")[1])
    assert math.isnan(outcome("first_easing_any")[1])


def test_levels_are_series_by_issue_and_add_up_at_the_end() -> None:
    series = level_series(recorded(), MEMBERS)
    assert list(series) == [("level", "ART"), ("level", "BUS"), ("level", "CAR")]
    assert series["level", "ART"].tolist() == [[0, 0, 1, 2], [1, 0, 0, 0]]
    assert issue_levels(recorded()).tolist() == [6, 3]


def test_without_issues_nothing_eases() -> None:
    none = blank(runs=2, months=4)
    found = easing_outcomes(none, members([0], {}))
    assert list(found) == ["eased_any", "first_easing_any"]
    assert found["eased_any"].tolist() == [0, 0]
    assert issue_levels(none).tolist() == [0, 0]
