"""Budgets, pledges, carry-over, delivery and the appeal, by hand (model 7.8)."""

import math
from typing import Any

import pytest

from sim.model.rules.relief import (
    access,
    conditional_share,
    deliver_relief,
    pledge_relief,
    reset_appeal,
    season_factor,
    update_relief_budget,
    update_slow_budget,
)
from sim.model.state import State
from tests.states import draws, near, state


@pytest.mark.parametrize(("score", "share"), [(0.0, 0.25), (0.5, 0.625), (1.0, 1.0)])
def test_conditions_hold_back_what_the_score_misses(score: float, share: float) -> None:
    """7.8: 1 - χ (1-C), with χ = .75."""
    assert conditional_share(0.75, score) == share


@pytest.mark.parametrize(("level", "share"), [(0, 0.65), (1, 0.7375), (4, 1.0)])
def test_bans_on_women_aid_workers_lower_access(level: int, share: float) -> None:
    """7.8: acc = 1 - .35 (1 - x_EMP/4); the other issues do not count."""
    assert access(state({"level": [3, level, 3, 3, 3, 3]})) == near(share)


def appeal(calendar: int, pledged: float = 40.0, required: float = 100.0) -> State:
    """An appeal at 170 dollars a person, after the reset of a month of the year, if any."""
    world = {"price": 170.0, "appeal_pledged": pledged, "appeal_required": required}
    s = state({"calendar": calendar, **world})
    reset_appeal(s)
    return s


def test_a_squeeze_falls_on_people_and_on_the_price() -> None:
    """7.8: F = 1 - .18 (1 - .4) = .892; reach ← reach F^.4, c ← c F/F^.4, here from reach .5."""
    world = {"price": 170.0, "appeal_pledged": 40.0, "appeal_required": 100.0, "reach": 0.5}
    s = state({"calendar": 1, **world})
    reset_appeal(s)
    assert s.world.reach == near(0.5 * 0.892**0.4)
    assert s.world.price == near(170.0 * 0.892**0.6)


@pytest.mark.parametrize("calendar", [1, 7])
def test_the_price_shrinks_with_the_gap_in_january_and_july(calendar: int) -> None:
    """7.8: c ← c F/F^.4, F = 1 - .18 (1 - .4) = .892; both sums restart at 0."""
    world = appeal(calendar).world
    assert world.price == near(170.0 * 0.892**0.6)
    assert (world.appeal_pledged, world.appeal_required) == (0.0, 0.0)


@pytest.mark.parametrize("calendar", [2, 3, 4, 5, 6, 8, 9, 10, 11, 12])
def test_in_other_months_nothing_is_reset(calendar: int) -> None:
    """7.8: reset in step 3 of each January and July."""
    world = appeal(calendar).world
    assert (world.price, world.appeal_pledged, world.appeal_required) == (170.0, 40.0, 100.0)
    assert world.reach == 1.0


@pytest.mark.parametrize("pledged", [100.0, 150.0])
def test_a_covered_appeal_keeps_its_price(pledged: float) -> None:
    """7.8: 1 - ϑ (1 - min(cov, 1))."""
    assert appeal(1, pledged=pledged).world.price == 170.0


def test_a_reset_before_anything_was_required_keeps_the_price() -> None:
    """7.8: if accR > 0."""
    world = appeal(7, required=0.0).world
    assert (world.price, world.appeal_pledged) == (170.0, 0.0)


def test_a_small_appeal_shrinks_the_price_too() -> None:
    """7.8: F = 1 - .18 (1 - .2/.5); the guard is at 0 alone."""
    assert appeal(7, pledged=0.2, required=0.5).world.price == near(170.0 * 0.892**0.6)


def test_the_price_has_a_floor() -> None:
    """7.8: max(c_min, …), c_min = 60."""
    s = state({"calendar": 1, "price": 61.0, "appeal_required": 100.0})
    reset_appeal(s)
    assert s.world.price == 60.0


def test_one_reset_takes_no_more_than_half() -> None:
    """7.8: clip(…, .5, 1), here with ϑ = .9, nothing pledged and the price bearing all."""
    s = state(
        {"calendar": 1, "price": 170.0, "appeal_required": 100.0},
        parameters={"requirement_squeeze": 0.9, "squeeze_on_people": 0.0},
    )
    reset_appeal(s)
    assert s.world.price == 85.0


