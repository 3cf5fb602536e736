"""Before month 1: intercepts, capacities and references, by hand (model 5)."""

import math
from typing import Any

import pytest

from sim.model.rules.anchoring import anchor_actor, set_capacity, set_references, set_start
from sim.model.rules.engagement import value
from sim.model.state import State
from tests.states import near, state

DOMESTIC = 0.068 * 17_200 / 12


def starting(rung: int, **actor: Any) -> State:
    """An actor with a = .3, δ = .4, ρ = 2 and ρ̃ = .5, whose values are .3 - τ otherwise."""
    follows = {"stance": 0.3, "drift": 0.4, "reservation": 2.0}
    return state({}, [{"rung": rung, "follows": follows, "reservation_offset": 0.5, **actor}])


@pytest.mark.parametrize(
    ("rung", "alpha"),
    [
        (0, 0.4 - 0.3),
        (1, 0.4 - 0.3),
        (3, 0.4 - 0.3 + 0.5),
        (6, 0.4 - 0.3 + 2.1),
        (7, 0.1 + 3 + 2.5),
    ],
)
def test_the_starting_rung_is_worth_the_drift(rung: int, alpha: float) -> None:
    """5: α = δ - V(L), at 0 that of rung 1; V holds a, and ρ at rung 7."""
    s = starting(rung)
    anchor_actor(s.actors[0], s)
    assert s.actors[0].anchor == near(alpha)


def test_at_rung_0_the_next_rung_of_the_ladder_counts() -> None:
    """5: on the ladder 0 3 7 it is rung 3."""
    s = starting(0)
    s.world.rung_above = [3, 3, 3, 7, 7, 7, 7, 7]
    anchor_actor(s.actors[0], s)
    assert s.actors[0].anchor == near(0.4 - 0.3 + 0.5)


def test_peers_stay_outside_and_pull_from_the_first_month_on() -> None:
    """5: V(L) less w_P Λ_P P, so that after anchoring V(L) = δ + 2·.5·.75."""
    follows = {"stance": 0.3, "drift": 0.4, "weight_peers": 2.0}
    actors = [{"rung": 3, "follows": follows}, {"rung": 5}, {"rung": 2}]
    s = state({}, actors, ties=[[0, 0.75, 0.25], [0] * 3, [0] * 3])
    anchor_actor(s.actors[0], s)
    assert s.actors[0].anchor == near(0.6)
    assert value(s.actors[0], 3, s) == near(0.4 + 2.0 * 0.5 * 0.75)


def test_an_earlier_anchor_plays_no_part() -> None:
    """5: with α = 0, evaluate V."""
    s = starting(3, anchor=9.0)
    anchor_actor(s.actors[0], s)
    assert s.actors[0].anchor == near(0.6)


def test_the_cap_plays_no_part() -> None:
    """5: cap plays no part."""
    s = starting(4, cap=4)
    anchor_actor(s.actors[0], s)
    assert s.actors[0].anchor == near(0.4 - 0.3 + 0.75)


def test_no_rung_of_a_month_that_is_yet_to_come_plays_a_part() -> None:
    """5: L is the rung of the start, here 3."""
    s = starting(3, next_rung=7)
    anchor_actor(s.actors[0], s)
    assert s.actors[0].anchor == near(0.6)


def donor(score: float, relief: float, development: float) -> Any:
    """A donor of 90 and 120 a year with these conditionalities, after its capacities are set."""
    follows = {"relief_conditionality": relief, "development_conditionality": development}
    given = {"score": score, "relief_capacity": 90.0, "development_capacity": 120.0}
    s = state({}, [{**given, "follows": follows}])
    set_capacity(s.actors[0], s)
    return s.actors[0]


def test_capacity_is_the_flow_before_its_conditions() -> None:
    """5: H0/max(.05, 1-χ^h (1-C)) = 90/.9 and D0/.6, with C = .5; f^h, f^d at these shares."""
    actor = donor(0.5, 0.2, 0.8)
    assert (actor.relief_capacity, actor.development_capacity) == near((100.0, 200.0))
    assert (actor.relief_share, actor.development_share) == near((0.9, 0.6))


