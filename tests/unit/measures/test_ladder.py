"""Series and outcomes read off the rungs, by hand (model 11)."""

import math

import numpy as np
import pytest

from sim.measures.catalog import series_of
from sim.measures.ladder import first_recognitions
from sim.measures.members import Runs
from tests.recorded import by_month, members, outcome, with_rungs

MEMBERS = members(
    states=[0, 1, 2],
    groups={"East": [0, 1], "West": [2], "Institution": [3]},
    blocs={"A": [0], "B": [1, 2], "C": [3]},
    weights=[3.0, 1.0, 4.0, 8.0],
    permanent=[0],
)
"""Three states, the first of them a permanent member, and an institution."""

RUNGS = with_rungs(
    [
        [[6, 7, 7, 6], [4, 5, 6, 7], [2, 2, 1, 2], [3, 3, 7, 7]],
        [[5, 5, 5, 5], [5, 4, 4, 4], [1, 1, 1, 1], [0, 0, 0, 0]],
    ]
)
"""Two runs of three months: in the first, state 0 recognises and withdraws, state 1 recognises."""


def series(name: str, subject: str = "") -> list[list[float]]:
    """A series by run and month."""
    return by_month(RUNGS, MEMBERS, name, subject)


def outcomes(name: str) -> list[float]:
    """An outcome by run."""
    return outcome(RUNGS, MEMBERS, name)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("recognitions", [[0, 1, 1, 1], [0, 0, 0, 0]]),
        ("states_at_6", [[1, 1, 2, 2], [0, 0, 0, 0]]),
        ("states_at_5", [[1, 2, 2, 2], [2, 1, 1, 1]]),
        ("states_at_4", [[2, 2, 2, 2], [2, 2, 2, 2]]),
    ],
)
def test_states_are_counted_and_institutions_are_not(name: str, counts: list[list[int]]) -> None:
    """1: counts are over actors of kind state."""
    assert series(name) == counts


def test_mean_rungs_are_those_of_the_groups() -> None:
    assert series("mean_rung", "East") == [[5, 6, 6.5, 6.5], [5, 4.5, 4.5, 4.5]]
    assert series("mean_rung", "West") == [[2, 2, 1, 2], [1, 1, 1, 1]]
    assert series("mean_rung", "Institution") == [[3, 3, 7, 7], [0, 0, 0, 0]]


def test_mean_rungs_are_those_of_the_blocs() -> None:
    """11: mean rung by bloc."""
    assert series("bloc_rung", "A") == [[6, 7, 7, 6], [5, 5, 5, 5]]
    assert series("bloc_rung", "B") == [[3, 3.5, 3.5, 4.5], [3, 2.5, 2.5, 2.5]]
    assert series("bloc_rung", "C") == [[3, 3, 7, 7], [0, 0, 0, 0]]


def test_polarisation_is_the_deviation_of_the_means_of_blocs() -> None:
    """11: SD of bloc means: of 6, 3 and 3 around 4."""
    assert series("polarisation")[0][0] == pytest.approx(math.sqrt(2.0))


def test_a_recognition_counts_with_its_political_weight() -> None:
    """11: salience-weighted share: weights 3, 1 and 4 of states, the institution left out."""
    assert series("recognition_share") == [[0, 3 / 8, 3 / 8, 1 / 8], [0, 0, 0, 0]]


def test_states_without_weight_recognise_with_none() -> None:
    nobody = members([0], {"East": [0]}, weights=[0.0])
    assert by_month(with_rungs([[[7, 7]]]), nobody, "recognition_share") == [[0, 0]]


def test_weights_are_added_one_by_one_so_that_neighbours_do_not_matter() -> None:
    weights = [0.1 * (i + 1) ** 0.5 for i in range(40)]
    many = members(list(range(40)), {"East": list(range(40))}, weights=weights)
    rungs = with_rungs([[[7, 7]] * 40] * 3)
    assert by_month(rungs, many, "recognition_share") == [[1.0, 1.0]] * 3


def test_there_is_a_series_for_each_group_and_bloc() -> None:
    subjects: dict[str, list[str]] = {}
    for name, subject in series_of(MEMBERS):
        subjects.setdefault(name, []).append(subject)
    assert subjects["recognitions"] == subjects["polarisation"] == [""]
    assert subjects["mean_rung"] == ["East", "West", "Institution"]
    assert subjects["bloc_rung"] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("recognitions_ever", [2, 0]),
        ("cascade", [2, 0]),
        ("derecognitions", [1, 0]),
        ("climbs", [6, 0]),
        ("falls", [2, 1]),
        ("seat_in_reach", [0, 0]),
    ],
)
def test_outcomes_of_a_run(name: str, values: list[float]) -> None:
    """11: recognitions ever, cascade size, moves of all actors; states alone de-recognise."""
    assert outcomes(name) == values


def test_the_first_recognition_has_a_month_or_none() -> None:
    """11: time to first recognition, right-censored."""
    assert outcomes("first_recognition")[0] == 1.0
    assert math.isnan(outcomes("first_recognition")[1])


def test_a_recognition_at_the_start_comes_in_month_nought() -> None:
    rungs = with_rungs([[[7, 7], [0, 0], [0, 0], [0, 0]]])
    assert first_recognitions(Runs(rungs, MEMBERS)).tolist() == [[0.0], [math.inf], [math.inf]]
    assert outcome(rungs, MEMBERS, "first_recognition") == [0.0]


@pytest.mark.parametrize(
    ("firsts", "size"), [([5, 29, 30], 2), ([5, 99, 99], 1), ([99] * 3, 0), ([1] * 3, 3)]
)
def test_a_cascade_counts_recognitions_within_two_years_of_the_first(
    firsts: list[int], size: int
) -> None:
    """11: recognitions within 24 months of the first; 99 lies beyond the runs."""
    rungs = [[7 if month >= first else 6 for month in range(40)] for first in firsts]
    assert outcome(with_rungs([[*rungs, [0] * 40]]), MEMBERS, "cascade") == [size]


def test_without_states_there_is_no_cascade() -> None:
    nobody = members([], {"Institution": [0]})
    found = with_rungs([[[7, 7]], [[7, 7]]])
    assert outcome(found, nobody, "cascade") == [0.0, 0.0]
    assert np.isnan(outcome(found, nobody, "first_recognition")).all()


@pytest.mark.parametrize(
    ("last", "reached"),
    [([7, 7, 0], 1), ([7, 0, 7], 1), ([1, 7, 7], 0), ([2, 7, 7], 1), ([7, 0, 0], 0)],
)
def test_a_seat_needs_half_of_the_states_and_no_permanent_member_against(
    last: list[int], reached: int
) -> None:
    """2: share of states at rung 7 above .5 and no permanent member below rung 2."""
    rungs = with_rungs([[[0, rung] for rung in [*last, 7]]])
    assert outcome(rungs, MEMBERS, "seat_in_reach") == [reached]


def test_exactly_half_of_the_states_is_not_enough() -> None:
    """2: above .5."""
    two = members([0, 1], {"East": [0, 1]}, permanent=[0])
    assert outcome(with_rungs([[[7, 7], [2, 2]]]), two, "seat_in_reach") == [0]
