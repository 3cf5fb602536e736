"""Frozen pools: willingness, stages, tranches, interest and destinations, by hand (model 7.10)."""

import math
from typing import Any

import pytest

from sim.model.rules.assets import (
    move_pools,
    pay_tranches,
    release_value,
    spend_tranches,
    willingness,
)
from sim.model.state import State
from tests.states import draws, near, state


def custodian(**changed: Any) -> dict[str, Any]:
    """A custodian whose willingness is .545 in the world below."""
    given = {"score": 0.25, "rung": 4, "domestic_salience": 0.6, "follows": {"asset_stance": 0.3}}
    return {**given, **changed}


def board(*actors: dict[str, Any], vetoes: list[int] | None = None, **world: Any) -> State:
    """A pool at stage 2 and its custodians."""
    given = {"momentum": 0.4, "mediation": 0.8, "need": 0.6, **world}
    return state(given, actors, pools=[{"stage": 2}], vetoes=[vetoes or [1] * len(actors)])


def test_a_custodian_weighs_score_rung_momentum_stance_and_home() -> None:
    """7.10: -.70 + 1.6 C + .35 (L-2) + .5 μ med + F - .7 dom (1-C)."""
    s = board(custodian())
    assert willingness(s.actors[0], s) == near(-0.70 + 0.4 + 0.7 + 0.16 + 0.3 - 0.315)


def test_below_direct_contact_the_rung_speaks_against_release() -> None:
    """7.10: .35 (L-2) with L = 0."""
    s = board(custodian(rung=0))
    assert willingness(s.actors[0], s) == near(0.545 - 1.4)


@pytest.mark.parametrize("least", [0, 1])
def test_the_least_willing_custodian_decides(least: int) -> None:
    """7.10: min over the veto set, plus .25 n - .15 z, with n = .6 and z = 2."""
    actors = [custodian(), custodian()]
    actors[least] = custodian(rung=2)
    s = board(*actors)
    assert release_value(s.pools[0], s.pools[0].stage, s.vetoes[0], s) == near(
        0.545 - 0.7 + 0.15 - 0.3
    )


def test_an_actor_without_a_veto_does_not_count() -> None:
    """7.10: i in 𝒱."""
    s = board(custodian(rung=0), custodian(), custodian(rung=0), vetoes=[0, 1, 0])
    assert release_value(s.pools[0], s.pools[0].stage, s.vetoes[0], s) == near(0.545 + 0.15 - 0.3)


def test_a_willing_custodian_alone_is_not_taken_for_indifferent() -> None:
    """7.10: the min is over custodians only, however willing."""
    s = board(custodian(rung=7))
    assert release_value(s.pools[0], s.pools[0].stage, s.vetoes[0], s) == near(
        0.545 + 1.05 + 0.15 - 0.3
    )


def test_a_lock_speaks_against_release() -> None:
    """7.10: - 1.5 lock."""
    s = board(custodian())
    s.pools[0].lock = 1.0
    assert release_value(s.pools[0], s.pools[0].stage, s.vetoes[0], s) == near(
        0.545 + 0.15 - 0.3 - 1.5
    )


@pytest.mark.parametrize(("left", "lift"), [(1, 0.125), (6, 0.125), (0, 0.0)])
def test_a_fresh_pitch_speaks_for_release(left: int, lift: float) -> None:
    """7.10: + .25 ps 1[pt > 0], with ps = .5."""
    s = board(custodian(), pitch_left=left, pitch_strength=0.5)
    assert release_value(s.pools[0], s.pools[0].stage, s.vetoes[0], s) == near(
        0.545 + 0.15 - 0.3 + lift
    )


def at_value(value: float, stage: int) -> State:
    """A pool whose next stage is worth `value` and whose present one .3 more."""
    parameters = {
        "asset_intercept": value,
        "asset_rung": 0.0,
        "asset_conditions": 0.0,
        "asset_domestic": 0.0,
        "asset_need": 0.0,
        "asset_stage": 0.0,
    }
    return state({}, [{}], pools=[{"stage": stage}], vetoes=[[1]], parameters=parameters)


def stage_after(s: State, draw: float) -> int:
    """The pool's stage at the end of the month."""
    move_pools(s, draws(s, pool=draw))
    return int(s.pools[0].next_stage)


@pytest.mark.parametrize(("draw", "stage"), [(0.9501, 3), (0.9499, 2), (0.91, 2), (0.5, 2)])
def test_a_pool_climbs_at_the_rate_of_climbs(draw: float, stage: int) -> None:
    """7.10: λ↑ = .10; V↑ = κ, so p↑ = .05."""
    assert stage_after(at_value(0.45, 2), draw) == stage