@pytest.mark.parametrize(("calendar", "factor"), [(11, 1.25), (5, 0.75), (2, 1.0), (8, 1.0)])
def test_pledges_peak_in_november(calendar: int, factor: float) -> None:
    """7.8: seas = 1 + .25 cos(2π(θ-11)/12)."""
    assert season_factor(state({"calendar": calendar})) == near(factor)


def test_the_season_runs_on_over_the_turn_of_the_year() -> None:
    """7.8: December and October, January and September are as far from November."""
    factor = {month: season_factor(state({"calendar": month})) for month in (1, 9, 10, 12)}
    assert factor[12] == near(1 + 0.25 * math.cos(math.pi / 6))
    assert factor[12] == near(factor[10])
    assert factor[1] == near(1.125)
    assert factor[1] == near(factor[9])


DONOR = {
    "relief_capacity": 240.0,
    "relief_budget": 0.9,
    "money": 0.5,
    "relief_share": 0.8,
}


def pledged(drawn: float = 0.5, calendar: int = 2, **world: Any) -> float:
    """The pledge of one donor."""
    s = state({"calendar": calendar, **world}, [DONOR])
    pledge_relief(s, draws(s, pledge=drawn))
    return float(s.actors[0].pledged)


def test_a_pledge_follows_capacity_money_and_conditions() -> None:
    """7.8: Hmax/12 φ money f^h = 20·.9·.5·.8, with no season and ε = .7 + .6·.5 = 1."""
    assert pledged() == near(7.2)


@pytest.mark.parametrize(("drawn", "noise"), [(0.0, 0.7), (0.25, 0.85), (1.0, 1.3)])
def test_pledges_are_noisy(drawn: float, noise: float) -> None:
    """7.8: ε = .7 + .6 u."""
    assert pledged(drawn) == near(7.2 * noise)


def test_pledges_follow_the_season() -> None:
    """7.8: seas is 1.25 in November."""
    assert pledged(calendar=11) == near(9.0)


def test_pledges_follow_need_by_its_root() -> None:
    """7.8: (n/n₀)^.5 = (.72/.5)^.5 = 1.2."""
    assert pledged(need=0.72) == near(8.64)


def test_a_scenario_may_scale_relief_and_pledges_add_up_anew_each_month() -> None:
    """9: flow factor H; 10, invariant 7: totals equal the sum of actor flows."""
    s = state(
        {"calendar": 2, "pledged": 99.0}, [DONOR, {**DONOR, "follows": {"relief_factor": 2.0}}]
    )
    pledge_relief(s, draws(s, pledge=[0.5, 0.0]))
    assert [actor.pledged for actor in s.actors] == near([7.2, 10.08])
    assert s.world.pledged == near(17.28)


def delivering(**world: Any) -> Any:
    """An aid system with 100 pledged and 240 carried over, at access .65."""
    s = state({"pledged": 100.0, "carry_over": 240.0, "price": 170.0, "need": 0.7, **world})
    deliver_relief(s)
    return s.world


def test_a_twelfth_of_the_carry_over_is_spent_with_the_pledges() -> None:
    """7.8: Del = acc (ΣH + K/12) = .65·120; K ← K + ΣH - Del."""
    world = delivering()
    assert (world.access, world.delivered, world.next_carry_over) == near((0.65, 78.0, 262.0))


def test_the_carry_over_stays_positive() -> None:
    """10, invariant 4: K ≥ 0, here where a donor takes back what was promised."""
    assert delivering(pledged=-300.0, carry_over=0.0, level=[0] * 6).next_carry_over == 0.0


def test_the_requirement_is_price_times_target_times_need_times_people() -> None:
    """7.8: Req = c f(s_C)·target·reach·n·pop/12 = 170·1.2·.73·.9·.7·40/12."""
    required = delivering(appeal_factor=1.2, reach=0.9).required
    assert required == near(170.0 * 1.2 * 0.73 * 0.9 * 0.7 * 40.0 / 12.0)


