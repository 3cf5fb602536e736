"""Ties between actors and institutions that follow their members by them, by hand."""

import math
from typing import Any

import pytest

from sim.model.plan import NO_FAULT, NO_VOTE, Plan, StartViews
from sim.model.rules.preparing import (
    GRAIN,
    write_delegations,
    write_salience,
    write_ties,
    write_weights,
)
from tests.plans import new_delegation, new_kind, new_plan, new_room, vote

FINE = (NO_FAULT, 0)


def test_political_weights_are_lined_up_and_added_up() -> None:
    room = new_room(saliences=[0.5, 0.25, 2.0])
    write_salience(room)
    assert room.saliences == [0.5, 0.25, 2.0]
    assert room.world[0].salience_total == 2.75


def test_political_weights_are_added_up_in_the_order_of_the_actors() -> None:
    """From the other end the small ones would not be lost."""
    room = new_room(saliences=[1.0, 2.0**-53, 2.0**-53])
    write_salience(room)
    assert room.world[0].salience_total == 1.0


@pytest.mark.parametrize(
    ("numbers", "weight"), [([9.0, 0.3, 0.7, 9.0], 0.7), ([9.0, 0.7, 0.3, 9.0], 0.7)]
)
def test_a_kind_of_tie_weighs_the_largest_of_its_numbers(
    numbers: list[float], weight: float
) -> None:
    """Numbers that are not its own do not count, here the first and the last."""
    kind = new_kind(least=0.1, first=1, last=3)
    room = new_room(weights=[math.nan])
    write_weights(numbers, new_plan(4, kinds=[kind], kind_numbers=[0, 1, 2, 3]), room)
    assert room.weights == [weight]


def test_a_kind_of_tie_weighs_no_less_than_its_least() -> None:
    kinds = [new_kind(least=0.5, first=0, last=1), new_kind(least=0.25)]
    room = new_room(weights=[math.nan] * 2)
    write_weights([0.4], new_plan(1, kinds=kinds, kind_numbers=[0]), room)
    assert room.weights == [0.5, 0.25]


def tied(by_salience: int, kinds: list[int], **given: Any) -> list[float]:
    """The ties of an actor to three others that weigh 1, 2 and 4; kinds weigh 0, 1 and 3."""
    room = new_room(
        saliences=[0.0] * 3, weights=given.get("weights", [0.0, 1.0, 3.0]), ties=[[9.0] * 3]
    )
    room.saliences[:] = [1.0, 2.0, 4.0]
    write_ties(new_plan(tie_kinds=[kinds], by_salience=[by_salience]), room)
    return list(room.ties[0])


def grains(*shares: float) -> list[float]:
    """Shares as ties hold them: rounded to grains."""
    return [round(share * GRAIN) / GRAIN for share in shares]


def test_ties_are_divided_by_their_sum() -> None:
    """By kind alone, 0 : 1 : 3."""
    assert tied(0, [0, 1, 2]) == [0.0, 0.25, 0.75]


def test_ties_by_salience_weigh_the_other_actor_as_well() -> None:
    """1·3 : 2·1 : 4·1."""
    assert tied(1, [2, 1, 1]) == grains(3 / 9, 2 / 9, 4 / 9)


@pytest.mark.parametrize("by_salience", [0, 1])
def test_ties_to_nobody_stay_zero(by_salience: int) -> None:
    assert tied(by_salience, [0, 0, 0]) == [0.0, 0.0, 0.0]


def test_weak_ties_are_divided_by_their_sum_as_well() -> None:
    assert tied(0, [0, 1, 1], weights=[0.0, 0.25]) == [0.0, 0.5, 0.5]


def test_ties_are_multiples_of_a_grain() -> None:
    """2^-30; thirds are none."""
    assert GRAIN == 2.0**30
    assert tied(0, [1, 1, 1]) == [round(2**30 / 3) / 2**30] * 3


