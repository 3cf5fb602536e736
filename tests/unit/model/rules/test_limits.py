"""What rows that are in force together must meet, and the order in which a start is filled."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from sim.model.plan import (
    ADD,
    ASSETS,
    CLIMBING,
    NO_FAULT,
    NO_VOTE,
    NOT_WHOLE,
    OF_NUMBER,
    OF_STEP,
    PROJECTS,
    REROUTING,
    SETTLING,
    SHARES,
    TIMES,
    Plan,
    StartViews,
)
from sim.model.rules.preparing import check_limits, write_start
from tests.plans import (
    move,
    new_delegation,
    new_kind,
    new_plan,
    new_room,
    new_step,
    new_together,
    vote,
)

FINE = (NO_FAULT, 0)


def checked(
    parameters: Mapping[str, Any],
    descents: Sequence[float] = (),
    projects: Sequence[Mapping[str, Any]] = (),
) -> tuple[int, int]:
    """What is told of one row of parameters and rows of policies in force together."""
    together = new_together(last=len(descents))
    rows = list(range(len(descents)))
    policies = [{"descent_rate": rate} for rate in descents]
    room = new_room(parameters=[parameters], policies=policies, projects=projects)
    return check_limits(new_plan(together=[together], together_rows=rows), room)


@pytest.mark.parametrize(("climb", "verdict"), [(0.4375, FINE), (0.5, (CLIMBING, 0))])
@pytest.mark.parametrize(
    ("leaving", "descents"), [(0.5, []), (0.5, [0.25]), (0.25, [0.5, 0.0]), (0.25, [0.0, 0.5])]
)
def test_climbing_and_the_fastest_fall_fit_into_one_draw(
    climb: float, verdict: tuple[int, int], leaving: float, descents: list[float]
) -> None:
    """Below 1 together; leaving an agreement is a fall, too."""
    assert checked({"climb_rate": climb, "exit_rate": leaving}, descents) == verdict


def test_policies_that_are_not_in_force_do_not_count() -> None:
    """Of four rows, those at places 1 and 2 of the list are in force: rows 3 and 0."""
    together = new_together(first=1, last=3)
    plan = new_plan(together=[together], together_rows=[1, 3, 0, 2])
    policies = [{"descent_rate": rate} for rate in (0.25, 0.5, 0.5, 0.25)]
    room = new_room(parameters=[{"climb_rate": 0.625}], policies=policies)
    assert check_limits(plan, room) == FINE
    room.policies[3].descent_rate = 0.375
    assert check_limits(plan, room) == (CLIMBING, 0)


@pytest.mark.parametrize(("factor", "verdict"), [(0.75, FINE), (1.0, (SETTLING, 0))])
@pytest.mark.parametrize("concession", [0.125, 0.375])
def test_concessions_and_tightening_fit_into_one_draw_once_the_settling_factor_is_in(
    factor: float, verdict: tuple[int, int], concession: float
) -> None:
    """(1 + f) · .5 is below 1."""
    parameters = {
        "settling_factor": factor,
        "concession_rate": concession,
        "tightening_rate": 0.5 - concession,
    }
    assert checked(parameters) == verdict


@pytest.mark.parametrize(("up", "verdict"), [(0.625, FINE), (0.75, (ASSETS, 0))])
def test_the_chances_of_pools_fit_into_one_draw(up: float, verdict: tuple[int, int]) -> None:
    assert checked({"asset_up_rate": up, "asset_down_rate": 0.25}) == verdict


@pytest.mark.parametrize(("up", "verdict"), [(0.625, FINE), (0.75, (PROJECTS, 0))])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_chances_of_every_project_fit_into_one_draw(
    up: float, verdict: tuple[int, int], place: int
) -> None:
    projects = [{"up_rate": 0.25, "down_rate": 0.5} for _ in range(3)]
    projects[place] = {"up_rate": up, "down_rate": 0.25}
    assert checked({}, projects=projects) == verdict


@pytest.mark.parametrize(
    ("off", "verdict"),
    [
        (0.0, FINE),
        (0.5e-12, FINE),
        (-0.5e-12, FINE),
        (2e-12, (SHARES, 0)),
        (-2e-12, (SHARES, 0)),
        (0.5, (SHARES, 0)),
    ],
)
@pytest.mark.parametrize("field", ["share_to_reserves", "share_to_debt", "share_to_relief"])
def test_the_shares_of_tranches_add_up_to_one(
    field: str, off: float, verdict: tuple[int, int]
) -> None:
    """But for rounding."""
    shares = {"share_to_reserves": 0.5, "share_to_debt": 0.3, "share_to_relief": 0.2}
    assert checked({**shares, field: shares[field] + off}) == verdict


@pytest.mark.parametrize(
    ("least", "verdict"), [(0.375, FINE), (0.5, FINE), (0.5001, (REROUTING, 0))]
)
def test_the_least_share_that_is_rerouted_is_no_more_than_the_most(
    least: float, verdict: tuple[int, int]
) -> None:
    assert checked({"rerouting_least": least, "rerouting_most": 0.5}) == verdict


def test_the_first_rows_that_miss_a_limit_are_told_with_the_first_one_they_miss() -> None:
    """The second row of parameters misses two limits, the third an earlier one."""
    both = {"asset_up_rate": 1.0, "rerouting_least": 1.0}
    room = new_room(parameters=[{}, both, {"climb_rate": 1.0}])
    rows = [new_together(parameters=row) for row in (0, 1, 2)]
    assert check_limits(new_plan(together=rows), room) == (ASSETS, 1)
    assert check_limits(new_plan(together=[rows[2], rows[1]]), room) == (CLIMBING, 0)
    assert check_limits(new_plan(together=[rows[0], rows[0]]), room) == FINE
    assert check_limits(new_plan(), room) == FINE


def small() -> tuple[Plan, StartViews]:
    """Everything once: two numbers, one kind of tie, an institution of two members, two steps.

    The first number is added to the second one in word 2, which is doubled by the first one and
    then stands for the bundle of the first member.
    """
    plan = new_plan(
        low=[0.0, 0.0],
        high=[8.0, 8.0],
        must_be_whole=[0],
        reals=[move(1, word=2)],
        wholes=[move(0, word=4)],
        kinds=[new_kind(last=1)],
        kind_numbers=[1],
        tie_kinds=[[0, 0], [0, 0]],
        by_salience=[1, 0],
        steps=[
            new_step(ADD, word=2, low=0.0, high=10.0),
            new_step(TIMES, word=2, low=0.0, high=20.0),
        ],
        delegations=[new_delegation(actor=0, word=0, length=1, last=2)],
        votes=[vote(0, word=2), vote(1, word=3)],
        together=[new_together()],
    )
    room = new_room(
        words=[99.0, 99.0, 99.0, 20.0, 99.0],
        wholes=[99] * 5,
        saliences=[1.0, 3.0],
        weights=[math.nan],
        ties=[[math.nan] * 2, [math.nan] * 2],
    )
    return plan, room


def test_a_start_is_filled_in_order() -> None:
    """(4 + 2) · 2 = 12 for the first member, 20 for the second: (12 + 3·20) / 4."""
    plan, room = small()
    assert write_start([2.0, 4.0], plan, room) == FINE
    assert room.words.tolist() == [18.0, 99.0, 12.0, 20.0, 99.0]
    assert room.wholes == [99, 99, 99, 99, 2]
    assert room.ties == [[0.25, 0.75], [0.5, 0.5]]
    assert room.world[0].salience_total == 4.0


def test_a_start_is_the_same_whatever_stood_in_it() -> None:
    plan, room = small()
    write_start([1.0, 3.0], plan, room)
    write_start([2.0, 4.0], plan, room)
    assert room.words.tolist() == [18.0, 99.0, 12.0, 20.0, 99.0]


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [([2.0, 9.0], (OF_NUMBER, 1)), ([1.5, 4.0], (NOT_WHOLE, 0))],
)
def test_wrong_numbers_fill_nothing(numbers: list[float], verdict: tuple[int, int]) -> None:
    plan, room = small()
    assert write_start(numbers, plan, room) == verdict
    assert room.words.tolist() == [99.0, 99.0, 99.0, 20.0, 99.0]
    assert room.wholes == [99] * 5


@pytest.mark.parametrize(("first", "place", "word"), [(7.0, 0, 4.0), (3.0, 1, 7.0)])
def test_nobody_follows_anybody_after_a_step_out_of_bounds(
    first: float, place: int, word: float
) -> None:
    """4 + 7 is beyond 10, (4 + 3) · 3 beyond 20; the limit that is missed as well is not told."""
    plan, room = small()
    room.parameters[0].climb_rate = 1.0
    assert write_start([first, 4.0], plan, room) == (OF_STEP, place)
    assert room.words.tolist() == [99.0, 99.0, word, 20.0, 99.0]


def test_no_limit_is_looked_at_where_an_institution_has_no_vote() -> None:
    """A number of 0 for the only kind of tie leaves the institution without one."""
    plan, room = small()
    room.parameters[0].climb_rate = 1.0
    assert write_start([2.0, 0.0], plan, room) == (NO_VOTE, 0)


def test_limits_are_looked_at_last() -> None:
    plan, room = small()
    room.parameters[0].climb_rate = 1.0
    assert write_start([2.0, 4.0], plan, room) == (CLIMBING, 0)
    assert room.words.tolist()[0] == 18.0
