"""Hardship, hunger, refugees, population, need and health, by hand (model 7.11)."""

import math
from typing import Any

import pytest

from sim.model.rules.people import (
    update_food_insecurity,
    update_hardship,
    update_health,
    update_need,
    update_refugees,
)
from sim.model.state import State
from tests.states import near, state


@pytest.mark.parametrize(
    ("world", "hardship"),
    [
        ({}, 0.2),
        ({"gdp": 90.0}, 0.3),
        ({"population": 50.0}, 0.4),
        ({"delivered": 50.0}, 0.25),
        ({"delivered": 100.0, "humanitarian_window": 50.0}, 0.15),
    ],
    ids=["swing", "output", "population", "delivery", "window"],
)
def test_hardship_follows_chance_income_and_delivery(
    world: dict[str, Any], hardship: float
) -> None:
    """7.11: x = s_X - 1.0 (gpc-1) - .10 ((Del+hw)/Del₀ - 1), with s_X = .2."""
    s = state({"hardship_swing": 0.2, "delivered": 100.0, "delivered_start": 100.0, **world})
    update_hardship(s)
    assert s.world.hardship == near(hardship)
    assert s.world.hardship_factor == near(1.0 + math.tanh(hardship))


def test_without_delivery_at_the_start_delivery_says_nothing_about_hardship() -> None:
    """7.11: the last term is 0 if Del₀ = 0."""
    s = state({"hardship_swing": 0.2, "delivered": 100.0, "delivered_start": 0.0})
    update_hardship(s)
    assert s.world.hardship == 0.2


def test_little_delivery_at_the_start_counts_as_any_other() -> None:
    """7.11: .10 (.75/.5 - 1); the guard is at 0 alone."""
    s = state({"hardship_swing": 0.2, "delivered": 0.75, "delivered_start": 0.5})
    update_hardship(s)
    assert s.world.hardship == near(0.15)


@pytest.mark.parametrize(("calendar", "share"), [(1, 0.3906), (7, 0.3294), (4, 0.36), (10, 0.36)])
def test_hunger_is_greatest_in_january_and_least_in_july(calendar: int, share: float) -> None:
    """7.11: food_rest (1 + .085 cos(2π(θ-1)/12)) f(x), with .3 and 1.2; need has no part in it."""
    s = state({"need": 0.9, "calendar": calendar, "hardship_factor": 1.2})
    update_food_insecurity(s)
    assert s.world.food_insecure == near(share)


def test_a_month_after_its_peak_hunger_follows_the_cosine() -> None:
    """7.11: cos(2π/12) in February."""
    s = state({"calendar": 2})
    update_food_insecurity(s)
    assert s.world.food_insecure == near(0.3 * (1 + 0.085 * math.cos(math.pi / 6)))


def test_drought_adds_to_hunger() -> None:
    """7.11: + .10 dr."""
    s = state({"calendar": 4, "drought": 0.5})
    update_food_insecurity(s)
    assert s.world.food_insecure == near(0.35)


def test_hunger_is_a_share() -> None:
    """7.11: clip(…, 0, 1)."""
    s = state({"drought": 20.0})
    update_food_insecurity(s)
    assert s.world.food_insecure == 1.0


def hosts(**world: Any) -> State:
    """Two hosts, with 3 and 1 m refugees at the start and 2 and 1 m now, and one that is none."""
    actors = [
        {"refugees": 2.0, "refugees_start": 3.0, "follows": {"return_rate": 0.01}},
        {"refugees": 1.0, "refugees_start": 1.0, "follows": {"return_rate": 0.0}},
        {"refugees": 0.0, "follows": {"return_rate": 0.5}},
    ]
    s = state({"refugees_start": 4.0, "population": 40.0, **world}, actors)
    update_refugees(s)
    return s


def test_people_leave_for_the_hosts_by_their_shares_at_the_start() -> None:
    """7.11: Out = e₀ Rf₀/ΣRf₀ = .020·3/4 and .020·1/4 where hunger is ordinary."""
    s = hosts(food_insecure=0.35)
    assert [actor.departed for actor in s.actors] == near([0.015, 0.005, 0.0])
    assert s.world.departed == near(0.020)


def test_hunger_makes_more_people_leave() -> None:
    """7.11: 1 + 2 max(0, food-.35), here 1.2; below .35 nothing is taken off."""
    assert hosts(food_insecure=0.45).world.departed == near(0.024)
    assert hosts(food_insecure=0.10).world.departed == near(0.020)


def test_refugees_return_at_the_rate_of_their_host() -> None:
    """7.11: Ret = min(ret, 1) Rf."""
    s = hosts()
    assert [actor.returned for actor in s.actors] == near([0.02, 0.0, 0.0])
    assert s.world.returned == near(0.02)


@pytest.mark.parametrize(("rate", "share"), [(0.01, 0.08), (0.2, 1.0)])
def test_a_host_that_expels_sends_eight_times_as_many_home(rate: float, share: float) -> None:
    """7.11: Ret = min(8 ret, 1) Rf."""
    actor = {"refugees": 2.0, "expelling": 1, "follows": {"return_rate": rate}}
    s = state({"refugees_start": 2.0}, [actor])
    update_refugees(s)
    assert s.actors[0].returned == near(2.0 * share)


def test_no_more_refugees_return_than_are_there() -> None:
    """7.11: min(ret, 1), also where a scenario scales the rate beyond."""
    s = state({"refugees_start": 2.0}, [{"refugees": 2.0, "follows": {"return_rate": 1.5}}])
    update_refugees(s)
    assert s.actors[0].returned == 2.0
    assert s.actors[0].next_refugees == near(0.02)