@pytest.mark.parametrize(
    ("halves", "rounded"), [(1, 0), (3, 2), (5, 2), (7, 4), (1.001, 1), (2.999, 1)]
)
def test_ties_are_rounded_to_grains_and_halves_to_even(halves: float, rounded: int) -> None:
    """The sum is 1, so that the first share is a number of half grains exactly."""
    share = halves / 2 / GRAIN
    assert tied(0, [0, 1, 2], weights=[share, 1.0 - share, 0.0])[0] == rounded / GRAIN


def test_each_actor_has_its_own_ties() -> None:
    """The first by salience, the second by kind alone, the third with none."""
    plan = new_plan(tie_kinds=[[0, 1], [1, 1], [0, 0]], by_salience=[1, 0, 1])
    room = new_room(saliences=[0.0] * 2, weights=[0.0, 0.5], ties=[[9.0] * 2 for _ in range(3)])
    room.saliences[:] = [1.0, 3.0]
    write_ties(plan, room)
    assert room.ties == [[0.0, 1.0], [0.5, 0.5], [0.0, 0.0]]


def chamber(ties: list[float], **given: Any) -> tuple[Plan, StartViews]:
    """An institution, actor 1, with the bundle of words 2 and 3; members 0 and 2 at 4 and 6."""
    delegation = {"actor": 1, "word": 2, "length": 2, "first": 1, "last": 3, **given}
    plan = new_plan(
        delegations=[new_delegation(**delegation)],
        votes=[vote(2, word=0), vote(0, word=4), vote(2, word=6), vote(0, word=0)],
    )
    words = [9.0, 9.0, 7.0, 7.0, 10.0, 20.0, 30.0, 60.0, 9.0]
    return plan, new_room(words=words, ties=[[9.0] * 3, ties, [9.0] * 3])


@pytest.mark.parametrize("scale", [0.25, 0.5])
def test_an_institution_follows_the_mean_of_its_members_by_their_votes(scale: float) -> None:
    """1 : 3, whatever the votes add up to; (10 + 3·30)/4 and (20 + 3·60)/4."""
    plan, room = chamber([scale, 0.5, 3 * scale])
    assert write_delegations(plan, room) == FINE
    assert room.words.tolist() == [9.0, 9.0, 25.0, 50.0, 10.0, 20.0, 30.0, 60.0, 9.0]


def test_a_bundle_of_a_member_without_a_vote_does_not_count() -> None:
    plan, room = chamber([0.0, 0.5, 0.5])
    assert write_delegations(plan, room) == FINE
    assert room.words.tolist()[2:4] == [30.0, 60.0]


@pytest.mark.parametrize("last", [3, 1])
def test_an_institution_without_a_vote_is_refused_and_its_bundle_stays(last: int) -> None:
    """Whether its members have no ties to it or it has no members."""
    plan, room = chamber([0.0, 0.5, 0.0], last=last)
    assert write_delegations(plan, room) == (NO_VOTE, 0)
    assert room.words.tolist()[2:4] == [7.0, 7.0]


def test_the_first_institution_without_a_vote_is_told() -> None:
    """Those before it have followed."""
    plan, room = chamber([0.25, 0.5, 0.75])
    empty = new_delegation(actor=0, word=0, length=2)
    plan = plan._replace(delegations=[*plan.delegations, empty, empty])
    assert write_delegations(plan, room) == (NO_VOTE, 1)
    assert room.words.tolist()[:4] == [9.0, 9.0, 25.0, 50.0]


def test_an_institution_may_follow_one_that_followed_before() -> None:
    """Delegations are made in order."""
    plan, room = chamber([0.25, 0.5, 0.75])
    second = new_delegation(actor=2, word=0, length=1, first=4, last=5)
    plan = plan._replace(
        delegations=[*plan.delegations, second], votes=[*plan.votes, vote(1, word=2)]
    )
    assert write_delegations(plan, room) == FINE
    assert room.words.tolist()[:2] == [25.0, 9.0]
