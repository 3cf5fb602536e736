"""Offers and threats by hand: liveness, distance, belief, pull, resistance (model 7.5a)."""

from typing import Any

import pytest

from sim.model.rules.offers import belief, is_live, nearness, pull, resistance
from sim.model.state import State
from sim.model.vocab import Quantity
from tests.states import near, new_clause, new_condition, new_deal, new_part, state

KNOWN = {
    "offer_talk": 0.5,
    "offer_nearness": 0.3,
    "offer_doubt": 0.5,
    "threat_loss": 2.0,
    "resistance_weight": 1.5,
}
ACTORS = [
    {
        "salience": 3.0,
        "belief": 0.8,
        "domestic_salience": 0.6,
        "follows": {"reward_credibility": 0.4},
    },
    {
        "salience": 1.0,
        "belief": 1.0,
        "domestic_salience": 0.2,
        "follows": {"reward_credibility": 0.2},
    },
]


def on_issue(issue: int, low: float, high: float = 4.0, condition: int = 0) -> Any:
    return new_clause(
        condition=condition, quantity=Quantity.LEVEL, target=issue, low=low, high=high
    )


def offering(parts: list[Any], clauses: list[Any], **given: Any) -> State:
    """Two actors, one pool held by both, and one offer; all levels are 1 but that of issue 1, 3."""
    offer = new_condition(**{"announced": 1, "last": 60, **given})
    world = {"level": [1, 3, 1, 1, 1, 1], "month": 6, "hard_line": 0.5}
    return state(
        world,
        ACTORS,
        pools=[{}],
        vetoes=[[1, 1]],
        parameters=KNOWN,
        conditions=[offer],
        clauses=clauses,
        parts=parts,
    )


@pytest.mark.parametrize(
    ("given", "live"),
    [
        ({}, True),
        ({"announced": 0}, False),
        ({"broken": 1}, False),
        ({"first": 7}, False),
        ({"first": 6}, True),
        ({"last": 5}, False),
        ({"last": 6}, True),
        ({"lasting": 1}, True),
        ({"lasting": 1, "met": 5}, False),
        ({"lasting": 0, "met": 5}, True),
    ],
)
def test_an_offer_stands_in_its_months_until_it_is_given_or_broken(
    given: dict[str, int], live: bool
) -> None:
    s = offering([], [], **given)
    assert is_live(s.conditions[0], s) is live


@pytest.mark.parametrize(
    ("clauses", "issue", "moved", "expected"),
    [
        ([on_issue(0, 3)], 0, 0, 0.09),
        ([on_issue(0, 3)], 0, 1, 0.3),
        ([on_issue(0, 3)], 0, -1, 0.027),
        ([on_issue(0, 3)], 1, 1, 0.09),
        ([on_issue(0, 1)], 0, 0, 1.0),
        ([on_issue(0, 1.5)], 0, 0, 0.3),
        ([on_issue(1, 0, 1.5)], 1, 0, 0.09),
        ([on_issue(0, 2), on_issue(1, 4)], 0, 0, 0.09),
        ([on_issue(0, 2, condition=1)], 0, 0, 1.0),
        ([on_issue(0, 2), new_clause(quantity=Quantity.NEED, low=0.5)], 0, 0, 0.3),
        ([on_issue(0, 2), new_clause(quantity=Quantity.NEED, low=0.6)], 0, 0, 0.0),
        ([on_issue(0, 2), new_clause(quantity=Quantity.NEED, high=0.4)], 0, 0, 0.0),
    ],
)
def test_each_step_on_the_way_takes_its_share(
    clauses: list[Any], issue: int, moved: int, expected: float
) -> None:
    s = offering([], clauses)
    assert nearness(0, issue, moved, s.parameters[0], s) == near(expected)


