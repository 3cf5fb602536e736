"""Series and outcomes read off the rungs, by hand (model 11)."""

import math

import numpy as np
import pytest

from sim.results.ladder import (
    cascade,
    first_recognitions,
    ladder_outcomes,
    ladder_series,
    seat_in_reach,
)
from tests.recorded import members, with_rungs

MEMBERS = members(
    states=[0, 1, 2],
    groups={"East": [0, 1], "West": [2], "Institution": [3]},
    blocs={"A": [0], "B": [1, 2], "C": [3]},
    weights=[3.0, 1.0, 4.0, 8.0],
    permanent=[0],
)
"""Three states, the first of them a permanent member, and an institution."""

RUNGS = np.asarray(
    with_rungs(
        [
            [[6, 7, 7, 6], [4, 5, 6, 7], [2, 2, 1, 2], [3, 3, 7, 7]],
            [[5, 5, 5, 5], [5, 4, 4, 4], [1, 1, 1, 1], [0, 0, 0, 0]],
        ]
    ).actors["rung"]
)
"""Two runs of three months: in the first, state 0 recognises and withdraws, state 1 recognises."""


def series(name: str, subject: str = "") -> list[list[float]]:
    """A series by run and month."""
    return ladder_series(RUNGS, MEMBERS)[(name, subject)].tolist()


def outcomes(name: str) -> list[float]:
    """An outcome by run."""
    return ladder_outcomes(RUNGS, MEMBERS)[name].tolist()


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
    rungs = with_rungs([[[7, 7]]]).actors["rung"]
    assert ladder_series(rungs, nobody)[("recognition_share", "")].tolist() == [[0, 0]]


def test_weights_are_added_one_by_one_so_that_neighbours_do_not_matter() -> None:
    weights = [0.1 * (i + 1) ** 0.5 for i in range(40)]
    many = members(list(range(40)), {"East": list(range(40))}, weights=weights)
    rungs = np.full((3, 2, 40), 7)
    found = ladder_series(rungs, many)[("recognition_share", "")]
    assert found.tolist() == [[1.0, 1.0]] * 3


def test_there_is_a_series_for_each_count_and_group() -> None:
    names = list(ladder_series(RUNGS, MEMBERS))
    assert names[:6] == [
        ("recognitions", ""),
        ("recognition_share", ""),
        ("states_at_6", ""),
        ("states_at_5", ""),
        ("states_at_4", ""),
        ("polarisation", ""),
    ]
    subjects = {name: [key[1] for key in names if key[0] == name] for name, _ in names[6:]}
    assert subjects == {"mean_rung": ["East", "West", "Institution"], "bloc_rung": ["A", "B", "C"]}


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
    rungs = with_rungs([[[7, 7], [0, 0], [0, 0], [0, 0]]]).actors["rung"]
    firsts = first_recognitions(rungs, MEMBERS)
    assert firsts.tolist() == [[0.0, math.inf, math.inf]]
    assert ladder_outcomes(rungs, MEMBERS)["first_recognition"].tolist() == [0.0]


@pytest.mark.parametrize(
    ("firsts", "size"),
    [([5.0, 29.0, 30.0], 2), ([5.0, math.inf, math.inf], 1), ([math.inf] * 3, 0), ([1.0] * 3, 3)],
)
def test_a_cascade_counts_recognitions_within_two_years_of_the_first(
    firsts: list[float], size: int
) -> None:
    """11: recognitions within 24 months of the first."""
    assert cascade(np.array([firsts])).tolist() == [size]


def test_without_states_there_is_no_cascade() -> None:
    assert cascade(np.zeros((2, 0))).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("last", "reached"),
    [([7, 7, 0], 1), ([7, 0, 7], 1), ([1, 7, 7], 0), ([2, 7, 7], 1), ([7, 0, 0], 0)],
)
def test_a_seat_needs_half_of_the_states_and_no_permanent_member_against(
    last: list[int], reached: int
) -> None:
    """2: share of states at rung 7 above .5 and no permanent member below rung 2."""
    rungs = with_rungs([[[0, rung] for rung in [*last, 7]]]).actors["rung"]
    assert seat_in_reach(rungs, MEMBERS).tolist() == [reached]


def test_exactly_half_of_the_states_is_not_enough() -> None:
    """2: above .5."""
    two = members([0, 1], {"East": [0, 1]}, permanent=[0])
    rungs = with_rungs([[[7, 7], [2, 2]]]).actors["rung"]
    assert seat_in_reach(rungs, two).tolist() == [0]