@pytest.mark.parametrize(("draw", "stage"), [(0.0399, 1), (0.0401, 2), (0.5, 2)])
def test_a_pool_stalls_at_the_rate_of_falls(draw: float, stage: int) -> None:
    """7.10: λ↓ = .08 and V↓ = V + .3; V = -.75 gives V↓ = -κ, so p↓ = .04."""
    assert stage_after(at_value(-0.75, 2), draw) == stage


def test_a_disbursing_pool_may_freeze_again_and_climbs_no_further() -> None:
    """7.10: a re-freeze is a fall from 4; 4 is the top."""
    assert stage_after(at_value(-9.0, 4), 0.01) == 3
    assert stage_after(at_value(9.0, 4), 0.99) == 4
    assert stage_after(at_value(9.0, 3), 0.99) == 4


def test_a_blocked_pool_cannot_fall() -> None:
    """7.1: p↓ = 0 at the lowest level."""
    assert stage_after(at_value(-9.0, 0), 0.0) == 0


def test_each_pool_has_its_own_draw_and_custodians() -> None:
    """7.10, 7.12: the second pool alone has a draw for a climb; its custodian is willing."""
    actors = [{"follows": {"asset_stance": -99.0}}, {"follows": {"asset_stance": 99.0}}]
    s = state({}, actors, pools=[{}, {}, {}], vetoes=[[0, 1], [0, 1], [1, 1]])
    move_pools(s, draws(s, pool=[0.5, 0.99, 0.99]))
    assert [pool.next_stage for pool in s.pools] == [0, 1, 0]


def paying(**pool: Any) -> State:
    """A pool of 1,200 that earns 4.2 % a year and has a tranche of 50."""
    given = {"balance": 1200.0, "interest_rate": 0.042, "tranche": 50.0, "stage": 4, **pool}
    s = state({"tranches": 99.0, "interest": 99.0}, [], pools=[given])
    pay_tranches(s)
    return s


def test_a_disbursing_pool_pays_its_tranche_and_earns_on_the_opening_balance() -> None:
    """7.10: B ← B (1 + r/12) - tr = 1200 + 4.2 - 50."""
    s = paying()
    assert (s.pools[0].payment, s.pools[0].next_balance) == near((50.0, 1154.2))
    assert (s.world.tranches, s.world.interest) == near((50.0, 4.2))


def test_interest_swings_about_its_rate() -> None:
    """7.10: r = r_j f(s_R); a pool without interest bears none."""
    assert paying(interest_swing=-0.4).world.interest == near(4.2 * (1.0 - math.tanh(0.4)))
    assert paying(interest_swing=2.0, interest_rate=0.0).world.interest == 0.0


def test_below_disbursing_nothing_is_paid() -> None:
    """7.10: with z = 4 in S; the stage reached this month does not count."""
    s = paying(stage=3, next_stage=4)
    assert (s.pools[0].payment, s.pools[0].next_balance) == near((0.0, 1204.2))


def test_a_pool_pays_no_more_than_it_holds() -> None:
    """7.10: tr = min(B, tranche)."""
    s = paying(balance=30.0, interest_rate=0.0)
    assert (s.pools[0].payment, s.pools[0].next_balance) == (30.0, 0.0)


def test_an_exhausted_pool_pays_nothing() -> None:
    """7.10: also when B is exhausted, then 0."""
    s = paying(balance=0.0)
    assert (s.pools[0].payment, s.pools[0].next_balance, s.world.tranches) == (0.0, 0.0, 0.0)


def test_payments_and_interest_add_up_over_months_and_pools() -> None:
    """10, invariant 3: B₀ + interest - paid = B."""
    pool = {"balance": 1200.0, "interest_rate": 0.042, "tranche": 50.0, "stage": 4}
    s = state({}, [], pools=[{**pool, "paid": 100.0, "earned": 7.0}, pool, {**pool, "stage": 0}])
    pay_tranches(s)
    assert (s.pools[0].next_paid, s.pools[0].next_earned) == near((150.0, 11.2))
    assert (s.world.tranches, s.world.interest) == near((100.0, 12.6))


def test_a_fifth_of_the_tranches_is_the_humanitarian_window() -> None:
    """7.10: humanitarian window .2."""
    assert paying().world.humanitarian_window == near(10.0)


def test_tranches_go_to_reserves_to_debt_and_to_the_window() -> None:
    """7.10: reserves .5, debt and imports .3, window .2, on top of what went there before."""
    s = paying()
    s.world.reserves, s.world.debt_paid, s.world.window_paid = 1.0, 2.0, 3.0
    spend_tranches(s)
    world = s.world
    assert (world.next_reserves, world.next_debt_paid, world.next_window_paid) == near((26, 17, 13))
