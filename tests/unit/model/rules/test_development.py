"""Development money, by hand (model 7.9)."""

import pytest

from sim.model.rules.development import contact_factor, development_money, disburse_development
from tests.states import near, state

DONOR = {
    "rung": 1,
    "development_capacity": 120.0,
    "development_share": 0.5,
    "money": 0.5,
    "relief_budget": 2.3,
}


@pytest.mark.parametrize(("rung", "share"), [(0, 0.3), (1, 1.0), (7, 1.0)])
def test_contact_opens_development_money(rung: int, share: float) -> None:
    """7.9: 1 if L ≥ 1, else .3."""
    assert contact_factor(rung, 0.3) == share


@pytest.mark.parametrize(("rung", "money"), [(1, 2.0), (0, 0.6)])
def test_development_money_follows_the_slow_budget_the_cut_and_the_conditions(
    rung: int, money: float
) -> None:
    """7.9: Dmax/12 Ψ cut f^d (1 or .3) = 10·.8·.5·.5; φ, the surge of relief, bears on it not."""
    s = state({"slow_budget": 0.8}, [{**DONOR, "rung": rung}])
    assert development_money(s.actors[0], s) == near(money)


def test_a_scenario_may_scale_development_money() -> None:
    """9: flow factor D."""
    s = state({"slow_budget": 0.8}, [{**DONOR, "follows": {"development_factor": 1.5}}])
    assert development_money(s.actors[0], s) == near(3.0)


def test_development_money_adds_up_over_actors_and_is_counted_anew_each_month() -> None:
    """7.9: Σ D; the months before do not count."""
    world = {"slow_budget": 0.8, "development": 99.0, "development_on_budget": 99.0}
    s = state(world, [DONOR, {**DONOR, "rung": 0}])
    disburse_development(s)
    assert [actor.development for actor in s.actors] == near([2.0, 0.6])
    assert (s.world.development, s.world.development_on_budget) == near((2.6, 0.0))


def test_only_institutions_at_recognition_pay_on_budget() -> None:
    """7.9: Σ D over institutions with L = 7."""
    actors = [
        {**DONOR, "rung": 7, "institution": 1},
        {**DONOR, "rung": 7},
        {**DONOR, "rung": 6, "institution": 1, "money": 1.0},
    ]
    s = state({"slow_budget": 0.8}, actors)
    disburse_development(s)
    assert (s.world.development, s.world.development_on_budget) == near((8.0, 2.0))