@pytest.mark.parametrize(
    ("part", "given", "expected"),
    [
        ({"actor": 0, "worth": 0.1}, {}, 0.5 * 0.4 * 0.8 * (1 - 0.5 * 0.6)),
        ({"actor": 1, "worth": 0.1}, {}, 0.5 * 0.2 * 1.0 * (1 - 0.5 * 0.2)),
        ({"actor": 0, "worth": -0.1}, {}, 0.5 * 0.8 * (1 - 0.5 * 0.4)),
        ({"actor": 0, "worth": 0.1}, {"credibility": 0.9}, 0.9 * 0.8),
        ({"actor": 0, "worth": -0.1}, {"credibility": 0.0}, 0.0),
        ({"pool": 0, "worth": 0.1}, {}, 0.5 * 0.2 * 1.0 * (1 - 0.5 * 0.2)),
        ({"pool": 0, "worth": 0.1}, {"credibility": 0.9}, 0.9 * 0.8),
        ({"actor": 0, "worth": 0.0}, {}, 0.0),
    ],
)
def test_belief_in_a_part_is_that_in_its_least_credible_actor(
    part: dict[str, float], given: dict[str, float], expected: float
) -> None:
    own = new_part(**part)
    s = offering([own], [on_issue(0, 3)], **given)
    assert belief(own, s.parameters[0], s) == near(expected)


def test_a_pull_is_a_difference_of_nearness_times_what_is_believed() -> None:
    """Two of the parts promise, one threatens and counts double."""
    parts = [
        new_part(actor=0, worth=0.3),
        new_part(actor=1, worth=-0.1),
        new_part(pool=0, worth=0.2),
        new_part(condition=1, actor=0, worth=9.0),
    ]
    s = offering(parts, [on_issue(0, 3)], credibility=0.5)
    believed = 0.3 * 0.5 * 0.8 - 2.0 * 0.1 * 0.5 * 1.0 + 0.2 * 0.5 * 0.8
    assert pull(0, 1, 0, s.parameters[0], s) == near(believed * (0.3 - 0.09))
    assert pull(0, 0, -1, s.parameters[0], s) == near(believed * (0.09 - 0.027))
    assert pull(1, 1, 0, s.parameters[0], s) == 0.0


def test_what_is_not_live_does_not_pull() -> None:
    s = offering([new_part(actor=0, worth=0.3)], [on_issue(0, 3)], first=7)
    assert pull(0, 1, 0, s.parameters[0], s) == 0.0


def test_over_a_path_the_pulls_add_up_to_what_was_offered() -> None:
    s = offering([new_part(actor=0, worth=0.3)], [on_issue(0, 4)], credibility=1.0)
    total = 0.0
    for level in range(4):
        s.world.level[0] = level
        total += pull(0, 1, 0, s.parameters[0], s)
    assert total == near(0.3 * 0.8 * (1.0 - 0.3**4))


@pytest.mark.parametrize(
    ("parts", "given", "share"),
    [
        ([{"actor": 0, "worth": -0.1}], {}, 0.75),
        ([{"actor": 0, "worth": -0.1}, {"actor": 0, "worth": -0.2}], {}, 0.75),
        ([{"actor": 1, "worth": -0.1}], {}, 0.25),
        ([{"pool": 0, "worth": -0.1}], {}, 1.0),
        ([{"actor": 0, "worth": 0.1}], {}, 0.0),
        ([{"actor": 0, "worth": -0.1}], {"broken": 1}, 0.0),
    ],
)
def test_resistance_grows_with_the_weight_of_those_who_threaten(
    parts: list[dict[str, Any]], given: dict[str, int], share: float
) -> None:
    s = offering([new_part(**part) for part in parts], [on_issue(0, 3)], **given)
    cost = s.parameters[0].ideological_cost[0]
    assert resistance(0, s.parameters[0], s) == near(1.5 * cost * 0.5 * share)
    assert resistance(1, s.parameters[0], s) == 0.0


def test_a_threat_over_another_issue_is_not_resisted_on_this_one() -> None:
    s = offering([new_part(actor=0, worth=-0.1)], [on_issue(1, 4)])
    assert resistance(0, s.parameters[0], s) == 0.0
    s.clauses[0].quantity = Quantity.RUNG
    assert resistance(1, s.parameters[0], s) == 0.0


@pytest.mark.parametrize(
    ("paid", "recoverable", "counts"), [(1, 0.0, True), (2, 0.0, False), (2, 5.0, True)]
)
def test_a_deal_counts_until_all_is_paid_and_nothing_can_be_taken_back(
    paid: int, recoverable: float, counts: bool
) -> None:
    s = offering([new_part(pool=0, worth=0.2, deal=0)], [on_issue(0, 2.0)])
    s = s._replace(deals=[new_deal(months=2, instalments=paid, recoverable=recoverable)])
    assert (pull(0, 1, 0, s.parameters[0], s) > 0.0) is counts