def test_no_capacity_is_inferred_from_less_than_a_twentieth() -> None:
    """5: max(.05, …), while the shares themselves start at 1 - χ (1-C) = 0 and .04."""
    actor = donor(0.0, 1.0, 0.96)
    assert (actor.relief_capacity, actor.development_capacity) == near((1800.0, 2400.0))
    assert (actor.relief_share, actor.development_share) == near((0.0, 0.04))


def references(**world: Any) -> Any:
    """The references of a start with two donors and hosts; EMP is 0."""
    one = {
        "rung": 1,
        "relief_capacity": 120.0,
        "relief_budget": 2.3,
        "relief_share": 0.5,
        "development_capacity": 240.0,
        "development_share": 0.5,
        "trade_capacity": 9600.0,
        "refugees": 2.0,
        "follows": {"return_rate": 0.01},
    }
    other = {**one, "rung": 0, "refugees": 1.0, "follows": {"return_rate": 0.002}}
    stale = {"trade_start": 9.0, "development_start": 9.0, "returns_start": 9.0}
    s = state({**stale, "refugees_start": 9.0, **world}, [one, other])
    set_references(s)
    return s.world


def test_the_references_are_the_flows_of_the_start() -> None:
    """5: ΣT₀ = 2·9600/12; ΣD₀ = 240·.5/12 (1 + .3); ΣRet₀ = .02 + .002; ΣRf₀ = 3."""
    world = references()
    found = (world.trade_start, world.development_start, world.returns_start, world.refugees_start)
    assert found == near((1600.0, 13.0, 0.022, 3.0))


def test_need_and_hunger_rest_where_hardship_has_passed() -> None:
    """5: n_rest = n/f(v₀), food_rest = food₀/f(v₀), with v₀ = .35."""
    world = references(need=0.61, hunger_start=0.48, hardship=0.35)
    factor = 1.0 + math.tanh(0.35)
    assert world.hardship_factor == near(factor)
    assert (world.need_rest, world.hunger_rest) == near((0.61 / factor, 0.48 / factor))


def test_the_delivery_of_the_start_counts_the_carry_over() -> None:
    """5: Del₀ = acc₀ (Σ Hmax φ₀ f^h/12 + K₀/12) = .65 (2·11.5 + 20), no noise, season 1."""
    assert references(carry_over=240.0).delivered_start == near(0.65 * 43.0)


def test_revenue_and_stress_at_the_start() -> None:
    """5: Rev₀ = 12 (customs ΣT₀ + domrate Ȳ/12); 2: m by formula 7.11, Need = 250."""
    world = references()
    monthly = 0.145 * 1600 + DOMESTIC
    assert world.revenue_start == near(12 * monthly)
    assert world.stress == near(max(0.0, 0.15 + 3 * (1 - monthly / 250)))
    assert world.access == near(0.65)


def test_stress_at_the_start_is_positive_where_trade_is_small() -> None:
    """2: formula 7.11 at start, here without any trade."""
    s = state()
    set_references(s)
    assert s.world.stress == 1.0
    s.parameters[0].revenue_need = 100.0
    set_references(s)
    assert s.world.stress == near(0.15 + 3 * (1 - DOMESTIC / 100))


def test_the_start_is_observed_anchored_and_reported() -> None:
    """5: V at S₀ with C from the levels: w_R = 1 gives V = .5 Λ_3 more."""
    follows = {
        "issue_weights": [1.0, 0, 0, 0, 0, 0],
        "weight_rights": 1.0,
        "relief_conditionality": 0.2,
    }
    actor = {"rung": 3, "follows": follows, "relief_capacity": 90.0}
    world = {"level": [2, 4, 0, 0, 0, 0], "calendar": 1, "hunger_start": 0.4, "gdp": 90.0}
    s = state(world, [actor])
    set_start(s)
    assert s.actors[0].score == near(0.5)
    assert s.actors[0].anchor == near(-(0.5 * 0.5 - 0.5))
    assert s.actors[0].relief_capacity == near(100.0)
    assert s.world.delivered_start == near(7.5)
    assert (s.world.food_insecure, s.world.unemployment) == near((0.4 * 1.085, 0.23))