def test_stocks_of_refugees_gain_arrivals_and_lose_returns() -> None:
    """7.11: Rf ← Rf + Out - Ret."""
    s = hosts()
    assert [actor.next_refugees for actor in s.actors] == near([1.995, 1.005, 0.0])


def test_who_hosted_nobody_at_the_start_is_no_host() -> None:
    """7.11: hosts = actors with Rf₀ > 0."""
    s = state({"refugees_start": 4.0}, [{"refugees": 1.0, "refugees_start": 0.0}])
    s.policies[0].return_rate = 0.5
    update_refugees(s)
    assert (s.world.departed, s.world.returned, s.actors[0].next_refugees) == (0.0, 0.0, 1.0)


def test_the_population_grows_and_gains_returns_and_loses_departures() -> None:
    """7.11: pop (1 + .024/12) + ΣRet - ΣOut = 40.08 + .02 - .02·1.2."""
    assert hosts(food_insecure=0.45).world.next_population == near(40.076)


def test_the_population_stays_positive() -> None:
    """2: pop > 0."""
    s = state({"refugees_start": 1.0, "population": 0.0}, [{"refugees": 1.0}])
    update_refugees(s)
    assert 0.0 < s.world.next_population < 0.001


def test_last_month_s_movements_are_forgotten() -> None:
    """3: flows are those of this month."""
    s = state(
        {"refugees_start": 1.0, "departed": 9.0, "returned": 9.0},
        [{"departed": 9.0, "returned": 9.0}],
    )
    update_refugees(s)
    assert (s.world.departed, s.world.returned) == (0.0, 0.0)
    assert (s.actors[0].departed, s.actors[0].returned) == (0.0, 0.0)


def need_after(**world: Any) -> float:
    """Need at the end of a month that began at .5; without hardship it would be .56."""
    s = state({"need": 0.5, "need_rest": 0.56, **world})
    update_need(s)
    return float(s.world.next_need)


def test_need_relaxes_to_its_rest() -> None:
    """7.11: n + .06 (n_rest - n)."""
    assert need_after() == near(0.5 + 0.06 * 0.06)


@pytest.mark.parametrize(
    ("world", "target"),
    [
        ({"hardship_factor": 1.2}, 0.56 * 1.2),
        ({"drought": 0.5}, 0.56 + 0.06),
        ({"quake": 1}, 0.56 + 0.10),
        ({"returned": 0.12, "returns_start": 0.04}, 0.56 + 0.5 * 12 * 0.08 / 40),
        ({"returned": 0.01, "returns_start": 0.04}, 0.56),
    ],
    ids=["hardship", "drought", "quake", "returns", "few"],
)
def test_need_follows_what_drives_it(world: dict[str, Any], target: float) -> None:
    """7.11: n_rest f(x) + .12 dr + .10 quake + rs, one at a time."""
    assert need_after(**world) == near(0.5 + 0.06 * (target - 0.5))


@pytest.mark.parametrize(("drought", "target"), [(9.0, 0.95), (-9.0, 0.15)])
def test_the_target_of_need_is_held_within_its_bounds(drought: float, target: float) -> None:
    """7.11: clip(…, .15, .95)."""
    assert need_after(drought=drought) == near(0.5 + 0.06 * (target - 0.5))


@pytest.mark.parametrize(("need", "held"), [(2.0, 0.95), (0.0, 0.15)])
def test_need_is_held_within_its_bounds(need: float, held: float) -> None:
    """2: n in .15 to .95."""
    assert need_after(need=need) == held


def health_after(**world: Any) -> float:
    """Health at the end of a month that began at .35."""
    given = {"health": 0.35, "required": 400.0, "development_start": 100.0}
    s = state({**given, **world})
    update_health(s)
    return float(s.world.next_health)


def test_health_follows_delivery_and_development_money() -> None:
    """7.11: h + .1 (.10 + .35 min(1, Del/Req) + .10 ΣD/ΣD₀ - h), with 1/2 and 8/10."""
    assert health_after(delivered=200.0, development=80.0) == near(0.35 + 0.1 * (0.355 - 0.35))


def test_more_delivery_than_required_does_not_heal_more() -> None:
    """7.11: min(1, Del/Req)."""
    assert health_after(delivered=900.0) == near(0.35 + 0.1 * (0.45 - 0.35))


def test_without_a_requirement_it_is_met() -> None:
    """7.11: Req = 0 guards the division."""
    assert health_after(required=0.0) == near(0.35 + 0.1 * (0.45 - 0.35))


def test_a_small_requirement_may_be_missed_too() -> None:
    """7.11: Del/Req = .2/.4; the guard is at 0 alone."""
    assert health_after(delivered=0.2, required=0.4) == near(0.35 + 0.1 * (0.275 - 0.35))


def test_without_development_money_at_the_start_its_ratio_is_one() -> None:
    """7.11: last ratio 1 if ΣD₀ = 0."""
    assert health_after(development_start=0.0) == near(0.35 + 0.1 * (0.20 - 0.35))


def test_little_development_money_at_the_start_has_a_ratio_too() -> None:
    """7.11: ΣD/ΣD₀ = .4/.5; the guard is at 0 alone."""
    health = health_after(delivered=200.0, development=0.4, development_start=0.5)
    assert health == near(0.35 + 0.1 * (0.355 - 0.35))


def test_health_stays_between_nought_and_one() -> None:
    """2: h in 0 to 1."""
    assert health_after(health=1.0, development=9_000.0) == 1.0
    assert health_after(health=0.0, development=-900.0) == 0.0