def test_pledges_and_requirements_add_up_since_the_reset() -> None:
    """7.8: cov = accH/accR over the months since the last reset."""
    world = delivering(appeal_pledged=11.0, appeal_required=22.0)
    required = 170.0 * 0.73 * 0.7 * 40.0 / 12.0
    assert (world.next_appeal_pledged, world.next_appeal_required) == near((111.0, 22.0 + required))


@pytest.mark.parametrize(("before", "after"), [(1.0, 0.992), (0.5, 0.496), (0.351, 0.35)])
def test_donors_tire_down_to_a_floor(before: float, after: float) -> None:
    """7.8: Ψ ← max(Ψ (1-.008), .35)."""
    s = state({"slow_budget": before})
    update_slow_budget(s)
    assert s.world.next_slow_budget == near(after)


def test_without_fatigue_the_slow_budget_stays_within_one() -> None:
    """2: Ψ in .35 to 1."""
    s = state({"slow_budget": 1.5}, parameters={"fatigue": 0.0})
    update_slow_budget(s)
    assert s.world.next_slow_budget == 1.0


@pytest.mark.parametrize(("before", "after"), [(14, 13), (1, 0), (0, 0)])
def test_the_attention_window_runs_down(before: int, after: int) -> None:
    """7.8: att ← max(att-1, 0)."""
    s = state({"attention": before})
    update_slow_budget(s)
    assert s.world.next_attention == after


def budget_after(world: dict[str, Any], **actor: Any) -> Any:
    """A donor at the end of a month, from φ = 2.3 with Ψ = .9 unless given."""
    s = state({"slow_budget": 0.9, **world}, [{"relief_budget": 2.3, **actor}])
    update_relief_budget(s.actors[0], s.parameters[0], s)
    return s.actors[0]


@pytest.mark.parametrize(("attention", "budget"), [(14, 2.272), (1, 2.272), (0, 1.81)])
def test_a_surge_holds_while_attention_lasts_and_lapses_then(attention: int, budget: float) -> None:
    """7.8: φ + ν (Ψ-φ), ν = .02 while att > 0 in S, .35 after: 2.3 - .02·1.4 and 2.3 - .35·1.4."""
    assert budget_after({"attention": attention}).next_relief_budget == near(budget)


def test_a_quake_lifts_relief_budgets() -> None:
    """7.8: + .20 quake."""
    assert budget_after({"quake": 1}).next_relief_budget == near(2.01)


@pytest.mark.parametrize(("drought", "budget"), [(0.51, 1.825), (0.5, 1.81)])
def test_a_severe_drought_lifts_relief_budgets(drought: float, budget: float) -> None:
    """7.8: + .015 · 1[dr > .5]."""
    assert budget_after({"drought": drought}).next_relief_budget == near(budget)


def test_a_relief_budget_is_never_negative() -> None:
    """2: φ ≥ 0."""
    assert budget_after({}, relief_budget=-9.0).next_relief_budget == 0.0


def test_a_cut_budget_recovers_by_a_hundredth_of_the_gap() -> None:
    """7.8: cut ← cut + .01 (1-cut)."""
    assert budget_after({}, budget_cut=0.4).next_budget_cut == near(0.406)


def test_relief_and_development_adjust_to_the_conditions() -> None:
    """7.8, 7.9: f^h + .2 (1-χ^h (1-C)-f^h), f^d + .12 (1-χ^d (1-C)-f^d), with C = .25."""
    follows = {"relief_conditionality": 0.4, "development_conditionality": 0.8}
    actor = budget_after({}, score=0.25, relief_share=0.9, development_share=0.6, follows=follows)
    assert actor.next_relief_share == near(0.9 + 0.2 * (0.7 - 0.9))
    assert actor.next_development_share == near(0.6 + 0.12 * (0.4 - 0.6))


@pytest.mark.parametrize(("before", "held"), [(9.0, 1.0), (-9.0, 0.0)])
def test_factors_of_a_budget_are_shares(before: float, held: float) -> None:
    """2: f^h, f^d and cut in 0 to 1."""
    actor = budget_after({}, relief_share=before, development_share=before, budget_cut=before)
    shares = (actor.next_relief_share, actor.next_development_share, actor.next_budget_cut)
    assert shares == (held, held, held)
